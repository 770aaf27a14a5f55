"""The Hub's management API: what Docker's document says, with state."""

import time
import unittest

from sandbox_case import HubTest, RegistryTest, claims_of

LIST = "/v2/namespaces/sandbox/repositories"
ORG_LIST = "/v2/namespaces/sandbox-org/repositories"


class LogIn(HubTest):
    def test_a_secret_is_exchanged_for_a_bearer_of_ten_minutes(self):
        claims = claims_of(self.bearer().split()[1])
        self.assertAlmostEqual(claims["exp"] - time.time(), 600, delta=60)
        self.assertEqual(claims["https://hub.docker.com"]["username"], "sandbox")

    def test_the_lifetime_is_a_setting(self):
        self.sandbox.set(jwt_lifetime=5)
        claims = claims_of(self.bearer().split()[1])
        self.assertEqual(claims["exp"] - claims["iat"], 5)

    def test_a_wrong_secret_is_401_with_a_detail(self):
        answer = self.hub("POST", "/v2/auth/token", {"identifier": "sandbox", "secret": "wrong"})
        self.assertIn("detail", self.assert_status(401, answer).json())

    def test_a_missing_member_is_400_and_named(self):
        answer = self.hub("POST", "/v2/auth/token", {"identifier": "sandbox"})
        self.assertIn("secret", self.assert_status(400, answer).json()["fields"])

    def test_the_deprecated_log_in_gives_a_token_that_works(self):
        told = self.hub("POST", "/v2/users/login",
                        {"username": "sandbox", "password": "sandbox-password"})
        token = self.assert_status(200, told).json()["token"]
        listed = self.hub("GET", LIST + "/private", Authorization="Bearer " + token)
        self.assert_status(200, listed)

    def test_two_factors_are_two_steps(self):
        first = self.hub("POST", "/v2/users/login",
                         {"username": "sandbox-2fa", "password": "sandbox-password"})
        intermediate = self.assert_status(401, first).json()["login_2fa_token"]
        wrong = self.hub("POST", "/v2/users/2fa-login",
                         {"login_2fa_token": intermediate, "code": "000000"})
        self.assert_status(401, wrong)
        right = self.hub("POST", "/v2/users/2fa-login",
                         {"login_2fa_token": intermediate, "code": "123456"})
        self.assertIn("token", self.assert_status(200, right).json())

    def test_log_ins_pass_over_an_authorization_header(self):
        answer = self.hub("POST", "/v2/auth/token", {
            "identifier": "sandbox", "secret": self.sandbox.secret()}, Authorization="Bearer nonsense")
        self.assert_status(200, answer)

    def test_an_expired_or_forged_bearer_is_401(self):
        self.sandbox.set(jwt_lifetime=0)
        expired = self.bearer()
        self.assert_status(401, self.hub("GET", LIST, Authorization=expired))
        self.sandbox.set(jwt_lifetime=600)
        forged = self.bearer()[:-6] + "AAAAAA"
        self.assert_status(401, self.hub("GET", LIST, Authorization=forged))


class Repositories(HubTest):
    def names(self, path, user=None):
        listed = self.assert_status(200, self.hub("GET", path, user=user)).json()
        return [entry["name"] for entry in listed["results"]]

    def test_private_ones_are_for_their_account_only(self):
        self.assertNotIn("private", self.names(LIST))
        self.assertNotIn("private", self.names(LIST, user="sandbox-guest"))
        self.assertIn("private", self.names(LIST, user="sandbox"))
        self.assert_status(404, self.hub("GET", LIST + "/private"))
        self.assert_status(200, self.hub("GET", LIST + "/private", user="sandbox"))

    def test_ordering_and_the_filter_by_name(self):
        names = self.names(LIST + "?ordering=name")
        self.assertEqual(names, sorted(names))
        self.assertEqual(self.names(LIST + "?ordering=-name"), names[::-1])
        self.assertEqual(self.names(LIST + "?name=ult"), ["multi"])
        answer = self.hub("GET", LIST + "?ordering=size")
        self.assertIn("ordering", self.assert_status(400, answer).json()["fields"])

    def test_following_next_gives_every_repository_once(self):
        seen, url = [], f"{ORG_LIST}?ordering=name&page_size=5"
        while url:
            page = self.assert_status(200, self.hub("GET", url)).json()
            seen += [entry["name"] for entry in page["results"]]
            url = page["next"] and page["next"][len(self.sandbox.urls["hub"]):]
        self.assertEqual(len(seen), page["count"])
        self.assertEqual(seen, sorted(set(seen)))

    def test_a_page_past_the_end_is_404_and_a_bad_page_400(self):
        self.assert_status(404, self.hub("GET", ORG_LIST + "?page=99"))
        for query in ("page=0", "page=x", "page_size=101", "page_size=0"):
            self.assert_status(400, self.hub("GET", f"{ORG_LIST}?{query}"))

    def test_a_repository_that_is_created_is_there(self):
        made = self.hub("POST", LIST, {"name": "fresh", "namespace": "sandbox", "is_private": True,
                                       "description": "new"}, user="sandbox")
        self.assertTrue(self.assert_status(201, made).json()["is_private"])
        got = self.hub("GET", LIST + "/fresh", user="sandbox").json()
        self.assertEqual((got["description"], got["permissions"]["admin"]), ("new", True))
        self.assert_status(200, self.hub("HEAD", LIST + "/fresh", user="sandbox"))

    def test_what_the_document_forbids_is_400_and_names_the_member(self):
        good = {"name": "fresh", "namespace": "sandbox"}
        rows = [("name", {"name": "x"}), ("name", {"name": "Upper"}), ("name", {"name": "multi"}),
                ("namespace", {"namespace": "other"}), ("description", {"description": "d" * 101}),
                ("full_description", {"full_description": "d" * 25001})]
        for member, change in rows:
            with self.subTest(member=member):
                answer = self.hub("POST", LIST, {**good, **change}, user="sandbox")
                self.assertIn(member, self.assert_status(400, answer).json()["fields"])

    def test_creating_needs_an_account_that_may(self):
        body = {"name": "fresh", "namespace": "sandbox"}
        self.assert_status(401, self.hub("POST", LIST, body))
        self.assert_status(403, self.hub("POST", LIST, body, user="sandbox-guest"))
        reader = self.bearer(secret=self.sandbox.secret(reach="repo:read"))
        self.assert_status(403, self.hub("POST", LIST, body, Authorization=reader))
        self.assert_status(404, self.hub("GET", "/v2/namespaces/nobody/repositories"))


class Tags(HubTest):
    def test_a_tag_tells_its_images_with_platform_and_digest(self):
        tag = self.assert_status(200, self.hub("GET", LIST + "/multi/tags/latest")).json()
        platforms = [(one["os"], one["architecture"], one["variant"]) for one in tag["images"]]
        self.assertEqual(platforms[:3], [("linux", "amd64", None), ("linux", "arm64", "v8"),
                                         ("linux", "arm", "v7")])
        single = self.hub("GET", LIST + "/single/tags/latest").json()["images"]
        self.assertEqual([one["architecture"] for one in single], ["amd64"])

    def test_pages_of_tags_have_every_tag(self):
        names = []
        for page in (1, 2, 3):
            listed = self.hub("GET", f"{LIST}/tags/tags?page={page}").json()
            self.assertEqual(listed["count"], 25)
            names += [one["name"] for one in listed["results"]]
        self.assertEqual(len(set(names)), 25)

    def test_head_tells_whether_there_are_tags_and_whether_this_one_is(self):
        self.hub("POST", LIST, {"name": "empty", "namespace": "sandbox"}, user="sandbox")
        for path, status in (("/multi/tags", 200), ("/empty/tags", 404), ("/multi/tags/1.0", 200),
                             ("/multi/tags/none", 404), ("/none/tags", 404)):
            answer = self.assert_status(status, self.hub("HEAD", LIST + path))
            self.assertEqual(answer.body, b"")

    def test_deleting_one_tag_leaves_the_others_of_its_digest(self):
        for path in (LIST + "/multi/tags/latest", "/v2/repositories/sandbox/tags/tags/v01"):
            self.assert_status(401, self.hub("DELETE", path))
            self.assert_status(403, self.hub("DELETE", path, user="sandbox-guest"))
            self.assert_status(204, self.hub("DELETE", path, user="sandbox"))
            self.assert_status(404, self.hub("DELETE", path, user="sandbox"))
        self.assert_status(200, self.hub("GET", LIST + "/multi/tags/1.1"))


class UndocumentedRoutes(HubTest):
    def test_a_repository_is_updated_by_who_may_edit_it(self):
        path = LIST + "/multi"
        self.assert_status(403, self.hub("PATCH", path, {"status": 0}, user="sandbox-guest"))
        changed = self.hub("PATCH", path, {"description": "other", "status": 0}, user="sandbox").json()
        self.assertEqual((changed["description"], changed["status_description"]), ("other", "inactive"))
        self.assertNotEqual(changed["full_description"], "")
        for member, value in (("status", 2), ("description", "d" * 101)):
            answer = self.hub("PATCH", path, {member: value}, user="sandbox")
            self.assertIn(member, self.assert_status(400, answer).json()["fields"])

    def test_a_search_finds_what_is_public(self):
        found = self.assert_status(200, self.hub("GET", "/api/search/v4?query=sandbox&size=3")).json()
        self.assertEqual(len(found["results"]), 3)
        self.assertGreater(found["total"], 3)
        rest = self.hub("GET", "/api/search/v4?query=sandbox&from=3&size=100").json()["results"]
        self.assertEqual(len(rest), found["total"] - 3)
        self.assertNotIn("sandbox/private", [one["name"] for one in rest])
        official = self.hub("GET", "/api/search/v4?badges=official&architectures=arm64,amd64").json()
        self.assertEqual([one["name"] for one in official["results"]], ["library/alpine"])
        ordered = self.hub("GET", "/api/search/v4?sort=pull_count&order=asc").json()["results"]
        pulls = [int(one["pull_count"]) for one in ordered]
        self.assertEqual(pulls, sorted(pulls))
        self.assert_status(400, self.hub("GET", "/api/search/v4?size=x"))


class ImmutableTags(RegistryTest):
    PATH = LIST + "/multi/immutabletags"

    def hub(self, method, path, body=None, user="sandbox"):
        secret = {"identifier": user, "secret": self.sandbox.secret(user)}
        bearer = self.call("hub", "POST", "/v2/auth/token", secret).json()["access_token"]
        return self.call("hub", method, path, body, Authorization="Bearer " + bearer)

    def protect(self, *rules, enabled=True, **options):
        return self.hub("PATCH", self.PATH,
                        {"immutable_tags": enabled, "immutable_tags_rules": list(rules)}, **options)

    def move(self, tag):
        other = self.manifest("sandbox/multi", "1.1")
        return self.push("PUT", f"/v2/sandbox/multi/manifests/{tag}", other.body,
                         Content_Type=other.headers["Content-Type"])

    def test_a_rule_is_tried_before_it_is_set(self):
        told = self.hub("POST", self.PATH + "/verify", {"regex": "1.*"}).json()
        self.assertEqual(told, {"tags": ["1.0", "1.1"]})
        self.assert_status(400, self.hub("POST", self.PATH + "/verify", {"regex": "("}))

    def test_protected_tags_are_neither_moved_nor_deleted(self):
        told = self.assert_status(200, self.protect("[0-9.]+")).json()["immutable_tags_settings"]
        self.assertEqual(told, {"enabled": True, "rules": ["[0-9.]+"]})
        self.assertEqual(self.move("1.0").json()["errors"][0]["code"], "DENIED")
        self.assert_status(201, self.move("1.1"))
        self.assert_status(201, self.move("2.0"))
        self.assert_status(403, self.hub("DELETE", LIST + "/multi/tags/1.0"))
        self.assert_status(204, self.hub("DELETE", LIST + "/multi/tags/latest"))
        self.protect(enabled=False)
        self.assert_status(201, self.move("1.0"))

    def test_only_who_administers_the_repository_protects(self):
        self.assert_status(403, self.protect(user="sandbox-guest"))
        self.assert_status(400, self.hub("PATCH", self.PATH, {"immutable_tags": True}))
        self.assert_status(400, self.protect("("))


class DrawnShapes(HubTest):
    def test_a_tag_has_one_image_in_place_of_a_list(self):
        self.sandbox.set(drawn_shapes=True)
        tag = self.hub("GET", LIST + "/multi/tags/latest").json()
        self.assertEqual(tag["images"]["architecture"], "amd64")


class Limits(HubTest):
    def test_every_answer_tells_the_limit_and_one_too_many_is_429(self):
        self.sandbox.set(hub_limit=2)
        for remaining in ("1", "0"):
            answer = self.assert_status(200, self.hub("GET", LIST))
            self.assertEqual(answer.headers["X-RateLimit-Limit"], "2")
            self.assertEqual(answer.headers["X-RateLimit-Remaining"], remaining)
        refused = self.assert_status(429, self.hub("GET", LIST))
        self.assertLessEqual(int(refused.headers["Retry-After"]), 60)
        self.assertIn("detail", refused.json())


class Routes(HubTest):
    def test_unknown_paths_methods_and_types_are_told_apart(self):
        self.assert_status(404, self.hub("GET", "/v2/nothing"))
        answer = self.assert_status(405, self.hub("PUT", LIST))
        self.assertEqual(answer.headers["Allow"], "GET, POST")
        self.assert_status(415, self.hub("POST", "/v2/users/login", b"a=b", Content_Type="text/plain"))
        self.assert_status(400, self.hub("POST", "/v2/users/login", b"{", Content_Type="application/json"))

    def test_an_escaped_slash_stays_within_its_segment(self):
        self.assert_status(404, self.hub("GET", LIST + "/multi%2Ftags"))


if __name__ == "__main__":
    unittest.main()
