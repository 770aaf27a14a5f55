"""Reading from the registry: manifests, blobs, tags, referrers, limits."""

import gzip
import io
import json
import tarfile
import unittest

from sandbox_case import DOCKER_MANIFEST, OCI_INDEX, RegistryTest, digest_of
from sandbox_process import Sandbox, request


class Manifests(RegistryTest):
    def test_a_manifest_by_tag_and_by_digest_is_the_same_bytes(self):
        by_tag = self.manifest("sandbox/multi", "latest")
        digest = by_tag.headers["Docker-Content-Digest"]
        self.assertEqual(digest_of(by_tag.body), digest)
        self.assertEqual(by_tag.headers["Content-Type"], OCI_INDEX)
        self.assertEqual(by_tag.headers["ETag"], f'"{digest}"')
        self.assertEqual(self.manifest("sandbox/multi", digest).body, by_tag.body)

    def test_head_tells_digest_and_length_without_a_body(self):
        body = self.manifest("sandbox/multi", "latest").body
        head = self.registry("HEAD", "/v2/sandbox/multi/manifests/latest")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(int(head.headers["Content-Length"]), len(body))
        self.assertEqual(head.headers["Docker-Content-Digest"], digest_of(body))

    def test_a_digest_that_is_known_already_is_304(self):
        digest = self.manifest("sandbox/multi", "latest").headers["Docker-Content-Digest"]
        answer = self.registry("GET", "/v2/sandbox/multi/manifests/latest", If_None_Match=f'"{digest}"')
        self.assertEqual((answer.status, answer.body), (304, b""))

    def test_a_type_that_is_not_accepted_is_not_found(self):
        path = "/v2/sandbox/multi/manifests/latest"
        self.assert_status(404, self.registry("GET", path, Accept=DOCKER_MANIFEST))
        self.assert_status(404, self.registry("GET", path, Accept="*/*"))
        self.sandbox.set(strict_accept=False)
        self.assert_status(200, self.registry("GET", path, Accept="*/*"))

    def test_digests_are_the_same_on_every_start(self):
        with Sandbox() as other:
            self.assertEqual(other.state(), self.sandbox.state())

    def test_unknown_repositories_and_references_are_404(self):
        for path, code in (("/v2/sandbox/none/manifests/latest", "NAME_UNKNOWN"),
                           ("/v2/sandbox/multi/manifests/none", "MANIFEST_UNKNOWN"),
                           ("/v2/sandbox/multi/blobs/sha256:" + "0" * 64, "BLOB_UNKNOWN")):
            answer = self.assert_status(404, self.registry("GET", path))
            self.assertEqual(answer.json()["errors"][0]["code"], code)
        answer = self.assert_status(400, self.registry("GET", "/v2/sandbox/multi/blobs/sha256:x"))
        self.assertEqual(answer.json()["errors"][0]["code"], "DIGEST_INVALID")


class SampleData(RegistryTest):
    arguments = ["--set", "redirect_blobs=off"]

    def blob(self, repository, digest):
        data = self.registry("GET", f"/v2/{repository}/blobs/{digest}").body
        self.assertEqual(digest_of(data), digest)
        return data

    def test_everything_that_a_manifest_names_is_there_with_its_digest_and_size(self):
        index = self.manifest("sandbox/multi", "latest").json()
        for entry in index["manifests"]:
            manifest = self.manifest("sandbox/multi", entry["digest"])
            self.assertEqual(len(manifest.body), entry["size"])
            for part in [manifest.json()["config"], *manifest.json()["layers"]]:
                self.assertEqual(len(self.blob("sandbox/multi", part["digest"])), part["size"])

    def test_a_layer_unpacks_and_is_what_the_configuration_says(self):
        manifest = self.manifest("sandbox/single", "latest").json()
        layer = gzip.decompress(self.blob("sandbox/single", manifest["layers"][0]["digest"]))
        config = json.loads(self.blob("sandbox/single", manifest["config"]["digest"]))
        self.assertEqual(config["rootfs"]["diff_ids"], [digest_of(layer)])
        with tarfile.open(fileobj=io.BytesIO(layer)) as archive:
            self.assertEqual(archive.getnames(), ["etc/sandbox-release"])

    def test_each_platform_has_an_attestation_about_its_digest(self):
        entries = self.manifest("sandbox/multi", "latest").json()["manifests"]
        images = {one["digest"] for one in entries if one["platform"]["os"] == "linux"}
        about = set()
        for entry in entries:
            notes = entry.get("annotations", {})
            if notes.get("vnd.docker.reference.type") != "attestation-manifest":
                continue
            layers = self.manifest("sandbox/multi", entry["digest"]).json()["layers"]
            statements = [json.loads(self.blob("sandbox/multi", one["digest"])) for one in layers]
            self.assertEqual([one["predicateType"] for one in statements],
                             ["https://spdx.dev/Document", "https://slsa.dev/provenance/v0.2"])
            for one in statements:
                hexadecimal = one["subject"][0]["digest"]["sha256"]
                self.assertEqual("sha256:" + hexadecimal, notes["vnd.docker.reference.digest"])
            about.add(notes["vnd.docker.reference.digest"])
        self.assertEqual(about, images)


class Blobs(RegistryTest):
    def layer(self):
        manifest = self.manifest("sandbox/single", "latest").json()
        return f"/v2/sandbox/single/blobs/{manifest['layers'][0]['digest']}", manifest["layers"][0]

    def test_reads_are_redirected_to_storage_that_refuses_a_forwarded_token(self):
        path, layer = self.layer()
        answer = self.assert_status(307, self.registry("GET", path))
        self.assertNotIn("Docker-Content-Digest", answer.headers)
        target = answer.headers["Location"]
        self.assertTrue(target.startswith(self.sandbox.urls["cdn"] + "/"))
        self.assertEqual(digest_of(request("GET", target).body), layer["digest"])
        self.assert_status(400, request("GET", target, headers={"Authorization": "Bearer x"}))
        self.assert_status(403, request("GET", target[:-1] + "x"))
        self.assert_status(307, self.registry("HEAD", path))

    def test_parts_are_206_and_what_is_not_there_416(self):
        self.sandbox.set(redirect_blobs=False)
        path, layer = self.layer()
        whole = self.registry("GET", path).body
        size = layer["size"]
        for asked, part in (("bytes=0-9", whole[:10]), ("bytes=5-", whole[5:]), ("bytes=-3", whole[-3:]),
                            (f"bytes=10-{size + 50}", whole[10:])):
            answer = self.assert_status(206, self.registry("GET", path, Range=asked))
            self.assertEqual(answer.body, part)
        answer = self.assert_status(416, self.registry("GET", path, Range=f"bytes={size}-"))
        self.assertEqual(answer.headers["Content-Range"], f"bytes */{size}")
        self.assertEqual(self.registry("GET", path, Range="lines=1-2").body, whole)


class Tags(RegistryTest):
    def page(self, query=""):
        return self.assert_status(200, self.registry("GET", "/v2/sandbox/tags/tags/list" + query))

    def test_without_n_the_whole_list_comes(self):
        self.assertEqual(len(self.page().json()["tags"]), 25)
        self.assertNotIn("Link", self.page().headers)

    def test_with_n_the_link_leads_through_all_tags(self):
        answer, seen = self.page("?n=10"), []
        while True:
            seen += answer.json()["tags"]
            link = answer.headers.get("Link")
            if not link:
                break
            self.assertTrue(link.endswith('; rel="next"'))
            answer = self.page("?" + link.split("?")[1].split(">")[0])
        self.assertEqual(seen, [f"v{number:02}" for number in range(1, 26)])

    def test_a_registry_may_page_unasked(self):
        self.sandbox.set(tags_page=20)
        self.assertEqual(len(self.page().json()["tags"]), 20)
        self.assertIn("n=20", self.page("?n=100").headers["Link"])

    def test_a_bad_number_is_400(self):
        for number in ("x", "-1"):
            answer = self.registry("GET", f"/v2/sandbox/tags/tags/list?n={number}")
            self.assert_status(400, answer)


class Referrers(RegistryTest):
    def subject(self):
        return self.manifest("sandbox/artifact", "v1").headers["Docker-Content-Digest"]

    def referrers(self, query=""):
        return self.registry("GET", f"/v2/sandbox/artifact/referrers/{self.subject()}{query}")

    def test_they_are_an_index_and_can_be_filtered(self):
        answer = self.assert_status(200, self.referrers())
        self.assertEqual(answer.headers["Content-Type"], OCI_INDEX)
        self.assertEqual({one["artifactType"] for one in answer.json()["manifests"]},
                         {"application/spdx+json", "application/vnd.sandbox.signature"})
        answer = self.referrers("?artifactType=application/spdx%2Bjson")
        self.assertEqual(answer.headers["OCI-Filters-Applied"], "artifactType")
        self.assertEqual(len(answer.json()["manifests"]), 1)

    def test_none_is_an_empty_list_and_pages_have_links(self):
        nothing = "sha256:" + "0" * 64
        answer = self.registry("GET", f"/v2/sandbox/artifact/referrers/{nothing}")
        self.assertEqual(answer.json()["manifests"], [])
        self.sandbox.set(referrers_page=1)
        first = self.referrers()
        second = self.referrers("?" + first.headers["Link"].split("?")[1].split(">")[0])
        self.assertNotEqual(first.json()["manifests"], second.json()["manifests"])
        self.assertNotIn("Link", second.headers)

    def test_an_old_registry_answers_404_in_plain_text(self):
        self.sandbox.set(referrers=False)
        self.assertEqual(self.assert_status(404, self.referrers()).body, b"404 page not found\n")


class Limits(RegistryTest):
    def test_reading_a_manifest_counts_and_looking_at_it_does_not(self):
        self.sandbox.set(signed_in_pull_limit=1)
        path = "/v2/sandbox/multi/manifests/latest"
        for _ in range(2):
            head = self.assert_status(200, self.registry("HEAD", path))
            self.assertEqual(head.headers["ratelimit-remaining"], "1;w=21600")
        self.assertEqual(self.registry("GET", path).headers["ratelimit-remaining"], "0;w=21600")
        refused = self.assert_status(429, self.registry("GET", path))
        self.assertEqual(refused.json()["errors"][0]["code"], "TOOMANYREQUESTS")

    def test_warnings_are_on_every_answer_when_wanted(self):
        self.sandbox.set(warning="this registry is going away")
        answer = self.call("registry", "GET", "/v2/")
        self.assertEqual(answer.headers["Warning"], '299 - "this registry is going away"')


if __name__ == "__main__":
    unittest.main()
