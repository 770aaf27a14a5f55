"""Against the sandbox: each action of the modules, its documented errors, and every fault that a server or
a network can have. What was sent is read from the sandbox's journal."""

import json
import unittest

from registry_test import RegistryTest
from sandbox_process import Sandbox, WithSandbox

TOKEN = "dckr_pat_SandboxAdmin0000000000000000"


class SandboxTest(WithSandbox, RegistryTest):
    def setUp(self):
        super().setUp()
        self.environment["DOCKERHUB_HTTP_TIMEOUT"] = "3s"
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"

    def run_hub(self, *arguments, options=(), **environment):
        done = self.run_program(
            "-o", "json", *options, *arguments, environment={**self.environment, **environment}
        )
        for stream in (done.out_bytes, done.err_bytes):
            self.assertNotIn(TOKEN.encode(), stream)
            self.assertNotIn(b"eyJ", stream, "no token is shown")
        return done

    def good(self, *arguments, **options):
        done = self.run_hub(*arguments, **options)
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)

    def bad(self, code, *arguments, **options):
        done = self.run_hub(*arguments, **options)
        self.assertEqual(done.code, code, done)
        # What was consented to is told before.
        return json.loads(done.err.splitlines()[-1])["error"]

    def sent(self, listener=""):
        return [(entry["method"], entry["path"]) for entry in self.sandbox.journal(listener)]

    def authorized(self, listener):
        """Paths of the requests that carried a credential."""
        return [
            entry["path"] for entry in self.sandbox.journal(listener)
            if any(name.lower() == "authorization" for name, _ in entry["headers"])
        ]


class Repositories(SandboxTest):
    def test_are_listed(self):
        data = self.good("hub_repos", "list", "--namespace", "sandbox", "--page-size", "2")["data"]
        self.assertEqual(len(data["results"]), 2)
        self.assertGreater(data["count"], 2)

    def test_are_listed_over_all_pages(self):
        arguments = ("hub_repos", "list", "--namespace", "sandbox", "--page-size", "2")
        all_of_them = self.good(*arguments, options=["--all-pages"])["data"]
        self.assertEqual(len(all_of_them["results"]), all_of_them["count"])
        three = self.good(*arguments, options=["--max-items", "3"])["data"]["results"]
        self.assertEqual(three, all_of_them["results"][:3])

    def test_are_read_checked_and_created(self):
        name = ("--namespace", "sandbox", "--repository", "made-here")
        self.assertFalse(self.good("hub_repos", "check", *name)["exists"])
        made = self.good("hub_repos", "create", "--namespace", "sandbox", "--name", "made-here",
                         "--description", "By a test")
        self.assertEqual(made["status_code"], 201)
        self.assertTrue(self.good("hub_repos", "check", *name)["exists"])
        self.assertEqual(self.good("hub_repos", "get", *name)["data"]["description"], "By a test")

    def test_have_tags(self):
        data = self.good("hub_repos", "list_tags", "--namespace", "sandbox", "--repository", "tags",
                         options=["--all-pages"])["data"]
        self.assertEqual(len(data["results"]), 25)

    def test_a_dry_run_creates_nothing(self):
        envelope = self.good("hub_repos", "create", "--namespace", "sandbox", "--name", "planned",
                             options=["--dry-run"])
        self.assertEqual(envelope["data"]["would_send"][0]["method"], "POST")
        self.assertEqual(self.sent("hub"), [])

    def test_errors_are_told_as_they_are(self):
        cases = (
            (3, "get", "--namespace", "sandbox", "--repository", "absent"),
            (3, "list", "--namespace", "sandbox", "--page", "99"),
            (2, "create", "--namespace", "sandbox", "--name", "UPPER"),
            (1, "create", "--namespace", "sandbox", "--name", "multi"),
            (2, "list", "--namespace", ""),
            (2, "list", "--namespace", "sandbox", "--page-size", "101"),
        )
        for code, *arguments in cases:
            with self.subTest(arguments=arguments):
                error = self.bad(code, "hub_repos", *arguments)
                self.assertTrue(error["message"] and error["hint"], error)

    def test_a_wrong_token_is_an_error_of_the_log_in_and_tried_once(self):
        error = self.bad(4, "hub_repos", "list", "--namespace", "sandbox",
                         DOCKER_HUB_TOKEN="dckr_pat_wrong0000000000000000000000")
        self.assertEqual(error["type"], "AuthError")
        self.assertEqual(self.sent("hub"), [("POST", "/v2/auth/token")])

    def test_public_things_are_read_without_an_account(self):
        self.good("hub_repos", "get", "--namespace", "sandbox", "--repository", "multi",
                  DOCKER_HUB_USER="", DOCKER_HUB_TOKEN="")
        self.assertEqual(self.authorized("hub"), [])


class Account(SandboxTest):
    def test_is_told_without_its_token(self):
        data = self.good("hub_admin", "whoami")["data"]
        self.assertEqual((data["authenticated"], data["identity"]), (True, "sandbox"))
        self.assertEqual(data["credential_kind"], "pat")
        self.assertNotIn("email", json.dumps(data))

    def test_may_be_none(self):
        data = self.good("hub_admin", "whoami", DOCKER_HUB_USER="", DOCKER_HUB_TOKEN="")["data"]
        self.assertEqual((data["authenticated"], data["identity"]), (False, None))
        self.assertEqual(self.sent(), [])

    def test_limits_always_have_their_three_keys(self):
        data = self.good("hub_admin", "rate_limit")["data"]
        self.assertLessEqual({"limit", "remaining", "reset"}, set(data))
        limited = self.good("hub_repos", "list", "--namespace", "sandbox")["rate_limit"]
        self.assertIsInstance(limited["limit"], int)
        self.assertIsInstance(limited["remaining"], int)


class Images(SandboxTest):
    def test_are_inspected(self):
        data = self.good("hub_registry", "inspect", "--repo", "sandbox/multi", "--reference", "latest")["data"]
        self.assertEqual(len(data["platforms"]), 3)
        self.assertEqual(data["attestations"], 3)

    def test_of_the_library_have_short_names(self):
        data = self.good("hub_registry", "inspect", "--repo", "alpine", "--reference", "latest")["data"]
        self.assertEqual(data["repository"], "library/alpine")

    def test_have_tags_that_come_in_pages(self):
        self.sandbox.set(tags_page=10)
        page = self.good("hub_registry", "list_tags", "--repo", "sandbox/tags")
        self.assertEqual(len(page["data"]["tags"]), 10)
        self.assertIn("next", page)
        done = self.run_hub("hub_registry", "list_tags", "--repo", "sandbox/tags", options=["--all-pages"])
        self.assertEqual(done.code, 0, done)
        self.assertEqual(sum(f"v{number:02}" in done.out for number in range(1, 26)), 25)

    def test_have_referrers_with_and_without_the_api(self):
        artifact = self.good("hub_registry", "resolve_digest", "--repo", "sandbox/artifact",
                             "--reference", "v1")["data"]
        self.assertTrue(artifact["exists"])
        tag = artifact["digest"].replace(":", "-")

        def referrers():
            told = self.good("hub_registry", "list_referrers", "--repo", "sandbox/artifact",
                             "--digest", artifact["digest"])
            return told["data"]["manifests"], told["source"]

        by_api, source = referrers()
        self.assertEqual(source, "referrers API")
        self.assertEqual({one["artifactType"] for one in by_api},
                         {"application/spdx+json", "application/vnd.sandbox.signature"})
        self.sandbox.set(referrers=False)
        self.assertEqual(referrers(), ([], "tag " + tag), "nothing is under the tag yet")
        media_type = "application/vnd.oci.image.index.v1+json"
        index = {"schemaVersion": 2, "mediaType": media_type, "manifests": by_api}
        self.good("hub_registry", "put_manifest", "--repo", "sandbox/artifact", "--reference", tag,
                  "--media-type", media_type, "--manifest-text", json.dumps(index),
                  options=["--yes", "--allow-destructive"])
        by_tag, source = referrers()
        self.assertEqual(source, "tag " + tag)
        self.assertEqual([one["digest"] for one in by_tag], [one["digest"] for one in by_api])
        # The tag does not stand in where there is the API.
        self.sandbox.set(referrers=True)
        self.assertEqual(referrers(), (by_api, "referrers API"))

    def test_warnings_are_told_once(self):
        self.sandbox.set(warning="this registry moves")
        envelope = self.good("hub_registry", "inspect", "--repo", "sandbox/multi", "--reference", "latest")
        self.assertEqual(sum("this registry moves" in text for text in envelope["warnings"]), 1)

    def test_the_account_goes_to_the_token_service_and_no_further(self):
        self.good("hub_registry", "get_config", "--repo", "sandbox/multi", "--reference", "latest")
        self.assertEqual(self.authorized("cdn"), [])
        for entry in self.sandbox.journal("registry"):
            for name, value in entry["headers"]:
                if name.lower() == "authorization":
                    self.assertTrue(value.startswith("Bearer "), "the account itself stays away")
        self.assertNotEqual(self.authorized("auth"), [])

    def test_private_ones_need_the_account(self):
        self.good("hub_registry", "inspect", "--repo", "sandbox/private", "--reference", "latest")
        done = self.run_hub("hub_registry", "inspect", "--repo", "sandbox/private", "--reference", "latest",
                            DOCKER_HUB_USER="", DOCKER_HUB_TOKEN="")
        self.assertIn(done.code, (3, 4, 5), done)

    def test_another_registry_gets_nothing_of_the_account(self):
        with Sandbox() as other:
            host = other.urls["registry"].removeprefix("http://")
            self.good("hub_registry", "inspect", "--repo", f"{host}/sandbox/multi", "--reference", "latest")
            self.assertNotEqual(other.journal("registry"), [])
            for entry in other.journal("auth"):
                self.assertNotIn("authorization", {name.lower() for name, _ in entry["headers"]})

    def test_refused_deletes_send_nothing(self):
        arguments = ("hub_registry", "delete_manifest", "--repo", "sandbox/tags", "--reference", "v01")
        for options in (["--yes"], ["--allow-destructive"], []):
            with self.subTest(options):
                self.bad(6, *arguments, options=options)
                self.assertEqual(self.sent(), [], "not even a log-in")
        self.good(*arguments, options=["--dry-run"])
        self.assertEqual([method for method, _ in self.sent("registry") if method == "DELETE"], [])

    def test_a_delete_that_the_registry_forbids_is_explained(self):
        error = self.bad(5, "hub_registry", "delete_manifest", "--repo", "sandbox/tags", "--reference", "v01",
                         options=["--yes", "--allow-destructive"])
        self.assertTrue(error["hint"])

    def test_a_delete_is_done_once(self):
        self.sandbox.set(delete_referenced=True)
        self.good("hub_registry", "delete_manifest", "--repo", "sandbox/tags", "--reference", "v01",
                  options=["--yes", "--allow-destructive"])
        deletes = [path for method, path in self.sent("registry") if method == "DELETE"]
        self.assertEqual(len(deletes), 1)
        self.bad(3, "hub_registry", "inspect", "--repo", "sandbox/tags", "--reference", "v01")


class WholeImages(SandboxTest):
    MULTI = ("--repo", "sandbox/multi", "--reference", "latest")

    def test_have_what_is_attested_about_them(self):
        found = self.good("hub_registry", "attestations", *self.MULTI)["data"]["attestations"]
        self.assertEqual(sorted((one["what"], one["platform"]) for one in found), sorted(
            (what, platform) for what in ("sbom", "provenance") for platform in ("linux/amd64", "linux/arm64/v8", "linux/arm/v7")
        ))
        self.assertEqual({one["signature"] for one in found}, {"unsigned"})

    def test_have_what_refers_to_them(self):
        found = self.good("hub_registry", "attestations", "--repo", "sandbox/artifact", "--reference", "v1")["data"]
        told = {one["type"]: (one["what"], one["source"]) for one in found["attestations"]}
        self.assertEqual(told["application/spdx+json"], ("sbom", "referrers API"))
        self.assertEqual(told["application/vnd.sandbox.signature"], ("other", "referrers API"))

    def test_have_a_tree(self):
        rows = self.good("hub_registry", "tree", "--repo", "sandbox/artifact", "--reference", "v1")["data"]["tree"]
        found = {row["artifact_type"]: (row["depth"], row["kind"], row["source"]) for row in rows}
        self.assertEqual(found["application/spdx+json"], (1, "referrer", "referrers API"))

    def test_are_verified_to_the_last_byte(self):
        data = self.good("hub_registry", "verify", *self.MULTI)["data"]
        self.assertEqual((data["verified"], data["manifests"]), (True, 7))
        self.assertEqual(self.sandbox.journal("registry")[-1]["status"], 307)

    def test_that_are_damaged_are_no_good(self):
        self.sandbox.set(redirect_blobs=False)
        self.sandbox.fault("wrong_body", listener="registry", path=".*/blobs/.*", after=1, times=1)
        error = self.bad(1, "hub_registry", "verify", *self.MULTI)
        self.assertIn("1 of ", error["message"])
        (problem,) = error["details"]["problems"]
        self.assertEqual(problem["problem"], "wrong")

    def test_that_miss_something_are_no_good(self):
        self.sandbox.set(redirect_blobs=False)
        self.sandbox.fault("status", listener="registry", path=".*/blobs/.*", status=404, times=1)
        error = self.bad(1, "hub_registry", "verify", *self.MULTI)
        self.assertEqual([one["problem"] for one in error["details"]["problems"]], ["missing"])

    def test_that_may_not_be_read_are_not_called_missing(self):
        self.sandbox.set(redirect_blobs=False)
        self.sandbox.fault("status", listener="registry", path=".*/blobs/.*", status=403, times=1)
        error = self.bad(5, "hub_registry", "verify", *self.MULTI)
        self.assertEqual((error["type"], error["status_code"]), ("UnauthorizedError", 403))
        self.assertNotIn("missing", error["message"])

    def test_lose_one_tag_through_docker_hub(self):
        arguments = ("hub_registry", "delete_tag", "--repo", "sandbox/multi", "--tag", "1.1")
        self.bad(6, *arguments, options=["--yes"])
        self.assertEqual(self.sent(), [])
        self.good(*arguments, options=["--dry-run"])
        done = self.good(*arguments, options=["--yes", "--allow-destructive"])
        self.assertEqual(done["source"], "hub_repos delete_tag")
        tags = self.sandbox.state()["registry"]["sandbox/multi"]["tags"]
        self.assertEqual(sorted(tags), ["1.0", "latest"])
        self.assertEqual([path for method, path in self.sent() if method == "DELETE"],
                         ["/v2/namespaces/sandbox/repositories/multi/tags/1.1"])


class Faults(SandboxTest):
    LIST = ("hub_repos", "list", "--namespace", "sandbox")
    READ = ("hub_registry", "get_manifest", "--repo", "sandbox/multi", "--reference", "latest")

    def on_list(self, kind, **parameters):
        self.sandbox.fault(kind, listener="hub", method="GET", prefix="/v2/namespaces", **parameters)

    def on_read(self, kind, **parameters):
        self.sandbox.fault(kind, listener="registry", method="GET", prefix="/v2/sandbox", **parameters)

    def lists(self):
        return self.sent("hub").count(("GET", "/v2/namespaces/sandbox/repositories"))

    def test_what_passes_is_tried_again(self):
        for kind, parameters in (
            ("status", {"status": 502}), ("status", {"status": 503}), ("status", {"status": 504}),
            ("rate_limited", {}), ("reset", {}), ("close", {}),
        ):
            with self.subTest(kind=kind, **parameters):
                self.sandbox.reset()
                self.on_list(kind, times=1, **parameters)
                self.good(*self.LIST, DOCKERHUB_HTTP_TIMEOUT="30s", DOCKERHUB_RETRY_AFTER_CAP="10s")
                self.assertEqual(self.lists(), 2)

    def test_what_stays_is_told_after_a_few_tries(self):
        for status, code in ((500, 1), (502, 1), (503, 1)):
            with self.subTest(status=status):
                self.sandbox.reset()
                self.on_list("status", status=status)
                error = self.bad(code, *self.LIST, DOCKERHUB_HTTP_TIMEOUT="60s", DOCKERHUB_MAX_RETRIES="1")
                self.assertEqual((error["type"], error["status_code"]), ("ApiError", status))
                self.assertLessEqual(self.lists(), 2)

    def test_a_token_service_that_is_busy_is_asked_once_more(self):
        self.sandbox.fault("rate_limited", listener="auth", seconds=0, times=1)
        self.good(*self.READ)
        self.assertEqual([entry["status"] for entry in self.sandbox.journal("auth")], [429, 200])

    def test_a_wait_that_is_too_long_is_not_begun(self):
        self.on_list("status", status=429, headers={"Retry-After": "3600"})
        error = self.bad(7, *self.LIST)
        self.assertEqual(error["retry_after"], 3600)
        self.assertEqual(self.lists(), 1)

    def test_a_creation_is_not_sent_twice_when_its_fate_is_unknown(self):
        self.sandbox.fault("close", listener="hub", method="POST", prefix="/v2/namespaces")
        self.bad(8, "hub_repos", "create", "--namespace", "sandbox", "--name", "once")
        posts = [path for method, path in self.sent("hub") if method == "POST" and "namespaces" in path]
        self.assertEqual(len(posts), 1)

    def test_broken_answers_are_errors(self):
        for kind in ("truncated", "long_length", "two_lengths", "unended_chunks", "bad_chunk_size",
                     "endless_informational", "garbage_status_line", "huge_header", "drip", "hang"):
            with self.subTest(kind=kind):
                self.sandbox.reset()
                self.on_list(kind)
                error = self.bad(8, *self.LIST, DOCKERHUB_MAX_RETRIES="0")
                self.assertIn(error["type"], ("NetworkError", "TimeoutError"))
                self.assertTrue(error["hint"])

    def test_wrong_content_is_an_error(self):
        for kind in ("wrong_digest", "wrong_body", "deep_json"):
            with self.subTest(kind=kind):
                self.sandbox.reset()
                self.on_read(kind)
                self.assertEqual(self.bad(1, *self.READ)["type"], "ApiError")

    def test_a_realm_of_a_stranger_gets_nothing(self):
        with Sandbox() as stranger:
            realm = stranger.urls["auth"].replace("127.0.0.1", "localhost") + "/token"
            self.sandbox.fault("realm", listener="registry", url=realm)
            self.bad(4, *self.READ)
            self.assertEqual(stranger.journal(), [])

    def test_pages_elsewhere_are_not_asked_for(self):
        with Sandbox() as stranger:
            self.sandbox.set(tags_page=5)
            self.sandbox.fault("next_elsewhere", listener="registry", url=stranger.urls["registry"])
            self.run_hub("hub_registry", "list_tags", "--repo", "sandbox/tags", options=["--all-pages"])
            self.assertEqual(stranger.journal(), [])

    def test_names_that_write_to_the_terminal_are_made_visible(self):
        self.on_list("hostile_names")
        done = self.run_program("hub_repos", "list", "--namespace", "sandbox", environment=self.environment)
        self.assertEqual(done.code, 0, done)
        for bad in (b"\x1b", b"\x07", "\u202e".encode()):
            self.assertNotIn(bad, done.out_bytes)

    def test_one_token_of_docker_hub_serves_many_requests(self):
        self.good("hub_repos", "list", "--namespace", "sandbox", "--page-size", "1", options=["--all-pages"])
        self.assertEqual(self.sent("hub").count(("POST", "/v2/auth/token")), 1)


if __name__ == "__main__":
    unittest.main()
