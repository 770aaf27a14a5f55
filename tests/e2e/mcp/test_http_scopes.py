"""What a token with few scopes is told of, and what it may do."""

import json

from http_case import HttpCase

READER, WRITER, DESTROYER = (letter * 20 for letter in "rwd")
DELETE = ("delete", {"key": "k"})


class ScopesCase(HttpCase):
    def serve(self, *arguments, **environment):
        path = self.home.path / "tokens.json"
        path.write_text(json.dumps({
            READER: {"client_id": "reader", "scopes": ["dockerhub:read"]},
            WRITER: {"client_id": "writer", "scopes": ["dockerhub:write"]},
            DESTROYER: {"client_id": "destroyer", "scopes": ["dockerhub:destructive"]}}))
        path.chmod(0o600)
        return self.start(*arguments, environment={
            "AUTH_TYPE": "static", "DOCKERHUB_STATIC_TOKENS_FILE": str(path), **environment})

    def assert_needs(self, answer, scopes):
        self.assertEqual(answer.status, 403, answer.body)
        challenge = answer.headers["WWW-Authenticate"]
        self.assertIn('error="insufficient_scope"', challenge)
        self.assertIn(f'scope="{scopes}"', challenge)

    def data(self, answer):
        self.assertFalse(answer.result()["isError"], answer.body)
        return answer.result()["structuredContent"]["data"]

    def error(self, answer):
        self.assertTrue(answer.result()["isError"], answer.body)
        return answer.result()["structuredContent"]["error"]


class DestructiveScopeTest(ScopesCase):
    ALL = "dockerhub:read dockerhub:write dockerhub:destructive"

    def test_write_is_not_enough_and_destructive_is(self):
        server = self.serve("--allow-destructive", DOCKERHUB_CONFIRM="never")
        self.data(server.modern_call("write", {"key": "k", "value": "v"}, bearer=WRITER))
        for bearer in (READER, WRITER):
            self.assert_needs(server.modern_call(*DELETE, bearer=bearer), self.ALL)
        self.assertEqual(self.data(server.modern_call("read", {"key": "k"}, bearer=READER))["value"], "v")
        self.assertEqual(self.data(server.modern_call(*DELETE, bearer=DESTROYER)), {"deleted": "k"})

    def test_a_scope_opens_no_gate(self):
        server = self.serve()
        self.assertEqual(self.error(server.modern_call(*DELETE, bearer=DESTROYER))["type"],
                         "DestructiveOperationError")

    def test_values_that_make_a_call_destructive_need_it(self):
        server = self.serve("--allow-destructive", DOCKERHUB_CONFIRM="never")

        def switch(active, bearer, **more):
            return server.modern_call("set_active", {"account": "a", "active": active}, bearer=bearer, **more)

        self.data(switch(True, WRITER))
        self.assert_needs(switch(False, WRITER), self.ALL)
        self.assert_needs(switch("false", WRITER), self.ALL)
        self.data(switch(False, WRITER, dry_run=True))
        self.data(switch(False, DESTROYER))

    def test_an_old_client_is_refused_the_same(self):
        session = self.serve("--allow-destructive").session(bearer=WRITER)
        call = {"name": "demo", "arguments": {"action": "delete", "params": {"key": "k"}}}
        self.assert_needs(session.post("tools/call", call, 2), self.ALL)


class ToldTest(ScopesCase):
    def described(self, server, bearer):
        actions = self.data(server.modern_call("describe", bearer=bearer))["actions"]
        return {action["action"] for action in actions}

    def test_describe_leaves_out_what_the_token_does_not_allow(self):
        server = self.serve()
        self.assertEqual(self.described(server, READER) & {"read", "write", "delete"}, {"read"})
        self.assertEqual(self.described(server, WRITER) & {"read", "write", "delete"}, {"read", "write"})
        self.assertLessEqual({"read", "write", "delete"}, self.described(server, DESTROYER))
        refused = self.error(server.modern_call("describe", {"action": "delete"}, bearer=READER))
        self.assertEqual(refused["type"], "UnknownAction")

    def test_errors_name_nothing_more(self):
        server = self.serve()
        hint = self.error(server.modern_call("delet", bearer=READER))["hint"]
        self.assertRegex(hint, r"\becho\b")
        self.assertNotIn("delete", hint)
        self.assertNotRegex(hint, r"\bwrite\b")
        self.assertIn("'delete'", self.error(server.modern_call("delet", bearer=DESTROYER))["hint"])

    def test_a_near_miss_of_a_tool_is_none_that_it_may_not_use(self):
        server = self.serve(MCP_TOOL_MODE="verbose")

        def miss(bearer):
            return json.dumps(server.modern("tools/call", {"name": "demo_delet", "arguments": {}}, bearer).error())

        self.assertIn("demo_delete", miss(DESTROYER))
        self.assertNotIn("demo_delete", miss(READER))

    def test_a_search_finds_nothing_more(self):
        server = self.serve(MCP_TOOL_MODE="dynamic")

        def use(name, bearer, **arguments):
            return server.modern("tools/call", {"name": name, "arguments": arguments}, bearer)

        self.assertEqual(set(self.data(use("search_actions", READER, query=""))["demo"]) & {"read", "write", "delete"},
                         {"read"})
        self.assertIn("delete", self.data(use("search_actions", DESTROYER, query=""))["demo"])
        described = use("describe_action", READER, tool="demo", action="delete")
        self.assertEqual(self.error(described)["type"], "UnknownAction")
        call = {"tool": "demo", "action": "delete", "params": {"key": "k"}}
        self.assert_needs(use("call_action", READER, **call), DestructiveScopeTest.ALL)

    def test_lists_are_annotated_for_who_asks(self):
        for mode in ("condensed", "verbose", "dynamic"):
            server = self.serve(MCP_TOOL_MODE=mode)

            def hints(bearer):
                tools = server.modern("tools/list", bearer=bearer).result()["tools"]
                return {tool["annotations"].get("readOnlyHint", False) for tool in tools}

            with self.subTest(mode):
                self.assertEqual(hints(READER), {True})
                self.assertIn(False, hints(WRITER))

    def test_a_dry_run_stays_free(self):
        planned = self.serve().modern_call("write", {"key": "k", "value": "v"}, bearer=READER, dry_run=True)
        self.assertFalse(planned.result()["isError"], planned.body)

    def test_without_a_log_in_the_bearer_decides(self):
        server = self.start()
        self.assertNotIn("write", self.described(server, None))
        self.assertIn("write", self.described(server, server.bearer()))


class MetricsTest(ScopesCase):
    def status(self, server, bearer):
        headers = {"Authorization": "Bearer " + bearer} if bearer else {}
        return server.request("GET", "/metrics", headers=headers).status

    def test_this_machine_needs_no_token_but_no_wrong_one_either(self):
        server = self.serve()
        self.assertEqual([self.status(server, bearer) for bearer in (None, READER, "x" * 20)], [200, 200, 401])
