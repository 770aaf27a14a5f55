"""What is shown once: into a file or to a program in place of the terminal, and never lost."""

import json
import os
import signal
import stat
import subprocess
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE, wait_until

SECRET = {"DOCKERHUB_PARAM_SECRET": "a-secret-of-the-test"}
TOKEN = "demo-token-20"


class ShownOnceTest(CliTest):
    def ask(self, *options):
        return self.run_program(*options, "demo", "secret", environment=SECRET)

    @property
    def rescued(self):
        folder = self.home.state / "rescued"
        return sorted(folder.iterdir()) if folder.exists() else []

    def check_rescued(self, err):
        (kept,) = self.rescued
        self.assertEqual(kept.read_text(), TOKEN)
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertIn(str(kept), err)


class File(ShownOnceTest):
    def test_has_the_value_alone_and_the_answer_the_rest(self):
        for number, form in enumerate(("table", "csv", "ndjson", "data", "json")):
            done = self.ask("-o", form, "--out", f"token-{number}")
            self.assertEqual(done.code, 0, done)
            file = self.home.work / f"token-{number}"
            self.assertEqual(file.read_text(), TOKEN)
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
            self.assertIn("***redacted***", done.out)
            self.assertIn("20", done.out)
            self.assertNotIn(TOKEN, done.out + done.err)
            self.assertIn(f"token-{number}", done.err)

    def test_may_stand_after_the_action(self):
        self.ok("demo", "secret", "--out", "token", environment=SECRET)
        self.assertEqual((self.home.work / "token").read_text(), TOKEN)

    def test_replaces_nothing(self):
        file = self.home.write("token", "mine")
        (self.home.work / "link").symlink_to(self.home.work / "elsewhere")
        for name in ("token", "link"):
            done = self.ask("--out", name)
            self.assertEqual(done.code, 2, done)
            self.assertNotIn(TOKEN, done.out + done.err)
        self.assertEqual(file.read_text(), "mine")
        self.assertFalse((self.home.work / "elsewhere").exists())

    def test_is_not_made_in_a_folder_of_others(self):
        folder = self.home.work / "open"
        folder.mkdir()
        folder.chmod(0o777)
        done = self.ask("--out", "open/token")
        self.assertEqual(done.code, 2, done)
        self.assertIn("writable by others", done.err)
        self.assertEqual(list(folder.iterdir()), [])

    def test_goes_again_when_the_call_fails(self):
        self.refused(2, "--out", "token", "demo", "secret")
        self.assertFalse((self.home.work / "token").exists())

    def test_is_refused_where_nothing_is_shown_once(self):
        for option in (("--out", "token"), ("--to", "cat")):
            done = self.refused(2, *option, "demo", "echo", "x")
            self.assertIn("nothing that is shown once", done.err)
        self.assertFalse((self.home.work / "token").exists())
        self.refused(2, "--out", "-", "demo", "secret", environment=SECRET)


class Command(ShownOnceTest):
    def test_gets_the_value_on_its_standard_input(self):
        done = self.ask("--to", "sh -c 'cat > got; echo taken; env > environment'")
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.home.work / "got").read_text(), TOKEN)
        self.assertIn("taken", done.err)
        self.assertNotIn("taken", done.out)
        self.assertIn("***redacted***", done.out)
        self.assertNotIn(TOKEN, done.out + done.err)
        self.assertNotIn("a-secret-of-the-test", (self.home.work / "environment").read_text())

    def test_may_come_beside_a_file(self):
        done = self.ask("--out", "token", "--to", "sh -c 'cat > got'")
        self.assertEqual(done.code, 0, done)
        self.assertEqual((self.home.work / "got").read_text(), (self.home.work / "token").read_text())

    def test_that_cannot_run_is_refused_before_the_call(self):
        for command in ("no-such-program-anywhere x", "cat | cat", "", "./none"):
            done = self.ask("--to", command)
            self.assertEqual(done.code, 2, done)
            self.assertEqual(done.out, "")

    def test_that_fails_loses_nothing(self):
        done = self.ask("--to", "sh -c 'exit 3'")
        self.assertEqual(done.code, 9, done)
        self.assertIn("ended with 3", done.err)
        self.assertIn("20", done.out)
        self.assertNotIn(TOKEN, done.out + done.err)
        self.check_rescued(done.err)

    def test_that_fails_beside_a_file_names_the_file(self):
        done = self.ask("--out", "token", "--to", "false")
        self.assertEqual(done.code, 9, done)
        self.assertIn("token", done.err)
        self.assertEqual(self.rescued, [])
        self.assertEqual((self.home.work / "token").read_text(), TOKEN)

    def test_that_hangs_ends_with_the_program(self):
        process = self.start("--to", "sh -c 'touch begun; exec sleep 600'", "demo", "secret", environment=SECRET)
        wait_until((self.home.work / "begun").exists, "the command")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 143, err)
        self.assertNotIn(TOKEN.encode(), out + err)
        self.check_rescued(err.decode())

    def test_and_where_nothing_can_be_kept_says_so(self):
        environment = {**SECRET, "XDG_STATE_HOME": "/proc/none", "HOME": "/proc/none"}
        done = self.run_program("--to", "false", "demo", "secret", environment=environment)
        self.assertEqual(done.code, 9, done)
        self.assertIn("could not be kept", done.err)
        self.assertNotIn(TOKEN, done.out + done.err)


class Unread(ShownOnceTest):
    def test_is_kept_when_standard_output_takes_nothing(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [self.binary, "demo", "secret"], stdout=full, stderr=subprocess.PIPE, cwd=self.home.work,
                env={**self.home.environment, **SECRET}, timeout=DEADLINE, check=False,
            )
        self.assertEqual(done.returncode, 1, done)
        self.check_rescued(done.stderr.decode())

    def test_is_kept_when_nobody_reads(self):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run(
                [self.binary, "demo", "secret"], stdout=writing, stderr=subprocess.PIPE, cwd=self.home.work,
                env={**self.home.environment, **SECRET}, timeout=DEADLINE, check=False,
            )
        finally:
            os.close(writing)
        self.check_rescued(done.stderr.decode())

    def test_is_kept_when_it_is_not_in_the_output(self):
        for number, options in enumerate((("--jq", ".length"), ("--json=length",), ("--columns", "length")), 1):
            done = self.ask(*options)
            self.assertEqual(done.code, 0, done)
            self.assertNotIn(TOKEN, done.out + done.err)
            self.assertEqual(len(self.rescued), number, options)
            self.assertEqual(self.rescued[-1].read_text(), TOKEN)
            self.assertIn("not in the output", done.err)

    def test_is_not_kept_when_it_is_in_the_output(self):
        for options in ((), ("--jq", ".token"), ("--json=token",), ("--columns", "token"), ("-o", "csv"), ("-o", "json")):
            done = self.ask(*options)
            self.assertEqual((done.code, done.err), (0, ""), done)
            self.assertIn(TOKEN, done.out)
        self.assertEqual(self.rescued, [])

    def test_is_shown_where_somebody_reads(self):
        done = self.ask("-o", "data")
        self.assertEqual(json.loads(done.out)["token"], TOKEN)
        self.assertEqual(self.rescued, [])


if __name__ == "__main__":
    unittest.main()
