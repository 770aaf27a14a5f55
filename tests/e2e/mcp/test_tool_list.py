"""tools/list: one tool per module tool, a line for each action, truthful annotations. What schemas and names may be
is in test_tool_schemas."""

from mcp_case import FIXTURE, McpCase

INVALID_PARAMS = -32602

class ToolListTest(McpCase):
    modules = (FIXTURE,)

    def tools(self):
        return {tool["name"]: tool for tool in self.connected().request("tools/list")["result"]["tools"]}

    def test_actions_are_a_choice_with_the_reserved_describe(self):
        schema = self.tools()["demo"]["inputSchema"]
        self.assertEqual(schema["required"], ["action"])
        self.assertEqual(schema["properties"]["action"]["enum"][-1], "describe")
        self.assertIn("echo", schema["properties"]["action"]["enum"])
        self.assertEqual(set(schema["properties"]),
                         {"action", "params", "params_json", "dry_run", "all_pages", "max_items", "fields"})

    def test_params_tell_the_types_of_what_most_actions_take(self):
        params = self.tools()["hub_teams"]["inputSchema"]["properties"]["params"]["properties"]
        self.assertEqual(params["org"], {"type": "string"})
        self.assertNotIn("members", params)

    def test_the_description_has_each_action_and_those_that_are_used_alike_on_one_line(self):
        demo = self.tools()["demo"]
        lines = demo["description"].splitlines()
        told = [name for line in lines if "(" in line for name in line[:line.index("(")].split("|")]
        self.assertEqual(sorted(set(told) & set(demo["inputSchema"]["properties"]["action"]["enum"])),
                         sorted(set(demo["inputSchema"]["properties"]["action"]["enum"]) - {"describe"}))
        self.assertIn("read|check(key)", lines)
        self.assertIn("echo(text,times?)", lines)
        self.assertIn("delete(key) [destructive]", lines)
        self.assertIn("write(key,value) [write]", lines)

    def test_annotations_are_those_of_the_most_dangerous_action(self):
        annotations = self.tools()["demo"]["annotations"]
        self.assertFalse(annotations.get("readOnlyHint", False))
        self.assertEqual(annotations["destructiveHint"], True)
        self.assertFalse(annotations.get("idempotentHint", False))
        self.assertEqual(self.tools()["mcp_fixture"]["annotations"]["destructiveHint"], False)

    def test_the_list_is_stable_and_on_one_page(self):
        server = self.connected()
        first = server.request("tools/list")["result"]
        self.assertEqual(server.request("tools/list", {})["result"], first)
        self.assertEqual([t["name"] for t in first["tools"]],
                         sorted(t["name"] for t in first["tools"]))
        self.assertNotIn("nextCursor", first)
        self.assertEqual(server.request("tools/list", {"cursor": ""})["result"], first)

    def test_every_mode_is_on_one_page_unless_told_otherwise(self):
        for mode in ("verbose", "both", "dynamic"):
            with self.subTest(mode):
                result = self.connected(environment={"MCP_TOOL_MODE": mode}).request("tools/list")["result"]
                self.assertNotIn("nextCursor", result)
                self.assertGreater(len(result["tools"]), 100 if mode != "dynamic" else 2)

    def test_a_tool_of_one_action_tells_what_it_does_and_then_what_to_know(self):
        server = self.connected(environment={"MCP_TOOL_MODE": "verbose"})
        told = {tool["name"]: tool["description"] for tool in server.request("tools/list")["result"]["tools"]}
        self.assertTrue(told["dockerhub_get_group_members"].startswith(
            "Lists the members of a team. For members of the organization; only owners"), told["dockerhub_get_group_members"])
        self.assertTrue(told["dockerhub_delete_group"].startswith("Deletes a team. "), told["dockerhub_delete_group"])
        self.assertTrue(told["dockerhub_get_group"].startswith("Reads one team"), told["dockerhub_get_group"])

    def test_a_tool_that_is_switched_off_is_not_listed(self):
        server = self.connected(environment={"DEMOTOOL": "false"})
        names = [tool["name"] for tool in server.request("tools/list")["result"]["tools"]]
        self.assertNotIn("demo", names)
        self.assertIn("mcp_fixture", names)

    def test_a_change_is_told_to_the_client(self):
        server = self.connected()
        server.call("test_trigger_tool_change", tool="mcp_fixture")
        server.notification("notifications/tools/list_changed")
        server.call("test_trigger_prompt_change", tool="mcp_fixture")
        server.notification("notifications/prompts/list_changed")


class StoreTest(McpCase):
    """Actions that read or write content of the caller's own machine, which no client can bind."""

    ACTIONS = ("push", "pull")
    CONTENT = {"store": "oci:build:v1", "repo": "127.0.0.1:1/team/app"}

    def listed(self, mode):
        server = self.connected(environment={"MCP_TOOL_MODE": mode})
        return server, {tool["name"]: tool for tool in server.request("tools/list")["result"]["tools"]}

    def assert_refused(self, result):
        error = self.assert_tool_error(result, "UnsupportedError")
        self.assertEqual(error["parameter"], "store")
        self.assertIn("command line", error["hint"])

    def test_they_are_not_offered_and_a_call_tells_where_they_run(self):
        server, tools = self.listed("condensed")
        tool = tools["hub_registry"]
        schema = tool["inputSchema"]["properties"]
        self.assertIn("copy", schema["action"]["enum"])
        self.assertNotIn("store", schema["params"]["properties"])
        for action in self.ACTIONS:
            with self.subTest(action):
                self.assertNotIn(action, schema["action"]["enum"])
                self.assertNotIn(f"\n{action}(", tool["description"])
                self.assert_refused(server.call(action, self.CONTENT, tool="hub_registry"))
                unknown = server.call("describe", {"action": "no" + action}, tool="hub_registry")
                hint = self.assert_tool_error(unknown, "UnknownAction")["hint"]
                self.assertIn(" copy,", hint)
                self.assertNotIn(f" {action},", hint)

    def test_they_are_no_tools_of_their_own(self):
        server, tools = self.listed("verbose")
        self.assertIn("dockerhub_registry_copy", tools)
        for action in self.ACTIONS:
            with self.subTest(action):
                name = "dockerhub_registry_" + action
                self.assertNotIn(name, tools)
                refused = server.request("tools/call", {"name": name, "arguments": self.CONTENT})
                self.assertIn(f"there is no tool '{name}'", self.assert_rpc_error(refused, INVALID_PARAMS))

    def test_they_are_not_found_by_a_search(self):
        server, _ = self.listed("dynamic")
        found = server.request("tools/call", {"name": "search_actions", "arguments": {"query": ""}})
        offered = found["result"]["structuredContent"]["data"]["hub_registry"]
        self.assertIn("copy", offered)
        for action in self.ACTIONS:
            with self.subTest(action):
                self.assertNotIn(action, offered)
                called = server.request("tools/call", {"name": "call_action", "arguments": {
                    "tool": "hub_registry", "action": action, "params": self.CONTENT}})
                self.assert_refused(called["result"])
