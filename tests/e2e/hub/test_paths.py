"""Whatever a parameter holds, the server sees one segment that decodes to it; or nothing is sent."""

import json
import unittest
import urllib.parse

from hub_case import HubTest, ok

VALUES = [
    "a/b", "../../users", "..", ".", "a?b=c", "a#b", "%2e%2e%2f", "100%", "a b", "é", "🐳", "\u202ea", "a\\b", ";x", "a\tb",
    "http://evil.invalid/", "x" * 255, "\u0000", "",
]


class Paths(HubTest):
    def test_have_the_segments_of_their_template(self):
        prefix = "/v2/orgs/acme/groups/"
        for value in VALUES:
            self.server.requests.clear()
            self.replies = {}
            self.call("hub_teams", "list_members", {"org": "acme", "group_name": value})
            for request in self.server.requests:
                self.assertTrue(request.path.startswith(prefix), request)
                segment, _, rest = request.path[len(prefix):].partition("/")
                self.assertEqual(rest, "members", request)
                self.assertEqual(urllib.parse.unquote(segment), value)
                self.assertNotIn(segment, (".", ".."))

    def test_are_never_64_kib_long(self):
        params = self.home.write("params.json", json.dumps({"org": "acme", "group_name": "x" * 65536}))
        done = self.run_program(
            "-o", "json", "hub_teams", "get", "--params", f"@{params}", environment=self.environment
        )
        self.assertEqual(done.code, 2, done)
        self.assertEqual(self.sent(), [])


if __name__ == "__main__":
    unittest.main()
