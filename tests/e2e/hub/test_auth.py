"""hub_auth: log-ins and tokens."""

import datetime
import json
import unittest

from hub_case import JSON, TOKEN, HubTest, error_of, ok, query_of
from mcp_process import Home, Server
from scripted_server import answer

PASSWORD = {"DOCKERHUB_PARAM_PASSWORD": "canary-password-1", "DOCKERHUB_PARAM_SECRET": "canary-password-1"}
OLD = "b30bbf97-506c-4ecd-aabc-842f3cb484fb"
OLD_PATH = "/v2/access-tokens/" + OLD


def in_days(days):
    return (datetime.datetime.utcnow() + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


class LogIns(HubTest):
    def test_a_log_in_goes_without_the_accounts_credential(self):
        self.replies["POST /v2/auth/token"] = ok({"access_token": "canary-access"})
        envelope = self.envelope("hub_auth", "create_token", {"identifier": "ada"}, **PASSWORD)
        (request,) = self.server.requests
        self.assertNotIn("authorization", request.headers)
        self.assertEqual(json.loads(request.body), {"identifier": "ada", "secret": "canary-password-1"})
        self.assertEqual(envelope["data"], {"access_token": "***redacted***"})

    def test_a_refused_log_in_is_sent_once(self):
        self.replies["POST /v2/auth/token"] = ok({"detail": "bad credentials"}, 401)
        error = self.error(4, "hub_auth", "create_token", {"identifier": "ada"}, **PASSWORD)
        self.assertEqual(error["type"], "AuthError")
        self.assertEqual(self.sent(), ["POST /v2/auth/token"])

    def test_the_old_log_in_answers_its_second_factor(self):
        self.replies["POST /v2/users/login"] = ok(
            {"detail": "Require secondary authentication on MFA enabled account", "login_2fa_token": "v2.step-two"}, 401
        )
        envelope = self.envelope("hub_auth", "login", {"username": "ada"}, **PASSWORD)
        self.assertEqual(envelope["status_code"], 401)
        self.assertEqual(envelope["data"]["login_2fa_token"], "v2.step-two")
        self.assertIn("deprecated", envelope["warnings"][0])
        self.assertEqual(self.sent(), ["POST /v2/users/login"])
        self.assertNotIn("authorization", self.server.requests[0].headers)

    def test_the_old_log_in_without_second_factor_is_refused_in_dockers_words(self):
        self.replies["POST /v2/users/login"] = ok({"detail": "Incorrect credentials"}, 401)
        error = self.error(4, "hub_auth", "login", {"username": "ada"}, **PASSWORD)
        self.assertEqual(error["message"], "HTTP 401 for POST /v2/users/login: Incorrect credentials")
        self.assertEqual(error["status_code"], 401)

    def test_an_answer_that_is_cut_off_is_not_shown(self):
        self.replies["POST /v2/users/login"] = answer(200, '{"token": "canary-session", "refresh_token": "canary-re', JSON)
        done = self.call("hub_auth", "login", {"username": "ada"}, **PASSWORD)
        self.assertEqual(done.code, 1, done)
        self.assertNotIn("canary", done.out + done.err)
        self.assertIn("POST /v2/users/login", error_of(done)["message"])

    def test_session_tokens_are_masked(self):
        self.replies["POST /v2/users/login"] = ok({"token": "canary-session", "refresh_token": "canary-refresh"})
        done = self.call("hub_auth", "login", {"username": "ada"}, **PASSWORD)
        self.assertNotIn("canary", done.out)
        self.replies["POST /v2/users/2fa-login"] = ok({"token": "canary-session"})
        done = self.call(
            "hub_auth", "two_factor_login", DOCKERHUB_PARAM_LOGIN_2FA_TOKEN="v2.step-two", DOCKERHUB_PARAM_CODE="123456"
        )
        self.assertEqual(done.code, 0, done)
        self.assertNotIn("canary", done.out)
        self.assertEqual(self.body(), {"login_2fa_token": "v2.step-two", "code": "123456"})


class PersonalTokens(HubTest):
    def test_a_new_token_is_shown_this_once(self):
        self.replies["POST /v2/access-tokens"] = ok({"uuid": "u", "token": "dckr_pat_canary-new-token"}, 201)
        envelope = self.envelope(
            "hub_auth", "create_pat",
            {"token_label": "ci", "scopes": ["repo:read"], "expires_at": "2027-01-31T00:00:00Z"},
        )
        self.assertEqual(envelope["data"]["token"], "dckr_pat_canary-new-token")
        self.assertEqual(
            self.body(), {"token_label": "ci", "scopes": ["repo:read"], "expires_at": "2027-01-31T00:00:00Z"}
        )
        self.assertEqual(self.server.requests[0].headers["authorization"], "Bearer " + TOKEN)

    def test_where_docker_hub_forbids_a_new_token_the_way_that_works_is_named(self):
        new = {"token_label": "ci", "scopes": ["repo:read"]}
        self.replies["POST /v2/access-tokens"] = ok({"detail": "forbidden with personal access token"}, 403)
        error = self.error(5, "hub_auth", "create_pat", new)
        self.assertEqual(
            (error["type"], error["message"]),
            ("UnauthorizedError", "HTTP 403 for POST /v2/access-tokens: forbidden with personal access token"),
        )
        for way in ("password", "DOCKER_HUB_TOKEN", "hub_auth create_oat"):
            self.assertIn(way, error["hint"])
        for status, code in ((400, 1), (401, 4), (409, 1)):
            self.replies["POST /v2/access-tokens"] = ok({"detail": "no"}, status)
            self.assertNotIn("create_oat", self.error(code, "hub_auth", "create_pat", new)["hint"], status)

    def test_a_new_token_is_shown_by_a_dry_run(self):
        new = {"token_label": "ci", "scopes": ["repo:read", "repo:write"]}
        (request,) = self.envelope("hub_auth", "create_pat", new, "--dry-run")["data"]["would_send"]
        self.assertEqual((request["method"], request["body"]), ("POST", new))
        self.assertEqual(self.sent(), [])

    def test_any_other_answer_masks_a_token(self):
        self.replies["GET /v2/access-tokens/u"] = ok({"uuid": "u", "token": "canary-old-token"})
        self.assertEqual(self.envelope("hub_auth", "get_pat", {"uuid": "u"})["data"]["token"], "***redacted***")

    def test_what_cannot_be_is_refused_before_anything_is_sent(self):
        for params, parameter in (
            ({"token_label": "", "scopes": ["repo:read"]}, "token_label"),
            ({"token_label": "x" * 101, "scopes": ["repo:read"]}, "token_label"),
            ({"token_label": "ci", "scopes": []}, "scopes"),
            ({"token_label": "ci", "scopes": ["repo:all"]}, "scopes"),
            ({"token_label": "ci", "scopes": ["repo:read"], "expires_at": "tomorrow"}, "expires_at"),
        ):
            self.assertEqual(self.error(2, "hub_auth", "create_pat", params)["parameter"], parameter)
        self.error(2, "hub_auth", "update_pat", {"uuid": "u"})
        self.assertEqual(self.sent(), [])

    def test_a_list_is_one_page_as_docker_gives_it(self):
        page = {"count": 1, "next": None, "previous": None, "active_count": 1, "results": [{"uuid": "u", "token": ""}]}
        self.replies["GET /v2/access-tokens"] = ok(page)
        self.assertEqual(self.envelope("hub_auth", "list_pats", {"page": 2, "page_size": 5})["data"], page)
        self.assertEqual(self.sent(), ["GET /v2/access-tokens?page=2&page_size=5"])

    def test_scopes_stand_in_one_cell_with_commas(self):
        token = {"uuid": "u", "token_label": "ci", "scopes": ["repo:read", "repo:write"], "is_active": True}
        self.replies["GET /v2/access-tokens"] = ok({"count": 1, "next": None, "results": [token]})
        done = self.run_program("auth", "list-pats", environment=self.environment)
        self.assertEqual(done.out.split("\t")[:4], ["u", "ci", "repo:read,repo:write", "true"])

    def test_what_ends_soon_is_looked_for_on_all_pages(self):
        tokens = [{"uuid": f"u{i}", "expires_at": in_days(i)} for i in range(150)] + [{"uuid": "never", "expires_at": None}]

        def page(request):
            at = (int(query_of(request)["page"]) - 1) * 100
            more = at + 100 < len(tokens)
            return ok({"count": len(tokens), "next": "x" if more else None, "results": tokens[at:at + 100]})

        self.replies["GET /v2/access-tokens"] = page
        found = self.envelope("hub_auth", "list_pats", {"expires_within": 120}, code=10)
        self.assertEqual(found["outcome"]["is"], "condition_met")
        self.assertIn("121", found["outcome"]["text"])
        names = [token["uuid"] for token in found["data"]["results"]]
        self.assertEqual(names, [f"u{i}" for i in range(121)])
        self.assertEqual(len(self.sent()), 2)

    def test_where_nothing_ends_soon_the_list_is_empty(self):
        page = {"count": 1, "next": None, "results": [{"uuid": "never", "expires_at": None}]}
        self.replies["GET /v2/access-tokens"] = ok(page)
        self.assertEqual(self.envelope("hub_auth", "list_pats", {"expires_within": 120})["data"], {"results": []})

    def test_a_delete_needs_gate_and_consent(self):
        self.error(6, "hub_auth", "delete_pat", {"uuid": "u"}, "--yes")
        self.error(6, "hub_auth", "delete_pat", {"uuid": "u"}, "--allow-destructive")
        self.assertEqual(self.sent(), [])


class Rotation(HubTest):
    OPEN = ("--yes", "--allow-destructive")

    def setUp(self):
        super().setUp()
        # {"username": "ada"}, without a signature: whose tokens they are.
        self.environment["DOCKERHUB_JWT"] = "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImFkYSJ9.c2ln"
        self.old = {"uuid": OLD, "token_label": "ci", "scopes": ["repo:read"], "token": "", "expires_at": None}
        self.replies = {
            f"GET {OLD_PATH}": lambda request: ok(self.old),
            "POST /v2/access-tokens": ok({**self.old, "uuid": "new", "token": "dckr_pat_canary-new-token"}, 201),
            "POST /v2/auth/token": ok({"access_token": "canary-access"}),
            f"DELETE {OLD_PATH}": ok(None, 204),
            "DELETE /v2/access-tokens/new": ok(None, 204),
            f"PATCH {OLD_PATH}": ok({}),
        }

    def rotate(self, *options, **params):
        return self.call("hub_auth", "rotate_pat", {"uuid": OLD, **params}, *options)

    def test_makes_tries_and_only_then_deletes(self):
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.code, 0, done)
        data = json.loads(done.out)["data"]
        self.assertEqual((data["uuid"], data["token"]), ("new", "dckr_pat_canary-new-token"))
        self.assertEqual(data["old_token"], "deleted")
        self.assertEqual(
            self.sent(),
            [f"GET {OLD_PATH}", "POST /v2/access-tokens", "POST /v2/auth/token", f"DELETE {OLD_PATH}"],
        )
        self.assertEqual(self.body(1), {"token_label": "ci", "scopes": ["repo:read"]})
        self.assertEqual(self.body(2), {"identifier": "ada", "secret": "dckr_pat_canary-new-token"})
        self.assertNotIn("authorization", self.server.requests[2].headers)

    def labelled(self, *tokens):
        """The account's tokens: the old one with these members in place of its own, each."""
        rows = [{**self.old, "is_active": True, **token} for token in tokens]
        self.replies["GET /v2/access-tokens"] = ok({"count": len(rows), "next": None, "results": rows})

    def test_takes_the_label_of_one_active_token(self):
        self.labelled({"uuid": "first", "is_active": False}, {}, {"uuid": "third", "token_label": "ci-2"})
        done = self.rotate(*self.OPEN, uuid="ci")
        self.assertEqual(done.code, 0, done)
        data = json.loads(done.out)["data"]
        self.assertEqual((data["old_uuid"], data["old_token"]), (OLD, "deleted"))
        self.assertIn(f"Replace the personal access token 'ci' with the UUID {OLD}", done.err)
        self.assertEqual(
            [line.partition("?")[0] for line in self.sent()],
            ["GET /v2/access-tokens", f"GET {OLD_PATH}", "POST /v2/access-tokens", "POST /v2/auth/token", f"DELETE {OLD_PATH}"],
        )

    def test_of_a_label_that_says_not_which_changes_nothing_and_names_the_tokens(self):
        for tokens, named in (
            (({}, {"uuid": "second"}), (OLD, "second")),
            (({"is_active": False},), ("no active token", OLD)),
            ((), ("no active token",)),
        ):
            self.labelled(*tokens)
            done = self.rotate(*self.OPEN, uuid="ci")
            self.assertEqual(done.code, 2, done)
            self.assertEqual(error_of(done)["parameter"], "uuid")
            for word in named:
                self.assertIn(word, error_of(done)["message"])
        self.assertEqual({line.partition("?")[0] for line in self.sent()}, {"GET /v2/access-tokens"})

    def test_sends_nothing_without_gate_and_consent(self):
        self.assertEqual(self.rotate("--yes").code, 6)
        self.assertEqual(self.rotate("--allow-destructive").code, 6)
        self.assertEqual(self.sent(), [])

    def test_takes_a_token_away_again_that_does_not_work(self):
        self.replies["POST /v2/auth/token"] = ok({"detail": "no"}, 401)
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.code, 4, done)
        self.assertEqual(self.sent()[-1], "DELETE /v2/access-tokens/new")
        self.assertNotIn(f"DELETE {OLD_PATH}", self.sent())
        self.assertNotIn("canary", done.out + done.err)

    def test_takes_a_token_away_again_that_it_was_not_told(self):
        self.replies["POST /v2/access-tokens"] = ok({**self.old, "uuid": "new"}, 201)
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.code, 1, done)
        self.assertIn("did not tell it", error_of(done)["message"])
        self.assertEqual(self.sent()[1:], ["POST /v2/access-tokens", "DELETE /v2/access-tokens/new"])

    def test_makes_no_token_that_it_could_not_try(self):
        # {"jti": "1"}: a session that does not say whose it is.
        self.environment["DOCKERHUB_JWT"] = "eyJhbGciOiJub25lIn0.eyJqdGkiOiIxIn0.c2ln"
        for options in (self.OPEN, ("--dry-run",)):
            done = self.rotate(*options)
            self.assertEqual(done.code, 4, done)
            error = error_of(done)
            self.assertIn("could not be tried", error["message"])
            self.assertIn("Nothing was changed", error["hint"])
        self.assertEqual(self.sent(), [f"GET {OLD_PATH}"] * 2)

    def test_tells_a_new_token_that_it_could_not_take_away_again(self):
        self.replies["POST /v2/auth/token"] = ok({"detail": "no"}, 401)
        for failing in (ok({"detail": "no"}, 500), b""):
            self.replies["DELETE /v2/access-tokens/new"] = failing
            done = self.rotate(*self.OPEN)
            self.assertEqual(done.code, 9, done)
            envelope = json.loads(done.out)
            data = envelope["data"]
            self.assertEqual((data["token"], data["old_token"]), ("dckr_pat_canary-new-token", "still there"))
            told = "HTTP 500 for DELETE /v2/access-tokens/new: no" in envelope["outcome"]["text"]
            self.assertEqual(told, failing != b"")
        self.assertNotIn(f"DELETE {OLD_PATH}", self.sent())

    def test_tells_the_new_token_even_if_the_old_one_stays(self):
        self.replies[f"DELETE {OLD_PATH}"] = ok({"detail": "no"}, 403)
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.code, 9, done)
        data = json.loads(done.out)["data"]
        self.assertEqual((data["token"], data["old_token"]), ("dckr_pat_canary-new-token", "still there"))

    def keeps_both(self, fate, failing):
        """How the old token is told to be, and the words, where its end fails and the new one stays."""
        request = {"delete": "DELETE", "deactivate": "PATCH"}[fate] + f" {OLD_PATH}"
        self.replies[request] = failing
        done = self.rotate(*self.OPEN, old_token=fate)
        self.assertEqual(done.code, 9, done)
        envelope = json.loads(done.out)
        data, outcome = envelope["data"], envelope["outcome"]
        self.assertEqual((data["uuid"], data["token"], data["old_uuid"]), ("new", "dckr_pat_canary-new-token", OLD))
        self.assertEqual(outcome["is"], "partial")
        self.assertIn(outcome["text"], done.err)
        self.assertEqual((self.sent()[-1], self.sent().count(request)), (request, 1), "sent once, and nothing behind it")
        self.server.requests.clear()
        return data["old_token"], outcome["text"]

    def test_keeps_the_new_token_however_the_end_of_the_old_one_is_refused(self):
        for fate, method in (("delete", "DELETE"), ("deactivate", "PATCH")):
            old, text = self.keeps_both(fate, ok({"detail": "not by you"}, 403))
            self.assertEqual(old, "still there")
            self.assertIn("the old one could not be ended", text)
            self.assertIn(f"HTTP 403 for {method} {OLD_PATH}: not by you", text)

    def test_does_not_say_what_became_of_an_old_token_where_the_server_is_at_fault(self):
        for fate, method in (("delete", "DELETE"), ("deactivate", "PATCH")):
            old, text = self.keeps_both(fate, ok({"detail": "broken"}, 500))
            self.assertEqual(old, "not known")
            self.assertIn(f"HTTP 500 for {method} {OLD_PATH}: broken", text)
            self.assertIn("list_pats", text)

    def test_says_that_an_old_token_is_gone_already(self):
        for fate in ("delete", "deactivate"):
            for method in ("DELETE", "PATCH"):
                self.replies[f"{method} {OLD_PATH}"] = ok({"detail": "not found"}, 404)
            done = self.rotate(*self.OPEN, old_token=fate)
            self.assertEqual(done.code, 0, done)
            envelope = json.loads(done.out)
            self.assertEqual((envelope["data"]["token"], envelope["data"]["old_token"]), ("dckr_pat_canary-new-token", "gone"))
            (warning,) = envelope["warnings"]
            self.assertIn("gone already", warning)

    def test_does_not_say_what_became_of_an_old_token_without_an_answer(self):
        for fate in ("delete", "deactivate"):
            old, text = self.keeps_both(fate, b"")
            self.assertEqual(old, "not known")
            self.assertIn("list_pats", text)

    def test_leaves_the_new_token_in_its_file_even_if_the_old_one_stays(self):
        self.replies[f"PATCH {OLD_PATH}"] = ok({"detail": "no"}, 403)
        done = self.rotate(*self.OPEN, "--out", "token", old_token="deactivate")
        self.assertEqual(done.code, 9, done)
        self.assertEqual((self.home.work / "token").read_text(), "dckr_pat_canary-new-token")
        self.assertEqual(json.loads(done.out)["data"]["old_token"], "still there")
        self.assertNotIn("canary", done.out + done.err)

    def test_may_deactivate(self):
        done = self.rotate(*self.OPEN, old_token="deactivate")
        self.assertEqual(json.loads(done.out)["data"]["old_token"], "deactivated")
        self.assertEqual(self.body(), {"is_active": False})

    def test_says_how_it_works_where_docker_hub_forbids_it(self):
        self.replies["POST /v2/access-tokens"] = ok({"detail": "no"}, 403)
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.code, 5, done)
        self.assertTrue(error_of(done)["hint"].startswith("If you are logged in with an access token:"))
        for way in ("password", "DOCKER_HUB_TOKEN", "hub_auth create_oat"):
            self.assertIn(way, error_of(done)["hint"])
        self.assertEqual(len(self.sent()), 2)

    def test_makes_no_endless_token_of_one_that_ends(self):
        self.old["expires_at"] = "2027-01-31T00:00:00Z"
        self.assertEqual(self.rotate(*self.OPEN).code, 2)
        self.assertEqual(self.sent(), [f"GET {OLD_PATH}"])

    def test_makes_a_token_that_ends_when_the_caller_says(self):
        self.old["expires_at"] = "2027-01-31T00:00:00Z"
        done = self.rotate(*self.OPEN, expires_at="2028-01-31T00:00:00Z")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.sent()[1], "POST /v2/access-tokens")
        self.assertEqual(
            self.body(1), {"token_label": "ci", "scopes": ["repo:read"], "expires_at": "2028-01-31T00:00:00Z"}
        )

    def test_hands_the_new_token_to_a_file_that_only_its_owner_reads(self):
        done = self.rotate(*self.OPEN, "--out", "token")
        self.assertEqual(done.code, 0, done)
        kept = self.home.work / "token"
        self.assertEqual((kept.read_text(), kept.stat().st_mode & 0o777), ("dckr_pat_canary-new-token", 0o600))
        self.assertEqual(json.loads(done.out)["data"]["token"], "***redacted***")
        self.assertNotIn("canary", done.out + done.err)
        self.assertIn(f"DELETE {OLD_PATH}", self.sent())

    def test_hands_the_new_token_to_a_command(self):
        done = self.rotate(*self.OPEN, "--to", "sh -c 'cat > got'")
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.home.work / "got").read_text(), "dckr_pat_canary-new-token")
        self.assertNotIn("canary", done.out + done.err)

    def test_sends_nothing_where_the_new_token_could_not_be_taken(self):
        self.home.write("token", "mine")
        for options in (("--out", "token"), ("--to", "no-such-program-anywhere")):
            self.assertEqual(self.rotate(*self.OPEN, *options).code, 2)
        self.assertEqual(self.sent(), [])

    def test_asks_once_for_all_that_it_does(self):
        done = self.rotate(*self.OPEN)
        self.assertEqual(done.err.count("Replace the personal access token"), 1)
        self.assertEqual(len(done.err.splitlines()), 1, done)

    def over_mcp(self, **environment):
        folder = Home()
        self.addCleanup(folder.remove)
        server = Server(folder, ["--allow-destructive"], {**self.environment, **environment})
        self.addCleanup(server.__exit__)
        server.initialize(capabilities={"elicitation": {}})
        return server, server.begin_call("rotate_pat", {"uuid": OLD}, "hub_auth")

    def test_over_mcp_asks_once_and_answers_the_token(self):
        server, request = self.over_mcp()
        question = server.question("elicitation/create")
        self.assertIn("Replace the personal access token", question["params"]["message"])
        self.assertEqual(self.sent(), [], "nothing is sent before the answer")
        server.answer(question, {"action": "accept", "content": {"confirm": OLD}})
        result = server.response(request)["result"]
        self.assertFalse(result["isError"], result)
        data = result["structuredContent"]["data"]
        self.assertEqual((data["token"], data["old_token"]), ("dckr_pat_canary-new-token", "deleted"))
        asked = [line for line in server.lines if json.loads(line).get("method") == "elicitation/create"]
        self.assertEqual(len(asked), 1)
        self.assertEqual(len(self.sent()), 4)

    def test_over_mcp_sends_nothing_where_the_answer_is_no(self):
        server, request = self.over_mcp()
        server.answer(server.question("elicitation/create"), {"action": "decline"})
        self.assertTrue(server.response(request)["result"]["isError"])
        self.assertEqual(self.sent(), [])

    def test_is_shown_whole_by_a_dry_run(self):
        done = self.rotate("--dry-run")
        self.assertEqual(done.code, 0, done)
        planned = json.loads(done.out)["data"]["would_send"]
        self.assertEqual([request["method"] for request in planned], ["POST", "DELETE"])
        self.assertEqual(self.sent(), [f"GET {OLD_PATH}"])


class HandedOver(HubTest):
    """--out and --to, as far as they meet the requests."""

    NEW = {"token_label": "ci", "scopes": ["repo:read"]}

    def create(self, *options):
        self.replies["POST /v2/access-tokens"] = ok({"uuid": "new", "token": "dckr_pat_canary-new-token"}, 201)
        return self.call("hub_auth", "create_pat", self.NEW, *options)

    def test_a_new_token_goes_into_a_file(self):
        done = self.create("--out", "token")
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.home.work / "token").read_text(), "dckr_pat_canary-new-token")
        data = json.loads(done.out)["data"]
        self.assertEqual(data, {"uuid": "new", "token": "***redacted***"})

    def test_nothing_is_sent_where_the_token_could_not_be_taken(self):
        self.home.write("token", "mine")
        for options in (("--out", "token"), ("--to", "no-such-program-anywhere")):
            self.assertEqual(self.create(*options).code, 2)
        self.assertEqual(self.sent(), [])

    def test_no_file_is_made_by_a_dry_run_or_a_failed_call(self):
        self.assertEqual(self.create("--dry-run", "--out", "token").code, 0)
        self.replies["POST /v2/access-tokens"] = ok({"detail": "no"}, 403)
        done = self.call("hub_auth", "create_pat", self.NEW, "--out", "token")
        self.assertEqual(done.code, 5, done)
        self.assertFalse((self.home.work / "token").exists())

    def test_an_answer_without_the_token_is_a_failure(self):
        self.replies["POST /v2/access-tokens"] = ok({"uuid": "new"}, 201)
        done = self.call("hub_auth", "create_pat", self.NEW, "--out", "token")
        self.assertEqual(done.code, 9, done)
        self.assertEqual(json.loads(done.out)["data"], {"uuid": "new"})
        self.assertFalse((self.home.work / "token").exists())


class OrganizationTokens(HubTest):
    def create(self, **params):
        self.replies["POST /v2/orgs/acme/access-tokens"] = ok({"id": "i", "token": "dckr_oat_canary-new"}, 201)
        return self.envelope("hub_auth", "create_oat", {"org": "acme", "label": "ci", **params})

    def test_resources_are_sent_in_dockers_words(self):
        envelope = self.create(
            resources=[{"type": "TYPE_REPO", "name": "acme/app"}, {"type": "TYPE_ORG", "path": "acme", "scopes": ["s"]}],
            scopes=["scope-image-pull"],
        )
        self.assertEqual(
            self.body()["resources"],
            [
                {"type": "TYPE_REPO", "path": "acme/app", "scopes": ["scope-image-pull"]},
                {"type": "TYPE_ORG", "path": "acme", "scopes": ["s"]},
            ],
        )
        self.assertNotIn("scopes", self.body())
        self.assertEqual(envelope["data"]["token"], "dckr_oat_canary-new")

    def test_end_when_the_caller_says(self):
        self.create(expires_at="2027-01-31T00:00:00Z")
        self.assertEqual(self.body(), {"label": "ci", "expires_at": "2027-01-31T00:00:00Z"})
        sent = self.sent()
        params = {"org": "acme", "label": "ci", "expires_at": "tomorrow"}
        self.assertEqual(self.error(2, "hub_auth", "create_oat", params)["parameter"], "expires_at")
        self.assertEqual(self.sent(), sent)

    def test_that_end_soon_are_looked_for_on_all_pages(self):
        tokens = [{"id": f"i{i}", "expires_at": in_days(i)} for i in range(150)] + [{"id": "never", "expires_at": ""}]

        def page(request):
            at = (int(query_of(request)["page"]) - 1) * 100
            more = at + 100 < len(tokens)
            return ok({"total": len(tokens), "next": "x" if more else None, "results": tokens[at:at + 100]})

        self.replies["GET /v2/orgs/acme/access-tokens"] = page
        data = self.envelope("hub_auth", "list_oats", {"org": "acme", "expires_within": 120}, code=10)["data"]
        self.assertEqual([token["id"] for token in data["results"]], [f"i{i}" for i in range(121)])
        self.assertEqual(len(self.sent()), 2)
        self.error(2, "hub_auth", "list_oats", {"org": "acme", "expires_within": -1})
        self.assertEqual(len(self.sent()), 2)

    def test_scopes_without_resources_pass_with_a_warning(self):
        envelope = self.create(scopes=["scope-image-pull"])
        self.assertEqual(self.body(), {"label": "ci", "scopes": ["scope-image-pull"]})
        self.assertEqual(len(envelope["warnings"]), 1)

    def test_a_resource_that_lacks_something_is_refused(self):
        for resource in (
            {"path": "acme/app", "scopes": ["s"]},
            {"type": "TYPE_ALL", "path": "acme/app", "scopes": ["s"]},
            {"type": "TYPE_REPO", "scopes": ["s"]},
            {"type": "TYPE_REPO", "path": "acme/app"},
            {"type": "TYPE_REPO", "path": "acme/app", "scopes": []},
            {"type": "TYPE_REPO", "path": "acme/app", "name": "b", "scopes": ["s"]},
            {"type": "TYPE_REPO", "path": "acme/app", "scopes": ["s"], "else": 1},
        ):
            params = {"org": "acme", "label": "ci", "resources": [resource]}
            self.assertEqual(self.error(2, "hub_auth", "create_oat", params)["parameter"], "resources", resource)
        self.assertEqual(self.sent(), [])

    def test_an_update_sends_what_is_given(self):
        self.replies["PATCH /v2/orgs/acme/access-tokens/i"] = ok({"id": "i"})
        self.envelope("hub_auth", "update_oat", {"org_name": "acme", "access_token_id": "i", "is_active": False})
        self.assertEqual(self.body(), {"is_active": False})

    UPDATED = "PATCH /v2/orgs/acme/access-tokens/i"
    PLACE = {"org": "acme", "token_id": "i"}

    def test_an_update_sends_each_resource_with_its_scopes(self):
        self.replies[self.UPDATED] = ok({"id": "i"})
        resources = [
            {"type": "TYPE_REPO", "path": "acme/app", "scopes": ["scope-image-pull", "scope-image-push"]},
            {"type": "TYPE_REPO", "path": "acme/*", "scopes": ["scope-image-pull"]},
            {"type": "TYPE_ORG", "path": "acme", "scopes": ["scope-organization-read"]},
        ]
        self.envelope("hub_auth", "update_oat", {**self.PLACE, "resources": resources})
        self.assertEqual(self.body(), {"resources": resources})
        named = [{"type": "TYPE_REPO", "name": "acme/app", "scopes": ["scope-image-pull"]}]
        self.envelope("hub_auth", "update_oat", {**self.PLACE, "label": "new", "resources": named})
        self.assertEqual(
            self.body(),
            {"label": "new", "resources": [{"type": "TYPE_REPO", "path": "acme/app", "scopes": ["scope-image-pull"]}]},
        )
        self.assertEqual(self.sent(), [self.UPDATED] * 2)

    def test_an_update_with_a_resource_without_scopes_is_refused(self):
        whole = {"type": "TYPE_REPO", "path": "acme/other", "scopes": ["scope-image-pull"]}
        for scopes in ({}, {"scopes": []}, {"scopes": None}, {"scopes": [""]}, {"scopes": "scope-image-pull"}):
            params = {**self.PLACE, "resources": [whole, {"type": "TYPE_REPO", "path": "acme/app", **scopes}]}
            error = self.error(2, "hub_auth", "update_oat", params)
            self.assertEqual(error["parameter"], "resources", scopes)
            self.assertIn("resource 2 needs `scopes`", error["message"])
        self.assertEqual(self.sent(), [])

    def test_a_dry_run_shows_the_request(self):
        envelope = self.envelope("hub_auth", "create_oat", {"org": "acme", "label": "ci"}, "--dry-run")
        (request,) = envelope["data"]["would_send"]
        self.assertEqual((request["method"], request["body"]), ("POST", {"label": "ci"}))
        self.assertEqual(self.sent(), [])


if __name__ == "__main__":
    unittest.main()
