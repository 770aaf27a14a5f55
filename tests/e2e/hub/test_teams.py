"""hub_teams: what its rows and its function send."""

import json
import unittest

from hub_case import HubTest, error_of, ok, query_of
from mcp_question import asked

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


MEMBERS = "/v2/orgs/acme/groups/dev/members"


class Pages(HubTest):
    """Lists of teams and of their members."""

    def serve(self, path, items):
        def page(request):
            query = query_of(request)
            at, size = int(query.get("page", "1")), int(query.get("page_size", "10"))
            more = at * size < len(items)
            return ok({"count": len(items), "previous": None, "next": "http://127.0.0.2:1/x?page=2" if more else None,
                       "results": items[(at - 1) * size:at * size]})

        self.replies["GET " + path] = page

    def holds(self, path, action, params, items):
        self.serve(path, items)
        one = self.envelope("hub_teams", action, {**params, "page": 2, "page_size": 30})["data"]
        self.assertEqual((one["results"], one["count"]), (items[30:60], len(items)))
        self.assertEqual(self.sent(), [f"GET {path}?page=2&page_size=30"])
        self.server.requests.clear()
        everything = self.envelope("hub_teams", action, params, "--all-pages")["data"]["results"]
        self.assertEqual(everything, items)
        self.assertEqual([query_of(request).get("page", "1") for request in self.server.requests], ["1", "2", "3"])
        some = self.envelope("hub_teams", action, params, "--max-items", "120")["data"]["results"]
        self.assertEqual(some, items[:120])

    def test_of_teams_are_read_one_or_all(self):
        teams = [{"id": number, "name": f"team-{number}"} for number in range(250)]
        self.holds("/v2/orgs/acme/groups", "list", {"org": "acme"}, teams)

    def test_of_members_are_read_one_or_all(self):
        members = [{"id": f"{number:032x}", "username": f"user-{number}"} for number in range(250)]
        self.holds(MEMBERS, "list_members", TEAM, members)

    def test_beyond_what_docker_hub_gives_are_not_asked_for(self):
        for page_size in (0, 101):
            self.assertEqual(self.error(2, "hub_teams", "list", {"org": "acme", "page_size": page_size})["parameter"], "page_size")
        self.assertEqual(self.sent(), [])


class Sync(HubTest):
    def setUp(self):
        super().setUp()
        self.members = [{"username": "ada", "email": "ada@example.com"}, {"username": "bob"}, {"username": "eve"}]
        self.replies["GET " + MEMBERS] = lambda request: ok({"count": 3, "next": None, "results": self.members})
        self.replies["POST " + MEMBERS] = ok(None)
        for name in ("bob", "eve"):
            self.replies[f"DELETE {MEMBERS}/{name}"] = ok(None, 204)

    def sync(self, members, *options):
        return self.call("hub_teams", "sync", {**TEAM, "members": members}, *options)

    def test_adds_and_removes_what_differs(self):
        done = self.sync(["Ada@example.com", "BOB", "grace"], "--yes", "--allow-destructive")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(
            json.loads(done.out)["data"],
            {"stay": 2, "changes": [{"member": "grace", "change": "added"}, {"member": "eve", "change": "removed"}]},
        )
        self.assertEqual([line.split("?")[0] for line in self.sent()], ["GET " + MEMBERS, "POST " + MEMBERS, f"DELETE {MEMBERS}/eve"])

    def test_shows_its_plan_in_a_dry_run(self):
        done = self.sync(["ada", "grace"], "--dry-run")
        self.assertEqual(json.loads(done.out)["data"], {"add": ["grace"], "remove": ["bob", "eve"], "stay": 1})
        self.assertEqual(len(self.sent()), 1)

    def test_says_that_nothing_has_to_be_changed(self):
        for options in ((), ("--dry-run",)):
            done = self.sync(["ada", "BOB", "eve"], *options)
            self.assertEqual(done.code, 0, done)
            self.assertEqual(json.loads(done.out)["outcome"], {"is": "ok", "text": "Nothing has to be changed."})
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_removes_nobody_without_gate_and_consent_and_then_adds_nobody_either(self):
        for options in (("--yes",), ("--allow-destructive",)):
            done = self.sync(["ada", "grace"], *options)
            self.assertEqual(done.code, 6, done)
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_removes_nobody_whose_address_may_be_hidden(self):
        done = self.sync(["ada", "bob@example.com"], "--yes", "--allow-destructive")
        self.assertEqual(done.code, 2, done)
        self.assertEqual(len(self.sent()), 1)

    def test_tells_what_was_done_where_a_change_has_no_answer(self):
        self.replies[f"DELETE {MEMBERS}/eve"] = b""
        done = self.sync(["ada"], "--yes", "--allow-destructive")
        self.assertEqual(done.code, 9, done)
        envelope = json.loads(done.out)
        self.assertEqual(envelope["data"], {"stay": 1, "changes": [{"member": "bob", "change": "removed"}]})
        self.assertIn("Stopped after 1 of 2 changes, at eve", envelope["outcome"]["text"])

    def test_takes_no_empty_name(self):
        self.assertEqual(self.sync(["ada", ""]).code, 2)
        self.assertEqual(self.sent(), [])

    def test_takes_no_name_that_would_fill_its_question(self):
        done = self.sync(["ada", "x" * 256])
        self.assertEqual(done.code, 2, done)
        self.assertIn("255 bytes", error_of(done)["message"])
        self.assertEqual(self.sent(), [])

    def asked(self, members, options=("--allow-destructive",)):
        return asked(self, "hub_teams", {**TEAM, "members": members}, options)

    def methods(self):
        return [line.split(" ")[0] for line in self.sent()]

    def test_asks_one_question_that_names_who_leaves_and_who_joins(self):
        server, request, question = self.asked(["ada", "heidi", "grace"])
        told = question["params"]["message"]
        self.assertIn("Remove from the team dev of acme: bob, eve; add: grace, heidi (1 stay)", told)
        self.assertEqual(self.methods(), ["GET"], "nothing is changed before the answer")
        server.answer(question, {"action": "accept", "content": {"confirm": "dev"}})
        self.assertFalse(server.response(request)["result"]["isError"])
        self.assertEqual(self.methods(), ["GET", "POST", "POST", "DELETE", "DELETE"])
        asked = [line for line in server.lines if json.loads(line).get("method") == "elicitation/create"]
        self.assertEqual(len(asked), 1)

    def test_that_is_declined_adds_nobody_either(self):
        server, request, question = self.asked(["ada", "grace"])
        server.answer(question, {"action": "decline"})
        self.assertTrue(server.response(request)["result"]["isError"])
        self.assertEqual(self.methods(), ["GET"])

    def test_names_nobody_as_joining_where_nobody_does(self):
        _, _, question = self.asked(["ada"])
        self.assertIn("bob, eve (1 stay)", question["params"]["message"])
        self.assertNotIn("add", question["params"]["message"])

    def test_that_only_adds_needs_no_gate_but_shows_its_plan(self):
        done = self.sync(["ada", "bob", "eve", "grace"])
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.body(), {"member": "grace"})
        self.assertIn("Add to the team dev of acme: grace (3 stay)", done.err)

    def test_that_only_adds_is_asked_about_over_mcp_without_the_gate(self):
        for reply, methods in (({"action": "decline"}, ["GET"]),
                               ({"action": "accept", "content": {"confirm": "dev"}}, ["GET", "POST"])):
            self.server.requests.clear()
            server, request, question = self.asked(["ada", "bob", "eve", "grace"], ())
            self.assertIn("Add to the team dev of acme: grace (3 stay)", question["params"]["message"])
            self.assertEqual(self.methods(), ["GET"], "nothing is changed before the answer")
            server.answer(question, reply)
            self.assertEqual(server.response(request)["result"]["isError"], len(methods) == 1)
            self.assertEqual(self.methods(), methods)

    def test_that_changes_nothing_asks_nothing(self):
        done = self.sync(["ada", "bob", "eve"])
        self.assertEqual((done.code, done.err), (0, "Nothing has to be changed.\n"), done)
        self.assertEqual(self.methods(), ["GET"])

    def test_names_in_its_question_what_a_person_still_reads(self):
        self.members = [{"username": f"user-{number}", "email": f"user-{number}@example.com"} for number in range(130)]

        def question(last="guest-24"):
            done = self.sync([*(f"guest-{number:02}" for number in range(24)), last], "--allow-destructive")
            self.assertEqual(done.code, 6, done)
            return error_of(done)["message"]

        text = question()
        self.assertLess(len(text), 3000)
        for part in ("user-99 and 30 more to remove; add: guest-00", "guest-19 and 5 more to add (0 stay)", "plan sha256:"):
            self.assertIn(part, text)
        self.assertNotIn("user-100", text)
        self.assertEqual(question(), text)
        self.assertNotEqual(question("zoe"), text, "one that is not named is consented to as well")
        self.assertEqual(set(self.methods()), {"GET"})

    def test_goes_on_after_a_failure_and_tells_it(self):
        self.replies[f"DELETE {MEMBERS}/bob"] = ok({"detail": "last owner"}, 403)
        done = self.sync(["ada"], "--yes", "--allow-destructive")
        self.assertEqual(done.code, 9, done)
        self.assertEqual(
            json.loads(done.out)["data"]["changes"],
            [{"member": "bob", "change": "failed", "status_code": 403, "detail": "last owner"}, {"member": "eve", "change": "removed"}],
        )


if __name__ == "__main__":
    unittest.main()
