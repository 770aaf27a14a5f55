"""Resources of the modules for Docker Hub, and the values that are offered for their variables."""

import json
import time
import urllib.parse

from sandbox_case import SandboxCase

NOT_FOUND, INVALID_PARAMS = -32002, -32602
REPO = "dockerhub://repo/{namespace}/{repository}"
SBOM = "dockerhub://image/{repo}@{digest}/sbom"


def template(uri):
    return {"type": "ref/resource", "uri": uri}


class ResourcesTest(SandboxCase):
    def digest(self):
        tag = self.server.call("get_tag", {"namespace": "sandbox", "repository": "multi", "tag": "1.0"}, tool="hub_repos")
        return tag["structuredContent"]["data"]["digest"]

    def test_all_are_listed(self):
        resources = self.server.request("resources/list")["result"]["resources"]
        self.assertIn("dockerhub://limits", [one["uri"] for one in resources])
        templates = self.server.request("resources/templates/list")["result"]["resourceTemplates"]
        self.assertEqual({one["uriTemplate"] for one in templates}, {REPO, REPO + "/tags", REPO + "/readme", SBOM})

    def test_a_repository_is_what_its_action_answers(self):
        data = self.data("dockerhub://repo/sandbox/multi")
        answer = self.server.call("get", {"namespace": "sandbox", "repository": "multi"}, tool="hub_repos")
        self.assertEqual(data, answer["structuredContent"]["data"])

    def test_tags_are_listed(self):
        self.assertIn("1.1", [tag["name"] for tag in self.data("dockerhub://repo/sandbox/multi/tags")["results"]])
        self.assertEqual(len(self.data("dockerhub://repo/sandbox/tags/tags")["results"]), 25)

    def test_a_readme_is_marked_as_a_text_from_outside(self):
        readme = self.content("dockerhub://repo/sandbox/multi/readme")
        self.assertEqual(readme["mimeType"], "text/markdown")
        mark, _, text = readme["text"].partition("\n\n")
        self.assertIn("Text from outside", mark)
        self.assertTrue(text.startswith("# sandbox/multi\n"), text)

    def test_what_a_readme_hides_is_shown(self):
        self.server.call("update", {"namespace": "sandbox", "repository": "multi",
                                    "full_description": "a\u202eb"}, tool="hub_repos")
        self.assertIn("a\\u202eb", self.content("dockerhub://repo/sandbox/multi/readme")["text"])

    def test_what_a_description_hides_is_shown_in_a_document(self):
        self.server.call("update", {"namespace": "sandbox", "repository": "multi",
                                    "description": "a\u202eb"}, tool="hub_repos")
        content = self.content("dockerhub://repo/sandbox/multi")
        self.assertNotIn("\u202e", content["text"])
        self.assertEqual(json.loads(content["text"])["description"], "a\\u202eb")

    def test_an_sbom_is_read_by_tag_or_digest_with_the_slash_escaped_or_not(self):
        answer = self.server.call("sbom", {"repo": "sandbox/multi", "reference": "1.0"}, tool="hub_scout")
        expected = answer["structuredContent"]["data"]
        escaped = urllib.parse.quote("sandbox/multi", safe="")
        digest = self.digest()
        for image in (f"sandbox/multi@{digest}", f"{escaped}@{urllib.parse.quote(digest, safe='')}",
                      "sandbox/multi@1.0"):
            with self.subTest(image):
                self.assertEqual(self.data(f"dockerhub://image/{image}/sbom"), expected)

    def test_limits_are_told(self):
        self.assertEqual(set(self.data("dockerhub://limits")), {"api", "pulls"})

    def test_what_is_not_there_is_told_with_its_uri(self):
        for uri in ("dockerhub://repo/sandbox/nothing", "dockerhub://repo/sandbox/nothing/tags",
                    "dockerhub://repo/sandbox/multi/other", "dockerhub://repo/sandbox",
                    "dockerhub://image/sandbox/multi/sbom"):
            with self.subTest(uri):
                response = self.server.request("resources/read", {"uri": uri})
                self.assert_rpc_error(response, NOT_FOUND)
                self.assertEqual(response["error"]["data"], {"uri": uri})

    def test_a_name_cannot_lead_out_of_its_place(self):
        self.sandbox.clear_journal()
        for name in ("..%2F..%2Fusers", "%2e%2e"):
            self.assertIn("error", self.server.request("resources/read", {"uri": f"dockerhub://repo/{name}/multi"}))
        self.assertFalse([one for one in self.sandbox.journal("hub") if "multi" in one["path"]])

    def test_what_the_filter_hides_cannot_be_read_by_a_resource(self):
        server = self.on_sandbox("--disabled-tools", "hub_repos.get")
        response = server.request("resources/read", {"uri": "dockerhub://repo/sandbox/multi"})
        self.assertIn("error", response)
        read = [entry["path"] for entry in self.sandbox.journal("hub") if entry["path"].endswith("/multi")]
        self.assertEqual(read, [])
        self.assertIn("1.1", self.content("dockerhub://repo/sandbox/multi/tags", server)["text"])


class CompletionTest(SandboxCase):
    def test_of_a_repository_begins_with_its_namespace(self):
        self.assertEqual(self.offered(template(REPO), "namespace", "sandbox-"), ["sandbox-org"])
        self.assertIn("sandbox", self.offered(template(REPO), "namespace"))
        self.assertIn("multi", self.offered(template(REPO), "repository", "mu", namespace="sandbox"))
        self.assertEqual(self.values(template(REPO), "repository", "mu"), [])

    def test_of_an_image_goes_from_namespace_to_digest(self):
        self.assertIn("sandbox/", self.offered(template(SBOM), "repo", "sand"))
        self.assertEqual(self.offered(template(SBOM), "repo", "sandbox/mul"), ["sandbox/multi"])
        digests = self.offered(template(SBOM), "digest", "sha256:", repo="sandbox/multi")
        self.assertTrue(digests and all(one.startswith("sha256:") for one in digests), digests)

    def test_that_fails_is_empty(self):
        self.assertEqual(self.values(template(REPO), "repository", "", namespace="nobody-of-this-name"), [])
        self.sandbox.fault("status", listener="hub", status=500, prefix="/v2/namespaces/sandbox/")
        self.assertEqual(self.values(template(REPO), "repository", "", namespace="sandbox"), [])

    def asked_for_repositories(self):
        return sum(entry["path"].rstrip("/").endswith("/sandbox/repositories") for entry in self.sandbox.journal("hub"))

    def test_of_one_who_types_on_asks_docker_hub_once(self):
        typed = [self.values(template(REPO), "repository", text, namespace="sandbox") for text in ("m", "mu", "mult")]
        self.assertTrue(all("multi" in values for values in typed), typed)
        self.assertEqual(self.asked_for_repositories(), 1)

    def test_that_was_answered_before_is_there_when_docker_hub_is_not(self):
        self.assertIn("multi", self.values(template(REPO), "repository", "mu", namespace="sandbox"))
        self.sandbox.fault("status", listener="hub", status=500, prefix="/v2/")
        self.assertIn("multi", self.values(template(REPO), "repository", "mult", namespace="sandbox"))

    def test_is_not_waited_for_longer_than_a_second(self):
        self.sandbox.fault("latency", listener="hub", interval_ms=20000, prefix="/v2/namespaces/sandbox/")
        begin = time.monotonic()
        self.assertEqual(self.values(template(REPO), "repository", "", namespace="sandbox"), [])
        self.assertLess(time.monotonic() - begin, 18, "the answer takes 20 s")
