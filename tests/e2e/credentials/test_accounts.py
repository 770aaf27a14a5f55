"""Several accounts at Docker Hub: added, chosen, removed."""

import json
import unittest

from login_case import LoginCase


class Accounts(LoginCase):
    def setUp(self):
        super().setUp()
        self.log_in("sandbox", self.sandbox.secret(), command=("account", "add", "work"))
        self.log_in("sandbox-guest", self.sandbox.secret("sandbox-guest"),
                    command=("account", "add", "private"))

    def who(self, *options):
        return self.data(*options, "whoami")["identity"]

    def test_are_listed_without_secrets(self):
        rows = self.data("account", "list")
        self.assertEqual([(row["account"], row["user"], row["current"]) for row in rows],
                         [("work", "sandbox", True), ("private", "sandbox-guest", False)])
        shown = self.ok("account", "list").out + self.ok("auth-status").out
        self.assertNotIn("dckr_pat_", shown)

    def test_are_chosen_for_good_or_for_a_call(self):
        self.assertEqual(self.who(), "sandbox")
        self.assertEqual(self.who("--as", "private"), "sandbox-guest")
        self.assertEqual(self.data("whoami", "--as", "private")["identity"], "sandbox-guest")
        self.ok("account", "use", "private")
        self.assertEqual(self.who(), "sandbox-guest")
        self.environment["DOCKERHUB_ACCOUNT"] = "work"
        self.assertEqual(self.who(), "sandbox")
        self.assertEqual(self.who("--as", "private"), "sandbox-guest")

    def test_are_chosen_by_namespace(self):
        self.ok("config", "set", "account.namespaces", "sandbox-guest=private,sandbox-org=work")
        self.ok("account", "use", "private")

        def asked_by(*arguments):
            self.sandbox.clear_journal()
            self.run_as(*arguments)
            logins = [entry["body"] for entry in self.sandbox.journal("hub")
                      if entry["path"] == "/v2/auth/token"]
            return {body.split('"identifier":"')[1].split('"')[0] for body in logins}

        self.assertEqual(asked_by("ls", "sandbox-org"), {"sandbox"})
        self.assertEqual(asked_by("repos", "list", "--namespace", "sandbox-guest"), {"sandbox-guest"})
        self.assertEqual(asked_by("ls", "sandbox"), {"sandbox-guest"})  # the current one
        self.assertEqual(asked_by("--as", "private", "ls", "sandbox-org"), {"sandbox-guest"})

    def test_are_not_chosen_beside_a_keyless_log_in(self):
        self.ok("config", "set", "account.namespaces", "sandbox-org=work")
        self.environment |= {"DOCKER_HUB_USER": "example",
                             "DOCKERHUB_OIDC_CONNECTIONID": "0b2f6c1e-1111-4222-8333-944445555666"}
        self.sandbox.clear_journal()
        done = self.run_as("ls", "sandbox-org")
        self.assertNotEqual(done.code, 0, "nobody says here who the job is")
        self.assertEqual([entry for entry in self.sandbox.journal("hub")
                          if entry["path"] == "/v2/auth/token"], [])

    def test_that_are_named_are_not_passed_over_elsewhere(self):
        self.environment["DOCKERHUB_URL"] = self.sandbox.urls["registry"]
        done = self.refused(2, "--as", "work", "whoami")
        self.assertIn(self.sandbox.urls["registry"], done.err)
        self.assertIn("work", done.err)

    def test_whose_secret_is_gone_are_not_shown_as_current(self):
        self.ok("account", "use", "private")
        self.own.unlink()
        # Nobody names it: requests go on without it. Where somebody does, they fail.
        for options in ((), ("--as", "private")):
            done = self.ok(*options, "-o", "data", "auth-status")
            self.assertEqual([(row["account"], row["current"]) for row in json.loads(done.out)],
                             [("work", False), ("private", False)])
            self.assertIn("no log-in of the account private is in", done.err)
            self.assertIn("dockerhub account add private", done.err)
        self.log_in("sandbox-guest", self.sandbox.secret("sandbox-guest"), "--yes",
                    command=("account", "add", "private"))
        done = self.ok("-o", "data", "auth-status")
        self.assertEqual([row["account"] for row in json.loads(done.out) if row["current"]], ["private"])
        self.assertNotIn("no log-in", done.err)

    def test_may_be_of_an_address_with_a_name(self):
        done = self.refused(2, "login", "--user", "ann@example.com", "--password-stdin", stdin="x")
        self.assertIn("--as NAME", done.err)

    def test_that_are_not_there_are_named(self):
        for done in (self.refused(2, "--as", "wrok", "repos", "list", "--namespace", "sandbox"),
                     self.refused(3, "account", "use", "wrok")):
            self.assertIn("wrok", done.err)
        self.assertIn("Did you mean work?", self.refused(3, "account", "use", "wrok").err)

    def test_are_removed_with_consent_only(self):
        done = self.refused(6, "account", "remove", "private")
        self.assertIn("--yes", done.err)
        self.assertEqual(len(self.data("account", "list")), 2)
        self.ok("account", "remove", "private", "--yes")
        self.assertEqual([row["account"] for row in self.data("account", "list")], ["work"])
        self.assertEqual(self.files_with(self.sandbox.secret("sandbox-guest"), "sandbox-guest"), [])
        self.assertEqual(self.who(), "sandbox")

    def test_stand_beside_the_log_in_that_docker_uses(self):
        other = self.sandbox.secret("sandbox-editor")
        self.log_in("sandbox-editor", other)
        self.assertEqual(self.who(), "sandbox-editor")
        self.assertEqual(self.who("--as", "work"), "sandbox")
        self.assertEqual(len(self.data("account", "list")), 3)
        self.assertIn("still counts", self.ok("--as", "work", "logout").err)  # docker's own, for its registry


if __name__ == "__main__":
    unittest.main()
