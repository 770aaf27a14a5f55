"""hub_repos: what its functions and undocumented rows send."""

import json
import unittest
import urllib.parse

from hub_case import HubTest, ok

APP = "/v2/namespaces/acme/repositories/app"
PLACE = {"namespace": "acme", "repository": "app"}
TAGS = ["v1", "v2", "latest"]


class ImmutableTags(HubTest):
    def setUp(self):
        super().setUp()
        self.replies["GET " + APP] = ok({"immutable_tags_settings": {"enabled": False, "rules": ["v1", "v2"]}})
        self.replies["PATCH " + APP + "/immutabletags"] = ok({"name": "app"})
        self.replies["POST " + APP + "/immutabletags/verify"] = self._verify

    def _verify(self, request):
        rule = json.loads(request.body)["regex"]
        return ok({"tags": [tag for tag in TAGS if tag.startswith(rule.rstrip(".*"))]})

    def set(self, *options, **params):
        return self.envelope("hub_repos", "set_immutable_tags", {**PLACE, **params}, *options)

    def test_are_set_in_dockers_words(self):
        self.set(enabled=True, rules=["v.*"])
        self.assertEqual(self.body(), {"immutable_tags": True, "immutable_tags_rules": ["v.*"]})
        self.assertEqual(self.sent(), [f"POST {APP}/immutabletags/verify", f"PATCH {APP}/immutabletags"])
        self.set(immutable_tags=True, immutable_tags_rules=["w"])
        self.assertEqual(self.body(), {"immutable_tags": True, "immutable_tags_rules": ["w"]})

    def test_keep_their_rules_unless_others_are_given(self):
        self.set(enabled=True)
        self.assertEqual(self.body(), {"immutable_tags": True, "immutable_tags_rules": ["v1", "v2"]})
        self.set(enabled=False)
        self.assertEqual(self.body(), {"immutable_tags": False, "immutable_tags_rules": []})

    def test_are_not_set_where_the_present_rules_are_not_told(self):
        for told in ({}, {"immutable_tags_settings": None}, {"immutable_tags_settings": {"enabled": True, "rules": None}}):
            self.replies["GET " + APP] = ok(told)
            error = self.error(1, "hub_repos", "set_immutable_tags", {**PLACE, "enabled": True})
            self.assertIn("`rules`", error["hint"])
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_are_shown_by_a_dry_run_before_they_are_set(self):
        envelope = self.set("--dry-run", enabled=True, rules=["v.*"])
        self.assertEqual(
            envelope["extra"]["preview"], {"tags": ["v1", "v2"], "by_rule": {"v.*": ["v1", "v2"]}}
        )
        rows = [{"tag": "v1", "rules": ["v.*"]}, {"tag": "v2", "rules": ["v.*"]}]
        self.assertEqual(envelope["data"]["preview"], rows)
        self.assertEqual(envelope["data"]["would_send"][0]["method"], "PATCH")
        self.assertEqual([line.split(" ")[0] for line in self.sent()], ["POST"])
        done = self.run_program(
            "--dry-run", "repos", "set-immutable-tags", "acme", "app", "--enabled", "--rules", "v.*",
            environment=self.environment)
        self.assertEqual(done.code, 0, done)
        self.assertEqual(done.out.splitlines()[:2], ["v1\tv.*", "v2\tv.*"], "a row for each tag that is held")
        self.assertTrue(done.out.splitlines()[2].startswith("PATCH\t"), done.out)

    def test_are_shown_before_they_are_set(self):
        envelope = self.set(enabled=True, rules=["v1", "latest"])
        preview = {"tags": ["latest", "v1"], "by_rule": {"v1": ["v1"], "latest": ["latest"]}}
        self.assertEqual((envelope["extra"]["preview"], envelope["data"]), (preview, {"name": "app"}))
        self.assertEqual([line.split(" ")[0] for line in self.sent()], ["POST", "POST", "PATCH"])
        self.assertNotIn("preview", self.set(enabled=False).get("extra", {}), "what holds nothing has none")

    def test_without_a_rule_are_all_tags(self):
        self.replies["GET " + APP] = ok({"immutable_tags_settings": {"enabled": False, "rules": []}})
        for params in ({}, {"rules": []}):
            for options in (("--dry-run",), ()):
                envelope = self.set(*options, enabled=True, **params)
                self.assertIn("every tag of the repository is held", " ".join(envelope["warnings"]))
                self.assertNotIn("preview", envelope.get("extra", {}))
            self.assertEqual(self.body(), {"immutable_tags": True, "immutable_tags_rules": []})

    def test_are_not_set_by_a_rule_that_docker_hub_does_not_understand(self):
        def verify(request):
            good = json.loads(request.body)["regex"] != "v["
            return self._verify(request) if good else ok({"detail": "no regular expression"}, 400)

        self.replies["POST " + APP + "/immutabletags/verify"] = verify
        error = self.error(1, "hub_repos", "set_immutable_tags", {**PLACE, "enabled": True, "rules": ["v1", "v["]})
        self.assertEqual((error["type"], error["status_code"]), ("ParameterError", 400))
        self.assertIn("no regular expression", error["message"])
        self.assertIn("Nothing was changed", error["hint"])
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"POST"})

    def verify(self, **params):
        return self.envelope("hub_repos", "verify_immutable_tags", {**PLACE, **params})["data"]

    def test_are_verified_rule_by_rule(self):
        self.assertEqual(
            self.verify(rules=["v1", "latest"]),
            {"tags": ["latest", "v1"], "by_rule": {"latest": ["latest"], "v1": ["v1"]}},
        )
        self.assertEqual(self.verify(regex="v.*")["tags"], ["v1", "v2"])

    def test_are_verified_for_the_tags_that_the_caller_names(self):
        self.assertEqual(self.verify(tags=["v2", "v9"]), {"tags": ["v2"], "by_rule": {"v1": [], "v2": ["v2"]}})
        for request in self.server.requests:
            self.assertNotIn(b"v9", request.body)


class Rows(HubTest):
    def test_a_team_is_named_by_a_number(self):
        self.replies["POST /v2/repositories/acme/app/groups"] = ok({"group_name": "dev"})
        self.envelope("hub_repos", "assign_group", {**PLACE, "group_id": "42", "permission": "write"})
        self.assertEqual(self.body(), {"group_id": 42, "permission": "write"})

    def test_a_description_is_changed_without_the_gate_and_a_status_only_with_it(self):
        self.replies["PATCH " + APP] = ok({"name": "app"})
        self.envelope("hub_repos", "update", {**PLACE, "description": "new"})
        self.assertEqual(self.body(), {"description": "new"})
        self.error(6, "hub_repos", "update", {**PLACE, "status": 0}, "--yes")
        self.assertEqual(len(self.sent()), 1)
        self.envelope("hub_repos", "update", {**PLACE, "status": 0}, "--yes", "--allow-destructive")
        self.assertEqual(self.body(), {"status": 0})

    def test_the_text_of_a_page_is_changed_without_the_gate(self):
        self.replies["PATCH " + APP] = ok({"name": "app"})
        text = "# App\n\nÄpfel & <b>more</b>\n"
        self.envelope("hub_repos", "update", {**PLACE, "full_description": text})
        self.assertEqual(self.body(), {"full_description": text})
        self.envelope("hub_repos", "update", {**PLACE, "description": "one", "full_description": ""})
        self.assertEqual(self.body(), {"description": "one", "full_description": ""})
        self.assertEqual(self.sent(), ["PATCH " + APP] * 2)

    def test_a_text_that_is_too_long_is_refused(self):
        params = {**PLACE, "full_description": "x" * 25001}
        self.assertEqual(self.error(2, "hub_repos", "update", params)["parameter"], "full_description")
        self.assertEqual(self.sent(), [])

    def test_a_readme_goes_onto_the_page_with_whole_links(self):
        self.replies["PATCH " + APP] = ok({"name": "app"})
        params = {**PLACE, "readme": "[guide](docs/guide.md) ![logo](logo.png)",
                  "links": "https://github.com/acme/app/blob/main", "images": "https://raw.example/acme/app/main/"}
        self.envelope("hub_repos", "push_readme", params)
        self.assertEqual(self.body(), {"full_description": "[guide](https://github.com/acme/app/blob/main/docs/guide.md) "
                                                           "![logo](https://raw.example/acme/app/main/logo.png)"})
        long = {**params, "readme": "[a](b)" * 2000}
        self.assertEqual(self.error(2, "hub_repos", "push_readme", long)["parameter"], "readme")
        self.assertEqual(self.sent(), ["PATCH " + APP])

    def test_the_text_of_a_page_may_come_from_a_file(self):
        self.replies["PATCH " + APP] = ok({"name": "app"})
        self.home.write("README.md", "# App\n")
        done = self.run_program(
            "repos", "update", "acme", "app", "--full-description", "@README.md", environment=self.environment
        )
        self.assertEqual(done.code, 0, done)
        self.assertEqual(self.body(), {"full_description": "# App\n"})

    def test_one_tag_is_deleted_by_its_name(self):
        self.replies["DELETE " + APP + "/tags/v1"] = ok(None, 204)
        self.error(6, "hub_repos", "delete_tag", {**PLACE, "tag": "v1"}, "--yes")
        self.envelope("hub_repos", "delete_tag", {**PLACE, "tag": "v1"}, "--yes", "--allow-destructive")
        self.assertEqual(self.sent(), ["DELETE " + APP + "/tags/v1"])

    def test_a_search_asks_what_dockers_page_asks(self):
        self.replies["GET /api/search/v4"] = ok({"total": 0, "results": []})
        self.envelope("hub_repos", "search", {"query": "a&b", "badges": "official", "size": 5})
        self.assertEqual(self.sent(), ["GET /api/search/v4?query=a%26b&badges=official&size=5"])

    def test_a_search_sends_all_that_narrows_it(self):
        self.replies["GET /api/search/v4"] = ok({"total": 0, "results": []})
        given = {
            "query": "nginx", "badges": "official,open_source", "type": "image", "categories": "web-servers",
            "architectures": "arm64,amd64", "operating_systems": "linux", "images": "plugin", "extension_reviewed": True,
            "from": 25, "size": 50, "sort": "pull_count", "order": "desc",
        }
        self.envelope("hub_repos", "search", given)
        request, = self.sent()
        path, query = request.split("?")
        self.assertEqual(path, "GET /api/search/v4")
        self.assertEqual(
            urllib.parse.parse_qsl(query),
            [(name, "true" if value is True else str(value)) for name, value in given.items()],
        )


if __name__ == "__main__":
    unittest.main()
