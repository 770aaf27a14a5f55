"""hub_scout against a Docker Scout that says what the test wants: what is sent, and what errors become."""

import json
import socket
import unittest

from hub_case import HubTest, TOKEN, error_of, ok, query_of
from scripted_server import answer

DIGEST = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64
IMAGE = {"repo": "acme/app", "reference": DIGEST}
GRAPHQL = "POST /v1/graphql"


def vulnerability(cve, severity="HIGH", **more):
    return {"sourceId": cve, "cvss": {"severity": severity, "score": 7.5}, "cwes": [], "cisaExploited": False,
            "isExcepted": False, **more}


def package(purl, *vulnerabilities, licenses=()):
    return {"package": {"purl": purl, "licenses": list(licenses), "vulnerabilities": list(vulnerabilities)}}


def packages(*entries, state="INDEXED"):
    return {"digest": DIGEST, "sbomState": state, "imagePackages": {"packages": list(entries)}}


def problem(message="no", **extensions):
    return {"message": message, "path": ["imagePackagesForImageCoords"], "extensions": extensions}


class ScoutTest(HubTest):
    """The registry is never there, so that a digest is taken as it is given."""

    def setUp(self):
        super().setUp()
        self.environment.update(DOCKER_SCOUT_URL=self.server.url, DOCKER_REGISTRY_URL=self.server.url)
        self.answers = {}
        self.replies[GRAPHQL] = self._graphql

    def _graphql(self, request):
        name = json.loads(request.body)["operationName"]
        return ok(self.answers.get(name, {"data": {}}))

    def cves_are(self, *entries, state="INDEXED", errors=None):
        self.answers["ScoutCves"] = {"data": {"imagePackagesForImageCoords": packages(*entries, state=state)}}
        if errors:
            self.answers["ScoutCves"]["errors"] = errors

    def asked(self):
        """What GraphQL was asked: (operation, variables, authorization)."""
        return [(body["operationName"], body["variables"], request.headers.get("authorization"))
                for request in self.server.requests if request.path == "/v1/graphql"
                for body in [json.loads(request.body)]]


class Cves(ScoutTest):
    def test_are_asked_for_by_the_image_of_one_platform(self):
        self.cves_are()
        self.envelope("hub_scout", "cves", {**IMAGE, "org": "acme"})
        self.assertEqual(self.asked(), [("ScoutCves", {
            "ctx": {"organization": "acme"}, "epss": False, "details": False,
            "q": {"digest": DIGEST, "hostName": "hub.docker.com", "repoName": "acme/app", "includeExcepted": True},
        }, f"Bearer {TOKEN}")])

    def test_are_rows_and_totals_once_each(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1"), vulnerability("CVE-2", "LOW", fixedBy="2")),
                      package("pkg:npm/b@1", vulnerability("CVE-1", "CRITICAL")))
        envelope = self.envelope("hub_scout", "cves", IMAGE)
        self.assertEqual(envelope["source"], "graphql")
        data = envelope["data"]
        self.assertEqual([(row["cve"], row["severity"], row["package"], row["version"], row["fixed_by"]) for row in data["cves"]],
                         [("CVE-1", "critical", "b", "1", None), ("CVE-1", "high", "a", "1", None), ("CVE-2", "low", "a", "1", "2")])
        self.assertEqual((data["count"], data["totals"]["total"], data["totals"]["critical"], data["totals"]["high"]), (3, 2, 1, 0))
        self.assertEqual((data["sbom_state"], data["conclusive"], data["digest"]), ("INDEXED", True, DIGEST))

    def test_are_filtered_here(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1"), vulnerability("CVE-2", "LOW", fixedBy="2")),
                      package("pkg:apk/b@1", vulnerability("CVE-3", "CRITICAL", cisaExploited=True, epss={"score": 0.5, "percentile": 0.9})),
                      package("pkg:apk/c@1", vulnerability("CVE-4", isExcepted=True)))
        for params, expected in (
            ({}, ["CVE-3", "CVE-1", "CVE-2"]), ({"severity": "critical,low"}, ["CVE-3", "CVE-2"]), ({"fixable": True}, ["CVE-2"]),
            ({"package_type": ["apk"]}, ["CVE-3"]), ({"cisa_exploited": True}, ["CVE-3"]), ({"epss_above": 0.4}, ["CVE-3"]),
            ({"epss_above": 0.5}, []), ({"include_excepted": True, "package_type": ["apk"]}, ["CVE-3", "CVE-4"]),
        ):
            data = self.envelope("hub_scout", "vulnerabilities", {**IMAGE, **params})["data"]
            self.assertEqual([row["cve"] for row in data["cves"]], expected, params)
            self.assertEqual(data["excepted"], 1)
        self.assertTrue(self.asked()[-2][1]["epss"])

    def test_fail_a_check_when_the_condition_is_met(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1"), vulnerability("CVE-2", "LOW", fixedBy="2")))
        for words, code in ((["high"], 10), (["low", "fixable"], 10), (["critical"], 0), (["high", "fixable"], 0), (["any"], 10)):
            done = self.call("hub_scout", "cves", {**IMAGE, "fail_on": words})
            self.assertEqual(done.code, code, (words, done))
        outcome = json.loads(self.call("hub_scout", "cves", {**IMAGE, "fail_on": ["high"]}).out)["outcome"]
        self.assertEqual(outcome, {"is": "condition_met", "text": "1 vulnerability that is high or worse: CVE-1."})

    def test_never_pass_a_check_that_cannot_be_judged(self):
        for state in ("INDEXING", "NONE", "SOMETHING_NEW"):
            self.cves_are(state=state)
            error = self.error(1, "hub_scout", "cves", {**IMAGE, "fail_on": ["critical"]})
            self.assertIn("cannot be judged", error["message"])
            self.assertIn(state, error["message"])
        self.answers.clear()
        self.assertIn("does not know", self.error(1, "hub_scout", "cves", {**IMAGE, "fail_on": ["any"]})["message"])

    def test_of_an_image_that_is_not_indexed_are_no_proof(self):
        self.cves_are(state="INDEXING")
        envelope = self.envelope("hub_scout", "cves", IMAGE)
        self.assertEqual((envelope["data"]["conclusive"], envelope["data"]["cves"]), (False, []))
        self.assertIn("does not mean that there is nothing", json.dumps(envelope["warnings"]))

    def test_are_no_log_that_closes_alerts_where_they_are_not_known(self):
        for state, errors in (("INDEXING", None), ("NONE", None), ("INDEXED", [problem("half of it is missing")])):
            self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1")), state=state, errors=errors)
            done = self.call("hub_scout", "cves", {**IMAGE, "format": "sarif"})
            self.assertEqual((done.code, done.out), (1, ""), done)
            self.assertIn("there is no log", error_of(done)["message"])
        self.cves_are()
        self.assertEqual(self.envelope("hub_scout", "cves", {**IMAGE, "format": "sarif"})["data"]["runs"][0]["results"], [])

    def test_do_not_take_a_severity_or_bound_that_there_is_none_of(self):
        for params in ({"severity": "ghastly"}, {"severity": "high,"}, {"epss_above": 2}, {"fail_on": ["ghastly"]}, {"format": "xml"},
                       {"repo": "acme/app:1.0"}):
            self.error(2, "hub_scout", "cves", {**IMAGE, **params})
        self.assertEqual(self.asked(), [])

    def test_are_not_asked_for_by_what_is_no_name_and_no_digest(self):
        for params in ({"reference": "Z:\r\n"}, {"reference": "sha256:aa"}, {"reference": DIGEST + "\n"}, {"repo": "acme//app"},
                       {"repo": "Acme/app"}):
            self.error(2, "hub_scout", "cves", {**IMAGE, **params})
        self.assertEqual(self.asked(), [])


class Errors(ScoutTest):
    def fails(self, code, errors, data=None):
        self.answers["ScoutCves"] = {"errors": errors, "data": data, "extensions": {"correlation_id": "c-1"}}
        error = self.error(code, "hub_scout", "cves", IMAGE)
        self.assertNotIn(TOKEN, json.dumps(error))
        return error

    def test_of_graphql_have_the_types_of_their_status(self):
        for status, kind, code in ((401, "AuthError", 4), (402, "UnauthorizedError", 5), (403, "UnauthorizedError", 5),
                                   ("FORBIDDEN", "UnauthorizedError", 5), (404, "ParameterError", 3), (429, "ApiError", 7),
                                   (500, "ApiError", 1), (None, "ApiError", 1)):
            error = self.fails(code, [problem("no luck", code="DOWNSTREAM_SERVICE_ERROR", status=status)])
            self.assertEqual(error["type"], kind, status)
            self.assertIn("no luck", error["message"])
            self.assertEqual(error["details"]["correlation_id"], "c-1")
        self.assertIn("subscription", self.fails(5, [problem(status=402)])["hint"])

    def test_beside_data_are_warnings(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1")), errors=[problem("half of it is missing")])
        envelope = self.envelope("hub_scout", "cves", IMAGE)
        self.assertEqual((envelope["data"]["count"], envelope["data"]["conclusive"]), (1, False))
        self.assertIn("not whole", self.error(1, "hub_scout", "cves", {**IMAGE, "fail_on": ["critical"]})["message"])
        self.assertIn("half of it is missing", json.dumps(envelope["warnings"]))

    def test_of_another_schema_say_so(self):
        error = self.fails(1, [problem('Unknown argument "digest" on field "x".', code="GRAPHQL_VALIDATION_FAILED")])
        self.assertIn("schema differs", error["hint"])

    def test_of_a_place_without_graphql_name_where_it_is(self):
        self.replies[GRAPHQL] = answer(404, "not here")
        self.assertIn("api.dso.docker.com", self.error(3, "hub_scout", "cves", IMAGE)["hint"])
        for reply in (answer(200, "<html>"), ok([]), ok({}), ok({"data": None}), answer(200, "")):
            self.replies[GRAPHQL] = reply
            error = self.error(1, "hub_scout", "cves", IMAGE)
            self.assertIn("no GraphQL service", error["message"])
            self.assertIn("api.dso.docker.com", error["hint"])

    def test_of_a_host_that_is_not_reached_name_the_other_one(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # nobody listens there
            place = f"http://127.0.0.1:{unused.getsockname()[1]}"
            error = self.error(8, "hub_scout", "cves", IMAGE, DOCKER_SCOUT_URL=place, DOCKERHUB_MAX_RETRIES="0")
        self.assertEqual((error["type"], error["request"]), ("NetworkError", GRAPHQL))
        self.assertIn("no connection", error["message"])
        self.assertIn("api.dso.docker.com", error["hint"])
        self.assertIn(f"`dockerhub -o data scout sbom acme/app {DIGEST}`", error["hint"])
        self.assertEqual(self.asked(), [], "nobody else is asked in its place")

    def test_of_a_connection_that_breaks_name_the_other_host(self):
        self.replies[GRAPHQL] = b""
        error = self.error(8, "hub_scout", "cves", IMAGE)
        self.assertIn("closed the connection without an answer", error["message"])
        self.assertIn("api.dso.docker.com", error["hint"])

    def test_of_http_are_those_of_graphql(self):
        for status, kind, code in ((402, "UnauthorizedError", 5), (403, "UnauthorizedError", 5)):
            self.replies[GRAPHQL] = answer(status, "plain words")
            error = self.error(code, "hub_scout", "cves", IMAGE)
            self.assertEqual(error["type"], kind)
            self.assertIn("plain words", error["message"])
        self.replies[GRAPHQL] = answer(500, "boom")
        self.assertEqual(self.error(1, "hub_scout", "cves", IMAGE)["status_code"], 500)

    def test_do_not_come_from_strange_answers(self):
        for value in ([], 1, "x", {"imagePackages": 7}, {"sbomState": 3, "imagePackages": {"packages": [None, {"package": []}]}}):
            self.answers["ScoutCves"] = {"data": {"imagePackagesForImageCoords": value}}
            self.assertEqual(self.envelope("hub_scout", "cves", IMAGE)["data"]["cves"], [])


class Others(ScoutTest):
    def test_a_summary_is_what_docker_scout_counted(self):
        counts = {"critical": 1, "high": 2, "medium": 3, "low": 4, "unspecified": 0, "total": 10}
        self.answers["ScoutSummary"] = {"data": {"imageSummariesByDigest": [
            {"digest": OTHER}, {"digest": DIGEST, "sbomState": "INDEXED", "vulnerabilityReport": counts}]}}
        self.assertEqual(self.envelope("hub_scout", "summary", IMAGE)["data"]["vulnerabilities"], counts)
        self.assertEqual(self.asked()[0][1]["digests"], [DIGEST])

    def test_a_summary_of_an_unknown_image_says_nothing_of_its_vulnerabilities(self):
        self.answers["ScoutSummary"] = {"data": {"imageSummariesByDigest": []}}
        envelope = self.envelope("hub_scout", "summary", IMAGE)
        self.assertIsNone(envelope["data"]["vulnerabilities"])
        self.assertIsNone(envelope["data"]["sbom"]["state"])
        self.assertIn("does not know this image", json.dumps(envelope["warnings"]))

    def test_a_summary_that_is_counted_here_leaves_out_what_is_excepted(self):
        self.answers["ScoutSummary"] = {"data": {"imageSummariesByDigest": []}}
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1"), vulnerability("CVE-2", "CRITICAL", isExcepted=True)))
        counts = self.envelope("hub_scout", "summary", IMAGE)["data"]["vulnerabilities"]
        self.assertEqual((counts["total"], counts["high"], counts["critical"]), (1, 1, 0))

    def test_packages_are_looked_up_without_a_log_in(self):
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": [
            {"purl": "pkg:npm/a@1", "vulnerabilities": [vulnerability("CVE-1", fixedBy="2")]}]}}
        done = self.call("hub_scout", "purl", {"purl": ["pkg:npm/a@1"], "fail_on": ["high", "fixable"]})
        self.assertEqual(done.code, 10, done)
        self.assertEqual(json.loads(done.out)["data"]["cves"][0]["package"], "a")
        name, variables, authorization = self.asked()[0]
        self.assertEqual((name, variables["ctx"], variables["purls"], authorization), ("ScoutCvesByPurl", {}, ["pkg:npm/a@1"], None))

    def test_packages_of_which_only_some_could_be_looked_up_are_an_error(self):
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": []}, "errors": [problem("half of it is missing")]}
        self.assertIn("half", self.error(1, "hub_scout", "purl", {"purl": ["pkg:npm/a@1"]})["message"])

    def test_many_packages_are_looked_up_in_portions(self):
        self.answers["ScoutCvesByPurl"] = {"data": {"vulnerabilitiesByPackage": []}}
        purls = [f"pkg:npm/a{number}@1" for number in range(450)]
        self.envelope("hub_scout", "purl", {"purl": purls})
        self.assertEqual([len(variables["purls"]) for _, variables, _ in self.asked()], [200, 200, 50])

    def test_a_comparison_calls_nothing_fixed_where_a_side_is_not_indexed(self):
        def sides(request):
            body = json.loads(request.body)
            if body["operationName"] != "ScoutCves":
                return ok({"data": {}})
            state = "INDEXED" if body["variables"]["q"]["digest"] == DIGEST else "INDEXING"
            entries = [package("pkg:npm/a@1", vulnerability("CVE-1"))] if state == "INDEXED" else []
            return ok({"data": {"imagePackagesForImageCoords": packages(*entries, state=state)}})

        self.replies[GRAPHQL] = sides
        params = {"repo": "acme/app", "base_ref": DIGEST, "target_ref": OTHER}
        done = self.call("hub_scout", "compare", params)
        data = json.loads(done.out)["data"]
        self.assertEqual(json.loads(done.out)["outcome"]["is"], "partial")
        self.assertEqual((data["comparable"], data["fixed"], data["introduced"], data["change"]), (False, None, None, None))
        self.assertEqual((data["base"]["totals"]["high"], data["target"]["totals"]), (1, None))
        self.error(1, "hub_scout", "compare", {**params, "fail_on": ["any"]})

    def test_a_comparison_calls_nothing_new_that_only_has_a_score_or_a_fix_now(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1"), vulnerability("CVE-2")))
        saved = self.envelope("hub_scout", "cves", IMAGE)["data"]
        self.assertIsNone(saved["cves"][0]["epss_score"])
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1", epss={"score": 0.5, "percentile": 0.9}),
                              vulnerability("CVE-2", fixedBy="2"),
                              vulnerability("CVE-3", fixedBy="2", epss={"score": 0.6, "percentile": 0.9})))
        for params, unchanged, base in (({"epss_above": 0.1}, 1, 1), ({"fixable": True}, 1, 0)):
            data = self.envelope("hub_scout", "compare", {"repo": "acme/app", "target_ref": DIGEST, "baseline": saved, **params})["data"]
            self.assertEqual([row["cve"] for row in data["introduced"]], ["CVE-3"], params)
            self.assertEqual((data["fixed"], data["unchanged"]), ([], unchanged), params)
            self.assertEqual((data["base"]["totals"]["total"], data["target"]["totals"]["total"]), (base, 2), params)

    def test_a_comparison_tells_policies_that_became_worse(self):
        def sides(request):
            body = json.loads(request.body)
            if body["operationName"] == "ScoutCves":
                return ok({"data": {"imagePackagesForImageCoords": packages()}})
            deviates = body["variables"]["q"]["digest"] == OTHER
            return ok({"data": {"goalResultsByDigest": {"policies": [
                {"__typename": "ScBooleanPolicy", "definitionName": "p", "evaluated": True, "currentResult": {"hasDeviation": deviates}}]}}})

        self.replies[GRAPHQL] = sides
        data = self.envelope("hub_scout", "compare", {"repo": "acme/app", "base_ref": DIGEST, "target_ref": OTHER})["data"]
        self.assertEqual(data["policies"], {"improved": [], "worsened": ["p"]})

    def test_policies_come_from_the_exporter_where_the_service_is_silent(self):
        self.answers["ScoutPolicies"] = {"data": {"goalResultSummaries": {"items": []}}}
        self.assertIn("retired", json.dumps(self.envelope("hub_scout", "policies", {"org": "acme"})["warnings"]))
        self.assertNotIn("GET /v1/exporter/org/acme/metrics", self.sent())
        self.environment.update(DOCKER_SCOUT_EXPORTER_URL=self.server.url, DOCKER_SCOUT_METRICS_TOKEN="dckr_pat_canary-of-an-owner")
        self.replies["GET /v1/exporter/org/acme/metrics"] = answer(200, (
            'scout_policy_compliant_images{id="p",displayName="P",streamName="s"} 3\n'
            'scout_policy_evaluated_images{id="p",displayName="P",streamName="s"} 4\n'), [("Content-Type", "text/plain")])
        envelope = self.envelope("hub_scout", "policies", {"org": "acme"})
        self.assertEqual(envelope["source"], "exporter")
        self.assertEqual(envelope["data"]["policies"], [{"id": "p", "name": "P", "stream": "s", "compliant": 3, "total": 4}])
        self.assertEqual(self.server.requests[-1].headers["authorization"], "Bearer dckr_pat_canary-of-an-owner")

    def test_policies_that_are_refused_are_an_error_also_where_the_exporter_refuses(self):
        self.answers["ScoutPolicies"] = {"data": None, "errors": [problem("no access", status=403)]}
        self.environment.update(DOCKER_SCOUT_EXPORTER_URL=self.server.url)
        self.assertIn("no access", self.error(5, "hub_scout", "policies", {"org": "acme"})["message"])

    def test_policies_are_evaluated_here_where_the_service_is_silent(self):
        self.cves_are(package("pkg:npm/a@1", vulnerability("CVE-1", fixedBy="2"), licenses=["MIT"]))
        envelope = self.envelope("hub_scout", "policy_evaluation", IMAGE)
        self.assertEqual(envelope["source"], "local")
        status = {row["id"]: row["status"] for row in envelope["data"]["policies"]}
        self.assertEqual((status["fixable-vulnerabilities"], status["copyleft-license"], status["default-non-root-user"]),
                         ("failed", "passed", "unknown"))
        self.assertEqual(envelope["data"]["outcome"], "failed")
        self.assertEqual(envelope["data"]["score"]["total_weight"], 70)
        self.assertEqual(self.call("hub_scout", "policy_evaluation", {**IMAGE, "fail_on": ["failed"]}).code, 10)
        settings = {"fixable-vulnerabilities": {"weight": 0}, "copyleft-license": {"licenses": ["MIT"]}}
        data = self.envelope("hub_scout", "policy_evaluation", {**IMAGE, "policies": settings})["data"]
        self.assertEqual([row["id"] for row in data["policies"] if row["status"] == "failed"], ["copyleft-license"])
        self.error(2, "hub_scout", "policy_evaluation", {**IMAGE, "policies": {"no-such": {}}})

    def test_nothing_that_was_evaluated_fails_a_check_for_what_is_unknown(self):
        done = self.call("hub_scout", "policy_evaluation", {**IMAGE, "evaluation": "scout", "fail_on": ["unknown"]})
        self.assertEqual(done.code, 10, done)


class Rest(ScoutTest):
    """The requests of version 0.2.0."""

    def setUp(self):
        super().setUp()
        self.environment["DOCKER_SCOUT_API"] = "rest"

    def test_are_those_of_the_old_package(self):
        app = "/v1/orgs/acme/images/app"
        for action, params, target in (
            ("summary", {"repo": "acme/app"}, f"{app}/summary?reference=latest"),
            ("cves", {"repo": "acme/app", "reference": "1.0", "severity": "high"}, f"{app}/vulnerabilities?reference=1.0&severity=high"),
            ("vulnerabilities", {"repo": "alpine"}, "/v1/orgs/library/images/alpine/vulnerabilities?reference=latest"),
            ("sbom", {"repo": "app", "org": "acme", "sbom_format": "spdx"}, f"{app}/sbom?reference=latest&format=spdx"),
            ("compare", {"repo": "acme/app", "base_ref": "1", "target_ref": "2"}, f"{app}/compare?base=1&target=2"),
            ("policies", {"org": "acme"}, "/v1/orgs/acme/policies"),
            ("policy_evaluation", {"repo": "a/b", "org": "acme"}, "/v1/orgs/acme/images/a%2Fb/policy?reference=latest"),
        ):
            self.replies["GET " + target.partition("?")[0]] = ok({"answered": action})
            envelope = self.envelope("hub_scout", action, params)
            self.assertEqual((envelope["source"], envelope["data"]), ("rest", {"answered": action}))
            sent = self.server.requests[-1]
            self.assertEqual((sent.method, sent.path), ("GET", target.partition("?")[0]))
            self.assertEqual(query_of(sent), dict(pair.split("=") for pair in target.partition("?")[2].split("&") if pair))

    def test_may_have_other_paths(self):
        self.environment["DOCKER_SCOUT_SUMMARY_PATH"] = "/v2/{org}/{repo}/{reference}"
        self.replies["GET /v2/acme/app/1.0"] = ok({})
        self.envelope("hub_scout", "summary", {"repo": "acme/app", "reference": "1.0"})
        self.assertEqual(self.sent(), ["GET /v2/acme/app/1.0"])

    def test_refuse_what_they_cannot_do(self):
        for action, params in (("cves", {"fail_on": ["any"]}), ("cves", {"fixable": True}), ("summary", {"details": True})):
            self.error(2, "hub_scout", action, {"repo": "acme/app", **params})
        self.error(11, "hub_scout", "purl", {"purl": ["pkg:npm/a@1"]})
        self.assertEqual(self.sent(), [])

    def test_are_not_sent_for_a_wrong_word(self):
        self.environment["DOCKER_SCOUT_API"] = "soap"
        self.error(2, "hub_scout", "summary", {"repo": "acme/app"})
        self.environment["DOCKER_SCOUT_API"] = "graphql"
        self.environment["DOCKER_SCOUT_GRAPHQL_PATH"] = "graphql"
        self.error(2, "hub_scout", "cves", IMAGE)
        self.assertEqual(self.asked(), [])


if __name__ == "__main__":
    unittest.main()
