"""Log-ins and access tokens of the Hub: what is made works until it is taken back."""

import unittest

from sandbox_case import HubTest

TOKENS = "/v2/access-tokens"
ORG_TOKENS = "/v2/orgs/sandbox-org/access-tokens"
PRIVATE = "/v2/namespaces/sandbox-org/repositories/tools"


class TokenTest(HubTest):
    def with_password(self, method, path, body=None, user="sandbox"):
        return self.hub(method, path, body, Authorization=self.bearer(user, self.sandbox.users[user]["password"]))

    def try_sign_in(self, user, secret):
        return self.hub("POST", "/v2/auth/token", {"identifier": user, "secret": secret}).status


class PersonalTokens(TokenTest):
    def make(self, **body):
        made = self.with_password("POST", TOKENS, {"token_label": "mine", "scopes": ["repo:read"], **body})
        return self.assert_status(201, made).json()

    def test_a_token_is_told_once_works_and_is_told_no_more(self):
        made = self.make(expires_at="2099-01-01T00:00:00Z")
        self.assertEqual(made["expires_at"], "2099-01-01T00:00:00Z")
        self.assertEqual(self.try_sign_in("sandbox", made["token"]), 200)
        got = self.with_password("GET", f"{TOKENS}/{made['uuid']}").json()
        self.assertEqual((got["token"], got["token_label"], got["scopes"]), ("", "mine", ["repo:read"]))
        self.assertIsNotNone(got["last_used"])

    def test_the_highest_scope_counts(self):
        self.assertEqual(self.make(scopes=["repo:read", "repo:admin"])["scopes"], ["repo:admin"])

    def test_a_list_counts_the_active_ones(self):
        uuid = self.make()["uuid"]
        self.with_password("PATCH", f"{TOKENS}/{uuid}", {"is_active": False})
        page = self.with_password("GET", TOKENS + "?page_size=2").json()
        self.assertEqual((page["count"], page["active_count"], len(page["results"])), (5, 4, 2))
        self.assertIn("page=2", page["next"])
        self.assertEqual(self.with_password("GET", TOKENS + "?page=9").json()["results"], [])

    def test_a_token_that_is_deactivated_or_deleted_works_no_more_nor_do_its_bearers(self):
        for method, body, status in (("PATCH", {"is_active": False}, 200), ("DELETE", None, 204)):
            made = self.make()
            bearer = self.bearer("sandbox", made["token"])
            self.assert_status(200, self.hub("GET", TOKENS, Authorization=bearer))
            self.assert_status(status, self.with_password(method, f"{TOKENS}/{made['uuid']}", body))
            self.assertEqual(self.try_sign_in("sandbox", made["token"]), 401)
            self.assert_status(401, self.hub("GET", TOKENS, Authorization=bearer))
        self.assert_status(404, self.with_password("DELETE", f"{TOKENS}/{made['uuid']}"))

    def test_a_label_is_changed_and_nothing_else(self):
        uuid = self.make()["uuid"]
        changed = self.with_password("PATCH", f"{TOKENS}/{uuid}", {"token_label": "other"}).json()
        self.assertEqual((changed["token_label"], changed["is_active"]), ("other", True))

    def test_what_the_document_forbids_names_the_field(self):
        rows = [("token_label", {"token_label": ""}), ("token_label", {"token_label": "x" * 101}),
                ("scopes", {"scopes": []}), ("scopes", {"scopes": ["repo:all"]}),
                ("expires_at", {"expires_at": "tomorrow"}),
                ("expires_at", {"expires_at": "2001-01-01T00:00:00Z"})]
        for field, change in rows:
            with self.subTest(change=change):
                body = {"token_label": "mine", "scopes": ["repo:read"], **change}
                refused = self.assert_status(400, self.with_password("POST", TOKENS, body)).json()
                self.assertIn(field, refused["fields"])
                self.assertTrue(refused["text"])

    def test_a_token_makes_no_token_unless_it_is_told_to(self):
        body = {"token_label": "mine", "scopes": ["repo:read"]}
        self.assert_status(403, self.hub("POST", TOKENS, body, user="sandbox"))
        self.sandbox.set(tokens_make_tokens=True)
        self.assert_status(201, self.hub("POST", TOKENS, body, user="sandbox"))

    def test_tokens_are_those_of_their_account(self):
        uuid = self.make()["uuid"]
        self.assert_status(404, self.with_password("GET", f"{TOKENS}/{uuid}", user="sandbox-guest"))
        self.assert_status(403, self.hub("GET", TOKENS, user="sandbox-org"))

    def test_a_second_factor_goes_with_the_password_only(self):
        self.assertEqual(self.try_sign_in("sandbox-2fa", "sandbox-password"), 401)


class OrganizationTokens(TokenTest):
    def make(self, *resources, **body):
        made = self.hub("POST", ORG_TOKENS, {"label": "robot", "resources": list(resources), **body},
                        user="sandbox")
        return self.assert_status(201, made).json()

    def one(self, *scopes, path="sandbox-org/tools", kind="TYPE_REPO"):
        return {"type": kind, "path": path, "scopes": list(scopes)}

    def test_a_token_is_told_once_works_and_goes(self):
        made = self.make(self.one("scope-repository-read"), description="for tests")
        bearer = self.bearer("sandbox-org", made["token"])
        self.assert_status(200, self.hub("GET", PRIVATE, Authorization=bearer))
        path = f"{ORG_TOKENS}/{made['id']}"
        got = self.hub("GET", path, user="sandbox").json()
        self.assertNotIn("token", got)
        self.assertEqual((got["created_by"], got["resources"]), ("sandbox", made["resources"]))
        self.assert_status(204, self.hub("DELETE", path, user="sandbox"))
        self.assert_status(404, self.hub("GET", path, user="sandbox"))
        self.assert_status(401, self.hub("GET", PRIVATE, Authorization=bearer))

    def test_a_list_has_a_total(self):
        page = self.hub("GET", ORG_TOKENS + "?page_size=1", user="sandbox").json()
        self.assertEqual((page["total"], len(page["results"])), (2, 1))
        self.assertNotIn("count", page)
        self.assertTrue(page["next"])

    def test_label_state_and_resources_are_changed(self):
        path = f"{ORG_TOKENS}/{self.make(self.one('scope-image-pull'))['id']}"
        changed = self.hub("PATCH", path, {"label": "other", "is_active": False,
                                           "resources": [self.one("scope-tag-read")]}, user="sandbox").json()
        self.assertEqual((changed["label"], changed["is_active"]), ("other", False))
        self.assertEqual(changed["resources"][0]["scopes"], ["scope-tag-read"])

    def test_scopes_limit_what_a_token_may_do(self):
        pulls = self.bearer("sandbox-org", self.make(self.one("scope-image-pull"))["token"])
        self.assert_status(404, self.hub("GET", PRIVATE, Authorization=pulls))
        reads = self.bearer("sandbox-org", self.make(self.one("scope-repository-edit"))["token"])
        self.assert_status(200, self.hub("GET", PRIVATE, Authorization=reads))
        self.assert_status(404, self.hub("GET", PRIVATE + "/tags", Authorization=reads))
        members = "/v2/orgs/sandbox-org/members"
        self.assert_status(403, self.hub("GET", members, Authorization=reads))
        whole = self.one("scope-member-read", path="sandbox-org", kind="TYPE_ORG")
        knows = self.bearer("sandbox-org", self.make(whole)["token"])
        self.assert_status(200, self.hub("GET", members, Authorization=knows))
        self.assert_status(403, self.hub("PUT", members + "/sandbox-member", {"role": "owner"},
                                         Authorization=knows))

    def test_private_repositories_are_left_out_of_a_list_in_silence(self):
        path = "/v2/namespaces/sandbox-org/repositories?page_size=100"
        blind = self.bearer("sandbox-org", self.make(self.one("scope-repository-read"))["token"])
        names = [one["name"] for one in self.hub("GET", path, Authorization=blind).json()["results"]]
        self.assertNotIn("tools", names)
        names = [one["name"] for one in self.hub("GET", path, user="sandbox-org").json()["results"]]
        self.assertIn("tools", names)

    def test_no_token_of_an_organization_manages_tokens_or_settings(self):
        for path in (ORG_TOKENS, "/v2/orgs/sandbox-org/settings"):
            self.assert_status(403, self.hub("GET", path, user="sandbox-org"))

    def test_only_owners_manage_them(self):
        for user, status in (("sandbox-editor", 403), ("sandbox-member", 403), ("sandbox-guest", 403),
                             ("sandbox", 200)):
            self.assert_status(status, self.hub("GET", ORG_TOKENS, user=user))
        self.assert_status(401, self.hub("GET", ORG_TOKENS))
        self.assert_status(404, self.hub("GET", "/v2/orgs/none/access-tokens", user="sandbox"))
        self.assert_status(404, self.hub("GET", ORG_TOKENS + "/none", user="sandbox"))

    def test_a_resource_that_is_none_is_refused(self):
        for wrong in (self.one(), self.one("scope-all"), self.one("scope-image-pull", path="sandbox/multi"),
                      self.one("scope-image-pull", path="sandbox-org/none"),
                      self.one("scope-image-pull", kind="TYPE_ALL"),
                      self.one("scope-image-pull", path="sandbox-org", kind="TYPE_ORG"), 1):
            with self.subTest(resource=wrong):
                answer = self.hub("POST", ORG_TOKENS, {"label": "x", "resources": [wrong]}, user="sandbox")
                self.assertIn("resources", self.assert_status(400, answer).json()["fields"])


if __name__ == "__main__":
    unittest.main()
