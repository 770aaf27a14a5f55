"""`dockerhub mcp try`: what a server offers, one call of a tool, and the exit codes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import unittest

from cli_test import CliTest
from dockerhub_process import PREFIX, wait_until
from sandbox_process import WithSandbox
from scripted_server import ScriptedServer, answer

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
            self.assertEqual(done.out, "", "the error alone")
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

    def test_get_no_secret_of_the_environment(self):
        secrets = {"DOCKERHUB_TOKEN": "canary-of-the-account", "DOCKERHUB_SCIM_TOKEN": "canary-of-scim",
                   "DOCKERHUB_PARAM_PASSWORD": "canary-of-a-parameter", "DOCKER_HUB_TOKEN": "env:MY_PAT",
                   "MY_PAT": "canary-of-a-named-variable", "HTTPS_PROXY": "http://ann:canary@127.0.0.1:1"}
        script = 'env >environment; exec "$0" "$1"'
        self.ok("mcp", "try", "--", "sh", "-c", script, *self.other,
                environment={**secrets, "DOCKERHUB_USERNAME": "ann", "OTHER": "kept",
                             "HTTP_PROXY": "http://127.0.0.1:1"})
        given = (self.home.work / "environment").read_text()
        self.assertIn("DOCKERHUB_USERNAME=ann\n", given)
        self.assertIn("OTHER=kept\n", given)
        self.assertIn("HTTP_PROXY=http://127.0.0.1:1\n", given)
        self.assertNotIn("canary", given)
        self.assertFalse([name for name in secrets if name + "=" in given], given)

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
        process = self.start("mcp", "try", "--", "sh", "-c", f"echo $$ > {mark}; exec sleep 600")
        wait_until(lambda: mark.exists() and mark.read_text().strip(), "the server")
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - started, 60, "the server sleeps for 600 s")
        with self.assertRaises(ProcessLookupError):
            os.kill(int(mark.read_text()), 0)


class OverHttp(CliTest):
    ECHO = ["--tool", "demo", "--action", "echo", "--params", '{"text": "hi"}']
    WRITE = ["--tool", "demo", "--action", "write", "--params", '{"key": "k", "value": "v"}']

    def serve(self, *arguments, environment=None):
        """A server on a free port; gives its address."""
        server = subprocess.Popen(
            [PREFIX / "bin" / "dockerhub-mcp", "--transport", "streamable-http", "--port", "0", *arguments],
            env={**self.home.environment, **(environment or {})}, cwd=self.home.work, stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        self.addCleanup(server.stderr.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        for line in server.stderr:
            found = re.search(r"listening on (\S+)", line)
            if found:
                return found.group(1)
        raise AssertionError("the server did not start")

    def try_it(self, url, *arguments):
        return ["mcp", "try", "--url", url, *arguments]

    def test_a_server_says_what_it_is_and_is_called(self):
        url = self.serve()
        done = self.data(*self.try_it(url))
        self.assertEqual((done["server"], done["revision"]), ("dockerhub-mcp", "2025-11-25"))
        self.assertIn("demo", [tool["name"] for tool in done["tools"]])
        done = self.data(*self.try_it(url, *self.ECHO))
        self.assertEqual(done["result"]["structuredContent"]["data"], {"text": "hi"})
        self.assertIn("Did you mean demo?", self.refused(2, *self.try_it(url, "--tool", "dmo")).err)
        refused = self.refused(4, *self.try_it(url, "--tool", "demo", "--action", "fail", "--params",
                                               '{"type": "AuthError"}'))
        self.assertIn("Error: ", refused.err)

    def test_the_bearer_comes_from_a_file_a_variable_or_a_pipe(self):
        url = self.serve()
        bearer = (self.home.state / "mcp-bearer").read_text()
        self.assertNotEqual(self.run_program(*self.try_it(url, *self.WRITE)).code, 0, "it may only read")
        self.home.write("bearer", bearer)
        self.ok(*self.try_it(url, "--bearer", "@bearer", *self.WRITE))
        self.ok(*self.try_it(url, "--bearer", "env:MY_BEARER", *self.WRITE),
                environment={"MY_BEARER": bearer.strip()})
        self.ok(*self.try_it(url, "--bearer", "-", *self.WRITE), stdin=bearer)

    def test_the_bearer_never_stands_on_the_command_line_or_in_an_error(self):
        for secret in ("abcdef0123456789", "@@abcdef0123456789", "env:NO_SUCH_VARIABLE"):
            done = self.refused(2, *self.try_it("http://127.0.0.1:1/mcp", "--bearer", secret))
            self.assertNotIn("abcdef0123456789", done.err)
        self.refused(2, "mcp", "try", "--bearer", "-")
        server = ScriptedServer(lambda request: answer(401, '{"error": {"code": 1, "message": "not you"}}'))
        self.addCleanup(server.close)
        self.home.write("bearer", "canary-0123456789abcdef")
        done = self.refused(4, *self.try_it(server.url + "/mcp", "--bearer", "@bearer"))
        self.assertIn("not you", done.err)
        self.assertIn("--bearer", done.err)
        self.assertNotIn("canary-0123456789abcdef", done.out + done.err)

    def test_an_answer_may_be_a_stream_with_questions_in_it(self):
        answered = []

        def handle(request):
            message = json.loads(request.body or b"{}")
            if request.method == "DELETE" or "id" not in message:
                return answer(202, "")
            if "method" not in message:
                answered.append(message)
                return answer(202, "")
            result = {"initialize": {"protocolVersion": "2025-06-18", "serverInfo": {"name": "other", "version": "9"}},
                      "tools/list": {"tools": [{"name": "one", "title": "Titled"}]},
                      "tools/call": {"content": [{"type": "text", "text": "done"}]}}[message["method"]]
            events = [": a comment", 'event: message\r\ndata: {"jsonrpc":"2.0","id":"q","method":"ping"}',
                      'data: {"jsonrpc": "2.0",\ndata: "method": "notifications/message", "params": {}}',
                      "id: 1\ndata: " + json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result})]
            return answer(200, "\n\n".join(events) + "\n\n", [("Content-Type", "text/event-stream"),
                                                             ("Mcp-Session-Id", "s-1")])

        server = ScriptedServer(handle)
        self.addCleanup(server.close)
        done = self.data(*self.try_it(server.url + "/mcp", "--tool", "one"))
        self.assertEqual((done["server"], done["revision"]), ("other", "2025-06-18"))
        self.assertEqual(done["result"]["content"][0]["text"], "done")
        self.assertEqual(answered[0], {"jsonrpc": "2.0", "id": "q", "result": {}})

    def test_what_is_no_server_is_told(self):
        self.refused(2, *self.try_it("http://example.com/mcp"))
        self.refused(2, *self.try_it("nonsense"))
        self.refused(2, *self.try_it("http://127.0.0.1:1/mcp", "--", "true"))
        server = ScriptedServer(lambda request: answer(404, "nothing here"))
        self.addCleanup(server.close)
        done = self.refused(3, *self.try_it(server.url))
        self.assertIn("404", done.err)
        self.assertIn("/mcp", done.err)


class Sandbox(WithSandbox, CliTest):
    def test_one_real_call(self):
        done = self.data("mcp", "try", "--tool", "hub_repos", "--action", "get", "--params",
                         '{"namespace": "sandbox", "repository": "multi"}', environment=self.environment)
        self.assertEqual(done["result"]["structuredContent"]["data"]["name"], "multi")
        self.assertEqual(len(self.sandbox.journal("hub")), 2)  # the log-in and the call

    def test_a_dry_run_calls_no_tool(self):
        params = json.dumps({"namespace": "sandbox", "name": "new"})
        call = ("mcp", "try", "--tool", "hub_repos", "--action", "create", "--params", params)
        self.assertIn("--dry-run", self.refused(2, "--dry-run", *call, environment=self.environment).err)
        self.assertEqual(self.sandbox.journal("hub"), [])
        self.ok("--dry-run", "mcp", "try", environment=self.environment)

    def test_our_server_is_known_by_its_file_and_logs_in(self):
        link = self.home.path / "server"
        link.symlink_to(PREFIX / "bin" / "dockerhub-mcp")
        self.ok("mcp", "try", "--tool", "hub_repos", "--action", "get", "--params",
                '{"namespace": "sandbox", "repository": "multi"}', "--", str(link), environment=self.environment)
        self.assertEqual(len(self.sandbox.journal("hub")), 2)


if __name__ == "__main__":
    unittest.main()
