"""The audit log: what is done is logged, owners read it, pages have no total."""

import unittest

from sandbox_case import HubTest, RegistryTest

LOGS = "/v2/auditlogs/sandbox-org"


class AuditTest(HubTest):
    def logs(self, query="", user="sandbox", path=LOGS):
        return self.assert_status(200, self.hub("GET", path + query, user=user)).json()["logs"]


class Reading(AuditTest):
    def test_pages_hold_25_have_no_total_and_end_with_a_short_one(self):
        sizes = [len(self.logs(f"?page={page}")) for page in (1, 2, 3, 4)]
        self.assertEqual(sizes, [25, 25, 10, 0])
        page = self.hub("GET", LOGS, user="sandbox").json()
        self.assertEqual(set(page), {"logs"})

    def test_the_newest_come_first_and_can_be_filtered(self):
        logs = self.logs("?page_size=100")
        times = [one["timestamp"] for one in logs]
        self.assertEqual(times, sorted(times, reverse=True))
        self.assertEqual({one["actor"] for one in self.logs("?actor=sandbox-editor")}, {"sandbox-editor"})
        self.assertEqual([one["action"] for one in self.logs("?action=org.create")], ["org.create"])
        self.assertEqual(self.logs("?action=create"), [])
        self.assertEqual(len(self.logs("?from=2024-01-03T00:00:00Z&to=2024-01-04T01:00:00%2B01:00")), 2)

    def test_actions_are_named_without_their_group(self):
        actions = self.hub("GET", LOGS + "/actions", user="sandbox").json()["actions"]
        self.assertIn("tag.push", [one["name"] for one in actions["repo"]["actions"]])
        self.assertEqual(actions["org"]["label"], "Organization")

    def test_owners_their_own_account_and_a_token_with_the_scope_may_read(self):
        self.logs(user="sandbox-org")
        self.logs(user="sandbox", path="/v2/auditlogs/sandbox")
        for user, path, status in (("sandbox-editor", LOGS, 403), ("sandbox-guest", LOGS, 403),
                                   ("sandbox", "/v2/auditlogs/sandbox-guest", 403),
                                   ("sandbox", "/v2/auditlogs/none", 404)):
            refused = self.assert_status(status, self.hub("GET", path, user=user)).json()
            self.assertEqual(set(refused), {"code", "message", "details"})
        self.assertEqual(self.assert_status(401, self.hub("GET", LOGS)).json()["code"], 16)
        self.assert_status(400, self.hub("GET", LOGS + "?from=yesterday", user="sandbox"))
        self.assert_status(400, self.hub("GET", LOGS + "?page=0", user="sandbox"))


class Writing(AuditTest):
    def done(self, count):
        """The last events, the oldest first."""
        return [(one["action"], one["actor"]) for one in self.logs(f"?page_size={count}")][::-1]

    def test_what_is_done_is_logged_with_who_did_it(self):
        org = "/v2/orgs/sandbox-org"
        self.hub("POST", "/v2/namespaces/sandbox-org/repositories",
                 {"name": "fresh", "namespace": "sandbox-org"}, user="sandbox-editor")
        self.hub("POST", org + "/groups", {"name": "testers"}, user="sandbox")
        self.hub("POST", org + "/groups/testers/members", {"member": "sandbox-member"}, user="sandbox")
        self.hub("DELETE", org + "/groups/testers", user="sandbox-org")
        self.hub("DELETE", org + "/groups/testers", user="sandbox")
        self.hub("DELETE", org + "/members/sandbox-member", user="sandbox")
        self.assertEqual(self.done(5), [
            ("repo.create", "sandbox-editor"), ("org.team.create", "sandbox"),
            ("org.team.member.add", "sandbox"), ("org.team.delete", "sandbox-org"),
            ("org.member.remove", "sandbox")])


class Pushing(RegistryTest):
    def test_a_push_is_an_event(self):
        manifest = self.manifest("sandbox/multi", "1.0")
        pushed = self.push("PUT", "/v2/sandbox/multi/manifests/moved", manifest.body,
                           Content_Type=manifest.headers["Content-Type"])
        self.assert_status(201, pushed)
        bearer = self.call("hub", "POST", "/v2/auth/token", {
            "identifier": "sandbox", "secret": self.sandbox.secret()}).json()["access_token"]
        event = self.call("hub", "GET", "/v2/auditlogs/sandbox",
                          Authorization="Bearer " + bearer).json()["logs"][0]
        self.assertEqual((event["action"], event["name"], event["actor"], event["data"]["tag"]),
                         ("repo.tag.push", "sandbox/multi", "sandbox", "moved"))


if __name__ == "__main__":
    unittest.main()
