"""Headers by which a client over HTTP asks for less than it may have: X-MCP-Readonly, X-MCP-Toolsets and
X-MCP-Exclude-Tools."""

import json

import message_schema
from http_case import HttpCase
from http_process import wait_until
from sandbox_process import WithSandbox

INVALID_REQUEST, INVALID_PARAMS = -32600, -32602
READ_ONLY, TOOLSETS, EXCLUDED = "X-MCP-Readonly", "X-MCP-Toolsets", "X-MCP-Exclude-Tools"
NOTE = {"key": "k", "value": "v"}


class NarrowingCase(HttpCase):
    def ask(self, server, method, params=None, bearer=None, **headers):
        message = server.modern_message(method, params)
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        return server.request("POST", "/mcp", message, {**server.modern_headers(message, bearer), **own})

    def listed(self, server, **headers):
        tools = self.ask(server, "tools/list", **headers).result()["tools"]
        return {tool["name"]: tool for tool in tools}

    def call(self, server, action, params, tool="demo", bearer=None, **headers):
        return self.ask(server, "tools/call", {"name": tool, "arguments": {"action": action, "params": params}},
                        bearer, **headers)

    def actions(self, tools, name="demo"):
        return set(tools[name]["inputSchema"]["properties"]["action"]["enum"])

    def assert_tool_error(self, answer, error_type):
        self.assertEqual(answer.status, 200, answer.body)
        error = answer.result()["structuredContent"]["error"]
        self.assertEqual(error["type"], error_type, error)
        return error


class RequestTest(NarrowingCase):
    """Revision 2026-07-28: each request for itself."""

    def setUp(self):
        super().setUp()
        self.server = self.start("--allow-unauthenticated")

    def test_the_tools_that_are_named_are_all_there_is(self):
        self.assertEqual(set(self.listed(self.server, X_MCP_Toolsets="demo, hub_repos")), {"demo", "hub_repos"})
        echo = {"text": "hi"}
        self.assertFalse(self.call(self.server, "echo", echo, X_MCP_Toolsets="demo").result()["isError"])
        refused = self.call(self.server, "echo", echo, X_MCP_Toolsets="hub_repos")
        self.assertEqual(refused.error()["code"], INVALID_PARAMS)
        self.assertNotIn("demo`", refused.error()["message"])
        self.assertGreater(len(self.listed(self.server)), 2, "another request is not concerned")

    def test_the_instructions_tell_of_nothing_else(self):
        told = self.ask(self.server, "server/discover", X_MCP_Toolsets="demo").result()["instructions"]
        self.assertIn("- demo", told)
        self.assertNotIn("hub_repos", told)

    def test_what_is_excluded_is_not_shown_described_or_called(self):
        tools = self.listed(self.server, X_MCP_Exclude_Tools="demo.write,hub_scim")
        self.assertNotIn("hub_scim", tools)
        self.assertNotIn("write", self.actions(tools))
        self.assertIn("delete", self.actions(tools))
        for action, params in (("write", NOTE), ("describe", {"action": "write"})):
            refused = self.call(self.server, action, params, X_MCP_Exclude_Tools="demo.write,hub_scim")
            self.assertNotRegex(self.assert_tool_error(refused, "UnknownAction")["hint"], r"\bwrite\b")
        self.assertFalse(self.call(self.server, "write", NOTE).result()["isError"])

    def test_read_only_leaves_reads_and_says_so(self):
        tools = self.listed(self.server, X_MCP_Readonly="true")
        self.assertEqual({tool["annotations"].get("readOnlyHint") for tool in tools.values()}, {True})
        self.assertNotIn("write", self.actions(tools))
        refused = self.call(self.server, "write", NOTE, X_MCP_Readonly="true")
        self.assert_tool_error(refused, "UnknownAction")

    def test_read_only_carries_no_plan_out(self):
        params = {"namespace": "acme", "repository": "app", "plan": {"entries": []}}
        refused = self.call(self.server, "cleanup", params, "hub_repos", X_MCP_Readonly="1")
        self.assert_tool_error(refused, "PolicyError")

    def test_resources_and_prompts_of_what_is_left_out_are_not_listed(self):
        def names(method, key, name, **headers):
            return {row[name] for row in self.ask(self.server, method, **headers).result()[key]}

        for method, key, name, gone in (("prompts/list", "prompts", "name", "cleanup_plan"),
                                        ("resources/list", "resources", "uri", "dockerhub://limits")):
            self.assertIn(gone, names(method, key, name))
            self.assertNotIn(gone, names(method, key, name, X_MCP_Toolsets="demo"))

    def test_a_resource_reads_nothing_that_is_left_out(self):
        refused = self.ask(self.server, "resources/read", {"uri": "dockerhub://limits"}, X_MCP_Toolsets="demo")
        self.assertIn("error", refused.json())

    def test_a_prompt_leaves_out_what_is_left_out(self):
        prompt = {"name": "release_check", "arguments": {"namespace": "acme", "repository": "app", "tag": "1.0"}}

        def text(**headers):
            messages = self.ask(self.server, "prompts/get", prompt, **headers).result()["messages"]
            return "\n".join(message["content"]["text"] for message in messages)

        self.assertIn("Tool hub_scout, action summary", text())
        narrowed = text(X_MCP_Exclude_Tools="hub_scout.summary")
        self.assertNotIn("Tool hub_scout, action summary", narrowed)
        self.assertIn("hub_scout summary is not offered here", narrowed)

    def test_what_cannot_be_understood_is_refused_with_what_was_probably_meant(self):
        for header, value, said in ((TOOLSETS, "demo,hub_repo", "did you mean `hub_repos`?"),
                                    (EXCLUDED, "demo.wirte", "did you mean `demo.write`?"),
                                    (READ_ONLY, "perhaps", "true or false")):
            with self.subTest(header):
                refused = self.ask(self.server, "tools/list", **{header: value})
                self.assertEqual((refused.status, refused.error()["code"]), (400, INVALID_REQUEST))
                self.assertEqual(refused.json()["id"], 1)
                self.assertIn(header, refused.error()["message"])
                self.assertIn(said, refused.error()["message"])

    def test_empty_headers_ask_for_nothing(self):
        empty = {header: "" for header in (READ_ONLY, TOOLSETS, EXCLUDED)}
        self.assertEqual(self.listed(self.server, **empty), self.listed(self.server))


class LimitsTest(NarrowingCase):
    def test_no_header_gives_what_the_server_does_not(self):
        server = self.start("--allow-unauthenticated", "--read-only", "--tools", "demo,hub_admin")
        more = {"X_MCP_Readonly": "false", "X_MCP_Toolsets": "demo,hub_repos"}
        tools = self.listed(server, **more)
        self.assertEqual(set(tools), {"demo"})
        self.assertNotIn("write", self.actions(tools))
        self.assert_tool_error(self.call(server, "write", NOTE, **more), "UnknownAction")

    def test_who_wants_to_read_is_not_asked_for_a_better_token(self):
        path = self.home.path / "tokens.json"
        path.write_text(json.dumps({"r" * 20: {"client_id": "reader", "scopes": ["dockerhub:read"]}}))
        path.chmod(0o600)
        server = self.start(environment={"AUTH_TYPE": "static", "DOCKERHUB_STATIC_TOKENS_FILE": str(path)})
        self.assertEqual(self.call(server, "write", NOTE, bearer="r" * 20).status, 403)
        refused = self.call(server, "write", NOTE, bearer="r" * 20, X_MCP_Readonly="true")
        self.assert_tool_error(refused, "UnknownAction")


class SessionTest(NarrowingCase):
    """Older revisions: as the session begins."""

    def tools(self, session, **headers):
        answer = session.send(session.message("tools/list", request_id=2), **headers)
        return {tool["name"]: tool for tool in answer.result()["tools"]}

    def test_the_handshake_decides_for_the_session(self):
        server = self.start("--allow-unauthenticated")
        narrow = server.session(headers={TOOLSETS: "demo", READ_ONLY: "true"})
        other = server.session()
        self.assertNotIn("hub_repos", narrow.welcome["instructions"])
        for headers in ({}, {TOOLSETS: "hub_repos", READ_ONLY: "false"}):
            tools = self.tools(narrow, **headers)
            self.assertEqual(set(tools), {"demo"})
            self.assertNotIn("write", self.actions(tools))
        self.assertIn("write", self.actions(self.tools(other)))
        for session, failed in ((narrow, True), (other, False)):
            called = session.post("tools/call", {"name": "demo", "arguments": {"action": "write", "params": NOTE}}, 3)
            self.assertEqual(called.result()["isError"], failed, called.body)

    def test_a_handshake_that_cannot_be_understood_begins_none(self):
        server = self.start("--allow-unauthenticated")
        hello = {"jsonrpc": "2.0", "id": 7, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
        refused = server.request("POST", "/mcp", hello, {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream", TOOLSETS: "dem"})
        self.assertEqual((refused.status, refused.json()["id"]), (400, 7))
        self.assertIn("`demo`", refused.error()["message"])
        self.assertNotIn("Mcp-Session-Id", refused.headers)

    def test_so_does_the_stream_of_the_oldest_clients(self):
        server = self.start("--allow-unauthenticated", "--transport", "sse")
        events = {"Accept": "text/event-stream"}
        self.assertEqual(server.request("GET", "/sse", None, {**events, TOOLSETS: "dem"}).status, 400)
        stream = server.stream("GET", "/sse", None, {**events, TOOLSETS: "demo"})
        _, path = stream.event()
        hello = {"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
        for number, (method, params) in enumerate((("initialize", hello), ("tools/list", {})), 1):
            message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            stream.sent.add(message)
            self.assertEqual(server.request("POST", path, message, {"Content-Type": "application/json"}).status, 202)
            told = json.loads(stream.event()[1])
            message_schema.check(told, stream.sent)
        self.assertEqual([tool["name"] for tool in told["result"]["tools"]], ["demo"])
        stream.close()


class CompletionTest(WithSandbox, NarrowingCase):
    def test_asks_nothing_that_is_left_out(self):
        server = self.start(environment=self.sandbox.environment)
        asked = {"ref": {"type": "ref/resource", "uri": "dockerhub://repo/{namespace}/{repository}"},
                 "argument": {"name": "repository", "value": "mu"}, "context": {"arguments": {"namespace": "sandbox"}}}

        def lists():
            return [entry for entry in self.sandbox.journal("hub") if "/repositories" in entry["path"]]

        refused = self.ask(server, "completion/complete", asked, X_MCP_Exclude_Tools="hub_repos").error()
        self.assertIn("there is no", refused["message"])
        self.assertEqual(lists(), [])

        def lists_when_asked():
            self.ask(server, "completion/complete", asked)
            return lists()

        # On a slow machine the time of one completion is over before it has asked.
        wait_until(lists_when_asked)
