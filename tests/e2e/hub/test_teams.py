"""hub_teams: what its rows and its function send."""

import unittest

from hub_case import HubTest, ok

TEAM = {"org": "acme", "group_name": "dev"}


class Teams(HubTest):
    def test_keep_their_name_in_a_replacement_that_has_none(self):
        self.replies["PUT /v2/orgs/acme/groups/dev"] = ok({"name": "dev"})
        self.envelope("hub_teams", "update", {**TEAM, "description": "new"})
        self.assertEqual(self.body(), {"name": "dev", "description": "new"})
        self.envelope("hub_teams", "update", {**TEAM, "name": "ops"})
        self.assertEqual(self.body(), {"name": "ops"})

    def test_are_patched_with_what_is_given(self):
        self.replies["PATCH /v2/orgs/acme/groups/dev"] = ok({"name": "dev"})
        self.envelope("hub_teams", "patch", {**TEAM, "description": ""})
        self.assertEqual(self.body(), {"description": ""})
        self.error(2, "hub_teams", "patch", TEAM)

    def test_take_members_by_either_name(self):
        self.replies["POST /v2/orgs/acme/groups/dev/members"] = ok(None)
        self.envelope("hub_teams", "add_member", {**TEAM, "username": "ada"})
        self.assertEqual(self.body(), {"member": "ada"})

    def test_lose_members_only_with_gate_and_consent(self):
        self.replies["DELETE /v2/orgs/acme/groups/dev/members/ada"] = ok(None, 204)
        params = {**TEAM, "username": "ada"}
        self.error(6, "hub_teams", "remove_member", params, "--yes")
        self.assertEqual(self.sent(), [])
        self.envelope("hub_teams", "remove_member", params, "--yes", "--allow-destructive")
        self.assertEqual(self.sent(), ["DELETE /v2/orgs/acme/groups/dev/members/ada"])

    def test_of_one_member_are_listed(self):
        self.replies["GET /v2/orgs/acme/groups"] = ok({"count": 0, "results": []})
        self.envelope("hub_teams", "list", {"org": "acme", "username": "ada"})
        self.assertEqual(self.sent(), ["GET /v2/orgs/acme/groups?username=ada"])


if __name__ == "__main__":
    unittest.main()
