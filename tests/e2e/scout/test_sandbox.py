"""hub_scout against the sandbox: Docker Scout, registry and attestations of its sample images."""

import json
import unittest

from cli_test import CliTest
from hub_case import error_of
from sandbox_process import WithSandbox

MULTI = {"repo": "sandbox/multi", "reference": "1.0"}


class ScoutTest(WithSandbox, CliTest):
    def call(self, action, params, *options):
        return self.run_program("-o", "json", *options, "hub_scout", action, "--params", json.dumps(params), environment=self.environment)

    def envelope(self, action, params, *options):
        done = self.call(action, params, *options)
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)

    def data_of(self, action, params, *options):
        return self.envelope(action, params, *options)["data"]

    def error(self, code, action, params):
        done = self.call(action, params)
        self.assertEqual(done.code, code, done)
        return error_of(done)


class Vulnerabilities(ScoutTest):
    def test_of_a_tag_are_those_of_its_platform(self):
        data = self.data_of("cves", MULTI)
        self.assertEqual([row["cve"] for row in data["cves"]], ["CVE-0000-0003", "CVE-0000-0001", "CVE-0000-0002"])
        self.assertEqual((data["platform"], data["excepted"], data["totals"]["total"]), ("linux/amd64", 1, 3))
        self.assertNotEqual(data["digest"], data["index_digest"])
        self.assertEqual(self.data_of("summary", MULTI)["vulnerabilities"]["critical"], 1)

    def test_of_an_image_that_is_not_indexed_are_those_of_its_sbom(self):
        envelope = self.envelope("cves", {**MULTI, "platform": "linux/arm64"})
        self.assertEqual((envelope["source"], envelope["data"]["sbom_state"], envelope["data"]["conclusive"]), ("derived", "INDEXING", True))
        self.assertEqual([row["cve"] for row in envelope["data"]["cves"]], ["CVE-0000-0001", "CVE-0000-0002", "CVE-0000-0004", "CVE-0000-0006"])
        self.assertIn("looked up instead", json.dumps(envelope["warnings"]))
        done = self.call("cves", {**MULTI, "platform": "linux/arm64", "fail_on": ["high", "fixable"]})
        self.assertEqual(done.code, 10, done)

    def test_of_an_image_that_nobody_knows_are_not_none(self):
        done = self.call("cves", {"repo": "sandbox/single"})
        self.assertFalse(json.loads(done.out)["data"]["conclusive"], done)
        self.error(1, "cves", {"repo": "sandbox/single", "fail_on": ["critical"]})

    def test_of_a_platform_that_there_is_none_of_fail_with_those_there_are(self):
        error = self.error(3, "cves", {**MULTI, "platform": "windows/amd64"})
        self.assertEqual(error["parameter"], "platform")
        self.assertIn("linux/arm64", error["hint"])

    def test_of_a_private_image_need_its_organization(self):
        tools = {"repo": "sandbox-org/tools"}
        self.assertFalse(self.data_of("cves", tools)["conclusive"])
        self.assertTrue(self.data_of("cves", {**tools, "org": "sandbox-org"})["conclusive"])
        self.environment["DOCKER_HUB_USER"] = "sandbox-guest"
        self.environment["DOCKER_HUB_TOKEN"] = self.sandbox.secret("sandbox-guest")
        self.assertEqual(self.error(5, "cves", {"repo": "sandbox-org/service", "org": "sandbox-org"})["type"], "UnauthorizedError")

    def test_are_a_table_on_the_command_line(self):
        done = self.ok("-o", "csv", "scout", "cves", "sandbox/multi", "1.0", "--severity", "critical,high", environment=self.environment)
        self.assertEqual(done.out.splitlines()[0], "cve,severity,score,package,version,fixed_by")
        self.assertEqual(len(done.out.splitlines()), 3)

    def test_are_a_sarif_log(self):
        log = self.data_of("cves", {**MULTI, "format": "sarif", "include_excepted": True})
        self.assertEqual((log["version"], len(log["runs"][0]["results"])), ("2.1.0", 4))

    def test_of_packages_are_looked_up(self):
        data = self.data_of("purl", {"purl": ["pkg:npm/express@4.17.1", "pkg:npm/none@1"]})
        self.assertEqual([(row["cve"], row["fixed_by"]) for row in data["cves"]], [("CVE-0000-0005", "4.18.0")])
        self.assertEqual([request["headers"] for request in self.sandbox.journal("scout")
                          if any(name.lower() == "authorization" for name, _ in request["headers"])], [])


class Comparison(ScoutTest):
    def test_of_two_tags_tells_what_became_better(self):
        data = self.data_of("compare", {"repo": "sandbox/multi", "base_ref": "1.0", "target_ref": "1.1"})
        self.assertEqual([row["cve"] for row in data["fixed"]], ["CVE-0000-0003"])
        self.assertEqual([row["cve"] for row in data["introduced"]], ["CVE-0000-0006"])
        self.assertEqual((data["unchanged"], data["change"]["critical"]), (2, -1))
        self.assertEqual([(one["name"], one["base"], one["target"]) for one in data["packages"]["changed"]], [("zlib", ["1.2.13-r0"], ["1.3.1-r0"])])
        self.assertEqual(data["policies"], {"improved": ["fixable-vulnerabilities"], "worsened": []})

    def test_of_two_digests_and_of_two_repositories(self):
        digests = [self.data_of("cves", {"repo": "sandbox/multi", "reference": tag})["digest"] for tag in ("1.0", "1.1")]
        data = self.data_of("compare", {"repo": "sandbox/multi", "base_ref": digests[0], "target_ref": digests[1]})
        self.assertEqual([row["cve"] for row in data["fixed"]], ["CVE-0000-0003"])
        data = self.data_of("compare", {"repo": "sandbox/multi", "base_ref": "1.0", "target_repo": "library/alpine", "target_ref": "3.20"})
        self.assertEqual(data["target"]["repository"], "library/alpine")
        self.assertEqual([row["cve"] for row in data["fixed"]], ["CVE-0000-0003"])

    def test_calls_nothing_fixed_that_was_looked_up_from_an_sbom_of_its_own(self):
        base = {"repo": "sandbox/multi", "reference": "1.0", "platform": "linux/arm64"}
        looked_up = self.envelope("cves", base)
        self.assertEqual((looked_up["source"], looked_up["data"]["sbom_state"]), ("derived", "INDEXING"))
        target = {"repo": "sandbox/multi", "target_ref": "1.1", "platform": "linux/arm64"}
        for sides in ({"base_ref": "1.0"}, {"baseline": looked_up}):
            done = json.loads(self.call("compare", {**target, **sides}).out)
            self.assertEqual((done["data"]["comparable"], done["data"]["fixed"], done["outcome"]["is"]), (False, None, "partial"), sides)

    def test_with_a_saved_answer_needs_no_second_image(self):
        saved = self.home.path / "baseline.json"
        saved.write_text(self.call("cves", MULTI).out)
        params = ("scout", "compare", "sandbox/multi", "--baseline", f"@{saved}", "--target-ref", "1.1")
        data = json.loads(self.ok("-o", "json", *params, environment=self.environment).out)["data"]
        self.assertEqual([row["cve"] for row in data["fixed"]], ["CVE-0000-0003"])
        self.assertEqual((data["packages"], data["policies"]), (None, None))
        # What is new fails the check, what was there before does not.
        self.refused(10, *params, "--fail-on", "any", environment=self.environment)
        self.ok(*params, "--fail-on", "low", environment=self.environment)
        self.error(2, "compare", {"repo": "sandbox/multi", "target_ref": "1.1", "baseline": {"cves": []}})
        self.error(2, "compare", {"repo": "sandbox/multi", "target_ref": "1.1"})

    def test_sees_both_sides_through_the_filters_of_the_saved_one(self):
        saved = self.data_of("cves", {**MULTI, "severity": "critical"})
        data = self.data_of("compare", {"repo": "sandbox/multi", "target_ref": "1.1", "baseline": saved})
        self.assertEqual((data["baseline_filters"], data["introduced"], len(data["fixed"])), ({"severity": "critical"}, [], 1))
        data = self.data_of("compare", {"repo": "sandbox/multi", "target_ref": "1.1", "baseline": saved, "fixable": True})
        self.assertEqual((data["introduced"], data["unchanged"]), ([], 0))


class Software(ScoutTest):
    def test_is_the_document_that_was_attached(self):
        envelope = self.envelope("sbom", MULTI)
        extra = envelope["extra"]
        self.assertEqual((envelope["source"], extra["format"], extra["signature"]), ("attestation", "spdx", "unsigned"))
        self.assertEqual(envelope["data"]["spdxVersion"], "SPDX-2.3")
        self.assertIn("unsigned", json.dumps(envelope["warnings"]))
        self.assertTrue(any(extra["digest"] in request["path"] for request in self.sandbox.journal("registry")))

    def test_is_written_byte_for_byte(self):
        first = self.ok("-o", "data", "scout", "sbom", "sandbox/multi", "1.0", environment=self.environment).out
        data = self.envelope("sbom", MULTI)["data"]
        self.assertEqual(json.loads(first), data)
        self.assertTrue(first.startswith('{"spdxVersion":"SPDX-2.3"'), first[:80])

    def test_whose_digest_is_wrong_is_not_believed(self):
        self.sandbox.fault("wrong_body", listener="cdn")
        self.assertIn("digest mismatch", self.error(1, "sbom", MULTI)["message"])

    def test_may_stand_among_the_referrers(self):
        envelope = self.envelope("sbom", {"repo": "sandbox/artifact", "reference": "v1"})
        self.assertEqual((envelope["source"], envelope["data"]["spdxVersion"]), ("referrer", "SPDX-2.3"))

    def test_is_not_told_in_a_format_that_nobody_attached(self):
        error = self.error(3, "sbom", {**MULTI, "sbom_format": "cyclonedx"})
        self.assertIn("cyclonedx", error["message"])

    def test_that_is_attached_is_listed(self):
        data = self.data_of("attestations", {**MULTI, "scout": True})
        self.assertEqual([(row["kind"], row["source"]) for row in data["attestations"]],
                         [("SBOM (SPDX)", "attestation"), ("provenance (SLSA)", "attestation"), ("Docker Scout", "graphql")])
        self.assertEqual([row["source"] for row in self.data_of("attestations", {"repo": "sandbox/artifact", "reference": "v1"})["attestations"]],
                         ["referrer"])

    def test_without_hub_registry_needs_a_digest(self):
        self.environment["REGISTRYTOOL"] = "false"
        self.assertIn("REGISTRYTOOL", self.error(11, "sbom", MULTI)["hint"])


class Policies(ScoutTest):
    def test_of_an_organization_are_its_own(self):
        rows = self.data_of("policies", {"org": "sandbox-org"})["policies"]
        self.assertEqual([(row["id"], row["compliant"], row["total"]) for row in rows],
                         [("fixable-vulnerabilities", 3, 4), ("default-non-root-user", 1, 4)])
        self.environment["DOCKER_HUB_USER"] = "sandbox-guest"
        self.environment["DOCKER_HUB_TOKEN"] = self.sandbox.secret("sandbox-guest")
        error = self.error(5, "policies", {"org": "sandbox-org"})
        self.assertEqual(error["details"]["correlation_id"], "sandbox-correlation")

    def test_of_an_organization_come_from_the_exporter_too(self):
        self.environment.update(DOCKER_SCOUT_EXPORTER_URL=self.sandbox.urls["scout"], DOCKER_SCOUT_METRICS_TOKEN=self.sandbox.secret())
        envelope = self.envelope("policies", {"org": "sandbox-org", "stream": "another"})
        self.assertEqual((envelope["source"], envelope["data"]["policies"][0]["compliant"]), ("exporter", 1))

    def test_of_an_image_are_those_that_docker_scout_evaluated(self):
        envelope = self.envelope("policy_evaluation", MULTI)
        self.assertEqual(envelope["source"], "graphql")
        self.assertEqual({row["id"]: row["status"] for row in envelope["data"]["policies"]},
                         {"fixable-vulnerabilities": "failed", "default-non-root-user": "failed", "copyleft-license": "unknown"})

    def test_are_evaluated_here_over_all_that_is_known(self):
        envelope = self.envelope("policy_evaluation", {"repo": "library/alpine", "reference": "3.20"})
        self.assertEqual(envelope["source"], "local")
        status = {row["id"]: row["status"] for row in envelope["data"]["policies"]}
        self.assertEqual(status, {
            "fixable-vulnerabilities": "failed", "high-profile-vulnerabilities": "passed", "copyleft-license": "failed",
            "supply-chain-attestations": "passed", "default-non-root-user": "failed", "approved-base-images": "passed",
            "no-stale-base-images": "passed"})
        self.assertEqual((envelope["data"]["score"]["grade"], envelope["data"]["score"]["passed_weight"]), ("C", 40))

    def test_lead_to_better_base_images(self):
        row = self.data_of("recommendations", MULTI)["recommendations"][0]
        self.assertEqual((row["repository"], row["tags"], row["in_place_of"]["tags"]), ("alpine", ["3.20"], ["3.19"]))


if __name__ == "__main__":
    unittest.main()
