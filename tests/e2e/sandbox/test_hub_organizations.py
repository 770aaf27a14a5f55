"""Organizations, teams and invitations of the Hub: state, roles, pages."""

import csv
import io
import unittest

from sandbox_case import HubTest

ORG = "/v2/orgs/sandbox-org"


class OrganizationTest(HubTest):
    def members(self, query=""):
        return self.assert_status(200, self.hub("GET", f"{ORG}/members{query}", user="sandbox")).json()

    def names(self, query=""):
        return [member["username"] for member in self.members(query)["results"]]

    def team(self, name="developers"):
        path = f"{ORG}/groups/{name}/members"
        return [one["username"] for one in self.hub("GET", path, user="sandbox").json()["results"]]


class Settings(OrganizationTest):
    PATH = ORG + "/settings"

    def test_are_replaced_as_a_whole_by_owners(self):
        wanted = {"restricted_images": {"enabled": True, "allow_official_images": False,
                                        "allow_verified_publishers": True}}
        self.assert_status(403, self.hub("PUT", self.PATH, wanted, user="sandbox-editor"))
        self.assertEqual(self.hub("PUT", self.PATH, wanted, user="sandbox").json(), wanted)
        self.assertEqual(self.hub("GET", self.PATH, user="sandbox").json(), wanted)
        del wanted["restricted_images"]["enabled"]
        self.assert_status(400, self.hub("PUT", self.PATH, wanted, user="sandbox"))


class Members(OrganizationTest):
    def test_are_paged_searched_and_told_by_role(self):
        page = self.members("?page_size=4&role=member")
        self.assertEqual((page["count"], len(page["results"])), (13, 4))
        self.assertIn("role=member", page["next"])
        self.assertEqual(self.names("?role=owner"), ["sandbox"])
        self.assertEqual(self.names("?search=editor"), ["sandbox-editor"])
        owner = self.members("?role=owner")["results"][0]
        self.assertEqual((owner["role"], owner["groups"]), ("Owner", ["owners"]))

    def test_the_invited_are_members_only_when_asked_for(self):
        self.assertEqual(self.members("?type=all")["count"], self.members()["count"] + 1)
        self.assertEqual(self.members("?invites=true")["count"], self.members("?type=all")["count"])
        invited = self.members("?type=invitee")["results"]
        self.assertEqual([one["role"] for one in invited], ["Invitee"])
        answer = self.hub("GET", ORG + "/members?type=others", user="sandbox")
        self.assertIn("type", self.assert_status(400, answer).json()["fields"])

    def test_addresses_are_for_owners(self):
        self.assertIn("email", self.members()["results"][0])
        seen = self.assert_status(200, self.hub("GET", ORG + "/members", user="sandbox-member"))
        self.assertNotIn("email", seen.json()["results"][0])
        self.assert_status(403, self.hub("GET", ORG + "/members", user="sandbox-guest"))

    def test_the_export_is_a_table(self):
        answer = self.assert_status(200, self.hub("GET", ORG + "/members/export", user="sandbox"))
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "text/csv")
        self.assertRegex(answer.headers["Content-Disposition"],
                         'attachment;filename="sandbox-org-members-[0-9]+.csv"')
        rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
        self.assertEqual(len(rows), self.members("?type=all")["count"])
        row = next(one for one in rows if one["Username"] == "sandbox-member")
        self.assertEqual((row["Type"], row["Permission"], row["Teams"]), ("User", "Member", "developers"))

    def test_a_role_is_changed_by_owners_and_counts_at_once(self):
        path = ORG + "/members/sandbox-member"
        self.assert_status(403, self.hub("PUT", path, {"role": "owner"}, user="sandbox-editor"))
        self.assert_status(403, self.hub("GET", ORG + "/invites", user="sandbox-member"))
        self.assert_status(200, self.hub("PUT", path, {"role": "owner"}, user="sandbox"))
        self.assert_status(200, self.hub("GET", ORG + "/invites", user="sandbox-member"))
        self.assertIn("sandbox-member", self.team("owners"))
        self.assert_status(400, self.hub("PUT", path, {"role": "king"}, user="sandbox"))
        self.assert_status(404, self.hub("PUT", ORG + "/members/none", {"role": "owner"}, user="sandbox"))

    def test_the_last_owner_stays(self):
        path = ORG + "/members/sandbox"
        self.assert_status(400, self.hub("DELETE", path, user="sandbox"))
        self.assert_status(400, self.hub("PUT", path, {"role": "member"}, user="sandbox"))
        self.assert_status(403, self.hub("DELETE", ORG + "/groups/owners/members/sandbox", user="sandbox"))
        self.hub("PUT", ORG + "/members/sandbox-editor", {"role": "owner"}, user="sandbox")
        self.assert_status(204, self.hub("DELETE", path, user="sandbox"))

    def test_who_is_removed_is_gone_from_every_team(self):
        self.assert_status(204, self.hub("DELETE", ORG + "/members/sandbox-member", user="sandbox"))
        self.assertNotIn("sandbox-member", self.names("?page_size=100"))
        self.assertEqual(self.team(), ["sandbox-member-01"])
        self.assert_status(403, self.hub("GET", ORG + "/members", user="sandbox-member"))
        self.assert_status(404, self.hub("DELETE", ORG + "/members/sandbox-member", user="sandbox"))

    def test_a_personal_token_has_to_reach_that_far(self):
        reader = self.bearer(secret=self.sandbox.secret(reach="repo:read"))
        self.assert_status(200, self.hub("GET", ORG + "/members", Authorization=reader))
        self.assert_status(403, self.hub("DELETE", ORG + "/members/sandbox-member", Authorization=reader))

    def test_the_document_draws_an_array_of_pages(self):
        self.sandbox.set(drawn_shapes=True)
        self.assertEqual(self.members()[0]["count"], 15)

    def test_the_organizations_of_an_account(self):
        page = self.hub("GET", "/v2/user/orgs", user="sandbox-member").json()
        self.assertEqual([one["orgname"] for one in page["results"]], ["sandbox-org"])
        self.assertEqual(page["results"][0]["user_groups"], ["developers"])
        self.assertEqual(self.hub("GET", "/v2/user/orgs", user="sandbox-guest").json()["count"], 0)
        past = self.assert_status(404, self.hub("GET", "/v2/user/orgs?page=2", user="sandbox-member"))
        self.assertIn("detail", past.json())


class Invitations(OrganizationTest):
    def invite(self, *invitees, user="sandbox", **body):
        return self.hub("POST", "/v2/invites/bulk",
                        {"org": "sandbox-org", "invitees": list(invitees), **body}, user=user)

    def statuses(self, answer):
        told = self.assert_status(202, answer).json()["invitees"]["invitees"]
        return [one["status"] for one in told]

    def pending(self):
        return self.hub("GET", ORG + "/invites", user="sandbox").json()["data"]

    def test_each_invitee_is_reported(self):
        answer = self.invite("fresh@example.com", "sandbox-guest", "sandbox-member", "no such thing",
                             "newcomer@example.invalid", team="developers", role="editor")
        self.assertEqual(self.statuses(answer), [
            "invited", "invited", "existing_org_member", "invalid_email_or_docker_id", "existing_invite"])
        fresh = self.pending()[1]
        self.assertEqual((fresh["invitee"], fresh["team"], fresh["inviter_username"]),
                         ("fresh@example.com", "developers", "sandbox"))

    def test_a_dry_run_invites_nobody(self):
        before = self.pending()
        answer = self.invite("fresh@example.com", dry_run=True)
        self.assertEqual(self.statuses(answer), ["invited"])
        self.assertNotIn("invite", answer.json()["invitees"]["invitees"][0])
        self.assertEqual(self.pending(), before)

    def test_an_invitation_becomes_a_member_with_role_and_team(self):
        self.invite("fresh@example.com", "sandbox-guest", team="developers", role="editor")
        for invite in self.pending()[1:]:
            self.sandbox.control("POST", f"/invites/{invite['id']}/accept")
        self.assertEqual(self.names("?role=editor"), ["fresh", "sandbox-editor", "sandbox-guest"])
        self.assertEqual(self.team(), ["fresh", "sandbox-guest", "sandbox-member", "sandbox-member-01"])
        self.assertEqual(len(self.pending()), 1)
        members = self.sandbox.state()["organizations"]["sandbox-org"]["members"]
        self.assertEqual(members["fresh"], "editor")

    def test_an_invitation_is_sent_again_and_taken_back_by_owners(self):
        path = f"/v2/invites/{self.pending()[0]['id']}"
        for method, target in (("PATCH", path + "/resend"), ("DELETE", path)):
            self.assert_status(403, self.hub(method, target, user="sandbox-editor"))
            self.assert_status(204, self.hub(method, target, user="sandbox"))
        self.assertEqual(self.pending(), [])
        self.assert_status(404, self.hub("DELETE", path, user="sandbox"))

    def test_mistakes_and_a_full_organization(self):
        for field, body in (("invitees", {"invitees": []}), ("team", {"team": "none"}),
                            ("role", {"role": "king"}), ("org", {"org": "none"})):
            answer = self.invite("fresh@example.com", **body)
            self.assertIn(field, self.assert_status(400, answer).json()["fields"])
        self.assert_status(403, self.invite("fresh@example.com", user="sandbox-member"))
        self.sandbox.set(seats=16)
        self.assert_status(409, self.invite("fresh@example.com"))


# Operations that are for owners. =invite and =oat stand for an invitation and a token that there are.
FOR_OWNERS = [
    ("GET", ORG + "/settings", None),
    ("PUT", ORG + "/settings", {"restricted_images": {
        "enabled": True, "allow_official_images": False, "allow_verified_publishers": False}}),
    ("GET", ORG + "/members/export", None),
    ("PUT", ORG + "/members/sandbox-member-01", {"role": "editor"}),
    ("DELETE", ORG + "/members/sandbox-member-01", None),
    ("GET", ORG + "/invites", None),
    ("POST", "/v2/invites/bulk", {"org": "sandbox-org", "invitees": ["fresh@example.com"]}),
    ("PATCH", "/v2/invites/=invite/resend", None),
    ("DELETE", "/v2/invites/=invite", None),
    ("POST", ORG + "/groups", {"name": "mine"}),
    ("PUT", ORG + "/groups/readers", {"name": "mine"}),
    ("PATCH", ORG + "/groups/readers", {"name": "mine"}),
    ("DELETE", ORG + "/groups/readers", None),
    ("POST", ORG + "/groups/readers/members", {"member": "sandbox-member"}),
    ("DELETE", ORG + "/groups/readers/members/sandbox-member-02", None),
    ("GET", ORG + "/access-tokens", None),
    ("POST", ORG + "/access-tokens", {"label": "mine", "resources": [
        {"type": "TYPE_REPO", "path": "sandbox-org/*", "scopes": ["scope-image-pull"]}]}),
    ("GET", ORG + "/access-tokens/=oat", None),
    ("PATCH", ORG + "/access-tokens/=oat", {"label": "mine"}),
    ("DELETE", ORG + "/access-tokens/=oat", None),
    ("GET", "/v2/auditlogs/sandbox-org", None),
    ("GET", "/v2/auditlogs/sandbox-org/actions", None),
]


class Owners(OrganizationTest):
    """What they may, nobody else may, and a refusal changes nothing."""

    def setUp(self):
        super().setUp()
        invite = self.hub("GET", ORG + "/invites", user="sandbox").json()["data"][0]["id"]
        token = self.hub("GET", ORG + "/access-tokens", user="sandbox").json()["results"][0]["id"]
        self.operations = [
            (method, path.replace("=invite", invite).replace("=oat", token), body) for method, path, body in FOR_OWNERS
        ]

    def seen(self):
        """All that these operations could change."""
        paths = ("/settings", "/invites", "/groups", "/access-tokens")
        told = [self.hub("GET", ORG + path, user="sandbox").body for path in paths]
        return self.sandbox.state()["organizations"], told

    def test_alone_may_what_is_theirs(self):
        before = self.seen()
        for user in ("sandbox-member", "sandbox-editor", "sandbox-guest"):
            authorization = self.bearer(user)
            for method, path, body in self.operations:
                with self.subTest(user=user, method=method, path=path):
                    self.assert_status(403, self.hub(method, path, body, Authorization=authorization))
        self.assertEqual(self.seen(), before)

    def test_may_all_of_it(self):
        authorization = self.bearer("sandbox")
        for method, path, body in self.operations:
            with self.subTest(method=method, path=path):
                self.sandbox.reset()
                answer = self.hub(method, path, body, Authorization=authorization)
                self.assertLess(answer.status, 300, answer)


class Teams(OrganizationTest):
    def test_a_team_is_made_listed_renamed_and_deleted(self):
        made = self.assert_status(201, self.hub("POST", ORG + "/groups", {"name": "testers"}, user="sandbox"))
        self.assertEqual(made.json()["member_count"], 0)
        listed = self.hub("GET", ORG + "/groups?search=test", user="sandbox").json()
        self.assertEqual([one["name"] for one in listed["results"]], ["testers"])
        self.hub("PUT", ORG + "/groups/testers", {"name": "checkers", "description": "x"}, user="sandbox")
        patched = self.hub("PATCH", ORG + "/groups/checkers", {"description": "y"}, user="sandbox").json()
        self.assertEqual((patched["name"], patched["description"], patched["id"]),
                         ("checkers", "y", made.json()["id"]))
        self.assert_status(404, self.hub("GET", ORG + "/groups/testers", user="sandbox"))
        self.assert_status(204, self.hub("DELETE", ORG + "/groups/checkers", user="sandbox"))
        self.assert_status(404, self.hub("DELETE", ORG + "/groups/checkers", user="sandbox"))

    def test_names_are_needed_checked_and_unique(self):
        for method, path, body in (("POST", "/groups", {}), ("POST", "/groups", {"name": "owners"}),
                                   ("POST", "/groups", {"name": "a/b"}),
                                   ("PUT", "/groups/readers", {"description": "x"}),
                                   ("PATCH", "/groups/readers", {"name": "owners"})):
            answer = self.hub(method, ORG + path, body, user="sandbox")
            self.assertIn("name", self.assert_status(400, answer).json()["fields"])

    def test_the_owners_are_a_team_that_stays(self):
        self.assertEqual(self.team("owners"), ["sandbox"])
        path = ORG + "/groups/owners"
        self.assert_status(403, self.hub("DELETE", path, user="sandbox"))
        self.assert_status(403, self.hub("PATCH", path, {"name": "kings"}, user="sandbox"))
        self.hub("POST", path + "/members", {"member": "sandbox-member"}, user="sandbox")
        self.assertEqual(self.names("?role=owner"), ["sandbox", "sandbox-member"])

    def walked(self, path, key):
        """What a list has on all of its pages, and how many these are."""
        found, pages = [], 0
        while path:
            page = self.assert_status(200, self.hub("GET", path, user="sandbox")).json()
            found += [one[key] for one in page["results"]]
            pages += 1
            path = self.path_of(page["next"]) if page["next"] else None
        return found, pages

    def test_lists_have_as_many_pages_as_they_need(self):
        names = [f"team-{number:02}" for number in range(12)]
        for name in names:
            self.assert_status(201, self.hub("POST", ORG + "/groups", {"name": name}, user="sandbox"))
        found, pages = self.walked(ORG + "/groups?page_size=5", "name")
        self.assertEqual((sorted(found), pages), (sorted([*names, "owners", "developers", "readers"]), 3))
        second = self.hub("GET", ORG + "/groups?page_size=5&page=2", user="sandbox").json()
        self.assertEqual((second["count"], [one["name"] for one in second["results"]]), (15, found[5:10]))
        self.assertIn("page=1", second["previous"])
        members = [f"sandbox-member-{number:02}" for number in range(1, 13)]
        for member in members:
            self.hub("POST", ORG + "/groups/team-00/members", {"member": member}, user="sandbox")
        found, pages = self.walked(ORG + "/groups/team-00/members?page_size=5", "username")
        self.assertEqual((sorted(found), pages), (members, 3))

    def test_what_comes_whole_has_no_pages(self):
        for path in (ORG + "/invites", ORG + "/settings", "/v2/auditlogs/sandbox-org/actions"):
            whole = self.assert_status(200, self.hub("GET", path, user="sandbox"))
            asked = self.assert_status(200, self.hub("GET", path + "?page=2&page_size=1", user="sandbox"))
            self.assertEqual(asked.json(), whole.json())

    def test_members_come_and_go(self):
        path = ORG + "/groups/readers/members"
        added = self.assert_status(200, self.hub("POST", path, {"member": "sandbox-member"}, user="sandbox"))
        self.assertEqual(added.body, b"")
        self.assertIn("sandbox-member", self.team("readers"))
        found = self.hub("GET", ORG + "/groups?username=sandbox-member", user="sandbox").json()["results"]
        self.assertEqual([one["name"] for one in found], ["developers", "readers"])
        self.assert_status(204, self.hub("DELETE", path + "/sandbox-member", user="sandbox"))
        self.assert_status(404, self.hub("DELETE", path + "/sandbox-member", user="sandbox"))
        self.assert_status(404, self.hub("POST", path, {"member": "sandbox-guest"}, user="sandbox"))

    def test_a_search_by_address_is_for_owners(self):
        path = ORG + "/groups/readers/members?search=member-02@example"
        self.assertEqual(self.hub("GET", path, user="sandbox").json()["count"], 1)
        self.assertEqual(self.hub("GET", path, user="sandbox-member").json()["count"], 0)

    def test_members_look_and_owners_change(self):
        self.assert_status(200, self.hub("GET", ORG + "/groups", user="sandbox-member"))
        for method, path, body in (("POST", "/groups", {"name": "mine"}), ("DELETE", "/groups/readers", None),
                                   ("POST", "/groups/readers/members", {"member": "sandbox-member"})):
            self.assert_status(403, self.hub(method, ORG + path, body, user="sandbox-member"))

    def test_a_team_gets_a_permission_on_a_repository(self):
        tools = "/v2/namespaces/sandbox-org/repositories/tools"
        self.assertTrue(self.hub("GET", tools, user="sandbox-member").json()["permissions"]["write"])
        path = "/v2/repositories/sandbox-org/tools/groups"
        group = self.hub("GET", ORG + "/groups/developers", user="sandbox").json()["id"]
        wanted = {"group_id": group, "permission": "read"}
        self.assert_status(403, self.hub("POST", path, wanted, user="sandbox-member"))
        self.assertEqual(self.hub("POST", path, wanted, user="sandbox-editor").json(),
                         {"group_name": "developers", "permission": "read", "group_id": group})
        permissions = self.hub("GET", tools, user="sandbox-member").json()["permissions"]
        self.assertEqual(permissions, {"read": True, "write": False, "admin": False})
        for status, change in ((400, {"group_id": "x"}), (400, {"permission": "all"}), (404, {"group_id": 99})):
            answer = self.hub("POST", path, {**wanted, **change}, user="sandbox")
            self.assert_status(status, answer)


if __name__ == "__main__":
    unittest.main()
