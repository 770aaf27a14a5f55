"""hub_repos cleanup of large repositories, against the sandbox: its memory, how many requests are under way at
once, how it waits at the end of a rate budget, and that it tells how far it is."""

import http.client
import json
import os
import shlex
import subprocess
import threading
import time
import unittest
import urllib.parse

from cli_test import CliTest
from dockerhub_process import DEADLINE, Terminal
from hub_case import error_of
from sandbox_process import WithSandbox
from scripted_server import ScriptedServer, answer

PAGES_AT_ONCE = 4
DELETIONS_AT_ONCE = 6
PASSED_ON = ("authorization", "accept", "content-type", "user-agent")


class Gateway:
    """Stands before a Docker Hub and hands on what it gets; `around(request, hand_on)` may look and wait."""

    def __init__(self, url):
        self._authority = urllib.parse.urlsplit(url).netloc
        self.around = lambda request, hand_on: hand_on()
        self.server = ScriptedServer(lambda request: self.around(request, lambda: self.hand_on(request)))

    def hand_on(self, request, more=(), edit=lambda body: body):
        """The answer, with more headers and its body edited."""
        connection = http.client.HTTPConnection(self._authority, timeout=DEADLINE)
        try:
            headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
            connection.request(request.method, request.target, body=request.body or None, headers=headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        replaced = {name.lower() for name, _ in more} | {"connection", "content-length", "transfer-encoding"}
        kept = [(name, value) for name, value in response.headers.items() if name.lower() not in replaced]
        return answer(response.status, edit(body), [*kept, *more])


class InFlight:
    """Counts what is under way. Each waits until so many are, and whether one more comes."""

    def __init__(self, expected):
        self._expected = expected
        self._changed = threading.Condition()
        self._now = 0
        self.most = 0

    def hold(self, left):
        """left: how many there can still be at all."""
        with self._changed:
            self._now += 1
            self.most = max(self.most, self._now)
            self._changed.notify_all()
            wanted = min(self._expected, left)
            self._changed.wait_for(lambda: self.most >= wanted, timeout=DEADLINE / 2)
            self._changed.wait_for(lambda: self._now > self._expected, timeout=0.1)

    def release(self):
        with self._changed:
            self._now -= 1


class LoadTest(WithSandbox, CliTest):
    def setUp(self):
        super().setUp()
        self.sandbox.set(hub_limit=1_000_000)
        self.gateway = Gateway(self.sandbox.urls["hub"])
        self.addCleanup(self.gateway.server.close)
        self.environment["DOCKERHUB_URL"] = self.gateway.server.url

    def has_tags(self, repository, count):
        self.sandbox.add_tags(repository, [
            {"name": f"build-{number:05}", "content": str(number // 3), "pushed": "2024-01-01T00:00:00Z"} for number in range(count)
        ])

    def cleanup(self, *options, **params):
        done = self.run_program(
            "-o", "data", *options, "hub_repos", "cleanup", "--params",
            json.dumps({"namespace": "sandbox", "repository": "crowd", **params}), environment=self.environment,
        )
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)


class Memory(LoadTest):
    @unittest.skipIf(os.environ.get("DOCKERHUB_SANITIZE"), "sanitized programs keep what they freed")
    def test_of_a_plan_of_10_000_tags_is_bounded(self):
        self.has_tags("sandbox/crowd", 10_000)
        rules = ["--older-than", "90d", "--keep-newest", "100", "--untagged"]
        process = subprocess.Popen(
            [self.binary, "-q", "-o", "data", "hub_repos", "cleanup", "sandbox", "crowd", *rules],
            env={**self.home.environment, **self.environment, "DOCKERHUB_URL": self.sandbox.urls["hub"]},
            stdout=subprocess.PIPE, cwd=self.home.work,
        )
        plan = json.loads(process.stdout.read())
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((process.returncode, plan["totals"]["tags_to_delete"]), (0, 9_900))
        self.assertLess(usage.ru_maxrss, 60 * 1024, "KiB")


class Requests(LoadTest):
    def counted(self, method, expected, total):
        """Counts the requests for tags of that method, but the first of a list, which tells how many pages there are."""
        flight = InFlight(expected)
        begun = iter(range(total))

        def around(request, hand_on):
            is_first = "?page=1&" in request.target
            if request.method != method or "/tags" not in request.path or is_first:
                return hand_on()
            flight.hold(total - next(begun))
            try:
                return hand_on()
            finally:
                flight.release()

        self.gateway.around = around
        return flight

    def test_of_a_plan_run_side_by_side_and_never_more_than_the_bound(self):
        self.has_tags("sandbox/crowd", 1000)
        flight = self.counted("GET", PAGES_AT_ONCE, 9)
        plan = self.cleanup(only=["build-*"], keep_newest=["build-*=10"])
        self.assertEqual(plan["totals"]["tags_to_delete"], 990)
        self.assertEqual(flight.most, PAGES_AT_ONCE)

    def test_of_deletions_run_side_by_side_and_never_more_than_the_bound(self):
        self.has_tags("sandbox/crowd", 30)
        plan = self.cleanup(only=["build-*"])
        flight = self.counted("DELETE", DELETIONS_AT_ONCE, 30)
        done = self.cleanup("--yes", "--allow-destructive", plan=plan)
        self.assertEqual(done["deleted"], 30)
        self.assertGreater(flight.most, 1)
        self.assertLessEqual(flight.most, DELETIONS_AT_ONCE)

    def test_wait_for_the_next_budget_where_nothing_is_left_of_this_one(self):
        self.has_tags("sandbox/crowd", 300)
        reset = None  # of the budget that the first request of the list uses up
        early, later = [], []

        def around(request, hand_on):
            nonlocal reset
            now = int(time.time())
            if reset is not None and time.time() >= reset:
                later.append(str(request))
                return hand_on()
            if reset is not None:
                early.append(str(request))
            elif "/tags?" in request.target:
                reset = now + 3
            told = {"Limit": 180, "Remaining": 100 if reset is None else 0, "Reset": reset or now + 1}
            return self.gateway.hand_on(request, [(f"X-RateLimit-{name}", str(value)) for name, value in told.items()])

        self.gateway.around = around
        plan = self.cleanup(only=["build-*"])
        self.assertEqual(plan["totals"]["tags_to_delete"], 300)
        self.assertEqual((early, len([one for one in later if "/tags?" in one])), ([], 2))


def refused_for(seconds):
    headers = [("Content-Type", "application/json"), ("Retry-After", str(seconds))]
    return answer(429, '{"detail": "Rate limit exceeded"}', headers)


class Limit(LoadTest):
    """How deletions meet the end of a rate budget. Times are those of the server, which are earlier than the client's."""

    def setUp(self):
        super().setUp()
        self.has_tags("sandbox/crowd", 12)
        self.plan = self.cleanup(only=["build-*"])
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"
        self.asked = []  # (time, method, path) of all requests for tags

    def note(self, request):
        """Gives its time."""
        at = time.time()
        self.asked.append((at, request.method, request.path))
        return at

    def deletions(self):
        """The times of the requests that delete a tag, by its path."""
        found = {}
        for at, method, path in self.asked:
            if method == "DELETE":
                found.setdefault(path, []).append(at)
        return found

    def apply(self, *options):
        return self.cleanup("--yes", "--allow-destructive", *options, plan=self.plan)

    def apply_in_five_minutes(self):
        return self.run_program(
            "-o", "json", "--yes", "--allow-destructive", "--timeout", "300s", "hub_repos", "cleanup", "--params",
            json.dumps({"namespace": "sandbox", "repository": "crowd", "plan": self.plan}), environment=self.environment,
        )

    def test_that_names_a_moment_is_waited_for_until_then(self):
        # Longer than the wait that is begun with where no moment is named.
        wait = 6
        refused = {}

        def around(request, hand_on):
            at = self.note(request)
            is_over = refused and at >= min(refused.values()) + wait
            if request.method != "DELETE" or is_over:
                return hand_on()
            refused[request.path] = at
            return refused_for(wait)

        self.gateway.around = around
        done = self.apply()
        self.assertEqual((done["deleted"], done["failed"]), (12, 0))
        deletions = self.deletions()
        self.assertEqual(len(deletions), 12)
        self.assertGreater(len(refused), 0)
        for path, times in deletions.items():
            self.assertEqual(len(times), 2 if path in refused else 1, path)
            self.assertGreaterEqual(times[-1], max(refused.values()) + wait, path)

    def test_that_was_waited_for_leaves_a_tag_that_was_pushed_anew_meanwhile(self):
        is_first = iter([True])
        moved = []

        def around(request, hand_on):
            self.note(request)
            if request.method != "DELETE" or not next(is_first, False):
                return hand_on()
            self.sandbox.add_tags("sandbox/crowd", [{"name": request.path.rpartition("/")[2], "content": "pushed anew"}])
            moved.append(request.path)
            return refused_for(2)

        self.gateway.around = around
        done = self.apply_in_five_minutes()
        self.assertEqual(done.code, 9, done)
        envelope = json.loads(done.out)
        self.assertEqual((envelope["data"]["deleted"], envelope["data"]["skipped"]), (11, 1))
        self.assertEqual(len(self.deletions()[moved[0]]), 1, "the refused one is not repeated")
        self.assertIn("Make a new plan", envelope["outcome"]["text"])

    def test_that_takes_longer_than_the_call_has_is_told_at_once(self):
        def around(request, hand_on):
            self.note(request)
            if request.method != "DELETE":
                return hand_on()
            return refused_for(600)

        self.gateway.around = around
        done = self.apply_in_five_minutes()
        self.assertEqual(done.code, 7, done)
        error = error_of(done)
        self.assertEqual((error["type"], error["status_code"]), ("ApiError", 429))
        self.assertGreater(error["retry_after"], 500)
        self.assertEqual({len(times) for times in self.deletions().values()}, {1})

    def test_that_is_used_up_on_the_way_is_told_beside_what_was_done(self):
        def around(request, hand_on):
            self.note(request)
            if request.method != "DELETE" or request.path == next(iter(self.deletions())):
                return hand_on()
            return refused_for(600)

        self.gateway.around = around
        done = self.apply_in_five_minutes()
        self.assertEqual(done.code, 9, done)
        envelope = json.loads(done.out)
        self.assertEqual(envelope["data"]["deleted"], 1)
        self.assertIn("Stopped after 1 of 12", envelope["outcome"]["text"])
        warnings = " ".join(envelope["warnings"])
        self.assertIn("longer than this call waits", warnings)
        self.assertIn("hub_admin limits", warnings)

    def test_of_which_nothing_is_left_is_waited_for_before_a_deletion(self):
        reset = None  # of the budget that the first look at a tag uses up

        def around(request, hand_on):
            nonlocal reset
            self.note(request)
            now = int(time.time())
            if reset is None and "/tags/" in request.path:
                reset = now + 3
            told = {"Limit": 180, "Remaining": 100 if reset is None else 0, "Reset": reset or now + 1}
            return self.gateway.hand_on(request, [(f"X-RateLimit-{name}", str(value)) for name, value in told.items()])

        self.gateway.around = around
        self.assertEqual(self.apply()["deleted"], 12)
        deletions = self.deletions()
        self.assertEqual({len(times) for times in deletions.values()}, {1})
        self.assertGreaterEqual(min(times[0] for times in deletions.values()), reset)


class Lists(LoadTest):
    def test_that_leave_out_a_tag_do_not_make_it_gone(self):
        self.has_tags("sandbox/crowd", 12)
        plan = self.cleanup(only=["build-*"])
        missing = plan["entries"][3]["tag"]

        def without(body):
            page = json.loads(body)
            return json.dumps({**page, "results": [tag for tag in page["results"] if tag["name"] != missing]}).encode()

        def around(request, hand_on):
            return self.gateway.hand_on(request, edit=without) if "/tags?" in request.target else hand_on()

        self.gateway.around = around
        told = self.cleanup("--dry-run", plan=plan)
        self.assertEqual({row["action"] for row in told["entries"]}, {"delete"})
        done = self.cleanup("--yes", "--allow-destructive", plan=plan)
        self.assertEqual((done["deleted"], done["gone"]), (12, 0))


class Looks(LoadTest):
    """How a plan that looks at manifests meets the end of the registry's rate budget."""

    AT_ONCE = 8
    TAGS = 12

    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/crowd", [
            {"name": f"old-{number}", "content": str(number), "pushed": "2024-01-01T00:00:00Z", "platforms": 3}
            for number in range(self.TAGS)
        ])
        self.earlier = self.cleanup(only=["old-*"])
        self.cleanup("--yes", "--allow-destructive", plan=self.earlier)
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"
        self.sandbox.clear_journal()

    def limited(self, method, **how):
        self.sandbox.fault("rate_limited", listener="registry", method=method, prefix="/v2/sandbox/crowd/manifests/", **how)

    def looks(self, method):
        """The requests that the registry answered, beside the challenges that ask for a token."""
        return [
            one for one in self.sandbox.journal("registry")
            if one["method"] == method and "/manifests/" in one["path"] and one["status"] != 401
        ]

    def test_wait_for_the_limit_and_leave_nothing_out(self):
        refused = 3
        for method in ("HEAD", "GET"):
            self.limited(method, seconds=2, times=refused)
        plan = self.cleanup(untagged=True, earlier=self.earlier)
        # An index with three images and three attestations each.
        self.assertEqual(plan["totals"]["manifests_to_delete"], 7 * self.TAGS)
        for method in ("HEAD", "GET"):
            self.assertEqual(len(self.looks(method)), self.TAGS + refused, method)

    def test_that_would_wait_too_long_are_told_as_not_known(self):
        self.limited("HEAD", seconds=600)
        done = self.run_program(
            "-o", "json", "--timeout", "300s", "hub_repos", "cleanup", "--params",
            json.dumps({"namespace": "sandbox", "repository": "crowd", "untagged": True, "earlier": self.earlier}),
            environment=self.environment,
        )
        self.assertEqual(done.code, 0, done)
        envelope = json.loads(done.out)
        self.assertEqual(envelope["data"]["totals"]["manifests_to_delete"], 0)
        self.assertIn(f"{self.TAGS} manifests could not be looked at", " ".join(envelope["data"]["unseen"]))
        self.assertIn("longer than this call waits", " ".join(envelope["warnings"]))
        looks = len(self.looks("HEAD"))
        self.assertGreater(looks, 0)
        self.assertLessEqual(looks, self.AT_ONCE)


    def test_that_could_not_read_an_index_leave_what_it_may_list(self):
        self.sandbox.add_tags("sandbox/crowd", [{"name": "late", "content": "late", "pushed": "2024-01-01T00:00:00Z", "platforms": 3}])
        # Names the index and what it lists.
        earlier = self.cleanup(only=["late"], untagged=True)
        self.cleanup("--yes", "--allow-destructive", plan=self.cleanup(only=["late"]))
        self.limited("GET", seconds=600)
        plan = self.cleanup("--timeout", "300s", untagged=True, earlier=earlier)
        self.assertEqual(plan["totals"]["manifests_to_delete"], 0)
        self.assertIn("1 manifests could not be looked at", " ".join(plan["unseen"]))
        self.assertIn("lists is not known", " ".join(row["reason"] for row in plan["entries"]))
        self.sandbox.clear_faults()
        self.assertEqual(self.cleanup(untagged=True, earlier=earlier)["totals"]["manifests_to_delete"], 7)


class Progress(LoadTest):
    """Nothing is drawn of a call that is over soon: this server takes its time."""

    TAKES = 0.3  # seconds, of each request for tags

    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self.home)
        self.addCleanup(self.terminal.close)
        self.seen = threading.Event()
        self.addCleanup(self.seen.set)

    def slowly(self, method, total):
        """The last of so many requests of that method waits until somebody has seen how far it is."""
        self.seen.clear()
        numbers = iter(range(1, total + 1))

        def around(request, hand_on):
            if request.method == method and "/tags" in request.path:
                self.seen.wait(DEADLINE / 3 if next(numbers) == total else self.TAKES)
            return hand_on()

        self.gateway.around = around

    def watched(self, text, *arguments):
        """Runs a command line on the terminal until its end; the screen holds the text meanwhile."""
        script = self.home.path / "command"
        given = " ".join(f"{name}={shlex.quote(value)}" for name, value in self.environment.items())
        script.write_text(f"env {given} {shlex.join([self.binary, *map(str, arguments)])} > /dev/null\n")
        self.terminal.type(f"clear; sh {script}; echo code=$?\n")
        self.terminal.wait_for(text)
        self.seen.set()
        self.terminal.wait_for("\ncode=0\n")

    def test_is_told_on_a_terminal_while_tags_are_listed(self):
        self.has_tags("sandbox/crowd", 2000)
        self.slowly("GET", 20)
        self.watched(" of 2000 tag (", "hub_repos", "cleanup", "sandbox", "crowd", "--only", "build-*")

    def test_is_told_on_a_terminal_while_tags_are_deleted(self):
        self.has_tags("sandbox/crowd", 40)
        plan = self.home.write("plan.json", json.dumps(self.cleanup(only=["build-*"])))
        self.slowly("DELETE", 40)
        self.watched(" of 40 deletion (", "--yes", "--allow-destructive", "hub_repos", "cleanup", "sandbox", "crowd", "--plan", f"@{plan}")


if __name__ == "__main__":
    unittest.main()
