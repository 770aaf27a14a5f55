"""hub_admin: the budgets of API and pulls, asked apart."""

import json
import unittest

from hub_case import HubTest, answer

PREVIEW = "/v2/ratelimitpreview/test/manifests/latest"
API = [("X-RateLimit-Limit", "180"), ("X-RateLimit-Remaining", "179"), ("X-RateLimit-Reset", "1900000000")]
PULLS = [
    ("RateLimit-Limit", "100;w=21600"), ("RateLimit-Remaining", "76;w=21600"),
    ("Docker-RateLimit-Source", "203.0.113.7"), ("Content-Type", "application/vnd.oci.image.manifest.v1+json"),
]


class Limits(HubTest):
    def setUp(self):
        super().setUp()
        self.environment["DOCKER_REGISTRY_URL"] = self.server.url
        self.replies["HEAD /v2/namespaces/library/repositories/hello-world"] = answer(200, b"", API)
        self.replies["HEAD " + PREVIEW] = answer(200, b"", PULLS)

    def test_are_asked_of_both_servers_without_a_pull(self):
        data = self.envelope("hub_admin", "limits")["data"]
        self.assertEqual((data["api"]["limit"], data["api"]["remaining"]), (180, 179))
        self.assertEqual((data["pulls"]["limit"], data["pulls"]["remaining"]), (100, 76))
        self.assertEqual((data["pulls"]["window"], data["pulls"]["source"]), (21600, "203.0.113.7"))
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"HEAD"})

    def test_are_lines_without_json_in_a_pipe_and_a_row_in_a_table_of_commas(self):
        done = self.run_program("limits", environment=self.environment)
        lines = dict(line.split("\t") for line in done.out.splitlines())
        self.assertEqual((lines["api.limit"], lines["api.remaining"], lines["pulls.remaining"]), ("180", "179", "76"))
        self.assertNotIn("{", "".join(lines.values()))
        rows = self.run_program("-o", "csv", "limits", environment=self.environment).out.splitlines()
        self.assertEqual(rows[0], "api.limit,api.remaining,api.reset,pulls.limit,pulls.remaining,pulls.reset")
        self.assertEqual(rows[1].split(",")[:2], ["180", "179"])

    def test_tell_whom_each_is_counted_for(self):
        data = self.envelope("hub_admin", "limits")["data"]
        self.assertEqual((data["api"]["source"], data["pulls"]["source"]), ("token", "203.0.113.7"))
        self.assertEqual(set(data["api"]), set(data["pulls"]))
        del self.environment["DOCKERHUB_JWT"]
        self.assertIsNone(self.envelope("hub_admin", "limits")["data"]["api"]["source"])

    def test_are_null_where_a_server_does_not_say(self):
        self.replies["HEAD " + PREVIEW] = answer(404)
        data = self.envelope("hub_admin", "limits")["data"]
        self.assertIsNone(data["pulls"])
        self.assertEqual(data["api"]["limit"], 180)

    def test_of_one_server_are_told_where_the_other_fails(self):
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"
        used_up = [("X-RateLimit-Limit", "180"), ("X-RateLimit-Remaining", "0"), ("Retry-After", "3600")]
        hub = "HEAD /v2/namespaces/library/repositories/hello-world"
        for request, failing, key, kept in (
            ("HEAD " + PREVIEW, b"", "pulls", "api"), (hub, b"", "api", "pulls"), (hub, answer(429, b"", used_up), None, "pulls"),
        ):
            with self.subTest(request=request, key=key):
                before = self.replies[request]
                self.replies[request] = failing
                told = self.envelope("hub_admin", "limits")
                self.replies[request] = before
                self.assertIsNotNone(told["data"][kept])
                if key is None:
                    self.assertEqual(told["data"]["api"]["remaining"], 0)
                else:
                    self.assertIsNone(told["data"][key])
                    self.assertIn("could not be asked", json.dumps(told["warnings"]))


if __name__ == "__main__":
    unittest.main()
