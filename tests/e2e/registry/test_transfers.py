"""push, pull and copy against the real docker-registry in each of its forms: what we push skopeo and umoci
read, what skopeo pushes we pull, blob for blob; tags move only as they were told to."""

import json
import subprocess
import unittest

from docker_registry import BasicRegistry, DockerRegistry, RedirectRegistry, TokenRegistry
from fake_registry import FakeRegistry
from sandbox_process import Sandbox
from skopeo import Skopeo
from transfer_case import LargeLayout, TransferTest, blobs_of, digest


class Forms(TransferTest):
    def use(self, registry, credentials=None):
        self.addCleanup(registry.stop)
        self.registry = registry
        self.repo = registry.host + "/demo/app"
        self.skopeo = Skopeo(credentials)
        self.addCleanup(self.skopeo.close)
        if credentials:
            self.log_in(registry.host, credentials)
        return registry

    def goes_there_and_back(self):
        pushed = self.data("push", f"oci:{self.layout.folder}:v1", self.repo)
        self.assertEqual(pushed["digest"], self.layout.digest)
        self.assertEqual(pushed["reference"], "v1")
        self.assertEqual(pushed["manifests"], 5)
        self.assertEqual(self.skopeo.inspect(self.repo + ":v1", "--raw"), self.layout.index)
        theirs = self.home.path / "theirs"
        self.skopeo.copy(f"docker://{self.repo}:v1", f"oci:{theirs}:v1")
        self.same_blobs(self.layout.folder, theirs)
        ours = self.home.path / "ours"
        pulled = self.data("pull", self.repo + ":v1", f"oci:{ours}")
        self.assertEqual(pulled["digest"], self.layout.digest)
        self.same_blobs(self.layout.folder, ours)
        self.assertEqual(self.names_in(ours), {"v1": self.layout.digest})
        self.assertEqual(self.leftovers(ours), [])
        self.skopeo.copy(f"oci:{self.layout.folder}:v1", f"docker://{self.registry.host}/demo/theirs:v1")
        fetched = self.home.path / "fetched"
        self.data("pull", self.registry.host + "/demo/theirs:v1", f"oci:{fetched}")
        self.same_blobs(self.layout.folder, fetched)
        self.umoci_reads_what_was_pushed()
        again = self.data("push", f"oci:{self.layout.folder}:v1", self.repo)
        self.assertEqual(again["blobs"]["uploaded"], 0)
        copied = self.data("copy", self.repo + ":v1", self.registry.host + "/demo/other:v2")
        self.assertEqual(copied["digest"], self.layout.digest)
        self.assertEqual(copied["blobs"]["uploaded"], 0, copied)
        self.assertEqual(self.skopeo.inspect(self.registry.host + "/demo/other:v2", "--raw"), self.layout.index)

    def umoci_reads_what_was_pushed(self):
        """One platform, since umoci reads no index; skopeo brings it, so that nothing but the push is ours."""
        self.data("push", f"oci:{self.layout.folder}:v1", self.registry.host + "/demo/arm:v1", "--platform", "linux/arm64")
        brought = self.home.path / "brought"
        self.skopeo.copy(f"docker://{self.registry.host}/demo/arm:v1", f"oci:{brought}:v1")
        self.umoci_reads(brought, "v1", b"linux/arm64/v8")

    def test_open(self):
        self.use(DockerRegistry())
        self.goes_there_and_back()

    def test_with_a_password(self):
        self.use(BasicRegistry(), BasicRegistry.credentials)
        self.goes_there_and_back()

    def test_with_tokens(self):
        certificate = self.home.path / "token.pem"
        sandbox = Sandbox(*TokenRegistry.arguments(certificate))
        self.addCleanup(sandbox.stop)
        credentials = f"sandbox:{sandbox.secret()}"
        self.use(TokenRegistry(sandbox.urls["auth"] + "/token", certificate), credentials)
        self.goes_there_and_back()

    def test_with_blobs_elsewhere(self):
        self.use(RedirectRegistry())
        self.goes_there_and_back()

    def test_of_the_sandbox(self):
        sandbox = Sandbox()
        self.addCleanup(sandbox.stop)
        self.environment.update(sandbox.environment)
        host = sandbox.urls["registry"].removeprefix("http://")
        self.skopeo = Skopeo(f"sandbox:{sandbox.secret()}")
        self.addCleanup(self.skopeo.close)
        pushed = self.data("push", f"oci:{self.layout.folder}:v1", "sandbox/pushed")
        self.assertEqual(pushed["digest"], self.layout.digest)
        theirs, ours = self.home.path / "theirs", self.home.path / "ours"
        self.skopeo.copy(f"docker://{host}/sandbox/pushed:v1", f"oci:{theirs}:v1")
        self.same_blobs(self.layout.folder, theirs)
        self.data("pull", "sandbox/pushed:v1", f"oci:{ours}")
        self.same_blobs(self.layout.folder, ours)
        copied = self.data("copy", "sandbox/multi:latest", "sandbox/copied")
        self.assertEqual(sandbox.state()["registry"]["sandbox/copied"]["tags"]["latest"], copied["digest"])

    def test_without_the_right_to_push(self):
        self.use(BasicRegistry(), BasicRegistry.credentials)
        (self.home.work / "config.json").unlink()
        error = self.error(4, "push", f"oci:{self.layout.folder}:v1", self.repo)
        self.assertEqual(error["type"], "AuthError")


class Others(TransferTest):
    """One open registry, and other programs."""

    def setUp(self):
        super().setUp()
        self.registry = DockerRegistry()
        self.addCleanup(self.registry.stop)
        self.repo = self.registry.host + "/demo/app"
        self.skopeo = Skopeo()
        self.addCleanup(self.skopeo.close)

    def push(self, tag="v1", *options, **more):
        return self.data("push", f"oci:{self.layout.folder}:v1", f"{self.repo}:{tag}", *options, **more)

    def test_umoci_reads_what_we_pulled(self):
        self.push()
        ours = self.home.path / "ours"
        self.data("pull", self.repo + ":v1", f"oci:{ours}:mine", "--platform", "linux/arm64")
        self.umoci_reads(ours, "mine", b"linux/arm64/v8")

    def test_one_platform_of_an_index(self):
        pushed = self.push("arm", "--platform", "linux/arm/v7")
        self.assertEqual(pushed["digest"], self.layout.platforms["linux/arm/v7"]["digest"])
        self.assertEqual(pushed["manifests"], 1)
        error = self.error(3, "push", f"oci:{self.layout.folder}:v1", self.repo, "--platform", "plan9/mips")
        self.assertIn("linux/amd64", error["hint"])

    def test_a_layout_grows_tag_by_tag(self):
        self.push()
        ours = self.home.path / "ours"
        self.data("pull", self.repo + ":v1", f"oci:{ours}:one")
        pulled = self.data("pull", self.repo + ":v1", f"oci:{ours}:two")
        self.assertEqual(pulled["blobs"]["downloaded"], 0)
        self.data("pull", f"{self.repo}@{self.layout.digest}", f"oci:{ours}")
        self.assertEqual(self.names_in(ours), {name: self.layout.digest for name in ("one", "two", None)})

    def test_a_damaged_blob_is_fetched_again(self):
        self.push()
        ours = self.home.path / "ours"
        self.data("pull", self.repo + ":v1", f"oci:{ours}")
        victim = max((ours / "blobs" / "sha256").iterdir(), key=lambda file: file.stat().st_size)
        content = victim.read_bytes()
        victim.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        pulled = self.data("pull", self.repo + ":v1", f"oci:{ours}")
        blobs_of(ours)
        self.assertEqual(pulled["digest"], self.layout.digest)

    def test_a_damaged_layout_is_not_pushed(self):
        layer = next(iter(self.layout.platforms.values()))["config_digest"].split(":")[1]
        victim = self.layout.folder / "blobs" / "sha256" / layer
        content = victim.read_bytes()
        victim.write_bytes(content[:-1] + b"!")
        error = self.error(1, "push", f"oci:{self.layout.folder}:v1", self.repo)
        self.assertIn("digest mismatch", error["message"])
        self.assertNotEqual(self.skopeo.try_run("inspect", "--tls-verify=false", f"docker://{self.repo}:v1").returncode, 0)

    def test_a_layout_that_lacks_a_blob_names_it(self):
        config = next(iter(self.layout.platforms.values()))["config_digest"]
        (self.layout.folder / "blobs" / "sha256" / config.split(":")[1]).unlink()
        error = self.error(1, "push", f"oci:{self.layout.folder}:v1", self.repo)
        self.assertIn(config, error["message"])

    def test_a_tag_that_moves_tells_its_old_digest(self):
        self.push()
        other = LargeLayout(self.home.path / "other", [b"layer"])
        done = self.run_action("push", f"oci:{other.folder}:v1", self.repo + ":v1")
        self.assertEqual(done.code, 0, done)
        self.assertIn(self.layout.digest, done.err)
        self.assertEqual(json.loads(done.out)["data"]["replaced"], self.layout.digest)

    def test_no_overwrite_refuses_and_changes_nothing(self):
        self.push()
        other = LargeLayout(self.home.path / "other", [b"layer"])
        error = self.error(2, "push", f"oci:{other.folder}:v1", self.repo + ":v1", "--no-overwrite")
        self.assertEqual(error["parameter"], "no_overwrite")
        self.assertEqual(self.data("resolve_digest", self.repo + ":v1")["digest"], self.layout.digest)
        self.push("v1", "--no-overwrite")  # the same again is no move

    def test_a_dry_run_sends_nothing(self):
        plan = self.push(options=("--dry-run",))
        self.assertEqual(plan["would_push"]["digest"], self.layout.digest)
        self.assertFalse(self.data("resolve_digest", self.repo + ":v1")["exists"])
        self.push()
        ours = self.home.path / "ours"
        plan = self.data("pull", self.repo + ":v1", f"oci:{ours}", options=("--dry-run",))
        self.assertEqual(plan["would_pull"]["tag"], "v1")
        self.assertFalse(ours.exists())

    def test_a_subject_is_listed_under_its_tag_and_taken_out_again(self):
        self.push()
        signature = LargeLayout(
            self.home.path / "signature", [b"signed"], artifactType="application/vnd.example.signature",
            subject={"mediaType": "application/vnd.oci.image.index.v1+json", "digest": self.layout.digest,
                     "size": len(self.layout.index)}, annotations={"who": "me"})
        for _ in range(2):  # twice is listed once
            self.data("push", f"oci:{signature.folder}:v1", f"{self.repo}@{signature.digest}")
        listed = self.data("list_referrers", self.repo, self.layout.digest)["manifests"]
        self.assertEqual([entry["digest"] for entry in listed], [signature.digest])
        self.assertEqual(listed[0]["artifactType"], "application/vnd.example.signature")
        self.assertEqual(listed[0]["annotations"], {"who": "me"})
        self.run_action("delete_manifest", self.repo, signature.digest, options=("--allow-destructive", "--yes"))
        self.assertEqual(self.data("list_referrers", self.repo, self.layout.digest)["manifests"], [])

    def test_a_copy_has_several_tags(self):
        self.push()
        done = self.run_program("copy", self.repo + ":v1", self.registry.host + "/demo/other:1,1.2,latest",
                                environment=self.environment)
        self.assertEqual(done.out, f"{self.registry.host}/demo/other@{self.layout.digest}\n", done)
        for tag in ("1", "1.2", "latest"):
            self.assertEqual(self.skopeo.inspect(f"{self.registry.host}/demo/other:{tag}", "--raw"), self.layout.index)

    def test_a_copy_of_which_one_tag_is_refused_tells_the_others(self):
        self.push()
        target = FakeRegistry()
        self.addCleanup(target.stop)

        def refuse(_, request):
            if request.command == "PUT" and request.path.endswith("/manifests/1"):
                request.reply(403, b'{"errors":[{"code":"DENIED","message":"the tag is protected"}]}')
                return True
            return False
        target.hook = refuse
        done = self.run_action("copy", self.repo + ":v1", f"{target.host}/demo/other:1,1.2")
        self.assertEqual(done.code, 9, done)
        told = json.loads(done.out)["data"]["references"]
        self.assertEqual([(one["reference"], one["done"]) for one in told], [("1", False), ("1.2", True)])
        self.assertIn("DENIED: the tag is protected", told[0]["error"])
        self.assertIsNone(told[1]["error"])
        self.assertEqual(target.repository("demo/other").tags, {"1.2": self.layout.digest})
        self.assertNotEqual(self.run_action("copy", self.repo + ":v1", f"{target.host}/demo/other:1").code, 0)

    def test_a_copy_takes_along_what_refers_to_the_image(self):
        self.push()
        image = next(iter(self.layout.platforms.values()))["digest"]
        signature = LargeLayout(
            self.home.path / "signature", [b"signed"], artifactType="application/vnd.example.signature",
            subject={"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": image, "size": 1})
        self.data("push", f"oci:{signature.folder}:v1", f"{self.repo}@{signature.digest}")
        cosign = LargeLayout(self.home.path / "cosign", [b"signed by cosign"])
        tag = self.layout.digest.replace(":", "-") + ".sig"
        self.data("push", f"oci:{cosign.folder}:v1", f"{self.repo}:{tag}")
        other = self.registry.host + "/demo/other"
        self.data("copy", self.repo + ":v1", other)
        listed = self.data("list_referrers", other, image)["manifests"]
        self.assertEqual([one["digest"] for one in listed], [signature.digest])
        self.assertEqual(self.data("resolve_digest", f"{other}:{tag}")["digest"], cosign.digest)
        self.data("verify", f"{other}@{signature.digest}")
        alone = self.registry.host + "/demo/alone"
        self.data("copy", self.repo + ":v1", alone, "--no-referrers")
        self.assertEqual(self.data("list_referrers", alone, image)["manifests"], [])
        self.assertFalse(self.data("resolve_digest", f"{alone}:{tag}")["exists"])

    def test_a_copy_has_every_tag_of_a_manifest_that_several_images_have_in_common(self):
        self.push()
        sbom = LargeLayout(self.home.path / "sbom", [b"one SBOM for all platforms"])
        tags = [image["digest"].replace(":", "-") + ".sbom" for image in self.layout.platforms.values()][:2]
        for tag in tags:
            self.data("push", f"oci:{sbom.folder}:v1", f"{self.repo}:{tag}")
        other = self.registry.host + "/demo/common"
        copied = self.data("copy", self.repo + ":v1", other)
        self.assertEqual([one["reference"] for one in copied["companions"]], tags)
        for tag in tags:
            self.assertEqual(self.data("resolve_digest", f"{other}:{tag}")["digest"], sbom.digest)
        for one in self.data("copy", self.repo + ":v1", other)["companions"]:
            self.assertTrue(one["done"], one)

    def test_a_copy_of_some_platforms_is_an_index_of_them(self):
        self.push()
        other = self.registry.host + "/demo/some"
        self.data("copy", self.repo + ":v1", other, "--platform", "linux/amd64", "--platform", "linux/arm/v7")
        index = json.loads(self.skopeo.inspect(other + ":v1", "--raw"))
        platforms = self.layout.platforms
        # The attestation is about linux/amd64.
        self.assertEqual([entry["digest"] for entry in index["manifests"]][:2],
                         [platforms["linux/amd64"]["digest"], platforms["linux/arm/v7"]["digest"]])
        self.assertEqual(len(index["manifests"]), 3)
        self.data("verify", other + ":v1")
        one = self.data("copy", self.repo + ":v1", other + ":one", "--platform", "linux/arm64")
        self.assertEqual(one["digest"], platforms["linux/arm64/v8"]["digest"])

    def test_sha512_all_the_way(self):
        layout = LargeLayout(self.home.path / "sha512", [b"a layer"], algorithm="sha512")
        blob = next(name for name in blobs_of(layout.folder))
        self.assertTrue(blob.startswith("sha512:"))
        # 2.8.2 keeps manifests under sha256 alone: the blobs are what can be shown there.
        done = self.run_action("push", f"oci:{layout.folder}:v1", self.repo + ":sha512")
        for name in blobs_of(layout.folder) - {layout.digest}:
            self.assertTrue(self.envelope("check_blob", self.repo, name)["exists"], done)

    def test_a_folder_with_other_things_is_not_filled(self):
        self.push()
        other = self.home.path / "documents"
        other.mkdir()
        (other / "letter").write_text("dear")
        error = self.error(2, "pull", self.repo + ":v1", f"oci:{other}")
        self.assertIn("other things", error["message"])
        self.assertEqual([file.name for file in other.iterdir()], ["letter"])

    def test_wrong_spellings_of_a_layout(self):
        for text, part in (("build:v1", "oci:DIR"), ("oci:", "no folder"), ("oci:build:", "tag")):
            done = self.run_program("hub_registry", "push", text, self.repo)
            self.assertEqual(done.code, 2, done)
            self.assertIn(part, done.err)
        error = self.error(2, "push", f"oci:{self.layout.folder}:nope", self.repo)
        self.assertIn("'v1'", error["hint"])


class OneByOne(TransferTest):
    """The requests of an upload one by one, behind the gate."""

    def setUp(self):
        super().setUp()
        self.registry = DockerRegistry()
        self.addCleanup(self.registry.stop)
        self.repo = self.registry.host + "/demo/app"

    def gated(self, *arguments):
        return self.envelope(*arguments, options=("--allow-destructive", "--yes"))

    def test_the_gate_is_closed(self):
        for action in (["start_upload", self.repo],
                       ["upload_chunk", "--repo", self.repo, "--location", "/x", "--chunk", "x"],
                       ["put_manifest", "--repo", self.repo, "--reference", "v1", "--media-type", "x", "--manifest", "{}"]):
            error = self.error(6, *action)
            self.assertEqual(error["type"], "DestructiveOperationError")

    def test_an_upload_step_by_step(self):
        body = b"hello, blob"
        begun = self.gated("start_upload", self.repo)
        self.assertEqual(begun["status_code"], 202)
        location = begun["headers"]["Location"]
        self.assertIn("Docker-Upload-UUID", begun["headers"])
        sent = self.gated("upload_chunk", "--repo", self.repo, "--location", location, "--chunk", "hello, ",
                          "--content-range", "0-6")
        self.assertEqual(sent["headers"]["Range"], "0-6")
        location = sent["headers"]["Location"]
        told = self.envelope("upload_status", "--repo", self.repo, "--location", location)
        self.assertEqual((told["status_code"], told["headers"]["Range"]), (204, "0-6"))
        done = self.gated("complete_upload", "--repo", self.repo, "--location", location, "--digest", digest(body),
                          "--final-chunk-base64", "YmxvYg==")
        self.assertEqual(done["status_code"], 201)
        self.assertTrue(self.envelope("check_blob", self.repo, digest(body))["exists"])
        other = self.registry.host + "/demo/neighbour"
        mounted = self.gated("mount_blob", other, digest(body), "demo/app")
        self.assertTrue(mounted["data"]["mounted"])
        self.assertTrue(self.envelope("check_blob", other, digest(body))["exists"])
        gone = self.gated("delete_blob", other, digest(body))
        self.assertEqual(gone["status_code"], 202)
        self.assertFalse(self.envelope("check_blob", other, digest(body))["exists"])

    def test_an_upload_that_is_cancelled(self):
        location = self.gated("start_upload", self.repo)["headers"]["Location"]
        self.assertEqual(self.gated("cancel_upload", "--repo", self.repo, "--location", location)["status_code"], 204)
        self.error(3, "upload_status", "--repo", self.repo, "--location", location)

    def test_a_location_elsewhere_is_refused(self):
        for location in ("http://127.0.0.1:1/v2/demo/app/blobs/uploads/x", "/v2/other/app/blobs/uploads/x",
                         "/v2/demo/app/blobs/uploads/../../../../x", "/v2/demo/app/manifests/v1"):
            error = self.error(2, "upload_status", "--repo", self.repo, "--location", location)
            self.assertIn("refused", error["message"])

    def test_a_manifest_byte_for_byte(self):
        layout = LargeLayout(self.home.path / "one", [b"layer"])
        self.data("push", f"oci:{layout.folder}:v1", self.repo + ":v1")
        spaced = layout.manifest.replace(b'"schemaVersion":2', b'"schemaVersion" : 2')
        file = self.home.write("manifest.json", spaced)
        done = self.gated("put_manifest", "--repo", self.repo, "--reference", "v2",
                          "--media-type", "application/vnd.oci.image.manifest.v1+json", "--manifest-text", f"@{file}")
        self.assertEqual(done["status_code"], 201)
        read = self.run_action("get_manifest", self.repo, "v2")
        self.assertIn(b'"schemaVersion" : 2', read.out_bytes)


if __name__ == "__main__":
    unittest.main()
