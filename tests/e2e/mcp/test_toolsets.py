"""Variables that switch sets of tools off, as releases 1.x of the Python package have them."""

from mcp_case import McpCase

INVALID_PARAMS = -32602

MODULES = {"AUDIT_LOGSTOOL": "hub_audit", "GROUPSTOOL": "hub_teams", "ORGSTOOL": "hub_org",
           "REPOSITORIESTOOL": "hub_repos"}
TOKENS = {"ACCESS_TOKENSTOOL": "_pat", "ORG_ACCESS_TOKENSTOOL": "_oat"}


class ToolsetsTest(McpCase):
    def listed(self, mode="condensed", **environment):
        server = self.connected(environment={"MCP_TOOL_MODE": mode, **environment})
        return server, {tool["name"]: tool for tool in server.request("tools/list")["result"]["tools"]}

    @staticmethod
    def actions(tool):
        return set(tool["inputSchema"]["properties"]["action"]["enum"])

    def test_a_set_that_is_a_module_is_not_offered(self):
        _, all_tools = self.listed()
        for variable, module in MODULES.items():
            with self.subTest(variable):
                server, tools = self.listed(**{variable: "False"})
                self.assertEqual(set(all_tools) - set(tools), {module})
                self.assert_rpc_error(
                    server.request("tools/call", {"name": module, "arguments": {"action": "list"}}), INVALID_PARAMS)

    def test_sets_of_tokens_are_apart(self):
        everything = self.actions(self.listed()[1]["hub_auth"])
        for variable, ending in TOKENS.items():
            with self.subTest(variable):
                server, tools = self.listed(**{variable: "False"})
                gone = everything - self.actions(tools["hub_auth"])
                self.assertEqual(gone, {name for name in everything if ending in name})
                self.assertGreaterEqual(len(gone), 5)
                for action in gone:
                    self.assert_tool_error(server.call(action, {}, tool="hub_auth"), "UnknownAction")

    def test_no_tool_of_such_tokens_is_left_in_another_mode(self):
        names = {"ACCESS_TOKENSTOOL": "_access_token", "ORG_ACCESS_TOKENSTOOL": "_org_access_token"}
        for variable, word in names.items():
            with self.subTest(variable):
                _, before = self.listed("verbose")
                server, after = self.listed("verbose", **{variable: "False"})
                of_organizations = variable.startswith("ORG")
                gone = {name for name in before
                        if word in name and ("_org_access_token" in name) == of_organizations}
                self.assertGreaterEqual(len(gone), 5)
                self.assertEqual(set(before) - set(after), gone)
                for name in gone:
                    self.assert_rpc_error(server.request("tools/call", {"name": name, "arguments": {}}), INVALID_PARAMS)

    def test_the_variable_of_the_module_rules_as_well(self):
        for environment in ({"REPOSTOOL": "True", "REPOSITORIESTOOL": "False"},
                            {"REPOSTOOL": "False", "REPOSITORIESTOOL": "True"}):
            self.assertNotIn("hub_repos", self.listed(**environment)[1])
        _, tools = self.listed(**{variable: "True" for variable in (*MODULES, *TOKENS)})
        self.assertEqual(set(tools), set(self.listed()[1]))
