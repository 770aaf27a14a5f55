"""tools/list: one tool per module tool, schemas that model services accept, truthful annotations."""

from mcp_case import FIXTURE, McpCase

INVALID_PARAMS = -32602

# What a schema may hold so that no known client or model service refuses it.
WORDS = {"type", "properties", "required", "items", "enum", "minimum", "maximum", "minLength",
         "maxLength", "pattern", "description", "default"}


class ToolListTest(McpCase):
    modules = (FIXTURE,)

    def tools(self):
        return {tool["name"]: tool for tool in self.connected().request("tools/list")["result"]["tools"]}

    def assert_safe(self, schema, where):
        self.assertLessEqual(set(schema), WORDS, where)
        self.assertIsInstance(schema["type"], str, where)
        if schema["type"] == "array":
            self.assert_safe(schema["items"], where + ".items")
        if schema["type"] == "object":
            self.assertTrue(schema["properties"], where)
            for name, each in schema["properties"].items():
                self.assertLessEqual(len(name), 64)
                self.assert_safe(each, where + "." + name)

    def test_every_schema_stays_within_what_all_clients_accept(self):
        tools = self.tools()
        self.assertLessEqual({"demo", "mcp_fixture"}, set(tools))
        for name, tool in tools.items():
            self.assertRegex(name, r"^[A-Za-z0-9_.-]{1,64}$")
            self.assert_safe(tool["inputSchema"], name)

    def test_actions_are_a_choice_with_the_reserved_describe(self):
        schema = self.tools()["demo"]["inputSchema"]
        self.assertEqual(schema["required"], ["action"])
        self.assertEqual(schema["properties"]["action"]["enum"][-1], "describe")
        self.assertIn("echo", schema["properties"]["action"]["enum"])
        self.assertEqual(set(schema["properties"]),
                         {"action", "params", "params_json", "dry_run", "timeout_ms",
                          "all_pages", "max_items"})

    def test_params_tell_the_types_that_are_the_same_in_all_actions(self):
        params = self.tools()["demo"]["inputSchema"]["properties"]["params"]["properties"]
        self.assertEqual(params["text"], {"type": "string"})
        self.assertEqual(params["numbers"], {"type": "array", "items": {"type": "number"}})

    def test_the_description_has_a_line_for_each_action(self):
        lines = self.tools()["demo"]["description"].splitlines()
        self.assertIn("- echo(text, times?): Answers what it was given", lines)
        self.assertIn("- delete(key) [destructive]: Deletes a note", lines)
        self.assertIn("- write(key, value) [write]: Writes a note", lines)

    def test_annotations_are_those_of_the_most_dangerous_action(self):
        annotations = self.tools()["demo"]["annotations"]
        self.assertEqual(annotations["readOnlyHint"], False)
        self.assertEqual(annotations["destructiveHint"], True)
        self.assertEqual(annotations["idempotentHint"], False)
        self.assertEqual(self.tools()["mcp_fixture"]["annotations"]["destructiveHint"], False)

    def test_the_list_is_stable_and_has_one_page(self):
        server = self.connected()
        first = server.request("tools/list")["result"]
        self.assertEqual(server.request("tools/list", {})["result"], first)
        self.assertEqual([t["name"] for t in first["tools"]],
                         sorted(t["name"] for t in first["tools"]))
        self.assertNotIn("nextCursor", first)
        self.assert_rpc_error(server.request("tools/list", {"cursor": "x"}), INVALID_PARAMS)

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
                self.assertNotIn(f"- {action}(", tool["description"])
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
