"""Who consents for callers whose tokens somebody else signs."""

import time

from issuer import hmac_signer, signed
from rest_case import RestCase

SECRET = "a secret of thirty-two bytes, or more"
ISSUER = "https://issuer.example"
AUDIENCE = "https://hub.example/v1"
LOG_IN = {"DOCKERHUB_REST_AUTH_TYPE": "jwt", "DOCKERHUB_REST_TOKEN_ISSUER": ISSUER,
          "DOCKERHUB_REST_TOKEN_AUDIENCE": AUDIENCE, "DOCKERHUB_REST_TOKEN_SECRET": SECRET}


def token_of(subject):
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 300,
              "scope": "dockerhub:destructive", "confirm": "never"}
    return signed(hmac_signer(SECRET.encode()), {"alg": "HS256"}, claims)


class SignedCallersTest(RestCase):
    def remove(self, server, tag, subject, **headers):
        path = "/v1/hub_repos/sandbox/app/tags/" + tag
        return server.ask("DELETE", path, token=token_of(subject), **headers)

    def test_the_operator_says_who_consents_for_each(self):
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("v1", "v2", "v3", "v4")])
        server = self.serve("--allow-destructive", "--confirm-for", "robot=never",
                            "--confirm-for", "deploy=other-principal", **LOG_IN)
        self.assertEqual(self.remove(server, "v1", "robot").status, 200)
        # Neither a token's own claim nor a subject that begins alike lifts the question.
        for subject in ("alice", "robot2"):
            self.problem(self.remove(server, "v2", subject), 409)
        asked = self.problem(self.remove(server, "v2", "alice"), 409)["approval"]
        self.assertEqual(self.remove(server, "v2", "alice", Confirm=asked["id"]).status, 200)
        waits = self.problem(self.remove(server, "v3", "deploy"), 409)["approval"]
        self.problem(self.remove(server, "v3", "deploy", Confirm=waits["id"]), 409)
        decision = "/v1/approvals/" + waits["id"]
        self.problem(server.ask("POST", decision, {"approve": True}, token=token_of("deploy")), 403)
        self.assertEqual(server.ask("POST", decision, {"approve": True}, token=token_of("alice")).status, 200)
        self.assertEqual(self.remove(server, "v3", "deploy", Confirm=waits["id"]).status, 200)
        left = self.data(server.ask("GET", "/v1/hub_repos/sandbox/app/tags", token=token_of("alice")))
        self.assertEqual({tag["name"] for tag in left["results"]}, {"v4"})

    def test_what_is_not_clear_does_not_start(self):
        for rules, environment in (
                (["robot=sometimes"], LOG_IN), (["robot"], LOG_IN), (["robot=never", "robot=two-step"], LOG_IN),
                (["robot=never"], self.tokens(robot=("destructive", {}))),
                (["robot=two-step"], {**LOG_IN, "DOCKERHUB_CONFIRM": "never", "DOCKERHUB_REST_CONFIRM": "never"})):
            with self.subTest(rules):
                options = [part for rule in rules for part in ("--confirm-for", rule)]
                done = self.run_program("--port", "0", *options, environment={**self.environment, **environment})
                self.assertEqual(done.code, 2, done)
                self.assertIn("--confirm-for", done.err)
