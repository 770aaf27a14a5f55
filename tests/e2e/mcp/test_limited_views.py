"""What a server offers that may not do everything: filters of names and of effects, in each mode."""

from mcp_case import McpCase

INVALID_PARAMS = -32602
MODES = ("condensed", "verbose", "both", "dynamic")


class LimitedCase(McpCase):
    def offered(self, mode, *arguments, **environment):
        server = self.connected(*arguments, environment={"MCP_TOOL_MODE": mode, **environment})
        return server, {tool["name"]: tool for tool in server.request("tools/list")["result"]["tools"]}

    def hints(self, tools, name):
        return {tool["name"] for tool in tools.values() if tool["annotations"].get(name)}

    def use(self, server, name, **arguments):
        return server.request("tools/call", {"name": name, "arguments": arguments})

    def actions(self, server, tool):
        found = self.use(server, "search_actions", query="")["result"]["structuredContent"]["data"]
        return found.get(tool, [])


class ReadOnlyTest(LimitedCase):
    def test_every_tool_says_so_in_each_mode(self):
        for mode in MODES:
            with self.subTest(mode):
                _, tools = self.offered(mode, "--read-only")
                self.assertEqual(self.hints(tools, "readOnlyHint"), set(tools))
                self.assertEqual(self.hints(tools, "destructiveHint"), set())
                for tool in tools.values():
                    self.assertNotRegex(tool["description"], r"\[(write|destructive)\]")

    def test_an_action_that_may_only_plan_is_there_and_carries_nothing_out(self):
        server, tools = self.offered("condensed", "--read-only", "--allow-destructive")
        self.assertIn("cleanup", tools["hub_repos"]["inputSchema"]["properties"]["action"]["enum"])
        place = {"namespace": "acme", "repository": "app"}
        refused = server.call("cleanup", {**place, "plan": {"entries": []}}, tool="hub_repos")
        self.assert_tool_error(refused, "PolicyError")


class NoDestructiveTest(LimitedCase):
    def test_nothing_destructive_is_offered_in_any_mode(self):
        for mode in MODES:
            with self.subTest(mode):
                _, tools = self.offered(mode, "--no-destructive", "--allow-destructive")
                self.assertEqual(self.hints(tools, "destructiveHint"), set())
                self.assertNotEqual(self.hints(tools, "readOnlyHint"), set(tools), "writes stay")
                for tool in tools.values():
                    self.assertNotIn("[destructive]", tool["description"])

    def test_it_is_hidden_even_where_the_gate_is_open(self):
        for arguments, environment in ((("--no-destructive",), {}), ((), {"MCP_NO_DESTRUCTIVE": "true"})):
            server = self.connected("--allow-destructive", *arguments,
                                    environment={"DOCKERHUB_CONFIRM": "never", **environment})
            self.assertFalse(server.call("write", {"key": "k", "value": "v"})["isError"])
            hint = self.assert_tool_error(server.call("delete", {"key": "k"}), "UnknownAction")["hint"]
            self.assertRegex(hint, r"\bread\b")
            self.assertNotRegex(hint, r"\bdelete\b")
            self.assertFalse(server.call("read", {"key": "k"})["isError"])

    def test_values_that_would_make_a_call_destructive_are_refused(self):
        server = self.connected("--no-destructive", "--allow-destructive", environment={"DOCKERHUB_CONFIRM": "never"})
        self.assertFalse(server.call("set_active", {"account": "a", "active": True})["isError"])
        self.assert_tool_error(server.call("set_active", {"account": "a", "active": False}), "PolicyError")


class FilteredNamesTest(LimitedCase):
    DISABLED = "demo.write, demo_delete, hub_scim"

    def test_what_is_disabled_is_no_tool_of_its_own(self):
        _, all_tools = self.offered("verbose")
        server, tools = self.offered("verbose", MCP_DISABLED_TOOLS=self.DISABLED)
        for option in ("--disabled-tools", "--exclude-tools"):
            self.assertEqual(self.offered("verbose", option, self.DISABLED)[1], tools)
        gone = set(all_tools) - set(tools)
        self.assertLessEqual({"demo_write", "demo_delete"}, gone)
        self.assertIn("demo_echo", tools)
        self.assertGreater(len(gone), 2, "those of hub_scim")
        for name in sorted(gone):
            refused = self.use(server, name)
            self.assertIn(f"there is no tool '{name}'", self.assert_rpc_error(refused, INVALID_PARAMS))

    def test_what_is_disabled_is_not_found_described_or_called(self):
        server, _ = self.offered("dynamic", MCP_DISABLED_TOOLS=self.DISABLED)
        self.assertIn("echo", self.actions(server, "demo"))
        self.assertEqual(self.actions(server, "hub_scim"), [])
        for name in ("describe_action", "call_action"):
            for tool, action, error in (("demo", "write", "UnknownAction"), ("demo", "delete", "UnknownAction"),
                                        ("hub_scim", "list_users", "ParameterError")):
                with self.subTest((name, tool, action)):
                    self.assert_tool_error(self.use(server, name, tool=tool, action=action)["result"], error)
        found = self.use(server, "search_actions", query="delete write")["result"]["structuredContent"]["data"]
        lines = [one["action"] for one in found["actions"] if one["tool"] in ("demo", "hub_scim")]
        self.assertFalse([line for line in lines if line.startswith(("write(", "delete("))], lines)

    def test_what_alone_is_enabled_is_all_there_is(self):
        server, tools = self.offered("verbose", MCP_ENABLED_TOOLS="demo.echo")
        self.assertEqual(set(tools), {"demo_echo"})
        self.assert_rpc_error(self.use(server, "demo_list"), INVALID_PARAMS)
        server, _ = self.offered("dynamic", MCP_ENABLED_TOOLS="demo.echo")
        self.assertEqual(self.actions(server, "demo"), ["echo"])
        called = self.use(server, "call_action", tool="demo", action="echo", params={"text": "hi"})
        self.assertFalse(called["result"]["isError"])
        called = self.use(server, "call_action", tool="demo", action="list")
        self.assert_tool_error(called["result"], "UnknownAction")
