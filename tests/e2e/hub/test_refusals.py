"""Every action without one of its required parameters is refused with nothing sent."""

import json
import unittest

from cli_test import CliTest
from hub_case import SECRETS, HubTest, error_of, secrets_of, without_each
from mcp_process import Home, Server
from sandbox_process import WithSandbox

TOOLS = ("hub_auth", "hub_repos", "hub_org", "hub_teams", "hub_audit", "hub_scim")


class Refusals(HubTest):
    def refuses(self, tool, action, without):
        given = {name: value for name, value in action["examples"][0].items() if name not in SECRETS | {without}}
        done = self.call(
            tool, action["action"], given, "--yes", "--allow-destructive", **secrets_of(action, without)
        )
        self.assertEqual(done.code, 2, (tool, action["action"], without, done))
        self.assertEqual(error_of(done)["parameter"], without)
        return True

    def test_of_a_call_without_something_that_it_needs(self):
        calls = 0
        for tool in TOOLS:
            for action in self.data(tool, "describe")["actions"]:
                calls += sum(self.refuses(tool, action, name) for name in action["params"].get("required", ()))
        self.assertEqual(self.sent(), [])
        self.assertGreater(calls, 60)


class OverMcp(WithSandbox, CliTest):
    MODULES = (*TOOLS, "hub_admin", "hub_registry", "hub_scout")

    def test_a_call_of_any_module_without_something_that_it_needs_leaves_no_trace_at_a_server(self):
        home = Home()
        self.addCleanup(home.remove)
        environment = {**self.environment, "DOCKERHUB_CONFIRM": "never", "DOCKERHUB_ALLOW_DESTRUCTIVE": "true"}
        server = Server(home, [], environment)
        self.addCleanup(server.__exit__)
        server.initialize()
        tools = set()
        for tool, action, name, given in without_each(self, self.MODULES):
            result = server.call(action, given, tool=tool)
            self.assertTrue(result["isError"], (tool, action, name))
            self.assertEqual(result["structuredContent"]["error"]["parameter"], name, (tool, action))
            tools.add(tool)
        self.assertEqual(self.sandbox.journal(), [])
        self.assertEqual(tools, set(self.MODULES) - {"hub_admin"})  # whose actions take nothing


if __name__ == "__main__":
    unittest.main()
