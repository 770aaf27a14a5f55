"""Modules that come, are replaced and go while a server runs: after SIGHUP, and by themselves."""

import concurrent.futures
import os
import shutil
import signal
import subprocess
import threading
import unittest

import pipes
from http_case import HttpCase
from http_process import wait_until
from mcp_case import McpCase
from mcp_process import BUILD, CLI, DEADLINE

VERSIONS = {number: BUILD / "tests" / "e2e" / "mcp" / f"changing_module_{number}.so" for number in (1, 2)}
NAME = "changing_module"
CHANGED = "notifications/tools/list_changed"
# What the second version brings, and takes along: a tool with more actions, a resource and a prompt.
ALL_CHANGED = {f"notifications/{kind}/list_changed" for kind in ("tools", "prompts", "resources")}
ADDED = ({"changing://version"}, {"changing_prompt"})


class ModuleFiles:
    """The one module file of a test, in the home of its class."""

    def setUp(self):
        super().setUp()
        self.file = self.home.plugins / (NAME + ".so")
        self.addCleanup(self.file.unlink, missing_ok=True)

    def put(self, number, trusted=True):
        """Replaces the file at once."""
        fresh = self.file.with_suffix(".new")
        shutil.copyfile(VERSIONS[number], fresh)
        fresh.chmod(0o644)
        fresh.rename(self.file)
        if trusted:
            self.trust()

    def trust(self):
        subprocess.run([CLI, "plugin", "trust", self.file], env=self.home.environment(), check=True,
                       capture_output=True, timeout=DEADLINE)

    def make_pipe(self):
        path = self.home.path / "hold"
        os.mkfifo(path)
        self.addCleanup(path.unlink)
        return path


class OverHttpTest(ModuleFiles, HttpCase):
    def listeners(self, server):
        """Clients of both eras that listen for changes."""
        modern = server.modern_stream("subscriptions/listen", {"notifications": {
            "toolsListChanged": True, "promptsListChanged": True, "resourcesListChanged": True}})
        self.addCleanup(modern.close)
        modern.message()
        session = server.session()
        legacy = session.listen()
        self.addCleanup(legacy.close)
        return modern, legacy

    def assert_told(self, listeners, methods):
        for listener in listeners:
            told = set()
            while told != methods:
                # A stream on which nothing is told has comments all the same.
                timer = threading.Timer(DEADLINE, listener.close)
                timer.start()
                message = listener.message()
                timer.cancel()
                self.assertIsNotNone(message, f"of all changes only {told} were told")
                self.assertIn(message["method"], methods - told)
                told.add(message["method"])

    def added(self, server):
        """Of the resources and prompts that are listed, in both eras alike, those of the module."""
        session = server.session()
        lists = []
        for method, kind, key in (("resources/list", "resources", "uri"), ("prompts/list", "prompts", "name")):
            modern, legacy = ({row[key] for row in answer.result()[kind] if row[key].startswith("changing")}
                              for answer in (server.modern(method), session.post(method, request_id=2)))
            self.assertEqual(modern, legacy)
            lists.append(modern)
        return tuple(lists)

    def which(self, server):
        return server.modern_call("which", tool=NAME).result()["structuredContent"]["data"]["version"]

    def actions(self, server):
        tools = {tool["name"]: tool for tool in server.modern("tools/list").result()["tools"]}
        return tools[NAME]["inputSchema"]["properties"]["action"]["enum"] if NAME in tools else None

    def test_a_replaced_module_answers_new_calls_and_the_old_one_those_that_run(self):
        self.put(1)
        server = self.start()
        listeners = self.listeners(server)
        pipe = self.make_pipe()
        with concurrent.futures.ThreadPoolExecutor() as clients:
            call = clients.submit(server.modern_call, "hold", {"pipe": str(pipe)}, tool=NAME)
            with pipes.writer(pipe):
                self.put(2)
                server.process.send_signal(signal.SIGHUP)
                self.assert_told(listeners, ALL_CHANGED)
                self.assertEqual(self.which(server), "2.0.0")
                self.assertIn("added", self.actions(server))
                self.assertEqual(self.added(server), ADDED)
                self.assertFalse(call.done())
            answered = call.result(DEADLINE).result()
        self.assertEqual(answered["structuredContent"]["data"], {"version": "1.0.0"})

    def test_a_module_that_goes_is_unloaded_and_a_call_in_it_ends_well(self):
        self.put(1)
        server = self.start()
        listeners = self.listeners(server)
        pipe = self.make_pipe()
        with concurrent.futures.ThreadPoolExecutor() as clients:
            call = clients.submit(server.modern_call, "hold", {"pipe": str(pipe)}, tool=NAME)
            with pipes.writer(pipe):
                self.file.unlink()
                server.process.send_signal(signal.SIGHUP)
                self.assert_told(listeners, {CHANGED})
                self.assertIsNone(self.actions(server))
                self.assertEqual(server.modern_call("which", tool=NAME).error()["code"], -32602)
            self.assertFalse(call.result(DEADLINE).result()["isError"])

    def test_a_replacement_that_nobody_trusts_replaces_nothing(self):
        self.put(1)
        server = self.start()
        self.assertEqual(self.which(server), "1.0.0")
        self.put(2, trusted=False)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: any("changed since it was trusted" in line for line in list(server._errors)))
        self.assertEqual(self.which(server), "1.0.0")
        self.assertNotIn("added", self.actions(server))
        self.trust()
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.which(server) == "2.0.0")

    def test_files_are_watched_where_the_operator_wants_it(self):
        server = self.start("--watch-plugins")
        listeners = self.listeners(server)
        self.put(1)
        self.assert_told(listeners, {CHANGED})
        self.assertEqual(self.which(server), "1.0.0")
        self.assertEqual(self.added(server), (set(), set()))
        self.put(2)
        self.assert_told(listeners, ALL_CHANGED)
        self.assertEqual(self.which(server), "2.0.0")
        self.assertEqual(self.added(server), ADDED)
        read = server.modern("resources/read", {"uri": "changing://version"}).result()["contents"]
        self.assertEqual(read[0]["text"], "2.0.0")
        prompt = server.modern("prompts/get", {"name": "changing_prompt"}).result()["messages"]
        self.assertEqual(prompt[0]["content"]["text"], "2.0.0")
        self.file.unlink()
        self.assert_told(listeners, ALL_CHANGED)
        self.assertIsNone(self.actions(server))
        self.assertEqual(self.added(server), (set(), set()))

    def test_a_file_that_comes_in_pieces_is_loaded_when_it_is_complete(self):
        self.put(1)
        self.file.unlink()
        # Whether it is ready is asked for its modules: nobody is there.
        server = self.start("--watch-plugins", environment={"DOCKERHUB_URL": "http://127.0.0.1:1"})
        listeners = self.listeners(server)
        whole = VERSIONS[1].read_bytes()
        with self.file.open("wb") as file:
            self.file.chmod(0o644)
            file.write(whole[:len(whole) // 2])
            file.flush()
            # Who asks for a look gets one, which the half does not pass.
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda: server.request("GET", "/health/ready").json()["modules"]["refused"] == 1)
            self.assertIsNone(self.actions(server))
            file.write(whole[len(whole) // 2:])
        self.assert_told(listeners, {CHANGED})
        self.assertEqual(self.which(server), "1.0.0")


class OverStdioTest(ModuleFiles, McpCase):
    def which(self, server):
        return server.call("which", {}, tool=NAME)["structuredContent"]["data"]["version"]

    def test_files_are_watched_where_the_operator_wants_it(self):
        server = self.connected("--watch-plugins")
        server.request("ping")  # it listens for changes now
        self.put(1)
        server.notification(CHANGED)
        self.assertEqual(self.which(server), "1.0.0")
        pipe = self.make_pipe()
        held = server.begin_call("hold", {"pipe": str(pipe)}, tool=NAME)
        with pipes.writer(pipe):
            self.put(2)
            for method in ALL_CHANGED:
                server.notification(method)
            self.assertEqual(self.which(server), "2.0.0")
        answered = server.response(held)["result"]
        self.assertEqual(answered["structuredContent"]["data"], {"version": "1.0.0"})
        self.file.unlink()
        for method in ALL_CHANGED:
            server.notification(method)
        names = [tool["name"] for tool in server.request("tools/list")["result"]["tools"]]
        self.assertNotIn(NAME, names)


if __name__ == "__main__":
    unittest.main()
