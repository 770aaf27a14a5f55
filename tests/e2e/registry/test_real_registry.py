"""Against a real docker-registry, in all forms that it has, and the same against the sandbox's: what
skopeo pushed we read, with the digests and platforms that skopeo sees; what we delete skopeo no longer
finds."""

import unittest

from docker_registry import BasicRegistry, DockerRegistry, RedirectRegistry, TokenRegistry
from images import Layout
from registry_test import RegistryTest
from sandbox_process import Sandbox
from sandbox_registry import SandboxBasicRegistry, SandboxRedirectRegistry, SandboxRegistry
from skopeo import Skopeo


class RealRegistryTest(RegistryTest):
    def setUp(self):
        super().setUp()
        self.layout = Layout(self.home.path / "layout")

    def use(self, registry, credentials=None):
        """Pushes the image as v1 and makes it the test's registry."""
        self.addCleanup(registry.stop)
        self.registry = registry
        self.repo = f"{registry.host}/{registry.repository}"
        self.skopeo = Skopeo(credentials)
        self.addCleanup(self.skopeo.close)
        self.push("v1")
        if credentials:
            self.log_in(registry.host, credentials)
        return registry

    def push(self, tag):
        self.skopeo.copy(f"oci:{self.layout.folder}:v1", f"docker://{self.repo}:{tag}")

    def reads_what_skopeo_pushed(self):
        self.assertEqual(self.skopeo.inspect(self.repo + ":v1", "--raw"), self.layout.index)
        inspected = self.data("inspect", "--repo", self.repo, "--reference", "v1")
        self.assertEqual(inspected["digest"], self.layout.digest)
        found = {
            "/".join(filter(None, (p["os"], p["architecture"], p.get("variant")))): p["digest"]
            for p in inspected["platforms"]
        }
        self.assertEqual(found, {name: image["digest"] for name, image in self.layout.platforms.items()})
        for name, image in self.layout.platforms.items():
            config = self.data("get_config", "--repo", self.repo, "--reference", "v1", "--platform", name)
            self.assertEqual(config["rootfs"], image["config"]["rootfs"])
            self.assertEqual(config["architecture"], image["config"]["architecture"])


class Real:
    open, basic, redirect = DockerRegistry, BasicRegistry, RedirectRegistry


class OfTheSandbox:
    open, basic, redirect = SandboxRegistry, SandboxBasicRegistry, SandboxRedirectRegistry


class FormTests:
    """For a class with `forms`: Real or OfTheSandbox."""

    def test_open(self):
        self.use(self.forms.open())
        self.reads_what_skopeo_pushed()

    def test_with_a_password(self):
        self.use(self.forms.basic(), self.forms.basic.credentials)
        self.reads_what_skopeo_pushed()

    def test_with_a_wrong_password(self):
        self.use(self.forms.basic(), self.forms.basic.credentials)
        self.log_in(self.registry.host, "tester:wrong-canary-password")
        done = self.run_action("get_manifest", "--repo", self.repo, "--reference", "v1")
        self.assertEqual(done.code, 4, done)
        self.assertNotIn("wrong-canary-password", done.err)

    def test_without_the_password_that_it_wants(self):
        self.use(self.forms.basic(), self.forms.basic.credentials)
        (self.home.work / "config.json").unlink()
        error = self.error(4, "get_manifest", "--repo", self.repo, "--reference", "v1")
        self.assertEqual(error["type"], "AuthError")

    def test_with_blobs_elsewhere(self):
        registry = self.use(self.forms.redirect())
        self.log_in(registry.host, "tester:canary-password")
        self.reads_what_skopeo_pushed()
        self.assertNotEqual(registry.requests, [])
        for _, _, headers in registry.requests:
            self.assertNotIn("authorization", {name.lower() for name in headers})


class Forms(FormTests, RealRegistryTest):
    forms = Real

    def test_with_tokens(self):
        certificate = self.home.path / "token.pem"
        sandbox = Sandbox(*TokenRegistry.arguments(certificate))
        self.addCleanup(sandbox.stop)
        credentials = f"sandbox:{sandbox.secret()}"
        self.use(TokenRegistry(sandbox.urls["auth"] + "/token", certificate), credentials)
        self.reads_what_skopeo_pushed()
        sandbox.clear_journal()
        # Reads need no log-in there: the token service gives tokens for them to anybody.
        (self.home.work / "config.json").unlink()
        self.reads_what_skopeo_pushed()
        for request in sandbox.journal("auth"):
            headers = {name.lower(): value for name, value in request["headers"]}
            if headers["user-agent"].startswith("dockerhub-api/"):
                self.assertNotIn("authorization", headers)


class FormsOfTheSandbox(FormTests, RealRegistryTest):
    forms = OfTheSandbox


class ReadingTests:
    def setUp(self):
        super().setUp()
        self.use(self.forms.open())

    def test_the_registry_itself(self):
        envelope = self.envelope("api_version", DOCKER_REGISTRY_URL=self.registry.url)
        self.assertEqual(envelope["status_code"], 200)

    def test_tags(self):
        self.push("v2")
        self.assertEqual(sorted(self.data("list_tags", "--repo", self.repo)["tags"]), ["v1", "v2"])

    def test_a_tag_names_a_digest(self):
        resolved = self.data("resolve_digest", "--repo", self.repo, "--reference", "v1")
        self.assertEqual((resolved["digest"], resolved["exists"]), (self.layout.digest, True))
        absent = self.data("resolve_digest", "--repo", self.repo, "--reference", "v9")
        self.assertEqual(absent["exists"], False)

    def test_a_script_takes_the_digest_alone(self):
        for tag, told in (("v1", self.layout.digest + "\n"), ("v9", "")):
            done = self.run_program("digest", f"{self.repo}:{tag}", environment=self.environment)
            self.assertEqual((done.code, done.out), (0, told))

    def test_manifests_are_there_or_not(self):
        self.assertTrue(self.envelope("check_manifest", "--repo", self.repo, "--reference", "v1")["exists"])
        self.assertFalse(self.envelope("check_manifest", "--repo", self.repo, "--reference", "v9")["exists"])
        error = self.error(3, "get_manifest", "--repo", self.repo, "--reference", "v9")
        self.assertIn("MANIFEST_UNKNOWN", error["message"])

    def test_the_manifest_is_the_one_that_was_pushed(self):
        envelope = self.envelope("get_manifest", "--repo", self.repo, "--reference", self.layout.digest)
        self.assertEqual(len(envelope["data"]["manifests"]), 4)
        headers = {name.lower(): value for name, value in envelope["headers"].items()}
        self.assertEqual(headers["docker-content-digest"], self.layout.digest)

    def test_the_manifests_bytes_can_be_hashed(self):
        done = self.run_program(
            "-o", "data", "hub_registry", "get_manifest", "--repo", self.repo, "--reference", "v1",
            environment=self.environment,
        )
        self.assertEqual(done.out_bytes, self.layout.index)

    def test_attestations_are_counted_and_no_platform(self):
        platforms = self.data("list_platforms", "--repo", self.repo, "--reference", "v1")
        self.assertEqual(len(platforms["platforms"]), 3)
        self.assertEqual(platforms["attestations"], 1)

    def test_a_platform_that_is_not_there_is_no_other_one(self):
        error = self.error(
            3, "get_config", "--repo", self.repo, "--reference", "v1", "--platform", "linux/s390x"
        )
        self.assertIn("linux/arm64", error["message"] + error["hint"])

    def test_blobs(self):
        digest = self.layout.platforms["linux/amd64"]["config_digest"]
        self.assertTrue(self.envelope("check_blob", "--repo", self.repo, "--digest", digest)["exists"])
        self.assertEqual(self.data("get_blob", "--repo", self.repo, "--digest", digest)["os"], "linux")
        absent = "sha256:" + "0" * 64
        self.assertFalse(self.envelope("check_blob", "--repo", self.repo, "--digest", absent)["exists"])
        self.error(3, "get_blob", "--repo", self.repo, "--digest", absent)

    def test_every_byte_is_verified(self):
        verified = self.data("verify", "--repo", self.repo, "--reference", "v1")
        self.assertEqual((verified["verified"], verified["digest"]), (True, self.layout.digest))
        # The index, three images and the attestation; a config and a layer each.
        self.assertEqual((verified["manifests"], verified["blobs"]), (5, 8))
        one = self.data("verify", "--repo", self.repo, "--reference", "v1", "--platform", "linux/arm64")
        self.assertEqual((one["manifests"], one["blobs"]), (1, 2))

    def test_attestations_are_told_with_what_they_are(self):
        (found,) = self.data("attestations", "--repo", self.repo, "--reference", "v1")["attestations"]
        self.assertEqual((found["what"], found["format"], found["signature"], found["source"]),
                         ("sbom", "SPDX", "unsigned", "index"))
        self.assertEqual((found["of"], found["platform"]),
                         (self.layout.platforms["linux/amd64"]["digest"], "linux/amd64"))

    def test_a_tree_has_everything_below_what_it_belongs_to(self):
        rows = self.data("tree", "--repo", self.repo, "--reference", "v1")["tree"]
        self.assertEqual([(row["depth"], row["kind"], row["platform"]) for row in rows],
                         [(0, "index", None), (1, "image", "linux/amd64"), (2, "attestation", None),
                          (1, "image", "linux/arm64/v8"), (1, "image", "linux/arm/v7")])
        self.assertEqual(rows[0]["digest"], self.layout.digest)

    def test_two_images_are_compared(self):
        other = Layout(self.home.path / "other", note="another")
        self.skopeo.copy(f"oci:{other.folder}:v1", f"docker://{self.repo}:v2")
        compared = self.data("diff", "--repo", self.repo + ":v1", "--to", ":v2")
        self.assertEqual((compared["same"], compared["to"]["digest"]), (False, other.digest))
        self.assertEqual({one["platform"]: one["change"] for one in compared["images"]},
                         {"linux/amd64": "changed", "linux/arm64/v8": "changed", "linux/arm/v7": "changed"})
        changed = compared["images"][0]
        self.assertEqual([one["field"] for one in changed["config"]], ["created_note"])
        self.assertEqual((changed["layers"]["same"], changed["layers"]["added"]), (1, []))
        same = self.data("diff", "--repo", self.repo + ":v1", "--to", self.repo + "@" + self.layout.digest)
        self.assertTrue(same["same"])
        self.assertEqual({one["change"] for one in same["images"]}, {"same"})

    def test_referrers_of_a_registry_without_the_api(self):
        referrers = self.data("list_referrers", "--repo", self.repo, "--digest", self.layout.digest)
        self.assertEqual(referrers["manifests"], [])

    def test_names_and_digests_are_refused_before_any_request(self):
        self.registry.stop()
        self.error(2, "get_manifest", "--repo", self.repo + "/UPPER", "--reference", "v1")
        self.error(2, "get_manifest", "--repo", self.repo, "--reference", "no/tag")
        self.error(2, "get_blob", "--repo", self.repo, "--digest", "sha256:ABC")


class Reading(ReadingTests, RealRegistryTest):
    forms = Real


class ReadingOfTheSandbox(ReadingTests, RealRegistryTest):
    forms = OfTheSandbox


class DeletingTests:
    def setUp(self):
        super().setUp()
        self.use(self.forms.open())

    def there(self, reference):
        done = self.skopeo.try_run(
            "inspect", "--raw", "--tls-verify=false", f"docker://{self.repo}{reference}"
        )
        return done.returncode == 0

    def delete(self, *arguments, options=("--allow-destructive", "--yes")):
        return self.run_action("delete_manifest", "--repo", self.repo, *arguments, options=options)

    def deletes(self):
        return self.registry.sent("DELETE")

    def refused_before_anything_is_sent(self, **options):
        before = [self.registry.sent(method) for method in ("HEAD", "GET", "DELETE")]
        self.assertNotEqual(before[1] + before[0], [], "skopeo has been here")
        done = self.delete("--reference", self.layout.digest, **options)
        self.assertEqual(done.code, 6, done)
        self.assertEqual([self.registry.sent(method) for method in ("HEAD", "GET", "DELETE")], before)
        self.assertTrue(self.there(":v1"))

    def test_a_delete_of_ours_is_seen_by_skopeo(self):
        self.assertEqual(self.deletes(), [])
        self.assertEqual(self.delete("--reference", self.layout.digest).code, 0)
        self.assertEqual(self.deletes(),
                         [f"/v2/{self.registry.repository}/manifests/{self.layout.digest}"])
        self.assertFalse(self.there(":v1"))

    def test_a_closed_gate_sends_nothing(self):
        self.refused_before_anything_is_sent(options=["--yes"])

    def test_nobodys_consent_sends_nothing(self):
        self.refused_before_anything_is_sent(options=["--allow-destructive"])

    def test_a_dry_run_deletes_nothing_and_says_what_it_would(self):
        done = self.delete("--reference", self.layout.digest, options=["--dry-run"])
        self.assertEqual(done.code, 0, done)
        self.assertIn(self.layout.digest, done.out)
        self.assertEqual(self.deletes(), [])
        self.assertTrue(self.there(":v1"))

    def test_a_tag_whose_digest_has_others_is_refused_by_their_names(self):
        self.push("other")
        done = self.delete("--reference", "v1")
        self.assertNotEqual(done.code, 0)
        self.assertIn("other", done.err)
        self.assertEqual(self.deletes(), [])
        self.assertTrue(self.there(":v1") and self.there(":other"))

    def test_all_tags_of_a_digest_go_when_that_is_said(self):
        self.push("other")
        done = self.delete("--reference", "v1", "--all-tags")
        self.assertEqual(done.code, 0, done)
        self.assertFalse(self.there(":v1") or self.there(":other"))

    def test_a_tag_alone_is_not_deleted_where_the_registry_cannot(self):
        self.push("other")
        done = self.run_action("delete_tag", "--repo", self.repo, "--tag", "v1", options=("--allow-destructive", "--yes"))
        self.assertEqual(done.code, 11, done)
        self.assertEqual(sorted(self.data("list_tags", "--repo", self.repo)["tags"]), ["other", "v1"])
        self.assertTrue(self.there(":v1") and self.there(":other"))

    def test_what_skopeo_deleted_we_do_not_find(self):
        self.assertEqual(self.skopeo.try_delete(self.repo + ":v1").returncode, 0)
        self.error(3, "inspect", "--repo", self.repo, "--reference", "v1")


class Deleting(DeletingTests, RealRegistryTest):
    forms = Real


class DeletingOfTheSandbox(DeletingTests, RealRegistryTest):
    forms = OfTheSandbox


if __name__ == "__main__":
    unittest.main()
