"""The entries for clients in docs/mcp.md are what `mcp install` writes, and each of them starts a server that answers."""

import http.client
import json
import os
import pathlib
import re
import shlex
import socket
import unittest
import urllib.parse

from cli_test import CliTest
from dockerhub_process import PREFIX, ProgramTest, wait_until

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
SECTION = (SOURCE / "docs" / "mcp.md").read_text().split("\n## Clients\n")[1].split("\n## ")[0]
SHOWN = "/opt/dockerhub/bin/dockerhub-mcp"
SERVER = str(PREFIX / "bin" / "dockerhub-mcp")
CREDENTIALS = {"DOCKER_HUB_USER": "me", "DOCKER_HUB_TOKEN": "dckr_pat_canary0123456789"}

# (client, file of the user, entry) of those with a name.
NAMED = re.findall(r"^`--client ([a-z-]+)`: `(~[^`]+)`[^\n]*\n\n```\w+\n(.*?)^```$", SECTION, re.M | re.S)
JSON_BLOCKS = re.findall(r"^```json\n(.*?)^```$", SECTION, re.M | re.S)


def entries():
    """Every entry of a JSON block."""
    for block in JSON_BLOCKS:
        document = json.loads(block)
        root = next(name for name in document if "ervers" in name)
        yield document[root]["dockerhub"]


class Named(CliTest):
    def test_are_all_clients(self):
        told = self.refused(2, "mcp", "install").err.split("Use one of: ")[1].strip().rstrip(".").split(", ")
        self.assertEqual([client for client, _, _ in NAMED] + ["generic"], told)

    def test_are_what_install_writes_and_where(self):
        for client, file, entry in NAMED:
            with self.subTest(client=client):
                printed = self.ok("mcp", "install", "--client", client, "--print", environment=CREDENTIALS).out
                self.assertEqual(entry, printed.replace(SERVER, SHOWN))
                written = self.data("mcp", "install", "--client", client, "--dry-run")["file"]
                self.assertEqual(written, str(self.home.path.resolve() / file.removeprefix("~/")))

    def test_of_the_others_is_what_install_writes(self):
        printed = self.ok("mcp", "install", "--client", "generic", "--print").out
        self.assertIn(printed.replace(SERVER, SHOWN), JSON_BLOCKS)


class Commands(CliTest):
    def setUp(self):
        super().setUp()
        # In place of Docker: what stands behind the image's name is run as it is.
        stand_in = self.home.write("docker", '#!/bin/sh\nwhile [ "$1" != dockerhub-mcp:local ]; do shift; done\n'
                                             f'shift\nPATH={PREFIX}/bin:$PATH exec "$@"\n')
        stand_in.chmod(0o700)

    def starts(self, command, environment):
        path = f"{self.home.work}:{os.environ['PATH']}"
        done = self.data("mcp", "try", "--", *command, environment={**environment, "PATH": path})
        self.assertEqual(done["server"], "dockerhub-mcp")

    def test_of_json_entries_start_a_server(self):
        count = 0
        for entry in entries():
            if "command" not in entry:
                continue
            with self.subTest(entry=entry):
                self.assertTrue(all(re.search(r"\$\{.*\}", text) for text in entry.get("env", {}).values()))
                unset = {name: "" for name in entry.get("env", {})}
                self.starts([entry["command"].replace(SHOWN, SERVER), *entry.get("args", [])], unset)
            count += 1
        self.assertEqual(count, len(NAMED) + 1)  # without Goose, with the two forms of a command

    def test_of_goose_starts_a_server(self):
        entry = next(entry for client, _, entry in NAMED if client == "goose")
        command = re.search(r'^    cmd: "?([^"\n]+)"?$', entry, re.M).group(1)
        self.assertIn("    args: []\n", entry)
        self.starts([command.replace(SHOWN, SERVER)], {})


class Addresses(ProgramTest):
    program = "dockerhub-mcp"

    def test_are_whole(self):
        addresses = [urllib.parse.urlsplit(entry["url"]) for entry in entries() if "url" in entry]
        self.assertEqual([(url.scheme, url.path) for url in addresses], [("http", "/mcp"), ("https", "/mcp")])

    def test_of_a_server_on_this_machine_is_where_its_command_listens(self):
        line = re.search(r"^dockerhub-mcp --transport .*$", SECTION, re.M).group()
        url = urllib.parse.urlsplit(next(entry["url"] for entry in entries() if "url" in entry))
        self.assertIn(f"--port {url.port}", line)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = self.start(*shlex.split(line.replace(str(url.port), str(port)))[1:])
        self.assertIsNone(process.poll())

        def answers():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request("POST", url.path, json.dumps({
                    "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
                        "protocolVersion": "2025-11-25", "capabilities": {},
                        "clientInfo": {"name": "test", "version": "1"}}}),
                    {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
                     "Host": f"{url.hostname}:{port}"})
                return connection.getresponse().status
            except OSError:
                return None
            finally:
                connection.close()

        self.assertEqual(wait_until(answers, "an answer of the server"), 200)


if __name__ == "__main__":
    unittest.main()
