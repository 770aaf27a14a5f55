"""The token service: scopes are what the caller may do, no more."""

import unittest
import urllib.parse

from sandbox_case import RegistryTest, claims_of


class Scopes(RegistryTest):
    def granted(self, scope, authorization=None):
        claims = claims_of(self.token(scope, authorization=authorization))
        return {(one["name"], action) for one in claims["access"] for action in one["actions"]}

    def test_without_an_account_public_repositories_can_be_pulled_and_nothing_else(self):
        self.assertEqual(self.granted("repository:sandbox/multi:pull,push,delete"),
                         {("sandbox/multi", "pull")})
        self.assertEqual(self.granted("repository:sandbox/private:pull"), set())
        self.sandbox.set(anonymous_pull=False)
        self.assertEqual(self.granted("repository:sandbox/multi:pull"), set())

    def test_the_owner_gets_what_its_secret_reaches(self):
        rows = [("repo:admin", {"pull", "push", "delete"}), ("repo:write", {"pull", "push"}),
                ("repo:read", {"pull"}), ("repo:public_read", set())]
        for reach, actions in rows:
            with self.subTest(reach=reach):
                authorization = self.basic(secret=self.sandbox.secret(reach=reach))
                granted = self.granted("repository:sandbox/private:pull,push,delete", authorization)
                self.assertEqual({action for _, action in granted}, actions)

    def test_another_account_gets_only_what_is_public(self):
        guest = self.basic("sandbox-guest")
        self.assertEqual(self.granted("repository:sandbox/private:pull,push", guest), set())
        self.assertEqual(self.granted("repository:sandbox/multi:pull,push", guest),
                         {("sandbox/multi", "pull")})

    def test_several_scopes_are_granted_together_in_either_spelling(self):
        token = self.token("repository:sandbox/multi:pull repository:library/alpine:pull",
                           "repository:sandbox/tags:pull")
        self.assertEqual([one["name"] for one in claims_of(token)["access"]],
                         ["sandbox/multi", "library/alpine", "sandbox/tags"])

    def test_a_wrong_secret_is_401_and_never_anonymous(self):
        answer = self.call("auth", "GET", "/token?service=registry.docker.io",
                           Authorization=self.basic(secret="wrong"))
        self.assert_status(401, answer)

    def test_an_unknown_service_is_400(self):
        self.assert_status(400, self.call("auth", "GET", "/token?service=other"))


class Answers(RegistryTest):
    def get(self):
        answer = self.call("auth", "GET", "/token?service=registry.docker.io")
        return self.assert_status(200, answer).json()

    def test_the_token_is_in_the_field_that_the_setting_names(self):
        both = self.get()
        self.assertEqual(both["token"], both["access_token"])
        self.assertEqual(both["expires_in"], 300)
        self.sandbox.set(token_field="token", token_expires_in=False)
        self.assertEqual(set(self.get()), {"token", "issued_at"})
        self.sandbox.set(token_field="access_token")
        self.assertNotIn("token", self.get())

    def test_a_refresh_token_is_given_when_asked_for_and_works(self):
        asked = self.call("auth", "GET", "/token?service=registry.docker.io&offline_token=true",
                          Authorization=self.basic())
        form = {"grant_type": "refresh_token", "refresh_token": asked.json()["refresh_token"],
                "service": "registry.docker.io", "client_id": "tests",
                "scope": "repository:sandbox/private:pull"}
        told = self.assert_status(200, self.post(form)).json()
        self.assertEqual(told["scope"], "repository:sandbox/private:pull")
        self.assertEqual(self.get().get("refresh_token"), None)

    def test_a_password_grant_by_post(self):
        form = {"grant_type": "password", "username": "sandbox", "password": self.sandbox.secret(),
                "service": "registry.docker.io", "client_id": "tests", "access_type": "offline"}
        self.assertIn("refresh_token", self.assert_status(200, self.post(form)).json())
        self.assert_status(401, self.post({**form, "password": "wrong"}))
        del form["client_id"]
        self.assert_status(400, self.post(form))

    def test_post_can_be_switched_off(self):
        self.sandbox.set(token_post=False)
        self.assert_status(404, self.post({}))

    def post(self, form):
        return self.call("auth", "POST", "/token", urllib.parse.urlencode(form),
                         Content_Type="application/x-www-form-urlencoded")


class Challenges(RegistryTest):
    def challenge(self, method, path, **headers):
        answer = self.assert_status(401, self.call("registry", method, path, **headers))
        return answer.headers["WWW-Authenticate"]

    def test_a_challenge_names_realm_service_and_scope(self):
        realm = self.sandbox.urls["auth"] + "/token"
        base = f'Bearer realm="{realm}",service="registry.docker.io"'
        self.assertEqual(self.challenge("GET", "/v2/"), base)
        rows = [("GET", "/v2/sandbox/multi/tags/list", "pull"),
                ("POST", "/v2/sandbox/multi/blobs/uploads/", "pull,push"),
                ("PUT", "/v2/sandbox/multi/manifests/x", "pull,push"),
                ("DELETE", "/v2/sandbox/multi/manifests/x", "delete")]
        for method, path, actions in rows:
            self.assertEqual(self.challenge(method, path),
                             f'{base},scope="repository:sandbox/multi:{actions}"')

    def test_a_token_for_less_is_insufficient_and_a_wrong_one_invalid(self):
        pull = self.token("repository:sandbox/multi:pull")
        self.assertIn('error="insufficient_scope"',
                      self.challenge("GET", "/v2/sandbox/tags/tags/list",
                                     Authorization="Bearer " + pull))
        self.assertIn('error="invalid_token"',
                      self.challenge("GET", "/v2/", Authorization="Bearer a.b.c"))
        other = self.token("repository:sandbox/multi:pull", service="second.registry.sandbox")
        self.assertIn('error="invalid_token"',
                      self.challenge("GET", "/v2/", Authorization="Bearer " + other))

    def test_a_mount_needs_both_repositories(self):
        push = self.token("repository:sandbox/tags:pull,push", authorization=self.basic())
        asked = self.challenge("POST", "/v2/sandbox/tags/blobs/uploads/?mount=sha256:x&from=sandbox/private",
                               Authorization="Bearer " + push)
        self.assertIn("repository:sandbox/tags:pull,push repository:sandbox/private:pull", asked)

    def test_basic_and_no_authentication(self):
        self.sandbox.set(authentication="basic")
        path = "/v2/sandbox/private/tags/list"
        self.assertEqual(self.challenge("GET", path), 'Basic realm="sandbox"')
        self.assert_status(200, self.call("registry", "GET", path, Authorization=self.basic()))
        guest = self.basic("sandbox-guest")
        self.assert_status(403, self.call("registry", "GET", path, Authorization=guest))
        self.sandbox.set(authentication="none")
        self.assert_status(200, self.call("registry", "GET", path))


if __name__ == "__main__":
    unittest.main()
