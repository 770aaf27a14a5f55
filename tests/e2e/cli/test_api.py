"""`dockerhub api`: requests of one's own, with everything that an action has."""

import json
import unittest

from cli_test import CliTest
from sandbox_process import WithSandbox, header_of

APP = "/v2/namespaces/sandbox/repositories/app"


class Api(WithSandbox, CliTest):
    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/app", [{"name": "old"}])

    def api(self, *arguments, code=0, **options):
        done = self.run_program("api", *arguments, environment=self.environment, **options)
        self.assertEqual(done.code, code, done)
        return done

    def sent(self, path):
        return [entry for entry in self.sandbox.journal("hub") if entry["path"].split("?")[0] == path]

    def test_gives_the_data_of_the_answer(self):
        for arguments in (("GET", APP), ("get", APP), (APP,)):
            self.assertEqual(json.loads(self.api(*arguments).out)["name"], "app")
        self.assertEqual(self.api(APP, "--jq", ".name").out, "app\n")
        self.assertEqual(json.loads(self.api(APP, "-o", "json").out)["status_code"], 200)

    def test_is_logged_in(self):
        self.api(APP)
        (request,) = self.sent(APP)
        self.assertTrue(header_of(request, "Authorization")[0].startswith("Bearer "))

    def test_follows_pages(self):
        self.sandbox.add_tags("sandbox/app", [{"name": f"t{number}"} for number in range(230)])
        tags = APP + "/tags"
        one = json.loads(self.api(tags + "?page_size=10").out)
        self.assertEqual(len(one["results"]), 10)
        names = self.api(tags, "--paginate", "--jq", ".results[].name").out.split()
        self.assertTrue({f"t{number}" for number in range(230)} <= set(names))
        self.assertEqual(len(names), one["count"])
        lines = self.api(tags, "--limit", "7", "-o", "ndjson").out.splitlines()
        self.assertEqual(len(lines), 7)

    def test_reaches_the_registry_too(self):
        found = json.loads(self.api("/v2/sandbox/app/tags/list", "--api", "registry").out)
        self.assertEqual(found["name"], "sandbox/app")
        host = self.sandbox.urls["registry"].removeprefix("http://")
        self.assertEqual(json.loads(self.api("/v2/sandbox/app/tags/list", "--registry", host).out), found)

    def test_sends_bodies(self):
        self.api("PATCH", APP, "--body", '{"description": "new"}')
        self.assertEqual(self.api(APP, "--jq", ".description").out, "new\n")
        self.api("PATCH", APP, "--body", "-", stdin="description: from yaml\n")
        self.assertEqual(self.api(APP, "--jq", ".description").out, "from yaml\n")

    def test_takes_no_secret_from_the_command_line(self):
        secret = self.sandbox.secret()
        done = self.api("PATCH", APP, "--body", json.dumps({"description": secret}), code=2)
        self.assertNotIn(secret, done.out + done.err)
        self.assertIn("@FILE", done.err)
        self.assertEqual(self.sent(APP), [])

    def test_shows_in_a_dry_run_what_would_be_sent(self):
        planned = json.loads(self.api("PATCH", APP, "--body", '{"description": "new"}', "--dry-run").out)
        (request,) = planned["would_send"]
        self.assertEqual((request["method"], request["body"]), ("PATCH", {"description": "new"}))
        self.assertIn("would_send", json.loads(self.api("DELETE", APP + "/tags/old", "--dry-run").out))
        self.assertEqual(self.sent(APP) + self.sent(APP + "/tags/old"), [])

    def test_destroys_nothing_without_gate_and_consent(self):
        old = APP + "/tags/old"
        for options in ((), ("--yes",), ("--allow-destructive",)):
            self.api("DELETE", old, *options, code=6)
        settings = "/v2/orgs/sandbox-org/settings"
        self.api("PUT", settings, "--body", "{}", "--yes", code=6)
        self.assertEqual(self.sent(old) + self.sent(settings), [])
        done = self.api("DELETE", old, "--yes", "--allow-destructive")
        self.assertIn(f"Send 'DELETE' '{old}'", done.err)
        self.api(old, code=3)

    def test_changes_no_registry_without_gate_and_consent(self):
        manifest = "/v2/sandbox/app/manifests/latest"
        for options in ((), ("--yes",), ("--allow-destructive",)):
            self.api("PUT", manifest, "--api", "registry", "--body", "{}", *options, code=6)
        self.assertEqual([entry for entry in self.sandbox.journal("registry") if entry["method"] == "PUT"], [])

    def test_refuses_requests_whose_answer_is_a_token(self):
        for path in ("/v2/users/login", "/v2/auth/token", "/v2/access-tokens", "/v2/access-tokens/",
                     "/v2/orgs/sandbox-org/access-tokens"):
            done = self.api("POST", path, "--body", "{}", code=5)
            self.assertIn("answers a secret", done.err)
            self.assertEqual(self.sent(path), [])

    def test_masks_secrets_in_answers(self):
        self.sandbox.fault("status", listener="hub", path=APP, status=200, headers={"Content-Type": "application/json"},
                           body='{"name":"app","about":"dckr_pat_0123456789abcdefghijklmno"}')
        done = self.api(APP)
        self.assertIn("app", done.out)
        self.assertNotIn("dckr_pat_0123456789", done.out)

    def test_tells_errors_as_actions_do(self):
        done = self.api("/v2/namespaces/sandbox/repositories/none", code=3)
        error = json.loads(done.err)["error"]
        self.assertEqual(error["status_code"], 404)
        for arguments in (("/v2/../x",), ("https://elsewhere.test/",), ("TRACE", "/v2/x"), ("GET", "/v2/x", "y")):
            self.api(*arguments, code=2)
        self.api(APP, "--api", "elsewhere", code=2)

    def test_refuses_options_that_mean_nothing(self):
        for options in (("--json",), ("--out", "file"), ("--to", "cat")):
            self.api(APP, *options, code=2)
        self.assertFalse((self.home.work / "file").exists())
        self.assertEqual(self.sent(APP), [])

    def test_shows_an_expression_no_secret_of_the_environment(self):
        for command in (("api", APP), ("plugin", "list"), ("alias", "list")):
            done = self.ok("--jq", "[$ENV, env]", *command, environment=self.environment)
            self.assertIn('"DOCKER_HUB_USER":', done.out)
            self.assertNotIn(self.environment["DOCKER_HUB_TOKEN"], done.out)

    def test_has_help(self):
        for arguments in (("api",), ("api", "--help"), ("help", "api")):
            self.assertIn("--paginate", self.ok(*arguments).out)


if __name__ == "__main__":
    unittest.main()
