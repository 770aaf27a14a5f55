"""Every action without one of its required parameters is refused with nothing sent."""

import json
import unittest

from hub_case import SECRETS, HubTest, error_of, secrets_of

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


if __name__ == "__main__":
    unittest.main()
