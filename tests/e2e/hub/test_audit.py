"""hub_audit: reading a log that has no total, no links and no ids, and following it."""

import csv
import datetime
import io
import json
import threading
import time
import unittest

from dockerhub_process import DEADLINE
from hub_case import JSON, HubTest, ok, query_of
from scripted_server import answer

ACTIONS = {"actions": {"repo": {"actions": [{"name": "tag.push"}, {"name": "create"}]}, "org": {"actions": [{"name": "create"}]}}}
LOG = "GET /v2/auditlogs/acme"


def entry(number, second=None):
    second = number if second is None else second
    return {"action": "repo.tag.push", "name": f"acme/app{number}", "timestamp": f"2026-01-01T00:00:{second:02}Z"}


class Logs(HubTest):
    def setUp(self):
        super().setUp()
        self.replies[LOG + "/actions"] = ok(ACTIONS)

    def test_are_one_page_as_docker_gives_it(self):
        self.replies[LOG] = ok({"logs": [entry(1)]})
        params = {"account": "acme", "from": "2026-01-01T00:00:00Z", "to_date": "2026-02-01T00:00:00Z", "page_size": 50}
        self.assertEqual(self.envelope("hub_audit", "logs", params)["data"], {"logs": [entry(1)]})
        self.assertEqual(
            query_of(self.server.requests[0]),
            {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "page_size": "50"},
        )

    def test_begin_and_end_an_age_ago(self):
        self.replies[LOG] = ok({"logs": [entry(1)]})
        before = time.time()
        self.envelope("hub_audit", "logs", {"account": "acme", "from_date": "7d", "to_date": "12h"})
        query = query_of(self.server.requests[0])
        for name, age in (("from", 7 * 86400), ("to", 12 * 3600)):
            told = datetime.datetime.fromisoformat(query[name].replace("Z", "+00:00")).timestamp()
            self.assertTrue(int(before) <= told + age <= time.time(), (name, query))
        for wrong in ("7", "7m", "yesterday", "-7d", "2026-01-01"):
            error = self.error(2, "hub_audit", "logs", {"account": "acme", "from_date": wrong})
            self.assertEqual(error["parameter"], "from_date")

    def test_are_read_until_a_short_page(self):
        entries = [entry(number % 60, number % 60) for number in range(250)]

        def page(request):
            at = (int(query_of(request)["page"]) - 1) * 100
            return ok({"logs": entries[at:at + 100]})

        self.replies[LOG] = page
        data = self.envelope("hub_audit", "logs", {"account": "acme"}, "--all-pages")["data"]
        self.assertEqual(data, {"logs": entries})
        self.assertEqual(len(self.sent()), 3)
        data = self.envelope("hub_audit", "logs", {"account": "acme"}, "--max-items", "120")["data"]
        self.assertEqual(len(data["logs"]), 120)

    def all_of(self, entries, most):
        """What all pages give where the server has at most so many on a page, and none behind the last."""

        def page(request):
            query = query_of(request)
            size = min(int(query["page_size"]), most)
            at = (int(query["page"]) - 1) * size
            return ok({"logs": entries[at:at + size]}) if at < len(entries) else ok({"detail": "Page not found"}, 404)

        self.replies[LOG] = page
        return self.envelope("hub_audit", "logs", {"account": "acme"}, "--all-pages")

    def test_go_on_where_the_server_gives_fewer_than_were_asked_for(self):
        for count, requests in ((120, 3), (100, 3), (50, 2), (30, 2), (24, 1)):
            before = len(self.sent())
            entries = [entry(number, number % 60) for number in range(count)]
            self.assertEqual(self.all_of(entries, 50)["data"], {"logs": entries})
            self.assertEqual(len(self.sent()) - before, requests, count)

    def test_end_where_there_is_no_page_behind_a_full_one(self):
        entries = [entry(number, number % 60) for number in range(200)]
        envelope = self.all_of(entries, 100)
        self.assertEqual((envelope["data"], envelope.get("warnings", [])), ({"logs": entries}, []))
        self.assertEqual(len(self.sent()), 3)

    def test_of_an_unknown_account_are_an_error(self):
        self.error(3, "hub_audit", "logs", {"account": "nobody"}, "--all-pages")

    def test_that_are_always_the_same_end_and_say_so(self):
        entries = [entry(number, number % 60) for number in range(100)]
        self.replies[LOG] = ok({"logs": entries})
        envelope = self.envelope("hub_audit", "logs", {"account": "acme"}, "--all-pages")
        self.assertEqual(envelope["data"], {"logs": entries})
        self.assertEqual(len(envelope["warnings"]), 1)
        self.assertLess(len(self.sent()), 10)

    def test_are_not_asked_for_an_action_that_they_do_not_know(self):
        error = self.error(2, "hub_audit", "logs", {"account": "acme", "action": "tag.push"})
        self.assertEqual(error["parameter"], "action")
        self.assertEqual(error["hint"], "Did you mean repo.tag.push?")
        self.assertIn("org.create", self.error(2, "hub_audit", "logs", {"account": "acme", "action": "create"})["hint"])
        self.assertNotIn(LOG, [line.split("?")[0] for line in self.sent()])
        self.replies[LOG] = ok({"logs": []})
        self.envelope("hub_audit", "logs", {"account": "acme", "action": "repo.tag.push"})
        self.assertEqual(query_of(self.server.requests[-1]), {"action": "repo.tag.push"})

    def test_are_asked_for_an_unchecked_action_where_the_list_is_not_told(self):
        self.replies[LOG + "/actions"] = ok({"detail": "no"}, 403)
        self.replies[LOG] = ok({"logs": []})
        envelope = self.envelope("hub_audit", "logs", {"account": "acme", "action": "new.kind"})
        self.assertEqual(len(envelope["warnings"]), 1)


class Exported(HubTest):
    COLUMNS = ["timestamp", "actor", "action", "name", "action_description"]

    def setUp(self):
        super().setUp()
        self.replies[LOG + "/actions"] = ok(ACTIONS)
        self.entries = [{**entry(number, number % 60), "actor": "ada", "action_description": f'pushed "{number}",\nand more'}
                        for number in range(250)]

        def page(request):
            at = (int(query_of(request)["page"]) - 1) * 100
            return ok({"logs": self.entries[at:at + 100]})

        self.replies[LOG] = page

    def exported(self, form, *options):
        done = self.run_program("-o", form, "--all-pages", *options, "hub_audit", "logs", "acme", environment=self.environment)
        self.assertEqual(done.code, 0, done)
        return done.out

    def test_as_csv_are_rows_under_a_header_that_any_reader_understands(self):
        rows = list(csv.reader(io.StringIO(self.exported("csv"), newline="")))
        self.assertEqual(rows[0], self.COLUMNS)
        self.assertEqual(rows[1:], [[one[column] for column in self.COLUMNS] for one in self.entries])

    def test_as_csv_have_the_columns_that_are_asked_for(self):
        rows = list(csv.reader(io.StringIO(self.exported("csv", "--columns", "name,actor"), newline="")))
        self.assertEqual((rows[0], rows[1], len(rows)), (["name", "actor"], ["acme/app0", "ada"], 251))

    def test_as_ndjson_are_whole_one_on_a_line(self):
        lines = self.exported("ndjson").splitlines()
        self.assertEqual([json.loads(line) for line in lines], self.entries)


class Streaming(HubTest):
    """What came is told while the server still holds what comes next."""

    def setUp(self):
        super().setUp()
        self.go_on = threading.Event()
        self.addCleanup(self.go_on.set)
        self.answered = []

    def serve(self, answers):
        """The answers one after the other; all but the first wait for go_on, though not for ever."""
        numbers = iter(range(len(answers)))

        def reply(_):
            number = next(numbers)
            if number > 0:
                self.go_on.wait(DEADLINE / 3)
            self.answered.append(number)
            return ok({"logs": answers[number]})

        self.replies[LOG] = reply

    def told_early(self, count, *command):
        """The first rows of a command that runs on, and the program."""
        process = self.start("-o", "ndjson", *command, environment=self.environment)
        lines = [process.stdout.readline() for _ in range(count)]
        self.assertEqual(self.answered, [0], "these rows were held back until more had come")
        return [json.loads(line) for line in lines], process

    def rest_of(self, process):
        self.go_on.set()
        out, err = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 0, err)
        return [json.loads(line) for line in out.splitlines()]

    def test_a_page_is_told_before_the_next_one_is_there(self):
        entries = [entry(number, number % 60) for number in range(150)]
        self.serve([entries[:100], entries[100:]])
        rows, process = self.told_early(100, "--all-pages", "audit", "logs", "acme")
        self.assertEqual(rows, entries[:100])
        self.assertEqual(self.rest_of(process), entries[100:])

    def test_a_look_is_told_before_the_next_one_has_an_answer(self):
        self.serve([[entry(2), entry(1)], [entry(3), entry(2)]])
        command = ("--max-items", "3", "audit", "logs", "acme", "--follow", "--interval", "1", "--from", "2026-01-01T00:00:00Z")
        rows, process = self.told_early(2, *command)
        self.assertEqual(rows, [entry(1), entry(2)])
        self.assertEqual(self.rest_of(process), [entry(3)])


class Following(HubTest):
    """The log grows with each look, newest first."""

    def setUp(self):
        super().setUp()
        self.looks = [[entry(1), entry(2, 1)], [entry(1), entry(2, 1), entry(3)], [entry(3), entry(4, 3), entry(5)]]
        self.replies[LOG] = self._look

    def _look(self, request):
        self.assertNotIn("canary", request.target)
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return ok({"logs": list(reversed(look))})

    def follow(self, most, begin="2026-01-01T00:00:00Z"):
        params = {"account": "acme", "follow": True, "interval": 1, "from_date": begin}
        return self.envelope("hub_audit", "logs", params, "--max-items", str(most))

    def test_tells_each_entry_once_and_the_oldest_first(self):
        told = [item["name"] for item in self.follow(5)["data"]["logs"]]
        self.assertEqual(sorted(told[:2]), ["acme/app1", "acme/app2"])
        self.assertEqual((told[2], sorted(told[3:])), ("acme/app3", ["acme/app4", "acme/app5"]))

    def test_begins_each_look_a_minute_before_the_last_entry(self):
        late = [entry(1, 0), {**entry(2), "timestamp": "2026-01-01T00:05:00Z"}]
        for begin in ("2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00"):
            self.server.requests.clear()
            self.looks = [late, [late[1], {**entry(3), "timestamp": "2026-01-01T00:04:30Z"}]]
            told = [item["name"] for item in self.follow(3, begin)["data"]["logs"]]
            self.assertEqual(told, ["acme/app1", "acme/app2", "acme/app3"], "an older one became visible later")
            starts = [query_of(request)["from"] for request in self.server.requests]
            self.assertEqual(starts, [begin, "2026-01-01T00:04:00Z"])

    def test_tells_an_entry_once_that_stands_on_two_pages_of_a_look(self):
        entries = [entry(number, number % 60) for number in range(130)]

        def page(request):
            # Something came between the two pages, so that the last entry of the first comes again.
            number = int(query_of(request).get("page", 1))
            return ok({"logs": {1: entries[:100], 2: entries[99:129]}.get(number, [])})

        self.replies[LOG] = page
        told = [item["name"] for item in self.follow(129)["data"]["logs"]]
        self.assertEqual(len(set(told)), 129)

    def test_waits_between_two_looks(self):
        times = []

        def look(request):
            times.append(time.monotonic())
            return self._look(request)

        self.replies[LOG] = look
        self.follow(5)
        self.assertEqual(len(times), 3)
        for earlier, later in zip(times, times[1:]):
            self.assertGreaterEqual(later - earlier, 1, "seconds, as the caller said")

    def test_waits_as_long_as_a_rate_limit_says_and_misses_nothing(self):
        # Longer than the kernel waits by itself.
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"
        wait, times = 3, []

        def look(request):
            times.append(time.monotonic())
            if len(times) != 2:
                return self._look(request)
            return answer(429, '{"detail": "Rate limit exceeded"}', [*JSON, ("Retry-After", str(wait))])

        self.replies[LOG] = look
        told = [item["name"] for item in self.follow(5)["data"]["logs"]]
        self.assertCountEqual(told, [f"acme/app{number}" for number in range(1, 6)])
        self.assertEqual(len(times), 4)
        self.assertGreaterEqual(times[2] - times[1], wait, "the server said when it may be asked again")

    def test_looks_twice_a_minute_unless_it_is_told_otherwise(self):
        (logs,) = [action for action in self.data("hub_audit", "describe")["actions"] if action["action"] == "logs"]
        interval = logs["params"]["properties"]["interval"]
        self.assertEqual((interval["default"], interval["minimum"]), (30, 1))

    def has_pages(self, count):
        """A log of so many full pages, none of which is like another."""

        def page(request):
            number = int(query_of(request)["page"])
            entries = [{**entry(at % 60), "name": f"acme/app{number}-{at}"} for at in range(100)]
            return ok({"logs": entries if number <= count else []})

        self.replies[LOG] = page

    def test_reads_no_more_than_20_pages_in_a_look_and_tells_of_the_gap(self):
        self.has_pages(21)
        envelope = self.follow(2000)
        self.assertEqual([query_of(request)["page"] for request in self.server.requests], [str(page) for page in range(1, 21)])
        self.assertEqual(len({item["name"] for item in envelope["data"]["logs"]}), 2000)
        (warning,) = envelope["warnings"]
        self.assertIn("may be missing", warning)

    def test_tells_of_no_gap_where_a_look_reached_the_end(self):
        self.has_pages(19)
        self.assertNotIn("warnings", self.follow(1900))
        self.assertEqual(len(self.sent()), 20)

    def test_tells_of_a_gap_where_the_log_repeats_itself(self):
        self.looks = [[entry(number % 60) for number in range(100)]]
        self.assertIn("may be missing", json.dumps(self.follow(30)["warnings"]))
        self.assertLess(len(self.sent()), 10)


if __name__ == "__main__":
    unittest.main()
