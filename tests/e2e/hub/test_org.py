"""hub_org: what its functions and rows send, and what they make of the answers."""

import csv
import io
import json
import unittest

from hub_case import HubTest, answer, error_of, ok, query_of
from mcp_question import asked

SETTINGS = "PUT /v2/orgs/acme/settings"
OPEN = ("--yes", "--allow-destructive")


def listed(members):
    """The list of members, which calls editors members: its filter alone tells who is one, here by `is`."""

    def reply(request):
        wanted = query_of(request).get("role")
        rows = [member for member in members if wanted in (None, member.get("is", member["role"].lower()))]
        return ok({"count": len(rows), "next": None, "results": rows})

    return reply


class Settings(HubTest):
    def setUp(self):
        super().setUp()
        self.replies[SETTINGS] = ok({"restricted_images": {}})

    def test_have_exceptions_unless_the_caller_says_otherwise(self):
        self.envelope("hub_org", "update_settings", {"org": "acme", "restricted_images_enabled": True}, *OPEN)
        self.assertEqual(
            self.body(),
            {"restricted_images": {"enabled": True, "allow_official_images": True, "allow_verified_publishers": True}},
        )

    def test_may_be_given_as_dockers_object(self):
        images = {"enabled": False, "allow_official_images": False, "allow_verified_publishers": True}
        self.envelope("hub_org", "update_settings", {"name": "acme", "restricted_images": images}, *OPEN)
        self.assertEqual(self.body(), {"restricted_images": images})

    def test_are_shown_before_they_are_agreed_to(self):
        for params, shown in (
            ({"restricted_images_enabled": True, "allow_official_images": False}, "restricted images true; official false,"),
            ({"restricted_images": {"enabled": False, "allow_official_images": True, "allow_verified_publishers": True}}, '"enabled":false'),
        ):
            done = self.call("hub_org", "update_settings", {"org": "acme", **params}, *OPEN)
            self.assertEqual(done.code, 0, done)
            self.assertIn(shown, done.err)

    def test_are_refused_in_halves(self):
        for params in (
            {"restricted_images": {"enabled": True}},
            {"restricted_images": {"enabled": 1, "allow_official_images": True, "allow_verified_publishers": True}},
            {"restricted_images_enabled": True, "restricted_images": {}},
            {"allow_official_images": True},
        ):
            self.error(2, "hub_org", "update_settings", {"org": "acme", **params}, *OPEN)
        self.assertEqual(self.sent(), [])

    def test_need_the_gate(self):
        self.error(6, "hub_org", "update_settings", {"org": "acme", "restricted_images_enabled": True}, "--yes")
        self.assertEqual(self.sent(), [])


class Members(HubTest):
    def test_are_listed_as_docker_names_things(self):
        self.replies["GET /v2/orgs/acme/members"] = ok({"count": 0, "results": []})
        self.envelope("hub_org", "list_members", {"org": "acme", "member_type": "invitee", "invites": True})
        self.assertEqual(self.sent(), ["GET /v2/orgs/acme/members?invites=true&type=invitee"])
        self.error(2, "hub_org", "list_members", {"org": "acme", "type": "User"})

    def test_may_come_as_an_array_of_one_page(self):
        self.replies["GET /v2/orgs/acme/members"] = ok([{"count": 1, "next": None, "results": [{"id": "1"}]}])
        data = self.envelope("hub_org", "list_members", {"org": "acme"}, "--all-pages")["data"]
        self.assertEqual(data, {"count": 1, "results": [{"id": "1"}]})

    def test_are_exported_as_the_text_that_came(self):
        csv = 'Name,Username\n"Ada, of acme",ada\n'
        self.replies["GET /v2/orgs/acme/members/export"] = answer(200, csv, [
            ("Content-Type", "text/csv"), ("Content-Disposition", 'attachment;filename="acme-members-1.csv"'), ("X-Other", "x")])
        envelope = self.envelope("hub_org", "export_members", {"org": "acme"})
        self.assertEqual(envelope["data"], csv)
        self.assertEqual(envelope["headers"], {"Content-Type": "text/csv", "Content-Disposition": 'attachment;filename="acme-members-1.csv"'})
        self.assertEqual(self.server.requests[0].headers["accept"], "text/csv")


class Report(HubTest):
    def test_has_every_member_and_the_totals_of_docker_hub(self):
        members = [
            {"username": f"u{number}", "role": "Owner" if number < 2 else "Member", "groups": ["dev"], "email": f"u{number}@example.com",
             "last_logged_in_at": "2027-01-01T00:00:00Z"}
            for number in range(150)
        ]

        def page(request):
            if query_of(request).get("role") == "editor":
                return ok([{"count": 1, "next": None, "results": members[5:6]}])
            at = (int(query_of(request)["page"]) - 1) * 100
            return ok([{"count": 150, "next": "x" if at == 0 else None, "results": members[at:at + 100]}])

        self.replies["GET /v2/orgs/acme/members"] = page
        envelope = self.envelope("hub_org", "report", {"org": "acme"})
        data = envelope["data"]
        self.assertEqual((data["count"], data["by_role"]), (150, {"Editor": 1, "Member": 147, "Owner": 2}))
        self.assertEqual([row["username"] for row in data["members"]], [member["username"] for member in members])
        self.assertEqual([member["role"] for member in data["members"][4:7]], ["Member", "Editor", "Member"])
        self.assertEqual(data["members"][0]["teams"], ["dev"])
        self.assertEqual(data["members"][0]["last_logged_in_at"], "2027-01-01T00:00:00Z")
        self.assertNotIn("warnings", envelope)

    def test_tells_where_docker_hub_counts_others_than_it_lists(self):
        members = [{"username": f"u{number}", "role": "Member"} for number in range(150)]

        def page(request):
            if query_of(request).get("role") == "editor":
                return ok({"count": 0, "next": None, "results": []})
            at = (int(query_of(request)["page"]) - 1) * 100
            return ok({"count": 151, "next": "x" if at == 0 else None, "results": members[at:at + 100]})

        self.replies["GET /v2/orgs/acme/members"] = page
        envelope = self.envelope("hub_org", "report", {"org": "acme"})
        self.assertEqual((envelope["data"]["count"], len(envelope["data"]["members"])), (151, 150))
        (warning,) = envelope["warnings"]
        self.assertIn("counts 151 members and listed 150", warning)

    def test_takes_nobody_for_an_editor_where_docker_hub_does_not_tell(self):
        members = [{"username": "ada", "role": "Owner"}, {"username": "bob", "role": "Member"}]
        self.replies["GET /v2/orgs/acme/members"] = ok({"count": 2, "next": None, "results": members})
        envelope = self.envelope("hub_org", "report", {"org": "acme"})
        self.assertEqual(envelope["data"]["by_role"], {"Member": 1, "Owner": 1})
        self.assertIn("does not tell editors from members", " ".join(envelope["warnings"]))


class Sync(HubTest):
    CSV = 'member,role,teams\r\nAda,owner,"dev;ops"\r\nbob@example.com,editor,dev\r\ngrace,,dev\r\nwaits,member,\r\n'

    def setUp(self):
        super().setUp()
        members = [
            {"username": "ada", "role": "Owner", "groups": ["owners", "dev"]},
            {"username": "bob", "role": "Member", "groups": ["dev"], "email": "bob@example.com"},
            {"username": "eve", "role": "Member", "groups": []},
        ]
        self.replies = {
            "GET /v2/orgs/acme/members": listed(members),
            "GET /v2/orgs/acme/invites": ok({"data": [{"id": "1", "invitee": "waits"}]}),
            "POST /v2/invites/bulk": ok({"invitees": {"invitees": [{"invitee": "grace", "status": "invited"}]}}, 202),
            "PUT /v2/orgs/acme/members/bob": ok({}),
            "POST /v2/orgs/acme/groups/ops/members": ok(None),
            "DELETE /v2/orgs/acme/members/eve": ok(None, 204),
        }

    def sync(self, *options, **params):
        return self.call("hub_org", "sync", {"org": "acme", "csv": self.CSV, "remove": True, **params}, *options)

    def changes(self, done):
        return [
            (row["change"], row["member"], row["role"] or row["team"])
            for row in json.loads(done.out)["data"]["changes"]
        ]

    PLAN = [
        ("join", "ada", "ops"), ("set_role", "bob", "editor"), ("invite", "grace", "member"),
        ("remove", "eve", None),
    ]

    def test_shows_every_change_in_a_dry_run(self):
        done = self.sync("--dry-run")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.changes(done), self.PLAN)
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_does_it_with_gate_and_one_consent(self):
        for options in (("--yes",), ("--allow-destructive",)):
            self.assertEqual(self.sync(*options).code, 6)
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})
        self.server.requests.clear()
        done = self.sync("--yes", "--allow-destructive")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.changes(done), self.PLAN)
        self.assertEqual(
            self.sent()[3:],
            ["POST /v2/orgs/acme/groups/ops/members", "PUT /v2/orgs/acme/members/bob", "POST /v2/invites/bulk",
             "DELETE /v2/orgs/acme/members/eve"],
        )

    def test_reads_a_file_and_shows_the_plan_on_a_dry_run(self):
        self.home.write("members.csv", self.CSV)
        command = ("org", "sync", "acme", "--csv", "@members.csv", "--remove", "--dry-run")
        done = self.run_program("-o", "json", *command, environment=self.environment)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.changes(done), self.PLAN)
        self.assertEqual({row["result"] for row in json.loads(done.out)["data"]["changes"]}, {"planned"})
        done = self.run_program("-o", "csv", *command, environment=self.environment)
        told = [(row["change"], row["member"], row["role"] or row["team"] or None)
                for row in csv.DictReader(io.StringIO(done.out))]
        self.assertEqual((done.code, told), (0, self.PLAN), done)
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    MOVES = [{"member": "ada", "teams": ["DEV"]}, {"member": "bob", "teams": ["ops"]},
             {"member": "eve", "role": "editor", "teams": ["dev", "ops"]},
             {"member": "grace", "role": "owner", "teams": ["owners", "ops"]}]
    MOVED = [
        ("POST /v2/orgs/acme/groups/ops/members", {"member": "bob"}),
        ("PUT /v2/orgs/acme/members/eve", {"role": "editor"}),
        ("POST /v2/orgs/acme/groups/dev/members", {"member": "eve"}),
        ("POST /v2/orgs/acme/groups/ops/members", {"member": "eve"}),
        ("POST /v2/invites/bulk", {"org": "acme", "invitees": ["grace"], "role": "owner", "team": "ops"}),
        ("DELETE /v2/orgs/acme/groups/dev/members/bob", None),
    ]

    def accept_moves(self):
        self.replies.update({
            "POST /v2/orgs/acme/groups/dev/members": ok(None),
            "DELETE /v2/orgs/acme/groups/dev/members/bob": ok(None, 204),
            "PUT /v2/orgs/acme/members/eve": ok({}),
        })

    def written(self):
        """What was sent that is no read, with its body."""
        return [(f"{request.method} {request.target}", json.loads(request.body) if request.body else None)
                for request in self.server.requests if request.method != "GET"]

    def test_moves_members_between_teams_by_name(self):
        self.accept_moves()
        done = self.call("hub_org", "sync", {"org": "acme", "rows": self.MOVES}, *OPEN)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.written(), self.MOVED)
        self.assertEqual({row["result"] for row in json.loads(done.out)["data"]["changes"]}, {"done"})

    def test_invites_into_no_team_where_none_is_named(self):
        done = self.call("hub_org", "sync", {"org": "acme", "rows": [{"member": "grace@example.com"}]})
        self.assertEqual(done.code, 0, done)
        invitation = {"org": "acme", "invitees": ["grace@example.com"], "role": "member"}
        self.assertEqual(self.written(), [("POST /v2/invites/bulk", invitation)])

    def asked(self, rows, *options, **params):
        return asked(self, "hub_org", {"org": "acme", "rows": rows, **params}, options)

    def over_mcp(self):
        """The same of changes that each would need a consent."""
        self.accept_moves()
        rows = [row for row in self.MOVES if row["member"] != "eve"]
        return self.asked(rows, "--allow-destructive", remove=True)

    def test_asks_one_question_for_all_that_it_does(self):
        server, request, question = self.over_mcp()
        self.assertIn(
            "In the organization acme: remove eve, take bob out of dev, invite grace as owner into ops, add bob to ops",
            question["params"]["message"],
        )
        self.assertEqual(self.written(), [], "nothing is changed before the answer")
        server.answer(question, {"action": "accept", "content": {"confirm": "acme"}})
        result = server.response(request)["result"]
        self.assertFalse(result["isError"], result)
        asked = [line for line in server.lines if json.loads(line).get("method") == "elicitation/create"]
        self.assertEqual(len(asked), 1)
        self.assertEqual([line.split(" ")[0] for line, _ in self.written()], ["POST", "POST", "DELETE", "DELETE"])

    def test_names_in_its_question_what_a_person_still_reads(self):
        members = [{"username": f"user-{number}", "role": "Member", "groups": ["dev"]} for number in range(130)]
        members.append({"username": "ada", "role": "Owner", "groups": ["owners"]})
        self.replies["GET /v2/orgs/acme/members"] = listed(members)

        def question(last="guest-24"):
            rows = [{"member": name} for name in ("ada", *(f"guest-{number}" for number in range(24)), last)]
            done = self.call("hub_org", "sync", {"org": "acme", "rows": rows, "remove": True}, "--allow-destructive")
            self.assertEqual(done.code, 6, done)
            return error_of(done)["message"]

        text = question()
        self.assertLess(len(text), 4000)
        for part in ("remove user-99 and 30 more to remove", "invite guest-19 as member and 5 more to invite", "plan sha256:"):
            self.assertIn(part, text)
        self.assertNotIn("user-100", text)
        self.assertEqual(question(), text)
        self.assertNotEqual(question("another"), text, "one that is not named is consented to as well")
        self.assertEqual(self.written(), [])

    def test_says_which_teams_wait_until_an_invitation_is_accepted(self):
        rows = [{"member": "grace", "teams": ["ops", "owners", "dev", "qa"], "role": "owner"}, {"member": "henry", "teams": ["ops"]}]
        for options, result in ((("--dry-run",), "planned"), ((), "done")):
            done = self.call("hub_org", "sync", {"org": "acme", "rows": rows}, *options)
            self.assertEqual(done.code, 0, done)
            first, second = json.loads(done.out)["data"]["changes"]
            self.assertEqual((first["team"], second["team"], second["detail"], second["result"]), ("ops", "ops", None, result))
            self.assertEqual(first["detail"], "invited into the team ops alone; after it is accepted the next sync adds dev, qa")

    def test_changes_nothing_where_the_answer_is_no(self):
        server, request, question = self.over_mcp()
        server.answer(question, {"action": "decline"})
        self.assertTrue(server.response(request)["result"]["isError"])
        self.assertEqual(self.written(), [])

    def test_needs_no_gate_where_nobody_leaves_but_shows_its_plan(self):
        done = self.sync(csv="member,role\nbob@example.com,editor\n", remove=False)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.changes(done), [("set_role", "bob", "editor")])
        self.assertIn("In the organization acme: make bob editor instead of member", done.err)

    OWNERS = [{"username": name, "role": "Owner", "groups": []} for name in ("ada", *(f"boss-{number}" for number in range(130)))]

    def test_asks_before_it_lowers_a_role_or_invites(self):
        self.replies["GET /v2/orgs/acme/members"] = listed(self.OWNERS[:3])
        self.replies["PUT /v2/orgs/acme/members/boss-1"] = ok({})
        rows = [{"member": "grace", "role": "owner"}, {"member": "boss-1", "role": "editor"}]
        server, request, question = self.asked(rows)
        told = "In the organization acme: make boss-1 editor instead of owner, invite grace as owner"
        self.assertIn(told, question["params"]["message"])
        self.assertEqual(self.written(), [], "nothing is changed before the answer")
        server.answer(question, {"action": "accept", "content": {"confirm": "acme"}})
        self.assertFalse(server.response(request)["result"]["isError"])
        self.assertEqual([line for line, _ in self.written()], ["POST /v2/invites/bulk", "PUT /v2/orgs/acme/members/boss-1"])

    def test_that_gives_everybody_a_lesser_role_names_what_a_person_still_reads(self):
        self.replies["GET /v2/orgs/acme/members"] = listed(self.OWNERS)
        rows = [{"member": owner["username"], "role": "member"} for owner in self.OWNERS[1:]]
        server, request, question = self.asked(rows)
        text = question["params"]["message"]
        for part in ("make boss-99 member instead of owner and 30 more to give a lesser role", "plan sha256:"):
            self.assertIn(part, text)
        self.assertNotIn("boss-100", text)
        server.answer(question, {"action": "decline"})
        self.assertTrue(server.response(request)["result"]["isError"])
        self.assertEqual(self.written(), [])

    def test_leaves_an_owner(self):
        done = self.sync("--yes", "--allow-destructive", csv="member\nbob@example.com\n")
        self.assertEqual(done.code, 2, done)
        self.assertIn("owner", error_of(done)["message"])
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_refuses_rows_that_it_does_not_understand(self):
        for text in ('member\n"ada\n', "member,role\nada,king\n", "member\nada\nADA\n", "member,role\n,owner\n", "member\n", "member\na,b\n"):
            done = self.sync(csv=text)
            self.assertEqual(done.code, 2, (text, done))
        self.assertEqual(self.sent(), [])

    def test_reads_columns_with_blanks_around_their_names(self):
        done = self.sync("--dry-run", csv="Member, role , teams\nbob@example.com, editor, dev;ops\n", remove=False)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.changes(done), [("set_role", "bob", "editor"), ("join", "bob", "ops")])

    def test_refuses_columns_that_it_does_not_know_or_that_stand_twice(self):
        for header, named in (("member,roles,team", "'roles' is not known"), ("member,role,role", "'role' stands there twice")):
            done = self.sync(csv=header + "\nbob,member,\n")
            self.assertEqual(done.code, 2, done)
            self.assertIn(named, error_of(done)["message"])
        self.assertEqual(self.sent(), [])

    def plan(self, rows, **params):
        done = self.call("hub_org", "sync", {"org": "acme", "rows": rows, **params}, "--dry-run")
        self.assertEqual(done.code, 0, done)
        return self.changes(done)

    def test_leaves_the_team_of_the_owners_to_the_role(self):
        self.assertEqual(self.plan([{"member": "ada", "role": "owner", "teams": []}]), [("leave", "ada", "dev")])
        self.assertEqual(self.plan([{"member": "bob", "role": "owner", "teams": ["Owners", "dev"]}]), [("set_role", "bob", "owner")])
        self.assertEqual(self.plan([{"member": "grace", "role": "owner", "teams": ["owners"]}]), [("invite", "grace", "owner")])

    def test_takes_a_blank_cell_for_what_is_there(self):
        done = self.sync("--dry-run", csv="member,role,teams\nbob,,\n", remove=False)
        self.assertEqual((done.code, json.loads(done.out)["data"].get("changes", [])), (0, []), done)

    def test_says_that_nothing_has_to_be_changed(self):
        for options in ((), ("--dry-run",)):
            done = self.sync(*options, csv="member,role\nbob,member\n", remove=False)
            self.assertEqual(done.code, 0, done)
            self.assertEqual(json.loads(done.out)["outcome"], {"is": "ok", "text": "Nothing has to be changed."})
            self.assertIn("Nothing has to be changed.\n", done.err)
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_makes_an_editor_a_member_and_leaves_one_an_editor(self):
        ada, bob = {"username": "ada", "role": "Owner"}, {"username": "bob", "role": "Member", "is": "editor"}
        self.replies["GET /v2/orgs/acme/members"] = listed([ada, bob])
        self.assertEqual(self.plan([{"member": "bob", "role": "member"}]), [("set_role", "bob", "member")])
        done = self.sync("--dry-run", csv="member,role\nbob,editor\n", remove=False)
        self.assertIn("Nothing has to be changed", done.err)

    def test_sets_nobody_back_where_docker_hub_does_not_tell_editors(self):
        members = [{"username": "ada", "role": "Owner"}, {"username": "bob", "role": "Member"}]
        self.replies["GET /v2/orgs/acme/members"] = ok({"count": 2, "next": None, "results": members})
        done = self.sync("--dry-run", csv="member,role\nada,owner\nbob,member\n", remove=False)
        envelope = json.loads(done.out)
        self.assertEqual((done.code, envelope["data"].get("changes", [])), (0, []), done)
        self.assertIn("does not tell editors from members", " ".join(envelope["warnings"]))

    def test_takes_from_the_caller_after_all_else_and_its_role_last(self):
        # {"username": "ada"}, without a signature: whose log-in it is.
        self.environment["DOCKERHUB_JWT"] = "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImFkYSJ9.c2ln"
        rows = [{"member": "ada", "role": "member", "teams": []}, {"member": "bob", "role": "owner", "teams": []}]
        self.assertEqual(self.plan(rows), [
            ("set_role", "bob", "owner"), ("leave", "bob", "dev"), ("leave", "ada", "dev"), ("set_role", "ada", "member")])

    def test_refuses_rows_that_it_reads_in_part(self):
        for row in (
            {"team": ["dev"]}, {"roles": "owner"}, {"role": 1}, {"teams": [1]}, {"teams": [""]}, {"teams": {}},
            {"teams": ["owners"]}, {"teams": ["t" * 256]}, {"member": "m" * 256},
        ):
            params = {"org": "acme", "rows": [{"member": "eve"}, {"member": "bob", **row}]}
            self.assertIn("row 2", self.error(2, "hub_org", "sync", params)["message"], row)
        self.assertEqual(self.sent(), [])

    def test_refuses_two_rows_of_one_member(self):
        done = self.sync(csv="member,role\nbob,editor\nbob@example.com,member\n", remove=False)
        self.assertEqual(done.code, 2, done)
        self.assertIn("one member", error_of(done)["message"])

    def test_removes_nobody_whose_address_may_be_hidden(self):
        done = self.sync(*OPEN, csv="member\nada\neve@example.com\n")
        self.assertEqual(done.code, 2, done)
        self.assertIn("Docker ID", error_of(done)["hint"])
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_acts_on_no_list_that_does_not_end(self):
        self.replies["GET /v2/orgs/acme/members"] = ok({"next": "x", "results": [{"username": "ada", "role": "Owner"}]})
        done = self.sync(*OPEN, csv="member\nada\n")
        self.assertEqual(done.code, 1, done)
        self.assertLess(len(self.sent()), 10)

    def test_tells_what_was_done_where_a_change_has_no_answer(self):
        self.replies["PUT /v2/orgs/acme/members/bob"] = b""
        done = self.sync(*OPEN)
        self.assertEqual(done.code, 9, done)
        self.assertEqual(self.changes(done), [("join", "ada", "ops")])
        self.assertIn("Stopped after 1 of 4 changes, at bob", json.loads(done.out)["outcome"]["text"])

    def test_tells_what_docker_hub_does_not_invite(self):
        self.replies["POST /v2/invites/bulk"] = ok({"invitees": [{"invitee": "x", "status": "invalid_email_or_docker_id"}]}, 202)
        done = self.sync(csv="member\nx\n", remove=False)
        self.assertEqual(done.code, 9, done)
        (row,) = json.loads(done.out)["data"]["changes"]
        self.assertEqual((row["result"], row["detail"]), ("failed", "invalid_email_or_docker_id"))

    def test_does_not_take_an_invitation_for_done_of_which_docker_hub_says_nothing(self):
        for rows in ([], [{"invitee": "x"}]):
            self.replies["POST /v2/invites/bulk"] = ok({"invitees": {"invitees": rows}}, 202)
            done = self.sync(csv="member\nx\n", remove=False)
            self.assertEqual(done.code, 9, done)
            (row,) = json.loads(done.out)["data"]["changes"]
            self.assertEqual((row["result"], row["detail"]), ("failed", "not_reported"))


class Invitations(HubTest):
    def invite(self, rows, *options, nested=True, **params):
        report = {"invitees": {"invitees": rows}} if nested else {"invitees": rows}
        self.replies["POST /v2/invites/bulk"] = ok(report, 202)
        invitees = params.pop("invitees", [row["invitee"] for row in rows])
        return self.call("hub_org", "bulk_invite", {"org": "acme", "invitees": invitees, **params}, *options)

    def test_are_sent_with_what_the_caller_said(self):
        done = self.invite([{"invitee": "ada", "status": "invited"}], team="dev", client_feature="file")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(
            self.body(), {"org": "acme", "team": "dev", "role": "member", "invitees": ["ada"], "dry_run": False}
        )
        self.assertEqual(self.server.requests[0].headers["x-analytics-client-feature"], "file")

    def test_are_reported_for_each_however_docker_nests_them(self):
        rows = [{"invitee": "ada", "status": "invited", "invite": {"id": "1"}}, {"invitee": "x", "status": "bad"}]
        for nested in (True, False):
            done = self.invite(rows, nested=nested, invitees=["ada", "x", "lost"])
            self.assertEqual(done.code, 9, done)
            envelope = json.loads(done.out)
            lost = {"invitee": "lost", "status": "not_reported"}
            self.assertEqual(envelope["data"], {"invitees": [*rows, lost]})
            self.assertEqual(envelope["outcome"]["text"], "1 of 3 were invited.")
            self.assertEqual(envelope["status_code"], 202)

    def test_are_told_apart_by_names_in_any_case(self):
        done = self.invite([{"invitee": "ada", "status": "invited"}], invitees=["Ada"])
        self.assertEqual(done.code, 0, done)
        self.assertEqual(len(json.loads(done.out)["data"]["invitees"]), 1)

    def test_may_be_tried_at_docker_first(self):
        done = self.invite([{"invitee": "ada", "status": "existing_org_member"}], dry_run=True)
        self.assertEqual(done.code, 0, done)
        self.assertTrue(self.body()["dry_run"])

    def test_are_not_sent_by_a_dry_run_of_ours(self):
        done = self.invite([{"invitee": "ada", "status": "invited"}], "--dry-run")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.sent(), [])

    def test_that_conflict_are_an_error_with_what_to_do(self):
        self.replies["POST /v2/invites/bulk"] = ok({"detail": "no seats left"}, 409)
        error = self.error(1, "hub_org", "bulk_invite", {"org": "acme", "invitees": ["ada"]})
        self.assertIn("no seats left", error["message"])
        self.assertIn("dry_run=true", error["hint"])

    def test_wait_in_one_list(self):
        self.replies["GET /v2/orgs/acme/invites"] = ok({"data": [{"id": "1"}]})
        self.assertEqual(self.envelope("hub_org", "list_invites", {"org": "acme"})["data"], {"data": [{"id": "1"}]})


class Organizations(HubTest):
    def test_of_the_account_are_listed(self):
        self.replies["GET /v2/user/orgs"] = ok({"count": 1, "next": None, "results": [{"id": "1", "orgname": "acme"}]})
        self.assertEqual(self.envelope("hub_org", "list_orgs")["data"]["results"][0]["orgname"], "acme")


if __name__ == "__main__":
    unittest.main()
