"""Who may do what over HTTP, where the server listens, and how it ends."""

import json
import os
import signal
import stat
import subprocess

import message_schema
from http_case import HttpCase
from mcp_process import DEADLINE, SERVER


class AccessTest(HttpCase):
    def error_of(self, answer):
        self.assertEqual(answer.status, 200, answer.body)
        result = answer.result()
        self.assertTrue(result["isError"], result)
        return result["structuredContent"]["error"]

    def test_without_the_bearer_everybody_may_only_read(self):
        server = self.start()
        self.assertFalse(server.modern_call("echo", {"text": "hi"}).result()["isError"])
        refused = self.error_of(server.modern_call("write", {"key": "k", "value": "v"}))
        self.assertEqual(refused["type"], "PolicyError")
        self.assertIn("mcp-bearer", refused["hint"])
        self.assertIn("--allow-unauthenticated", refused["hint"])

    def test_actions_that_change_something_are_not_shown_to_who_may_not_run_them(self):
        server = self.start()

        def actions(bearer):
            tools = server.modern("tools/list", bearer=bearer).result()["tools"]
            demo = next(tool for tool in tools if tool["name"] == "demo")
            return demo["inputSchema"]["properties"]["action"]["enum"]

        self.assertNotIn("write", actions(None))
        self.assertIn("write", actions(server.bearer()))

    def test_with_the_bearer_one_may_write(self):
        server = self.start()
        written = server.modern_call("write", {"key": "k", "value": "v"}, bearer=server.bearer())
        self.assertFalse(written.result()["isError"], written.body)

    def test_a_dry_run_of_a_write_needs_no_bearer(self):
        planned = self.start().modern_call("write", {"key": "k", "value": "v"}, dry_run=True)
        self.assertFalse(planned.result()["isError"], planned.body)

    def test_a_wrong_bearer_is_refused(self):
        server = self.start()
        for bearer in ("x", server.bearer()[:-1], server.bearer() + "A"):
            answer = server.modern("tools/list", bearer=bearer)
            self.assertEqual(answer.status, 401)
            self.assertIn("Bearer", answer.headers["WWW-Authenticate"])
        refused = server.request("GET", "/metrics", headers={"Authorization": "Basic eDp5"})
        self.assertEqual(refused.status, 400)

    def test_the_bearer_is_kept_for_its_user_alone_and_stays(self):
        first = self.start().bearer()
        path = self.home.path / "state" / "dockerhub" / "mcp-bearer"
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)
        self.assertEqual(self.start().bearer(), first)

    def test_a_bearer_that_others_can_read_refuses_the_start(self):
        path = self.home.path / "other-state" / "dockerhub" / "mcp-bearer"
        path.parent.mkdir(parents=True)
        path.write_text("x" * 43 + "\n")
        path.chmod(0o644)
        result = subprocess.run(
            [SERVER, "--transport", "streamable-http", "--port", "0"],
            env=self.home.environment(XDG_STATE_HOME=str(path.parent.parent)), cwd=self.home.path,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(result.returncode, 1)
        self.assertIn("readable by others", result.stderr)

    def test_all_may_do_all_where_the_operator_says_so(self):
        server = self.start("--allow-unauthenticated")
        written = server.modern_call("write", {"key": "k", "value": "v"})
        self.assertFalse(written.result()["isError"], written.body)

    def test_a_socket_of_the_users_own_needs_no_bearer(self):
        path = self.home.path / "mcp.sock"
        server = self.start("--listen", "unix:" + str(path))
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        written = server.modern_call("write", {"key": "k", "value": "v"})
        self.assertFalse(written.result()["isError"], written.body)
        server.stop()
        self.assertFalse(os.path.exists(path))

    def test_read_only_binds_also_who_has_the_bearer(self):
        server = self.start("--read-only")
        refused = server.modern_call("write", {"key": "k", "value": "v"}, bearer=server.bearer())
        self.assertTrue(refused.result()["isError"])

    def refused_start(self, *arguments, environment=None):
        result = subprocess.run(
            [SERVER, *arguments], env=self.home.environment(**(environment or {})),
            cwd=self.home.path, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=DEADLINE)
        self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
        return result.stderr

    def test_other_machines_are_not_served_without_a_log_in(self):
        for arguments, environment in (
                (("--host", "0.0.0.0"), {}), (("--listen", "[::]:0"), {}), ((), {"HOST": "0.0.0.0"})):
            with self.subTest(arguments):
                text = self.refused_start("--transport", "streamable-http", "--port", "0", *arguments,
                                          environment=environment)
                self.assertIn("--allow-unauthenticated", text)

    def test_wrong_settings_refuse_the_start_by_name(self):
        for environment, word in (({"TRANSPORT": "pigeon"}, "TRANSPORT"),
                                  ({"PORT": "many", "TRANSPORT": "sse"}, "PORT"),
                                  ({"MCP_TOOL_MODE": "intent"}, "MCP_TOOL_MODE")):
            with self.subTest(word):
                self.assertIn(word, self.refused_start(environment=environment))

    def test_proxies_that_log_in_are_refused_with_what_to_use_instead(self):
        for proxy in ("oauth-proxy", "oidc-proxy"):
            with self.subTest(proxy):
                text = self.refused_start(environment={"AUTH_TYPE": proxy})
                self.assertIn("AUTH_TYPE", text)
                self.assertIn("remote-oauth", text)

    def test_pages_and_names_of_strangers_are_refused(self):
        server = self.start()
        self.assertEqual(server.request("GET", "/mcp", headers={"Host": "evil.example"}).status, 403)
        message = server.modern_message("tools/list")
        headers = server.modern_headers(message)
        for origin, status in (("https://evil.example", 403), ("http://localhost:6274", 200)):
            answer = server.request("POST", "/mcp", message, {**headers, "Origin": origin})
            self.assertEqual(answer.status, status)

    def test_health_and_metrics(self):
        server = self.start()
        health = server.request("GET", "/health")
        self.assertEqual((health.status, health.json()["status"].lower()), (200, "ok"))
        self.assertEqual(health.json()["server"], "DockerHub")
        metrics = server.request("GET", "/metrics").body.decode()
        self.assertRegex(metrics, r"(?m)^dockerhub_http_connections 1$")
        self.assertRegex(metrics, r'(?m)^dockerhub_http_answers_total\{class="2xx"\} [1-9]')
        self.assertEqual(server.request("GET", "/nothing").status, 404)

    def test_a_signal_ends_it_and_what_runs_may_finish(self):
        server = self.start()
        stream = server.modern_stream(
            "tools/call", {"name": "demo", "arguments": {
                "action": "slow", "params": {"steps": 5, "milliseconds": 500}}},
            meta={"progressToken": "p"})
        self.assertEqual(stream.message()["method"], "notifications/progress")
        server.process.send_signal(signal.SIGTERM)
        last = None
        while (message := stream.message()) is not None:
            last = message
        self.assertFalse(last["result"]["isError"], last)
        stream.close()
        self.assertEqual(server.process.wait(DEADLINE), 128 + signal.SIGTERM)

    def test_old_clients_use_two_endpoints(self):
        server = self.start("--transport", "sse")
        stream = server.stream("GET", "/sse", None, {"Accept": "text/event-stream"})
        name, path = stream.event()
        self.assertEqual(name, "endpoint")

        def say(method, params=None, request_id=1):
            message = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": params or {}}
            stream.sent.add(message)
            answer = server.request("POST", path, message, {"Content-Type": "application/json"})
            self.assertEqual(answer.status, 202)
            name, data = stream.event()
            self.assertEqual(name, "message")
            told = json.loads(data)
            message_schema.check(told, stream.sent)
            return told

        hello = say("initialize", {"protocolVersion": "2024-11-05", "capabilities": {},
                                   "clientInfo": {"name": "t", "version": "1"}})
        self.assertEqual(hello["result"]["protocolVersion"], "2024-11-05")
        called = say("tools/call", {"name": "demo", "arguments": {"action": "echo",
                                                                  "params": {"text": "hi"}}}, 2)
        self.assertFalse(called["result"]["isError"])
        self.assertEqual(server.request("POST", "/message?sessionId=x", {}).status, 404)
        self.assertEqual(server.request("GET", "/mcp").status, 404)
        stream.close()


class StaticTokensTest(HttpCase):
    READER, WRITER, OLD, NOBODY = (letter * 20 for letter in "rwon")

    def tokens(self, mode=0o600, text=None):
        path = self.home.path / "tokens.json"
        path.write_text(text if text is not None else json.dumps({
            self.READER: {"client_id": "reader", "scopes": ["dockerhub:read"]},
            self.WRITER: {"client_id": "writer", "scopes": ["dockerhub:read", "dockerhub:write"]},
            self.OLD: {"client_id": "old", "scopes": ["dockerhub:read"], "expires_at": 1},
            self.NOBODY: {"client_id": "nobody", "scopes": ["other"]}}))
        path.chmod(mode)
        return {"AUTH_TYPE": "static", "DOCKERHUB_STATIC_TOKENS_FILE": str(path)}

    def test_a_token_allows_what_its_scopes_say(self):
        server = self.start(environment=self.tokens())
        self.assertFalse(server.modern_call("echo", {"text": "x"}, bearer=self.READER).result()["isError"])
        refused = server.modern_call("write", {"key": "k", "value": "v"}, bearer=self.READER)
        self.assertEqual(refused.status, 403)
        self.assertIn('error="insufficient_scope"', refused.headers["WWW-Authenticate"])
        self.assertIn('scope="dockerhub:read dockerhub:write"', refused.headers["WWW-Authenticate"])
        written = server.modern_call("write", {"key": "k", "value": "v"}, bearer=self.WRITER)
        self.assertFalse(written.result()["isError"])

    def test_no_token_a_wrong_one_and_an_old_one_are_refused(self):
        server = self.start(environment=self.tokens())
        for bearer, status in ((None, 401), ("w" * 19, 401), ("w" * 21, 401), (self.OLD, 401),
                               (self.NOBODY, 403)):
            self.assertEqual(server.modern("tools/list", bearer=bearer).status, status)
        self.assertEqual(server.request("GET", "/health").status, 200)

    def test_a_session_belongs_to_the_token_that_began_it(self):
        server = self.start(environment=self.tokens())
        session = server.session(bearer=self.WRITER)
        stolen = session.send(session.message("ping"), Authorization="Bearer " + self.READER)
        self.assertEqual(stolen.status, 404)

    def test_a_file_that_cannot_be_trusted_refuses_the_start(self):
        for mode, text, cause in (
                (0o644, None, "readable by others"), (0o600, "[]", "is no JSON object"),
                (0o600, '{"short": {"client_id": "x"}}', "has a wrong entry, number 1"),
                (0o600, '{"%s": {"scopes": []}}' % self.READER, "has a wrong entry, number 1")):
            result = subprocess.run(
                [SERVER, "--transport", "streamable-http", "--port", "0"],
                env=self.home.environment(**self.tokens(mode, text)), cwd=self.home.path,
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn(cause, result.stderr)
            self.assertNotIn(self.READER, result.stderr)

    def test_a_file_that_others_can_replace_refuses_the_start(self):
        folder = self.home.path / "shared"
        folder.mkdir()
        folder.chmod(0o777)
        tokens = self.tokens()
        (self.home.path / "tokens.json").rename(folder / "tokens.json")
        result = subprocess.run(
            [SERVER, "--transport", "streamable-http", "--port", "0"],
            env=self.home.environment(**{**tokens, "DOCKERHUB_STATIC_TOKENS_FILE": str(folder / "tokens.json")}),
            cwd=self.home.path, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("writable by others", result.stderr)
