"""The modules against a Docker Hub that remembers: what one action does the next one sees."""

import json
import unittest

from cli_test import CliTest
from hub_case import error_of
from sandbox_process import WithSandbox

OPEN = ("--yes", "--allow-destructive")
ORG = {"org": "sandbox-org"}


class SandboxTest(WithSandbox, CliTest):
    def with_password(self):
        """Signs in with the password in place of a token."""
        secrets = [one["secret"] for one in self.sandbox.users["sandbox"]["secrets"]]
        self.environment["DOCKER_HUB_TOKEN"] = next(one for one in secrets if not one.startswith("dckr_"))

    def call(self, tool, action, params=None, *options):
        return self.run_program(
            "-o", "json", *options, tool, action, "--params", json.dumps(params or {}), environment=self.environment
        )

    def data_of(self, *arguments):
        done = self.call(*arguments)
        self.assertEqual(done.code, 0, (arguments, done))
        return json.loads(done.out)["data"]

    def fails(self, status, *arguments):
        done = self.call(*arguments)
        self.assertNotEqual(done.code, 0, done)
        self.assertEqual(error_of(done).get("status_code"), status, done)


class FailedLogIns(SandboxTest):
    def setUp(self):
        super().setUp()
        self.environment["DOCKER_HUB_TOKEN"] = "no-token-of-this-sandbox"

    def test_end_a_read(self):
        self.assertEqual(self.call("hub_repos", "list", {"namespace": "library"}).code, 4)

    def test_do_not_end_reads_for_whoever_asked_for_that(self):
        self.environment["DOCKERHUB_ANONYMOUS_READS"] = "True"
        done = self.call("hub_repos", "list", {"namespace": "sandbox", "page_size": 1}, "--all-pages")
        self.assertEqual(done.code, 0, done)
        names = [one["name"] for one in json.loads(done.out)["data"]["results"]]
        self.assertIn("multi", names)
        self.assertNotIn("private", names)
        self.assertEqual(done.err.count("reads go on without a log-in"), 1, "once for all pages")

    def test_are_what_is_told_where_a_read_needs_one(self):
        self.environment["DOCKERHUB_ANONYMOUS_READS"] = "True"
        for action in (("hub_auth", "list_pats", {}), ("hub_repos", "create", {"namespace": "sandbox", "name": "app"})):
            done = self.call(*action)
            self.assertEqual(done.code, 4, done)
            self.assertIn("refused the log-in", error_of(done)["message"])


class Repositories(SandboxTest):
    APP = {"namespace": "sandbox-org", "repository": "app"}

    def test_are_made_found_and_changed(self):
        self.data_of("hub_repos", "create", {"namespace": "sandbox-org", "name": "app", "description": "one"})
        self.fails(None, "hub_repos", "create", {"namespace": "sandbox-org", "name": "a"})
        names = [one["name"] for one in self.data_of("hub_repos", "list", {"namespace": "sandbox-org"}, "--all-pages")["results"]]
        self.assertIn("app", names)
        self.data_of("hub_repos", "update", {**self.APP, "description": "two"})
        self.assertEqual(self.data_of("hub_repos", "get", self.APP)["description"], "two")
        self.data_of("hub_repos", "set_immutable_tags", {**self.APP, "enabled": True, "rules": ["v.*"]})
        settings = self.data_of("hub_repos", "get", self.APP)["immutable_tags_settings"]
        self.assertEqual(settings, {"enabled": True, "rules": ["v.*"]})

    def test_show_the_text_of_their_page_that_was_set(self):
        self.data_of("hub_repos", "create", {"namespace": "sandbox-org", "name": "app", "description": "one"})
        text = "# App\n\nAll of it.\n"
        self.data_of("hub_repos", "update", {**self.APP, "full_description": text})
        (sent,) = [request for request in self.sandbox.journal("hub") if request["method"] == "PATCH"]
        self.assertEqual(json.loads(sent["body"]), {"full_description": text})
        read = self.data_of("hub_repos", "get", self.APP)
        self.assertEqual((read["description"], read["full_description"]), ("one", text))

    def test_lose_one_tag_and_no_other_of_the_same_image(self):
        self.sandbox.add_tags("sandbox/app", [{"name": "v1"}, {"name": "stable", "content": "v1"}, {"name": "v2"}])
        place = {"namespace": "sandbox", "repository": "app"}
        digests = {tag: self.data_of("hub_repos", "get_tag", {**place, "tag": tag})["digest"] for tag in ("v1", "stable", "v2")}
        self.assertEqual(digests["v1"], digests["stable"])
        self.assertEqual(self.call("hub_repos", "delete_tag", {**place, "tag": "v1"}, *OPEN).code, 0)
        left = {tag["name"]: tag["digest"] for tag in self.data_of("hub_repos", "list_tags", place)["results"]}
        self.assertEqual(left, {tag: digests[tag] for tag in ("stable", "v2")})

    def test_are_found(self):
        found = self.data_of("hub_repos", "search", {"query": "alpine", "badges": "official", "size": 5})
        self.assertEqual([one["name"] for one in found["results"]], ["library/alpine"])

    def test_are_found_as_rows(self):
        done = self.run_program("repos", "search", "sandbox", "--size", "3", "--limit", "2", "-o", "csv",
                                "--columns", "name,badge", environment=self.environment)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(done.out.splitlines()[0], "name,badge")
        self.assertEqual(len(done.out.splitlines()), 3, done)
        self.assertNotIn("own parameters", done.err)
        all_of_one_answer = self.run_program("repos", "search", "sandbox", "--size", "3", "--all-pages", "-o", "ndjson",
                                             environment=self.environment)
        self.assertEqual(len(all_of_one_answer.out.splitlines()), 3, all_of_one_answer)
        self.assertRegex(all_of_one_answer.err, r"3 of [0-9]+ items: the action's own parameters")

    def test_have_tags_whose_sizes_and_times_are_piped_as_they_came(self):
        place = {"namespace": "sandbox", "repository": "multi"}
        columns = ["name", "full_size", "last_updated"]
        wanted = ["\t".join(str(tag[column]) for column in columns)
                  for tag in self.data_of("hub_repos", "list_tags", place)["results"]]
        done = self.run_program("hub_repos", "list_tags", "--columns", ",".join(columns), "--params", json.dumps(place),
                                environment=self.environment)
        self.assertEqual(done.out.splitlines(), wanted, done)
        for row in wanted:
            self.assertRegex(row, r"^\S+\t[0-9]+\t[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$")

    def test_have_a_team(self):
        self.data_of("hub_repos", "create", {"namespace": "sandbox-org", "name": "app"})
        team = self.data_of("hub_teams", "get", {**ORG, "group_name": "developers"})
        given = self.data_of("hub_repos", "assign_group", {**self.APP, "group_id": team["id"], "permission": "write"})
        self.assertEqual(given["permission"], "write")


class Teams(SandboxTest):
    def test_come_change_and_go(self):
        team = {**ORG, "group_name": "ops"}
        self.data_of("hub_teams", "create", {**ORG, "name": "ops", "description": "Operations"})
        self.data_of("hub_teams", "update", {**team, "description": "On call"})
        self.assertEqual(self.data_of("hub_teams", "get", team)["description"], "On call")
        self.data_of("hub_teams", "add_member", {**team, "member": "sandbox-member"})
        done = self.call("hub_teams", "sync", {**team, "members": ["sandbox", "sandbox-editor"]}, *OPEN)
        self.assertEqual(done.code, 0, done)
        members = self.data_of("hub_teams", "list_members", team, "--all-pages")["results"]
        self.assertEqual({member["username"] for member in members}, {"sandbox", "sandbox-editor"})
        self.data_of("hub_teams", "patch", {**team, "name": "operations"})
        self.fails(404, "hub_teams", "get", team)
        self.data_of("hub_teams", "delete", {**ORG, "group_name": "operations"}, *OPEN)


class Members(SandboxTest):
    def test_come_by_invitation_and_go(self):
        done = self.call("hub_org", "bulk_invite", {**ORG, "invitees": ["sandbox-guest", "sandbox-member"], "team": "developers"})
        self.assertEqual(done.code, 9, done)
        status = {row["invitee"]: row["status"] for row in json.loads(done.out)["data"]["invitees"]}
        self.assertEqual(status, {"sandbox-guest": "invited", "sandbox-member": "existing_org_member"})
        (invite,) = [
            one["id"] for one in self.data_of("hub_org", "list_invites", ORG)["data"] if one["invitee"] == "sandbox-guest"
        ]
        self.data_of("hub_org", "resend_invite", {"invite_id": invite})
        self.sandbox.control("POST", f"/invites/{invite}/accept")
        self.data_of("hub_org", "update_member", {**ORG, "username": "sandbox-guest", "role": "owner"})
        members = self.data_of("hub_org", "list_members", ORG, "--all-pages")
        (guest,) = [member for member in members["results"] if member["username"] == "sandbox-guest"]
        self.assertEqual(guest["role"].lower(), "owner")
        self.data_of("hub_org", "remove_member", {**ORG, "username": "sandbox-guest"}, *OPEN)

    def test_are_reported_as_many_as_docker_hub_counts(self):
        report = self.data_of("hub_org", "report", ORG)
        listed = self.data_of("hub_org", "list_members", ORG)
        self.assertEqual(report["count"], listed["count"])
        self.assertEqual(len(report["members"]), report["count"])

    def test_keep_their_last_owner(self):
        done = self.call("hub_org", "remove_member", {**ORG, "username": "sandbox"}, *OPEN)
        self.assertNotEqual(done.code, 0, done)
        self.assertIn("sandbox", {row["username"] for row in self.data_of("hub_org", "report", ORG)["members"]})

    def test_may_not_do_what_owners_do(self):
        self.environment["DOCKER_HUB_USER"] = "sandbox-member"
        self.environment["DOCKER_HUB_TOKEN"] = self.sandbox.users["sandbox-member"]["secrets"][0]["secret"]
        self.fails(403, "hub_org", "get_settings", ORG)
        self.fails(403, "hub_teams", "create", {**ORG, "name": "mine"})

    def test_and_settings_are_those_that_were_set(self):
        images = {"enabled": True, "allow_official_images": False, "allow_verified_publishers": True}
        self.data_of("hub_org", "update_settings", {**ORG, "restricted_images": images}, *OPEN)
        self.assertEqual(self.data_of("hub_org", "get_settings", ORG)["restricted_images"], images)


class Tokens(SandboxTest):
    def test_that_are_made_with_a_token_are_refused_with_the_way_that_works(self):
        own = self.data_of("hub_auth", "list_pats")["results"][0]
        rotation = {"uuid": own["uuid"], "expires_at": "2099-01-31T00:00:00Z"}
        for action, params in (("create_pat", {"token_label": "ci", "scopes": ["repo:read"]}), ("rotate_pat", rotation)):
            done = self.call("hub_auth", action, params, *OPEN)
            self.assertEqual(done.code, 5, done)
            self.assertIn("Log in with the account's password", error_of(done)["hint"])

    def test_are_made_rotated_and_deleted(self):
        self.with_password()
        made = self.data_of("hub_auth", "create_pat", {"token_label": "ci", "scopes": ["repo:read"]})
        rotated = self.data_of("hub_auth", "rotate_pat", {"uuid": made["uuid"]}, *OPEN)
        self.assertNotEqual(rotated["token"], made["token"])
        self.assertEqual((rotated["token_label"], rotated["scopes"]), ("ci", ["repo:read"]))
        uuids = {token["uuid"] for token in self.data_of("hub_auth", "list_pats", {}, "--all-pages")["results"]}
        self.assertIn(rotated["uuid"], uuids)
        self.assertNotIn(made["uuid"], uuids)
        self.data_of("hub_auth", "delete_pat", {"uuid": rotated["uuid"]}, *OPEN)

    def test_that_could_not_be_ended_stay_beside_the_new_one(self):
        self.with_password()
        for fate, method in (("delete", "DELETE"), ("deactivate", "PATCH")):
            made = self.data_of("hub_auth", "create_pat", {"token_label": fate, "scopes": ["repo:read"]})
            self.sandbox.fault("status", listener="hub", method=method, path=f"/v2/access-tokens/{made['uuid']}", status=500)
            done = self.call("hub_auth", "rotate_pat", {"uuid": made["uuid"], "old_token": fate}, *OPEN)
            self.assertEqual(done.code, 9, done)
            new = json.loads(done.out)["data"]
            self.assertEqual(new["old_token"], "not known")
            tokens = self.data_of("hub_auth", "list_pats", {}, "--all-pages")["results"]
            active = {token["uuid"] for token in tokens if token["is_active"]}
            self.assertLessEqual({made["uuid"], new["uuid"]}, active)
            self.environment["DOCKERHUB_PARAM_SECRET"] = new["token"]
            self.data_of("hub_auth", "create_token", {"identifier": "sandbox"})

    def test_of_an_organization_are_made_changed_and_deleted(self):
        self.with_password()
        resources = [{"type": "TYPE_REPO", "path": "sandbox-org/tools", "scopes": ["scope-image-pull"]}]
        made = self.data_of("hub_auth", "create_oat", {**ORG, "label": "ci", "resources": resources})
        self.assertTrue(made["token"])
        place = {**ORG, "token_id": made["id"]}
        self.data_of("hub_auth", "update_oat", {**place, "is_active": False})
        self.assertFalse(self.data_of("hub_auth", "get_oat", place)["is_active"])
        resources = [{"type": "TYPE_REPO", "path": "sandbox-org/*", "scopes": ["scope-image-push"]}]
        self.data_of("hub_auth", "update_oat", {**place, "resources": resources})
        read = self.data_of("hub_auth", "get_oat", place)
        self.assertEqual((read["resources"], read["is_active"]), (resources, False))
        self.data_of("hub_auth", "delete_oat", place, *OPEN)
        self.fails(404, "hub_auth", "get_oat", place)


class Synced(SandboxTest):
    CSV = "member,role,teams\nsandbox-member,,readers\nsandbox-editor,member,developers;readers\nsandbox-guest,editor,readers\n"

    def rows(self):
        return {row["username"]: row for row in self.data_of("hub_org", "report", ORG)["members"]}

    def test_members_have_the_roles_and_teams_of_their_rows(self):
        before = self.rows()
        done = self.call("hub_org", "sync", {**ORG, "csv": self.CSV}, *OPEN)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(done.err.count("In the organization sandbox-org: "), 1, done)
        after = self.rows()
        self.assertEqual(after["sandbox-member"]["teams"], ["readers"])
        self.assertCountEqual(after["sandbox-editor"]["teams"], ["developers", "readers"])
        self.assertEqual(after["sandbox-editor"]["role"].lower(), "member")
        self.assertEqual(after["sandbox"], {**before["sandbox"], "last_seen_at": after["sandbox"]["last_seen_at"]})
        (invite,) = [one for one in self.data_of("hub_org", "list_invites", ORG)["data"] if one["invitee"] == "sandbox-guest"]
        self.assertEqual((invite["role"].lower(), invite["team"]), ("editor", "readers"))
        done = self.call("hub_org", "sync", {**ORG, "csv": self.CSV}, "--dry-run")
        self.assertEqual(json.loads(done.out)["data"].get("changes", []), [], "nothing is left to be done")


    def sync(self, **roles):
        rows = [{"member": name.replace("_", "-"), "role": role} for name, role in roles.items()]
        done = self.call("hub_org", "sync", {**ORG, "rows": rows}, *OPEN)
        self.assertEqual(done.code, 0, done)
        return [row["member"] for row in json.loads(done.out)["data"].get("changes", [])]

    def roles(self):
        return {name: row["role"] for name, row in self.rows().items()}

    def test_an_editor_becomes_a_member_once(self):
        self.assertEqual(self.roles()["sandbox-editor"], "Editor")
        self.assertEqual(self.sync(sandbox_editor="member"), ["sandbox-editor"])
        self.assertEqual(self.roles()["sandbox-editor"], "Member")
        self.assertEqual(self.sync(sandbox_editor="member"), [])

    def test_another_owner_is_made_before_the_only_one_is_none(self):
        self.assertEqual(self.sync(sandbox="member", sandbox_member="owner"), ["sandbox-member", "sandbox"])
        self.assertEqual((self.roles()["sandbox"], self.roles()["sandbox-member"]), ("Member", "Owner"))

    def test_the_caller_gives_up_its_own_role_last(self):
        self.data_of("hub_org", "update_member", {**ORG, "username": "sandbox-member", "role": "owner"})
        self.assertEqual(self.sync(sandbox="member", sandbox_editor="member"), ["sandbox-editor", "sandbox"])
        self.assertEqual((self.roles()["sandbox"], self.roles()["sandbox-editor"]), ("Member", "Member"))


class AuditLog(SandboxTest):
    def test_has_what_was_done(self):
        self.data_of("hub_teams", "create", {**ORG, "name": "ops"})
        entries = self.data_of("hub_audit", "logs", {"account": "sandbox-org"}, "--all-pages")["logs"]
        self.assertGreater(len(entries), 60)
        self.assertIn("ops", json.dumps(entries))


class Scim(SandboxTest):
    def test_makes_and_deactivates(self):
        made = self.data_of("hub_scim", "create_user", {"user_name": "new@example.com", "given_name": "New"})
        user = {"user_id": made["id"]}
        self.data_of("hub_scim", "update_user", {**user, "family_name": "One"})
        read = self.data_of("hub_scim", "get_user", user)
        self.assertEqual((read["name"]["givenName"], read["name"]["familyName"], read["active"]), ("New", "One", True))
        self.data_of("hub_scim", "update_user", {**user, "active": False}, *OPEN)
        self.assertFalse(self.data_of("hub_scim", "get_user", user)["active"])
        self.assertEqual(self.call("hub_scim", "update_user", {**user, "given_name": "Old"}).code, 2)
        found = self.data_of("hub_scim", "list_users", {"filter": 'userName eq "new@example.com"'})
        self.assertEqual(found["totalResults"], 1)


if __name__ == "__main__":
    unittest.main()
