"""hub_repos cleanup against the sandbox: plans that say what goes and why, plans that are carried out exactly
or not at all, and what a registry has left afterwards."""

import datetime
import json
import shlex
import signal
import unittest

from cli_test import CliTest
from dockerhub_process import wait_until
from hub_case import error_of
from sandbox_process import WithSandbox

OPEN = ("--yes", "--allow-destructive")
APP = {"namespace": "sandbox", "repository": "app"}
TAGS = "/v2/namespaces/sandbox/repositories/app/tags"


def days_ago(days):
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class CleanupTest(WithSandbox, CliTest):
    def has(self, *tags):
        """The repository's tags: name, age in days, more of the sandbox's members."""
        self.sandbox.add_tags("sandbox/app", [
            {"name": name, "pushed": days_ago(age), **(more[0] if more else {})} for name, age, *more in tags
        ])

    def call(self, *options, **params):
        return self.run_program(
            "-o", "json", *options, "hub_repos", "cleanup", "--params", json.dumps({**APP, **params}),
            environment=self.environment,
        )

    def plan(self, **rules):
        done = self.call(**rules)
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)["data"]

    def apply(self, plan, code=0, options=OPEN):
        done = self.call(*options, plan=plan)
        self.assertEqual(done.code, code, done)
        return json.loads(done.out) if done.out else error_of(done)

    def tags(self):
        return sorted(self.sandbox.state()["registry"]["sandbox/app"]["tags"])

    def manifests(self):
        return {one["digest"] for one in self.sandbox.state()["registry"]["sandbox/app"]["manifests"]}

    def sent(self, method):
        return [one["path"] for one in self.sandbox.journal() if one["method"] == method]


def going(plan):
    return [one["tag"] or one["digest"] for one in plan["entries"] if one["action"] == "delete"]


def reasons(plan):
    return {one["tag"]: one["reason"] for one in plan["entries"] if one["tag"]}


class Plans(CleanupTest):
    def setUp(self):
        super().setUp()
        self.has(
            ("latest", 400), ("1.0.0", 300), ("1.0.1", 200), ("build-1", 100), ("build-2", 90), ("build-3", 1),
            ("used", 300, {"pulled": days_ago(2)}),
        )

    def test_say_what_goes_what_stays_and_why(self):
        plan = self.plan(older_than="30d", not_pulled_for="10d", keep=["latest"], keep_releases="latest_patch",
                         keep_newest=["build-*=2"])
        self.assertEqual(going(plan), ["1.0.0", "build-1"])
        why = reasons(plan)
        self.assertEqual(why["1.0.1"], "is the latest patch of 1.0")
        self.assertEqual(why["latest"], "fits 'latest'")
        self.assertEqual(why["build-2"], "is one of the newest 2 of 'build-*'")
        self.assertIn("was pulled since", why["used"])
        self.assertIn("older than the newest 2 of 'build-*'", why["build-1"])
        self.assertEqual((plan["totals"]["tags_to_delete"], plan["totals"]["tags_to_keep"]), (2, 5))
        self.assertGreater(plan["totals"]["bytes_freed"], 0)
        self.assertEqual({one["path"] for one in self.sandbox.journal() if one["method"] == "DELETE"}, set())

    def test_take_their_rules_from_a_file(self):
        file = self.home.write("rules.yaml", "older_than: 30d\nkeep: [latest, 'used']\nkeep_newest:\n  - build-*=1\n")
        done = self.run_program("-o", "data", "hub_repos", "cleanup", "sandbox", "app", "--rules", f"@{file}",
                                environment=self.environment)
        self.assertEqual(going(json.loads(done.out)), ["1.0.0", "1.0.1", "build-1", "build-2"], done)

    def test_are_rows_on_a_terminal_or_in_a_pipe(self):
        done = self.run_program("hub_repos", "cleanup", "sandbox", "app", "--only", "build-*", "--keep-newest", "1",
                                environment=self.environment)
        rows = [line.split("\t") for line in done.out.splitlines()]
        self.assertEqual([row[:2] for row in rows if row[0] == "delete"], [["delete", "build-1"], ["delete", "build-2"]])
        self.assertIn("2 of 7 tags", done.err)
        self.assertIn("Nothing was changed", done.err)

    def test_need_a_rule_that_says_what_goes(self):
        for rules in ({}, {"keep": ["latest"]}, {"keep_releases": "all"}, {"rules": {"keep": "latest"}},
                      {"rules": {"older": "1d"}}, {"rules": {"older_than": "1d"}, "keep": ["x"]},
                      {"older_than": "soon"}, {"older_than": "1d", "repository": "../app"}):
            self.assertEqual(self.call(**rules).code, 2, rules)
        self.assertEqual(self.sandbox.journal(), [])

    def test_leave_immutable_tags(self):
        self.run_program("hub_repos", "set_immutable_tags", "sandbox", "app", "--enabled", "--rules", '["1\\\\.0\\\\..*"]',
                         environment=self.environment)
        plan = self.plan(only=["1.*", "build-1"])
        self.assertEqual(going(plan), ["build-1"])
        self.assertEqual(reasons(plan)["1.0.0"], "is immutable")

    def test_say_what_cannot_be_seen(self):
        self.assertIn("lists no untagged manifests", json.dumps(self.plan(only=["x"], untagged=True)["unseen"]))
        self.run_program("hub_repos", "set_immutable_tags", "sandbox", "app", "--enabled", "--rules", '["x"]',
                         environment=self.environment)
        self.sandbox.fault("status", listener="hub", path=".*/verify", status=403)
        done = self.call(only=["build-*"])
        self.assertIn("immutable is not told", json.dumps(json.loads(done.out)["warnings"]))

    def test_find_what_tags_name_where_docker_hub_does_not_tell(self):
        told = self.plan(only=["build-1"])
        self.sandbox.set(drawn_shapes=True)
        plan = self.plan(only=["build-1"])
        self.assertEqual(going(plan), ["build-1"])
        self.assertEqual(plan["entries"][0]["digest"], told["entries"][0]["digest"])
        self.apply(plan)
        self.assertNotIn("build-1", self.tags())

    def test_of_many_pages_hold_every_tag(self):
        self.has(*((f"many-{number}", 10) for number in range(430)))
        plan = self.plan(only=["many-*"], keep_newest=["many-*=30"])
        self.assertEqual(len(going(plan)), 400)
        self.assertEqual(len(plan["entries"]), 437)


class Applied(CleanupTest):
    def setUp(self):
        super().setUp()
        self.has(("old-1", 300), ("old-2", 200), ("stable", 300, {"content": "old-1"}), ("new", 1))
        self.stored = self.plan(only=["old-*"])

    def test_delete_exactly_the_plan(self):
        done = self.apply(self.stored)
        self.assertEqual(self.tags(), ["new", "stable"])
        self.assertCountEqual([(one["action"], one["tag"]) for one in done["data"]["entries"]],
                         [("deleted", "old-1"), ("deleted", "old-2")])
        self.assertEqual((done["data"]["deleted"], done["data"]["failed"]), (2, 0))

    def test_ask_for_exactly_that_plan(self):
        done = self.call(*OPEN, plan=self.stored)
        self.assertIn(f"Clean up sandbox/app by the plan {self.stored['id']}: delete 2 of 4 tags", done.err)
        self.assertIn("old-1, old-2", done.err)

    def test_delete_nothing_without_gate_and_consent(self):
        for options in ((), ("--yes",), ("--allow-destructive",)):
            self.sandbox.clear_journal()
            self.apply(self.stored, 6, options)
            self.assertEqual(self.sandbox.journal(), [], "refused before anything was asked")
        self.assertEqual(len(self.tags()), 4)

    def test_are_shown_by_a_dry_run(self):
        done = self.apply(self.stored, options=("--dry-run",))
        self.assertEqual([one["action"] for one in done["data"]["entries"]], ["delete", "delete"])
        self.assertEqual(len(self.tags()), 4)
        rows = self.run_program("--dry-run", "hub_repos", "cleanup", "sandbox", "app", "--plan",
                                f"@{self.home.write('plan.json', json.dumps(self.stored))}",
                                environment=self.environment)
        self.assertEqual([line.split("\t")[:2] for line in rows.out.splitlines()], [["delete", "old-1"], ["delete", "old-2"]])

    def test_are_undone_by_the_commands_of_the_plan(self):
        before = self.sandbox.state()["registry"]["sandbox/app"]["tags"]
        self.apply(self.stored)
        for entry in self.stored["entries"]:
            if entry["restore"]:
                program, *arguments = shlex.split(entry["restore"])
                self.assertEqual(program, "dockerhub")
                done = self.run_program(*arguments, environment=self.environment)
                self.assertEqual(done.code, 0, done)
        self.assertEqual(self.sandbox.state()["registry"]["sandbox/app"]["tags"], before)

    def test_survive_another_order_and_spacing(self):
        self.apply(json.loads(json.dumps(self.stored, indent=2, sort_keys=True)))
        self.assertEqual(self.tags(), ["new", "stable"])

    def test_are_refused_when_altered_newer_or_about_another_repository(self):
        altered = json.loads(json.dumps(self.stored))
        altered["entries"][0]["tag"] = "stable"
        other_id = {**self.stored, "id": "sha256:" + "0" * 64}
        moved = {**self.stored, "repository": "other"}
        newer = {**self.stored, "version": 2}
        for plan, words in ((altered, "altered"), (other_id, "altered"), (moved, "altered"), (newer, "newer"),
                            ({}, "no plan")):
            self.sandbox.clear_journal()
            self.assertIn(words, self.apply(plan, 2)["message"])
            self.assertEqual(self.sandbox.journal(), [])
        done = self.call(*OPEN, plan=self.stored, repository="multi")
        self.assertEqual(done.code, 2, done)
        self.assertEqual(len(self.tags()), 4)

    def test_stop_where_the_repository_changed(self):
        self.has(("old-2", 0, {"content": "other"}), ("newer", 0))
        error = self.apply(self.stored, 2)
        self.assertIn("the tag 'old-2' names", error["message"])
        self.assertEqual(error["details"]["changes"][-1], "the tag 'newer' is new")
        self.assertIn("old-1", self.tags())

    def test_stop_where_a_tag_moves_at_the_last_moment(self):
        # The list is read, and comes later: between the two the tag is moved.
        self.sandbox.clear_journal()
        self.sandbox.fault("latency", listener="hub", method="GET", path=TAGS, interval_ms=8000, times=1)
        process = self.start("-o", "json", *OPEN, "hub_repos", "cleanup", "--params",
                             json.dumps({**APP, "plan": self.stored}), environment=self.environment)
        wait_until(lambda: TAGS in self.sent("GET"), "the list to be read")
        self.has(("old-2", 0, {"content": "other"}))
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 9, out)
        rows = {one["tag"]: one for one in json.loads(out)["data"]["entries"]}
        self.assertEqual((rows["old-1"]["action"], rows["old-2"]["action"]), ("deleted", "skipped"))
        self.assertIn("now", rows["old-2"]["reason"])
        self.assertIn("old-2", self.tags())

    def test_go_on_after_single_failures(self):
        self.sandbox.fault("status", listener="hub", method="DELETE", path=TAGS + "/old-1", status=403,
                           body='{"detail": "not this one"}')
        done = self.apply(self.stored, 9)
        rows = {one["tag"]: one for one in done["data"]["entries"]}
        self.assertEqual((rows["old-1"]["action"], rows["old-2"]["action"]), ("failed", "deleted"))
        self.assertIn("not this one", rows["old-1"]["reason"])
        self.assertIn("1 of 2", done["outcome"]["text"])
        self.sandbox.clear_faults()
        again = self.apply(self.stored)["data"]
        self.assertEqual((again["deleted"], again["gone"]), (1, 1))

    def test_do_not_repeat_a_deletion_whose_answer_was_lost(self):
        self.sandbox.fault("reset", listener="hub", method="DELETE", path=TAGS + "/old-1")
        done = self.apply(self.stored)
        self.assertEqual(self.sent("DELETE").count(TAGS + "/old-1"), 1)
        self.assertEqual(done["data"]["deleted"], 2)

    def test_leave_what_became_immutable(self):
        self.run_program("hub_repos", "set_immutable_tags", "sandbox", "app", "--enabled", "--rules", '["old-1"]',
                         environment=self.environment)
        done = self.apply(self.stored, 9)
        self.assertEqual(done["data"]["skipped"], 1)
        self.assertIn("old-1", self.tags())
        self.assertNotIn(TAGS + "/old-1", self.sent("DELETE"))

    def test_give_up_when_one_after_the_other_fails(self):
        self.has(*((f"bulk-{number}", 10) for number in range(60)))
        plan = self.plan(only=["bulk-*"])
        self.sandbox.fault("status", listener="hub", method="DELETE", status=403)
        done = self.apply(plan, 9)
        self.assertLess(done["data"]["failed"], 30)
        self.assertIn("one after the other", done["outcome"]["text"])

    def test_wait_out_a_rate_limit(self):
        self.sandbox.fault("rate_limited", listener="hub", method="DELETE", seconds=3, times=2)
        self.environment["DOCKERHUB_RETRY_AFTER_CAP"] = "1s"
        self.assertEqual(self.apply(self.stored)["data"]["deleted"], 2)

    def test_are_stopped_and_go_on(self):
        self.has(*((f"bulk-{number}", 10) for number in range(120)))
        plan = self.plan(only=["bulk-*"])
        self.sandbox.fault("latency", listener="hub", method="DELETE", interval_ms=500)
        self.sandbox.clear_journal()
        process = self.start("-o", "json", *OPEN, "hub_repos", "cleanup", "--params",
                             json.dumps({**APP, "plan": plan}), environment=self.environment)
        wait_until(lambda: len(self.sent("DELETE")) > 10, "some deletions")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertIn(process.returncode, (9, 130), (out, err))
        left = len([tag for tag in self.tags() if tag.startswith("bulk-")])
        self.assertTrue(0 < left < 115, left)
        self.sandbox.clear_faults()
        done = self.apply(plan)["data"]
        self.assertEqual((done["deleted"], done["gone"]), (left, 120 - left))
        self.assertEqual([tag for tag in self.tags() if tag.startswith("bulk-")], [])


class Untagged(CleanupTest):
    def setUp(self):
        super().setUp()
        multi = {"platforms": 3}
        self.has(("1.0", 300, multi), ("1.1", 200, multi), ("stable", 100, {**multi, "content": "1.1"}), ("new", 1, multi))

    def test_go_with_their_tags_and_nothing_that_is_used_does(self):
        before = self.manifests()
        plan = self.plan(only=["1.*"], untagged=True)
        # The index of 1.0 with three images and three attestations; that of 1.1 has another tag.
        self.assertEqual(plan["totals"]["manifests_to_delete"], 7)
        self.apply(plan)
        self.assertEqual(self.tags(), ["new", "stable"])
        self.assertEqual(len(before - self.manifests()), 7)
        for tag in ("new", "stable"):
            done = self.run_program("hub_registry", "verify", "sandbox/app", tag, environment=self.environment)
            self.assertEqual(done.code, 0, done)

    def test_stay_where_a_new_tag_names_them_before_they_go(self):
        plan = self.plan(only=["1.0"], untagged=True)
        before = self.manifests()
        self.sandbox.clear_journal()
        self.sandbox.fault("latency", listener="hub", method="DELETE", path=TAGS + "/1.0", interval_ms=8000)
        process = self.start("-o", "json", *OPEN, "hub_repos", "cleanup", "--params",
                             json.dumps({**APP, "plan": plan}), environment=self.environment)
        wait_until(lambda: self.sent("DELETE"), "the deletion of the tag")
        self.has(("late", 0, {"platforms": 3, "content": "1.0"}))
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 9, out)
        self.assertIn("the tag 'late' is new", out.decode())
        told = json.loads(out)["outcome"]["text"]
        self.assertIn("Make a new plan", told)
        self.assertNotIn("given again", told, "it would be refused")
        self.assertEqual(self.manifests(), before)

    def test_stay_where_their_tag_could_not_go(self):
        plan = self.plan(only=["1.0"], untagged=True)
        self.sandbox.fault("status", listener="hub", method="DELETE", status=403)
        before = self.manifests()
        done = self.apply(plan, 9)["data"]
        self.assertEqual((done["failed"], done["skipped"]), (1, 7))
        self.assertEqual(self.manifests(), before)

    def test_of_an_earlier_plan_are_found_again(self):
        earlier = self.plan(only=["1.0"])
        self.apply(earlier)
        before = self.manifests()
        plan = self.plan(untagged=True, earlier=earlier)
        self.assertEqual((plan["totals"]["tags_to_delete"], plan["totals"]["manifests_to_delete"]), (0, 7))
        self.apply(plan)
        self.assertEqual(len(before - self.manifests()), 7)
        self.assertEqual(self.tags(), ["1.1", "new", "stable"])

    def test_are_kept_by_a_registry_that_knows_better(self):
        plan = self.plan(only=["1.0"], untagged=True)
        self.sandbox.fault("status", listener="registry", method="DELETE", status=403,
                           body='{"errors": [{"code": "DENIED", "message": "still referenced"}]}')
        done = self.apply(plan, 9)
        self.assertIn("still referenced", json.dumps(done["data"]["entries"]))
        # What an index that stayed lists is not even tried.
        self.assertEqual(len([one for one in self.sandbox.journal("registry") if one["method"] == "DELETE"]), 1)


if __name__ == "__main__":
    unittest.main()
