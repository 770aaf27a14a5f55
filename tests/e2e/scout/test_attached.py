"""hub_scout and what people attach to images in a registry: in the index, as referrers, in envelopes."""

import base64
import json
import unittest

from fake_registry import FakeRegistry, digest_of

from test_scripted import ScoutTest, package, packages, problem, vulnerability

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
IN_TOTO = "application/vnd.in-toto+json"
DSSE = "application/vnd.dsse.envelope.v1+json"
CYCLONEDX = "application/vnd.cyclonedx+json"
# Spaces and a number that would be written otherwise show whether the bytes stay.
BOM = b'{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1.10, "components": [{"purl": "pkg:npm/a@1"}]}'
SPDX = b'{"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]}]}'


def statement(predicate_type, predicate, subject):
    subject = json.dumps([{"name": "x", "digest": {"sha256": subject.partition(":")[2]}}]).encode()
    return (b'{"_type":"https://in-toto.io/Statement/v1","predicateType":"' + predicate_type.encode()
            + b'","subject":' + subject + b',"predicate":' + predicate + b"}")


class AttachedTest(ScoutTest):
    """An image of acme/app for one platform in an index, under the tag 1.0."""

    def setUp(self):
        super().setUp()
        self.registry = FakeRegistry()
        self.addCleanup(self.registry.stop)
        self.environment["DOCKER_REGISTRY_URL"] = self.registry.url
        self.app = self.registry.repository("acme/app")
        self.attached = []
        self.image = self.put(MANIFEST, {"config": self.blob(CONFIG, b'{"os":"linux","architecture":"amd64","config":{"User":"app"}}'), "layers": []})
        self.make_index()

    def blob(self, media_type, content, **annotations):
        digest = digest_of(content)
        self.app.blobs[digest] = content
        descriptor = {"mediaType": media_type, "digest": digest, "size": len(content)}
        return {**descriptor, "annotations": annotations} if annotations else descriptor

    def put(self, media_type, manifest, tag=None, repository=None):
        repository = repository or self.app
        body = json.dumps({"schemaVersion": 2, "mediaType": media_type, **manifest}).encode()
        repository.manifests[digest_of(body)] = (media_type, body)
        if tag:
            repository.tags[tag] = digest_of(body)
        return {"mediaType": media_type, "digest": digest_of(body), "size": len(body)}

    def make_index(self):
        self.index = self.put(INDEX, {"manifests": [
            {**self.image, "platform": {"os": "linux", "architecture": "amd64"}}, *self.attached]}, "1.0")

    def attach(self, *layers):
        """An attestation manifest as BuildKit makes it."""
        manifest = self.put(MANIFEST, {"config": self.blob("application/vnd.oci.empty.v1+json", b"{}"), "layers": list(layers)})
        self.attached.append({**manifest, "platform": {"os": "unknown", "architecture": "unknown"}, "annotations": {
            "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": self.image["digest"]}})
        self.make_index()

    def refer(self, artifact_type, layer):
        """A referrer of the image, listed under the tag that stands in for the API."""
        manifest = self.put(MANIFEST, {"artifactType": artifact_type, "layers": [layer], "subject": self.image})
        self.put(INDEX, {"manifests": [{**manifest, "artifactType": artifact_type}]}, self.image["digest"].replace(":", "-"))

    def sbom(self, **params):
        return self.envelope("hub_scout", "sbom", {"repo": "acme/app", "reference": "1.0", **params})


class Sbom(AttachedTest):
    def test_is_read_without_an_annotation_that_tells_what_it_is(self):
        self.attach(self.blob(IN_TOTO, statement("https://slsa.dev/provenance/v1", b"{}", self.image["digest"])),
                    self.blob(IN_TOTO, statement("https://spdx.dev/Document", SPDX, self.image["digest"])))
        envelope = self.sbom()
        self.assertEqual((envelope["source"], envelope["extra"]["predicate_type"], envelope["extra"]["signature"]),
                         ("attestation", "https://spdx.dev/Document", "unsigned"))
        self.assertEqual(len(envelope["warnings"]), 1)

    def test_of_cyclonedx_keeps_its_bytes_in_an_envelope_and_bare(self):
        layer = self.blob(CYCLONEDX, BOM)
        self.refer(CYCLONEDX, layer)
        envelope = self.sbom(sbom_format="cyclonedx")
        self.assertEqual((envelope["source"], envelope["extra"]["digest"], envelope["extra"]["format"]), ("referrer", layer["digest"], "cyclonedx"))
        text = self.ok("-o", "data", "scout", "sbom", "acme/app", "1.0", environment=self.environment).out
        self.assertEqual(text.encode().rstrip(b"\n"), BOM)

        payload = base64.b64encode(statement("https://cyclonedx.org/bom", BOM, self.image["digest"])).decode()
        signed = json.dumps({"payloadType": IN_TOTO, "payload": payload, "signatures": [{"sig": "eA=="}]}).encode()
        self.refer(DSSE, self.blob(DSSE, signed))
        envelope = self.sbom()
        self.assertEqual(envelope["extra"]["signature"], "not checked")
        text = self.ok("-o", "data", "scout", "sbom", "acme/app", "1.0", environment=self.environment).out
        self.assertEqual(text.encode().rstrip(b"\n"), BOM)

    def test_about_another_image_says_so(self):
        self.attach(self.blob(IN_TOTO, statement("https://spdx.dev/Document", SPDX, "sha256:" + "0" * 64),
                              **{"in-toto.io/predicate-type": "https://spdx.dev/Document"}))
        self.assertIn("does not name this image", json.dumps(self.sbom()["warnings"]))

    def test_is_chosen_among_several(self):
        annotated = {"in-toto.io/predicate-type": "https://spdx.dev/Document"}
        first, second = (self.blob(IN_TOTO, statement("https://spdx.dev/Document", body, self.image["digest"]), **annotated)
                         for body in (SPDX, SPDX + b" "))
        self.attach(first, second)
        extra = self.sbom()["extra"]
        self.assertEqual((extra["digest"], extra["others"]), (first["digest"], [second["digest"]]))

    def test_that_nobody_attached_is_not_there(self):
        self.assertIn("has no SBOM", self.error(3, "hub_scout", "sbom", {"repo": "acme/app", "reference": "1.0"})["message"])

    def test_that_is_no_json_is_an_error(self):
        self.attach(self.blob(IN_TOTO, b"not json", **{"in-toto.io/predicate-type": "https://spdx.dev/Document"}))
        self.error(1, "hub_scout", "sbom", {"repo": "acme/app", "reference": "1.0"})


class WithoutSubscription(AttachedTest):
    """Docker Scout refuses the account; packages can be looked up all the same."""

    def setUp(self):
        super().setUp()
        self.answers["ScoutCves"] = {"data": None, "errors": [{"message": "no subscription", "extensions": {"status": 402}}]}
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": [{"purl": "pkg:npm/a@1", "vulnerabilities": [
            {"sourceId": "CVE-1", "cvss": {"severity": "HIGH", "score": 7.5}, "cwes": [], "cisaExploited": False}]}]}}
        self.attach(self.blob(IN_TOTO, statement("https://spdx.dev/Document", SPDX, self.image["digest"])))

    def test_vulnerabilities_are_derived_from_the_sbom(self):
        envelope = self.envelope("hub_scout", "cves", {"repo": "acme/app", "reference": "1.0"})
        self.assertEqual((envelope["source"], envelope["data"]["conclusive"], envelope["data"]["count"]), ("derived", True, 1))
        self.assertEqual([authorization is None for _, _, authorization in self.asked()], [False, True])
        self.assertEqual(self.call("hub_scout", "cves", {"repo": "acme/app", "reference": "1.0", "fail_on": ["high"]}).code, 10)

    def test_an_sbom_of_another_image_or_of_nothing_proves_nothing(self):
        for body, subject in ((SPDX, "sha256:" + "0" * 64), (b'{"spdxVersion": "SPDX-2.3"}', self.image["digest"])):
            self.attached.clear()
            self.attach(self.blob(IN_TOTO, statement("https://spdx.dev/Document", body, subject)))
            self.error(5, "hub_scout", "cves", {"repo": "acme/app", "reference": "1.0", "fail_on": ["critical"]})

    def test_the_refusal_stands_where_there_is_no_sbom(self):
        self.attached.clear()
        self.make_index()
        error = self.error(5, "hub_scout", "cves", {"repo": "acme/app", "reference": "1.0"})
        self.assertIn("no subscription", error["message"])
        self.assertNotIn("scout sbom", error["hint"], "it would find none")

    SBOM = "`dockerhub -o data scout sbom acme/app 1.0`"

    def test_the_sbom_is_named_where_its_packages_cannot_be_looked_up(self):
        self.answers["ScoutCvesByPurl"] = self.answers["ScoutCves"]
        error = self.error(5, "hub_scout", "cves", {"repo": "acme/app", "reference": "1.0"})
        self.assertIn(self.SBOM, error["hint"])

    def test_the_sbom_is_named_and_there_where_docker_scout_is_not_reached(self):
        nobody = {"DOCKER_SCOUT_URL": "http://127.0.0.1:1", "DOCKERHUB_MAX_RETRIES": "0"}
        error = self.error(8, "hub_scout", "cves", {"repo": "acme/app", "reference": "1.0"}, **nobody)
        self.assertIn(self.SBOM, error["hint"])
        envelope = self.envelope("hub_scout", "sbom", {"repo": "acme/app", "reference": "1.0"}, **nobody)
        self.assertEqual((envelope["source"], envelope["data"]), ("attestation", json.loads(SPDX)))


class HalfKnown(AttachedTest):
    """Docker Scout has indexed the image, and leaves something out of its answer; an SBOM is attached."""

    INDEXED = {"imagePackagesForImageCoords": packages(package("pkg:npm/a@1", vulnerability("CVE-1")))}

    def test_no_comparison_calls_fixed_what_the_sbom_does_not_tell(self):
        self.attach(self.blob(IN_TOTO, statement("https://spdx.dev/Document", SPDX, self.image["digest"])))
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": []}}
        image = {"repo": "acme/app", "reference": "1.0"}
        self.answers["ScoutCves"] = {"data": self.INDEXED}
        whole = self.envelope("hub_scout", "cves", image)["data"]
        self.answers["ScoutCves"] = {"data": self.INDEXED, "errors": [problem("half of it is missing")]}
        half = self.envelope("hub_scout", "cves", image)["data"]
        self.assertEqual((half["sbom_state"], half["source"], half["conclusive"]), ("INDEXED", "derived", True))
        for baseline, target, comparable in ((whole, self.answers["ScoutCves"], False), (half, {"data": self.INDEXED}, False),
                                             (whole, {"data": self.INDEXED}, True)):
            self.answers["ScoutCves"] = target
            done = self.call("hub_scout", "compare", {"repo": "acme/app", "target_ref": "1.0", "baseline": baseline})
            data = json.loads(done.out)["data"]
            self.assertEqual((data["comparable"], data["fixed"], data["introduced"]),
                             (True, [], []) if comparable else (False, None, None), done)


class LocalPolicies(AttachedTest):
    def setUp(self):
        super().setUp()
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": []}}

    def evaluated(self, **params):
        data = self.envelope("hub_scout", "policy_evaluation", {"repo": "acme/app", "reference": "1.0", "evaluation": "local", **params})["data"]
        return {row["id"]: row["status"] for row in data["policies"]}

    def test_see_config_attestations_and_base_images(self):
        base = self.registry.repository("acme/base")
        current = self.put(MANIFEST, {"layers": []}, "1", base)["digest"]

        def provenance(digest):
            materials = [{"uri": "pkg:docker/acme/base@1?platform=linux%2Famd64", "digest": {"sha256": digest.partition(":")[2]}}]
            self.attached.clear()
            self.attach(self.blob(IN_TOTO, statement("https://slsa.dev/provenance/v0.2", json.dumps({"materials": materials}).encode(), self.image["digest"]),
                                  **{"in-toto.io/predicate-type": "https://slsa.dev/provenance/v0.2"}))

        provenance(current)
        status = self.evaluated()
        self.assertEqual((status["default-non-root-user"], status["supply-chain-attestations"], status["no-stale-base-images"]),
                         ("passed", "failed", "passed"))
        self.assertEqual(status["fixable-vulnerabilities"], "unknown")
        provenance("sha256:" + "1" * 64)
        self.assertEqual(self.evaluated()["no-stale-base-images"], "failed")

    ATTACHED = (("https://slsa.dev/provenance/v0.2", b'{"materials":[]}'), ("https://spdx.dev/Document", SPDX))

    def statements(self, *, annotated=True):
        """Layers with a provenance and an SBOM."""
        return [self.blob(IN_TOTO, statement(kind, body, self.image["digest"]), **({"in-toto.io/predicate-type": kind} if annotated else {}))
                for kind, body in self.ATTACHED]

    def refuse(self, part):
        def hook(_, request):
            if part not in request.path:
                return False
            request.reply(403, b"{}")
            return True
        self.registry.hook = hook

    def test_call_nothing_missing_where_the_referrers_could_not_be_read(self):
        provenance, sbom = self.statements()
        self.attach(provenance)
        self.assertEqual(self.evaluated()["supply-chain-attestations"], "failed")
        self.refuse("/referrers/")
        self.assertEqual(self.evaluated()["supply-chain-attestations"], "unknown")
        self.attach(sbom)
        self.assertEqual(self.evaluated()["supply-chain-attestations"], "passed")

    def test_know_what_is_attached_also_where_the_provenance_cannot_be_read(self):
        provenance, sbom = self.statements()
        self.attach(provenance, sbom)
        self.refuse(f"/blobs/{provenance['digest']}")
        status = self.evaluated()
        self.assertEqual((status["supply-chain-attestations"], status["no-stale-base-images"]), ("passed", "unknown"))

    def test_see_what_only_its_content_says_to_be_one(self):
        provenance, sbom = self.statements(annotated=False)
        self.attach(provenance, sbom)
        status = self.evaluated()
        self.assertEqual((status["supply-chain-attestations"], status["no-stale-base-images"]), ("passed", "passed"))
        self.refuse(f"/blobs/{sbom['digest']}")
        self.assertEqual(self.evaluated()["supply-chain-attestations"], "unknown")

    def test_tell_the_formats_of_bare_sboms_apart(self):
        self.refer(CYCLONEDX, self.blob(CYCLONEDX, BOM))
        for kind, expected in (("https://cyclonedx.org/bom", "passed"), ("https://spdx.dev/Document", "failed")):
            settings = {"supply-chain-attestations": {"required_attestations": [kind]}}
            self.assertEqual(self.evaluated(policies=settings)["supply-chain-attestations"], expected, kind)

    def test_look_for_base_images_of_docker_hub_nowhere_else(self):
        """The registry of the image is no stand-in for Docker's, which is behind a proxy that lets nobody through."""
        self.environment.update(DOCKER_REGISTRY_URL=self.registry.url.replace("127.0.0.1", "localhost"),
                                HTTPS_PROXY=self.server.url, DOCKERHUB_MAX_RETRIES="0")
        self.put(MANIFEST, {"layers": []}, "3.20", self.registry.repository("library/alpine"))
        materials = [{"uri": "pkg:docker/alpine@3.20?platform=linux%2Famd64", "digest": {"sha256": "1" * 64}}]
        self.attach(self.blob(IN_TOTO, statement("https://slsa.dev/provenance/v0.2", json.dumps({"materials": materials}).encode(),
                                                 self.image["digest"])))
        self.assertEqual(self.evaluated()["no-stale-base-images"], "unknown")
        self.assertTrue([line for line in self.sent() if line.startswith("CONNECT ") and line.endswith("docker.io:443")])
        self.assertEqual(self.registry.asked("HEAD", "library/alpine"), [])

    def test_of_what_has_no_config_know_no_user(self):
        self.put(MANIFEST, {"artifactType": "application/vnd.example", "layers": []}, "without")
        self.put(MANIFEST, {"config": self.blob("application/vnd.oci.empty.v1+json", b"{}"), "layers": []}, "empty")
        self.put(MANIFEST, {"config": self.blob(CONFIG, b'{"os":"linux","architecture":"amd64","rootfs":{}}'), "layers": []}, "image")
        for tag, expected in (("without", "unknown"), ("empty", "unknown"), ("image", "failed")):
            self.assertEqual(self.evaluated(reference=tag)["default-non-root-user"], expected, tag)

    def test_without_a_provenance_know_no_base_images(self):
        status = self.evaluated()
        self.assertEqual((status["approved-base-images"], status["no-stale-base-images"]), ("unknown", "unknown"))


if __name__ == "__main__":
    unittest.main()
