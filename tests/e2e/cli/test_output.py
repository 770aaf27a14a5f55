"""Where results go and what they look like in a pipe."""

import json
import subprocess
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE
from sandbox_process import WithSandbox


class Pipes(CliTest):
    def test_rows_are_tab_separated_without_header(self):
        self.assertEqual(
            self.ok("demo", "list", "--count", "2").out, "1\titem-1\tfalse\n2\titem-2\ttrue\n"
        )

    def test_object_is_key_and_value_lines(self):
        self.assertEqual(self.ok("demo", "write", "k", "v").out, "key\tk\nvalue\tv\n")

    def test_tabs_and_line_ends_do_not_break_a_row(self):
        self.assertEqual(self.ok("demo", "echo", "a\tb\nc").out, "text\ta\\tb\\nc\n")

    def test_control_characters_are_visible(self):
        done = self.ok("demo", "outside")
        for raw in (b"\x07", b"\x1b", b"\xc2\x9b", "\u202e".encode()):
            self.assertNotIn(raw, done.out_bytes)
        self.assertIn("\\u202e", done.out)

    def test_empty_list_is_success_and_prints_nothing(self):
        done = self.ok("demo", "list", "--count", "0")
        self.assertEqual((done.out, done.err), ("", ""))

    def test_no_colour(self):
        done = self.ok("demo", "list", environment={"TERM": "xterm", "COLORTERM": "truecolor", "FORCE_COLOR": "1"})
        self.assertNotIn(b"\x1b", done.out_bytes)

    def test_items_go_out_while_the_action_runs(self):
        process = self.start("demo", "list", "--count", "100000")
        self.assertEqual(process.stdout.readline(), b"1\titem-1\tfalse\n")
        self.assertIsNone(process.poll(), "it cannot be done: nobody read the rest")

    def test_closed_pipe_is_quiet_success(self):
        process = self.start("demo", "list", "--count", "100000")
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.wait(DEADLINE), 0)

    def test_closed_pipe_takes_back_neither_a_condition_nor_a_partial_result(self):
        for ending, code in (("condition_met", 10), ("partial", 9)):
            self.assertEqual(self.unread("demo", "outcome", ending).code, code, ending)
        done = self.unread("demo", "list", "--count", "100000")
        self.assertEqual((done.code, done.err), (0, ""))

    def test_full_disk_is_a_failure(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [self.binary, "demo", "echo", "x"],
                stdout=full, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                cwd=self.home.work, env=self.home.environment, timeout=DEADLINE, check=False,
            )
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)


class PipesOfWork(WithSandbox, CliTest):
    def test_a_failure_after_the_pipe_was_closed_is_told(self):
        self.sandbox.fault("status", listener="registry", path="/v2/sandbox/multi/blobs/.*", status=403)
        done = self.unread("export", "sandbox/single,sandbox/multi", "oci:images", environment=self.environment)
        self.assertNotEqual(done.code, 0, done)
        self.assertIn("Error: ", done.err)


class Rows(CliTest):
    def test_csv_has_a_header_and_one_row_each(self):
        done = self.ok("-o", "csv", "demo", "list", "--count", "2")
        self.assertEqual(done.out_bytes, b"number,name,even\r\n1,item-1,false\r\n2,item-2,true\r\n")

    def test_csv_of_nothing_is_its_header(self):
        self.assertEqual(self.ok("-o", "csv", "demo", "list", "--count", "0").out_bytes, b"number,name,even\r\n")

    def test_csv_quotes_what_would_break_a_row(self):
        done = self.ok("-o", "csv", "demo", "echo", 'a,"b"\nc')
        self.assertEqual(done.out_bytes, b'text\r\n"a,""b""\nc"\r\n')

    def test_csv_has_a_row_for_an_empty_cell(self):
        self.assertEqual(self.ok("demo", "echo", "", "-o", "csv").out_bytes, b'text\r\n""\r\n')

    def test_csv_lets_no_stranger_write_a_formula(self):
        done = self.ok("-o", "csv", "demo", "outside")
        self.assertIn("'=1+1", done.out)
        self.assertNotIn(b"\x1b", done.out_bytes)

    def test_ndjson_is_each_item_whole(self):
        lines = self.ok("-o", "ndjson", "demo", "list", "--count", "2").out.splitlines()
        self.assertEqual([json.loads(line)["name"] for line in lines], ["item-1", "item-2"])
        lines = self.ok("-o", "ndjson", "demo", "outside").out.splitlines()
        self.assertEqual(json.loads(lines[0])["cell"], "=1+1")

    def test_rows_go_out_while_the_action_runs(self):
        for form, first in (("csv", b"number,name,even\r\n"), ("ndjson", b'{"number":1,"name":"item-1","even":false}\n')):
            process = self.start("-o", form, "demo", "list", "--count", "100000")
            self.assertEqual(process.stdout.readline(), first)
            self.assertIsNone(process.poll(), "it cannot be done: nobody read the rest")


class Json(CliTest):
    def test_json_is_the_whole_envelope(self):
        envelope = json.loads(self.ok("-o", "json", "demo", "echo", "x").out)
        self.assertEqual(envelope["status_code"], 200)
        self.assertEqual(envelope["data"], {"text": "x"})
        self.assertIn("rate_limit", envelope)

    def test_data_is_its_data_alone(self):
        self.assertEqual(self.ok("-o", "data", "demo", "echo", "x").out, '{"text":"x"}\n')

    def test_items_are_collected_for_json(self):
        self.assertEqual(
            self.data("demo", "list", "--count", "1"), [{"number": 1, "name": "item-1", "even": False}]
        )

    def test_bytes_are_base64_in_json_and_described_otherwise(self):
        envelope = json.loads(self.ok("-o", "json", "demo", "content").out)
        kinds = [part["type"] for part in envelope["content"]]
        self.assertEqual(kinds, ["text", "image", "link"])
        self.assertTrue(envelope["content"][1]["data"].startswith("iVBORw0KGgo"))

        done = self.ok("demo", "content")
        self.assertEqual(done.out, "A text, an image and a link.\n")
        self.assertIn("image/png", done.err)
        self.assertIn("https://hub.docker.com/", done.err)


class Outcomes(CliTest):
    def test_partly_done_says_what_and_warns_on_standard_error(self):
        done = self.refused(9, "demo", "outcome", "partial")
        self.assertEqual(done.out, "done\t2\nof\t3\n")
        self.assertIn("Two of three were done.", done.err)
        self.assertIn("Warning: The third was left out on purpose.", done.err)

    def test_condition_met_has_its_code(self):
        self.refused(10, "demo", "outcome", "condition_met")

    def test_quiet_leaves_notes_and_warnings_out(self):
        self.assertEqual(self.refused(9, "--quiet", "demo", "outcome", "partial").err, "")

    def test_check_that_finds_nothing_is_success_unless_asked(self):
        self.assertEqual(self.ok("demo", "check", "k").out, "exists\tfalse\n")
        self.refused(3, "--exit-status", "demo", "check", "k")
        self.refused(3, "demo", "check", "k", "--exit-status")

    def test_an_empty_list_is_no_check_that_finds_nothing(self):
        self.assertEqual(self.ok("--exit-status", "demo", "list", "--count", "0").out, "")

    def test_dry_run_shows_the_plan(self):
        envelope = json.loads(self.ok("--dry-run", "-o", "json", "demo", "write", "k", "v").out)
        self.assertTrue(envelope["dry_run"])
        self.assertEqual(envelope["data"], {"would_write": {"key": "k", "value": "v"}})

    def test_verbose_logs_to_standard_error_only(self):
        plain = self.ok("demo", "echo", "x")
        verbose = self.ok("--verbose", "demo", "echo", "x")
        self.assertEqual(plain.out, verbose.out)
        self.assertEqual(plain.err, "")
        self.assertIn("demo echo", verbose.err)


if __name__ == "__main__":
    unittest.main()
