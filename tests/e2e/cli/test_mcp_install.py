"""`dockerhub mcp install`: the entry in each client's file, beside what is there."""

import json
import os
import pathlib
import unittest

from cli_test import CliTest
from dockerhub_process import PREFIX

SERVER = str(PREFIX / "bin" / "dockerhub-mcp")
SECRET = "dckr_pat_canary0123456789"

# Client: its file (below the home, or of a project below the working folder), its root, the program's member.
USER_FILES = {
    "claude-desktop": (".config/Claude/claude_desktop_config.json", "mcpServers"),
    "claude-code": (".claude.json", "mcpServers"),
    "vscode": (".config/Code/User/mcp.json", "servers"),
    "cursor": (".cursor/mcp.json", "mcpServers"),
    "zed": (".config/zed/settings.json", "context_servers"),
    "windsurf": (".codeium/windsurf/mcp_config.json", "mcpServers"),
    "gemini-cli": (".gemini/settings.json", "mcpServers"),
}
PROJECT_FILES = {
    "claude-code": (".mcp.json", "mcpServers"),
    "vscode": (".vscode/mcp.json", "servers"),
    "cursor": (".cursor/mcp.json", "mcpServers"),
    "zed": (".zed/settings.json", "context_servers"),
    "gemini-cli": (".gemini/settings.json", "mcpServers"),
    "generic": ("mcp_config.json", "mcpServers"),
}
FOREIGN = """{
    "zoom": 1.50,
    "ROOT": {
        "other": {"command": "npx", "env": {"KEY": "foreign"}}
    },
    "a": [1, 2]
}
"""


class InstallTest(CliTest):
    def install(self, client, *arguments, **options):
        return self.data("mcp", "install", "--client", client, *arguments, **options)

    def write_file(self, path, text, mode=0o600):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path


class Files(InstallTest):
    def check_client(self, client, path, root, *arguments):
        self.write_file(path, FOREIGN.replace("ROOT", root), 0o640)
        before = path.read_text()
        done = self.install(client, *arguments)
        self.assertEqual((done["outcome"], done["file"]), ("added", str(path.resolve())))
        text = path.read_text()
        document = json.loads(text)
        self.assertEqual(document[root]["dockerhub"]["command"], SERVER)
        self.assertEqual(document[root]["other"], {"command": "npx", "env": {"KEY": "foreign"}})
        self.assertEqual(list(document)[:3], ["zoom", root, "a"])
        self.assertIn('"zoom": 1.50', text)
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertEqual(pathlib.Path(done["backup"]).read_text(), before)
        self.assertEqual(pathlib.Path(done["backup"]).stat().st_mode & 0o777, 0o640)
        again = self.install(client, *arguments)
        self.assertEqual((again["outcome"], again["backup"]), ("unchanged", ""))
        self.assertEqual(path.read_text(), text)
        self.assertEqual(len(list(path.parent.glob(path.name + ".*"))), 1)

    def test_of_the_user_keep_what_is_there(self):
        for client, (file, root) in USER_FILES.items():
            with self.subTest(client=client):
                self.check_client(client, self.home.path / file, root)

    def test_of_a_project_keep_what_is_there(self):
        for client, (file, root) in PROJECT_FILES.items():
            with self.subTest(client=client):
                self.check_client(client, self.home.work / file, root, "--scope", "project")

    def test_are_made_where_there_is_none(self):
        for client, (file, root) in USER_FILES.items():
            self.assertEqual(self.install(client)["backup"], "")
            path = self.home.path / file
            self.assertEqual(json.loads(path.read_text())[root]["dockerhub"]["command"], SERVER)
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_of_goose_keep_lines_and_comments(self):
        text = ("# mine\nGOOSE_MODE: auto\nextensions:\n  developer:  # built in\n    enabled: true\n"
                "    type: builtin\n\nGOOSE_TOOLSHIM: true\n")
        path = self.write_file(self.home.path / ".config" / "goose" / "config.yaml", text)
        self.assertEqual(self.install("goose")["outcome"], "added")
        changed = path.read_text()
        self.assertIn(f'  dockerhub:\n    enabled: true\n    type: stdio\n', changed)
        self.assertIn(SERVER, changed)
        kept = [line for line in changed.splitlines() if line in text.splitlines()]
        self.assertEqual([line for line in text.splitlines() if line not in kept], [])
        self.assertEqual(self.install("goose")["outcome"], "unchanged")
        self.assertEqual(path.read_text(), changed)

    def test_of_goose_keep_the_comments_of_an_entry(self):
        text = ("extensions:\n  dockerhub:  # ours\n    # the program\n    cmd: /old/dockerhub-mcp  # here\n"
                "    timeout: 5  # seconds\n")
        path = self.write_file(self.home.path / ".config" / "goose" / "config.yaml", text)
        self.assertEqual(self.install("goose")["outcome"], "updated")
        lines = path.read_text().splitlines()
        self.assertIn(SERVER, lines[3])
        self.assertTrue(lines[3].endswith("  # here"), lines[3])
        del lines[3]
        self.assertEqual(lines[:4], [line for line in text.splitlines() if "cmd:" not in line])
        self.assertEqual(self.install("goose")["outcome"], "unchanged")

    def test_that_are_links_stay_links(self):
        path = self.write_file(self.home.path / "dotfiles" / "cursor.json", "{}")
        (self.home.path / ".cursor").mkdir()
        link = self.home.path / ".cursor" / "mcp.json"
        link.symlink_to(path)
        self.install("cursor")
        self.assertTrue(link.is_symlink())
        self.assertIn("dockerhub", path.read_text())


class Entries(InstallTest):
    def entry(self, client, root, **environment):
        printed = self.ok("mcp", "install", "--client", client, "--print", environment=environment)
        return json.loads(printed.out)[root]["dockerhub"]

    def test_hold_no_credential(self):
        environment = {"DOCKER_HUB_USER": "me", "DOCKER_HUB_TOKEN": SECRET}
        for client in [*USER_FILES, "goose", "generic"]:
            printed = self.ok("mcp", "install", "--client", client, "--print", environment=environment)
            done = self.ok("mcp", "install", "--client", client, environment=environment)
            path = self.data("mcp", "install", "--client", client, environment=environment)["file"]
            for text in (printed.out, done.out, done.err, pathlib.Path(path).read_text()):
                self.assertNotIn(SECRET, text, client)

    def test_name_the_variables_that_are_set_where_the_client_can(self):
        self.assertNotIn("env", self.entry("cursor", "mcpServers"))
        self.assertNotIn("env", self.entry("cursor", "mcpServers", DOCKER_HUB_TOKEN=""))
        environment = {"DOCKER_HUB_TOKEN": SECRET}
        forms = {"cursor": "${env:%s}", "windsurf": "${env:%s}", "claude-code": "${%s:-}", "gemini-cli": "${%s}"}
        for client, form in forms.items():
            self.assertEqual(self.entry(client, "mcpServers", **environment)["env"],
                             {"DOCKER_HUB_TOKEN": form % "DOCKER_HUB_TOKEN"})
        self.assertNotIn("env", self.entry("claude-desktop", "mcpServers", **environment))

    def test_of_vscode_are_asked_for(self):
        printed = json.loads(self.ok("mcp", "install", "--client", "vscode", "--print").out)
        token = next(one for one in printed["inputs"] if one["id"] == "DOCKER_HUB_TOKEN")
        self.assertTrue(token["password"])
        self.assertEqual(printed["servers"]["dockerhub"]["env"]["DOCKER_HUB_TOKEN"], "${input:DOCKER_HUB_TOKEN}")

    def test_of_the_user_stay_and_get_the_present_program(self):
        path = self.write_file(self.home.path / ".cursor" / "mcp.json", json.dumps(
            {"mcpServers": {"dockerhub": {"command": "/old/dockerhub-mcp", "args": ["--read-only"], "env": {"A": "1"}}}}))
        self.assertEqual(self.install("cursor")["outcome"], "updated")
        entry = json.loads(path.read_text())["mcpServers"]["dockerhub"]
        self.assertEqual(entry, {"command": SERVER, "args": ["--read-only"], "env": {"A": "1"}, "type": "stdio"})

    def test_have_the_name_that_is_asked_for(self):
        self.install("cursor", "--name", "hub2")
        self.assertEqual(list(json.loads((self.home.path / ".cursor" / "mcp.json").read_text())["mcpServers"]), ["hub2"])
        self.assertIn("--name", self.refused(2, "mcp", "install", "--client", "cursor", "--name", "no name").err)


class Refusals(InstallTest):
    def test_of_files_that_would_lose_something(self):
        path = self.home.path / ".config" / "zed" / "settings.json"
        for text in ('// mine\n{"a": 1}\n', '{"a": 1,}', "{", "[]", '{"context_servers": []}'):
            self.write_file(path, text)
            done = self.refused(2, "mcp", "install", "--client", "zed")
            self.assertIn("was not changed", done.err)
            self.assertIn("with an editor", done.err)
            self.assertEqual(json.loads(done.out)["context_servers"]["dockerhub"]["command"], SERVER)
            self.assertEqual(path.read_text(), text)
        self.assertEqual(os.listdir(path.parent), ["settings.json"])

    def test_of_entries_of_other_servers(self):
        entries = ({"command": "docker", "args": ["run", "-i", "--rm", "dockerhub-mcp:local", "dockerhub-mcp"]},
                   {"url": "http://localhost:8000/mcp"}, {"command": {"path": SERVER, "args": ["--read-only"]}})
        path = self.home.path / ".cursor" / "mcp.json"
        for entry in entries:
            self.write_file(path, json.dumps({"mcpServers": {"dockerhub": entry}}))
            before = path.read_text()
            for arguments in ([], ["--dry-run"]):
                done = self.refused(2, "mcp", "install", "--client", "cursor", *arguments)
                self.assertIn('another server has the name "dockerhub"', done.err)
                self.assertIn("--name", done.err)
            self.assertEqual(path.read_text(), before)
            self.assertEqual(os.listdir(path.parent), ["mcp.json"])
        self.install("cursor", "--name", "hub2")
        servers = json.loads(path.read_text())["mcpServers"]
        self.assertEqual((servers["dockerhub"], servers["hub2"]["command"]), (entries[-1], SERVER))

    def test_of_entries_of_other_servers_of_goose(self):
        path = self.home.path / ".config" / "goose" / "config.yaml"
        for entry in ("cmd: docker\n    args: [run, -i]\n", "type: sse\n    uri: https://mcp.example.com/mcp\n"):
            text = f"extensions:\n  dockerhub:\n    {entry}"
            self.write_file(path, text)
            self.assertIn("--name", self.refused(2, "mcp", "install", "--client", "goose").err)
            self.assertEqual(path.read_text(), text)

    def test_of_links_that_lead_nowhere(self):
        link = self.home.path / ".cursor" / "mcp.json"
        link.parent.mkdir()
        link.symlink_to(self.home.path / "dotfiles" / "cursor.json")
        done = self.refused(2, "mcp", "install", "--client", "cursor")
        self.assertIn(f"{link.parent.resolve() / link.name}: it is a link to {os.readlink(link)}", done.err)
        self.assertEqual((link.is_symlink(), os.listdir(link.parent)), (True, ["mcp.json"]))

    def test_of_names_and_scopes(self):
        self.assertIn("Did you mean cursor?", self.refused(2, "mcp", "install", "--client", "curser").err)
        self.assertIn("claude-desktop", self.refused(2, "mcp", "install").err)
        self.assertIn("--scope user", self.refused(2, "mcp", "install", "--client", "goose", "--scope", "project").err)
        self.assertIn("--scope project", self.refused(2, "mcp", "install", "--client", "generic", "--scope", "user").err)
        self.refused(2, "mcp", "install", "--client", "zed", "--scope", "all")
        self.refused(2, "mcp", "install", "--client", "zed", "--tool", "x")

    def test_dry_runs_and_print_write_nothing(self):
        self.assertEqual(self.install("cursor", "--dry-run")["outcome"], "added")
        self.ok("mcp", "install", "--client", "cursor", "--print")
        self.assertFalse((self.home.path / ".cursor").exists())


class Help(CliTest):
    def test_tells_commands_options_and_clients(self):
        for arguments in (["mcp"], ["mcp", "--help"], ["help", "mcp"], ["mcp", "install", "--help"]):
            text = self.ok(*arguments).out
            for word in ("install", "try [COMMAND...]", "--client", "--tool", *USER_FILES, "goose", "generic"):
                self.assertIn(word, text)
        self.assertIn("mcp install|try", self.ok("--help").out)
        self.assertIn("install, try", self.refused(2, "mcp", "frob").err)


if __name__ == "__main__":
    unittest.main()
