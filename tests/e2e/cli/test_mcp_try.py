"""`dockerhub mcp try`: what a server offers, one call of a tool, and the exit codes."""

import json
import os
import signal
import sys
import time
import unittest

from cli_test import CliTest
from dockerhub_process import wait_until
from sandbox_process import WithSandbox

# A server of another make: two pages of tools, a question to the client in between, and a tool that fails.
OTHER_SERVER = '''
import json, sys
def send(**message): print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    method, params, number = message.get("method"), message.get("params", {}), message.get("id")
    if method == "initialize":
        send(id="mine", method="ping")
        send(method="notifications/message", params={"level": "info", "data": "x"})
        send(id="roots", method="roots/list")
        send(id=number, result={"protocolVersion": "2024-11-05", "capabilities": {}, "serverInfo": {"name": "other", "version": "9"}})
    elif method == "tools/list" and "cursor" not in params:
        send(id=number, result={"tools": [{"name": "one", "description": "First line\\nSecond line"}], "nextCursor": "c"})
    elif method == "tools/list":
        send(id=number, result={"tools": [{"name": "two", "title": "Titled"}]})
    elif method == "tools/call" and params["name"] == "one":
        send(id=number, result={"content": [{"type": "text", "text": json.dumps(params["arguments"])}, {"type": "image", "data": ""}]})
    elif method == "tools/call":
        send(id=number, result={"isError": True, "content": [{"type": "text", "text": "no luck"}]})
    elif number in ("mine", "roots"):
        print(json.dumps(message), file=sys.stderr, flush=True)
'''

# One that does not read its input once it told its tools, and one that writes without end then.
DEAF_SERVER = OTHER_SERVER.replace('    elif method == "tools/call" and', """\
        import time
        print("deaf now", file=sys.stderr, flush=True)
        time.sleep(60)
    elif method == "tools/call" and""", 1)
TALKING_SERVER = OTHER_SERVER.replace('    elif method == "tools/call" and', """\
        while True: send(method="notifications/message", params={"level": "info", "data": "x" * 1000})
    elif method == "tools/call" and""", 1)


class OurServer(CliTest):
    def test_says_what_it_is_and_offers(self):
        done = self.data("mcp", "try")
        self.assertEqual((done["server"], done["revision"]), ("dockerhub-mcp", "2025-11-25"))
        self.assertRegex(done["version"], r"^\d+\.\d+\.\d+$")
        tools = {tool["name"]: tool["description"] for tool in done["tools"]}
        self.assertIn("nothing leaves the machine", tools["demo"])
        self.assertNotIn("\n", "".join(tools.values()))
        text = self.ok("mcp", "try").out
        self.assertIn(f"tools\t{len(tools)}\n", text)
        self.assertIn(f"demo\t{tools['demo']}\n", text)

    def test_is_asked_for_one_tool(self):
        arguments = ["mcp", "try", "--tool", "demo", "--action", "echo", "--params"]
        done = self.data(*arguments, '{"text": "hi"}')
        self.assertEqual(done["result"]["structuredContent"]["data"], {"text": "hi"})
        self.assertIn('"status_code": 200', self.ok(*arguments, '{"text": "hi"}').out)
        self.home.write("params.yaml", "text: from a file\n")
        self.assertIn("from a file", self.ok(*arguments, "@params.yaml").out)
        self.assertIn("from a pipe", self.ok(*arguments, "-", stdin='{"text": "from a pipe"}').out)

    def test_a_tools_error_has_the_exit_code_of_its_kind(self):
        for kind, code in (("AuthError", 4), ("NetworkError", 8), ("UnsupportedError", 11), ("ApiError", 1)):
            done = self.refused(code, "mcp", "try", "--tool", "demo", "--action", "fail", "--params",
                                json.dumps({"type": kind}))
            self.assertIn("Error: ", done.err)
        done = self.refused(2, "-o", "data", "mcp", "try", "--tool", "demo", "--action", "ech")
        self.assertEqual(json.loads(done.err)["error"]["type"], "UnknownAction")
        self.assertTrue(json.loads(done.out)["result"]["isError"])

    def test_is_not_asked_what_it_does_not_have(self):
        self.assertIn("Did you mean demo?", self.refused(2, "mcp", "try", "--tool", "dmo").err)
        self.refused(2, "mcp", "try", "--action", "echo")
        self.refused(2, "mcp", "try", "--tool", "demo", "--params", "[]")
        self.refused(2, "mcp", "try", "--client", "zed")

    def test_gets_settings_of_this_program(self):
        settings = self.home.write("server.env", "MCP_TOOL_MODE=verbose\n")
        names = [tool["name"] for tool in self.data("--env-file", settings, "mcp", "try")["tools"]]
        self.assertNotIn("demo", names)
        call = ["mcp", "try", "--tool", "demo", "--action", "delete", "--params", '{"key": "x"}']
        self.assertIn("--allow-destructive", self.refused(6, *call).err)
        refused = self.refused(6, "--allow-destructive", *call).err
        self.assertNotEqual(refused, self.refused(6, *call).err)

    def test_speaks_over_its_standard_streams_whatever_the_environment_says(self):
        self.ok("mcp", "try", environment={"TRANSPORT": "streamable-http"})


class OtherServers(CliTest):
    def setUp(self):
        super().setUp()
        self.other = [sys.executable, str(self.home.write("other.py", OTHER_SERVER))]

    def test_of_older_revisions_are_understood(self):
        done = self.data("mcp", "try", "--", *self.other)
        self.assertEqual((done["server"], done["version"], done["revision"]), ("other", "9", "2024-11-05"))
        self.assertEqual(done["tools"], [{"name": "one", "description": "First line"},
                                         {"name": "two", "description": "Titled"}])

    def test_get_answers_to_what_they_ask(self):
        answers = [json.loads(line) for line in self.ok("mcp", "try", "--", *self.other).err.splitlines()]
        self.assertEqual(answers[0], {"jsonrpc": "2.0", "id": "mine", "result": {}})
        self.assertEqual(answers[1]["error"]["code"], -32601)

    def test_are_called_with_plain_arguments(self):
        done = self.ok("mcp", "try", "--tool", "one", "--params", '{"a": [1]}', "--", *self.other)
        self.assertTrue(done.out.endswith('{\n  "a": [\n    1\n  ]\n}\n(image)\n'), done)
        self.assertIn("no luck", self.refused(1, "mcp", "try", "--tool", "two", "--", *self.other).err)

    def test_that_do_not_answer_are_told(self):
        self.assertIn("no program", self.refused(2, "mcp", "try", "--", "no-such-program").err)
        self.assertIn("ended before it", self.refused(1, "mcp", "try", "--", "false").err)
        self.assertIn("no message: hello", self.refused(1, "mcp", "try", "--", "sh", "-c", "echo hello; cat").err)
        self.assertIn("in time", self.refused(8, "--timeout", "200ms", "mcp", "try", "--", "sleep", "60").err)
        self.assertIn("--timeout", self.refused(2, "--timeout", "soon", "mcp", "try").err)

    def test_that_do_not_read_are_told(self):
        server = self.home.write("deaf.py", DEAF_SERVER)
        params = json.dumps({"text": "x" * 1_000_000})  # more than a pipe takes
        started = time.monotonic()
        done = self.refused(8, "--timeout", "10s", "mcp", "try", "--tool", "one", "--params", "-", "--",
                            sys.executable, str(server), stdin=params)
        self.assertIn("deaf now", done.err)
        self.assertIn("in time", done.err)
        self.assertLess(time.monotonic() - started, 100)

    def test_that_write_on_are_not_waited_for(self):
        server = self.home.write("talking.py", TALKING_SERVER)
        done = self.ok("mcp", "try", "--", sys.executable, str(server))
        self.assertIn("tools\t2\n", done.out)
        # It ended because nobody reads it any more, not by a signal after the time for those that do not end.
        self.assertIn("BrokenPipeError", done.err)

    def test_end_with_the_program(self):
        mark = self.home.work / "pid"
        process = self.start("mcp", "try", "--", "sh", "-c", f"echo $$ > {mark}; exec sleep 60")
        wait_until(lambda: mark.exists() and mark.read_text().strip(), "the server")
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - started, 10)
        with self.assertRaises(ProcessLookupError):
            os.kill(int(mark.read_text()), 0)


class Sandbox(WithSandbox, CliTest):
    def test_one_real_call(self):
        done = self.data("mcp", "try", "--tool", "hub_repos", "--action", "get", "--params",
                         '{"namespace": "sandbox", "repository": "multi"}', environment=self.environment)
        self.assertEqual(done["result"]["structuredContent"]["data"]["name"], "multi")
        self.assertEqual(len(self.sandbox.journal("hub")), 2)  # the log-in and the call


if __name__ == "__main__":
    unittest.main()
