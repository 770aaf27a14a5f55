"""`dockerhub watch`: what is new in a list."""

import signal
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE, wait_until
from sandbox_process import WithSandbox

LIST = ("demo", "list", "--count", "2")
TAGS = "/v2/namespaces/sandbox/repositories/app/tags"


class Watch(CliTest):
    def test_shows_each_item_once(self):
        done = self.ok("watch", "--initial", "--looks", "2", "--every", "1s", *LIST)
        self.assertEqual(done.out, "1\titem-1\tfalse\n2\titem-2\ttrue\n")

    def test_shows_nothing_that_was_there_before(self):
        self.assertEqual(self.ok("watch", "--looks", "1", *LIST).out, "")

    def test_ends_with_the_first_news_when_told(self):
        self.assertEqual(self.ok("watch", "--once", "--initial", *LIST, "--columns", "name").out, "item-1\nitem-2\n")

    def test_has_the_forms_of_rows(self):
        watched = ("watch", "--initial", "--looks", "1")
        self.assertEqual(self.ok(*watched, *LIST, "--jq", ".name").out, "item-1\nitem-2\n")
        self.assertEqual(self.ok(*watched, *LIST, "-o", "csv", "--columns", "name").out, "name\r\nitem-1\r\nitem-2\r\n")
        for options in (("-o", "json"), ("-o", "yaml"), ("--json", "name"), ("--sort", "name")):
            self.refused(2, *watched, *LIST, *options)

    def test_is_for_lists_that_are_read(self):
        self.assertIn("changes something", self.refused(2, "watch", "demo", "write", "k", "v").err)
        self.assertIn("no list", self.refused(2, "watch", "demo", "echo", "x").err)
        self.refused(2, "watch", "doctor")

    def test_refuses_what_it_cannot_do(self):
        for options in (("--every", "0s"), ("--every", "1"), ("--every", "10ms"), ("--every", "2d"), ("--every", "25h"),
                        ("--looks", "0")):
            self.refused(2, "watch", *options, *LIST)

    def test_hands_nothing_over(self):
        for options in (("--out", "file"), ("--to", "cat")):
            self.refused(2, "watch", "--looks", "1", *LIST, *options)
        self.assertFalse((self.home.work / "file").exists())

    def test_ends_when_nobody_reads(self):
        process = self.start("watch", "--initial", "--every", "1h", *LIST)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(DEADLINE), 0)
        self.assertEqual(process.stderr.read(), b"")

    def test_says_why_it_cannot_look_and_looks_again(self):
        closed = {"DOCKERHUB_URL": "http://127.0.0.1:1", "DOCKERHUB_MAX_RETRIES": "0"}
        watched = ("watch", "--looks", "1", "repos", "list-tags", "sandbox", "app")
        done = self.refused(8, *watched, environment=closed)
        self.assertIn("the next look is in 60 s", done.err)

    def test_has_help(self):
        for arguments in (("watch",), ("watch", "--help"), ("help", "watch")):
            self.assertIn("--every TIME", self.ok(*arguments).out)


class OfTags(WithSandbox, CliTest):
    def looks(self):
        return sum(entry["path"] == TAGS for entry in self.sandbox.journal("hub"))

    def test_shows_those_that_come(self):
        self.sandbox.add_tags("sandbox/app", [{"name": "old"}])
        process = self.start("watch", "--every", "1s", "repos", "list-tags", "sandbox", "app", "--columns", "name",
                             environment=self.environment)
        wait_until(lambda: self.looks() == 1, "the first look")
        self.sandbox.add_tags("sandbox/app", [{"name": "new"}])
        self.assertEqual(process.stdout.readline(), b"new\n")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE), 130)
        self.assertEqual(process.stdout.read(), b"")


if __name__ == "__main__":
    unittest.main()
