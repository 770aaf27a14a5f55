"""hub_repos cleanup of more tags than a minute's rate budget has requests, against the sandbox with Docker Hub's own
limit. It takes as many minutes as that, so it is no quick test."""

import collections
import json
import re
import subprocess
import threading
import unittest

from cli_test import CliTest
from sandbox_process import WithSandbox
from test_cleanup_load import DELETIONS_AT_ONCE, Gateway

LIMIT = 600  # requests a minute
TAGS = 700
LONGEST = 600  # seconds


class Budget(WithSandbox, CliTest):
    def setUp(self):
        super().setUp()
        self.sandbox.set(hub_limit=LIMIT)
        self.gateway = Gateway(self.sandbox.urls["hub"])
        self.addCleanup(self.gateway.server.close)
        self.environment["DOCKERHUB_URL"] = self.gateway.server.url
        self.taken = collections.Counter()  # by the minute, which is told by its end
        self.refused = collections.Counter()
        self.deletions = collections.Counter()  # by path, those that were carried out
        self.counting = threading.Lock()  # requests come side by side
        self.gateway.around = self._count

    def _count(self, request, hand_on):
        told = hand_on()
        status = int(told.split(b" ", 2)[1])
        end = re.search(rb"X-RateLimit-Reset: (\d+)", told, re.I)
        with self.counting:
            if end:
                (self.refused if status == 429 else self.taken)[int(end[1])] += 1
            if request.method == "DELETE" and status < 300:
                self.deletions[request.path] += 1
        return told

    def cleanup(self, *options, **params):
        process = self.start(
            "-o", "data", "--timeout", f"{LONGEST}s", *options, "hub_repos", "cleanup", "--params", "-",
            environment=self.environment, stdin=subprocess.PIPE,
        )
        params = {"namespace": "sandbox", "repository": "crowd", **params}
        out, err = process.communicate(json.dumps(params).encode(), timeout=LONGEST)
        self.assertEqual(process.returncode, 0, err)
        return json.loads(out)

    def test_is_kept_to_over_several_minutes(self):
        self.sandbox.add_tags("sandbox/crowd", [
            {"name": f"build-{number:03}", "content": str(number), "pushed": "2024-01-01T00:00:00Z"} for number in range(TAGS)
        ])
        plan = self.cleanup(only=["build-*"])
        self.assertEqual(plan["totals"]["tags_to_delete"], TAGS)
        done = self.cleanup("--yes", "--allow-destructive", plan=plan)
        self.assertEqual((done["deleted"], done["failed"]), (TAGS, 0))
        self.assertEqual((len(self.deletions), set(self.deletions.values())), (TAGS, {1}))
        self.assertGreater(len(self.taken), 1, "one minute was enough: nothing was shown")
        self.assertLessEqual(max(self.taken.values()), LIMIT)
        # Those that were under way when the budget ended, and nobody who asks again before the next one.
        self.assertLessEqual(max(self.refused.values(), default=0), DELETIONS_AT_ONCE, self.refused)


if __name__ == "__main__":
    unittest.main()
