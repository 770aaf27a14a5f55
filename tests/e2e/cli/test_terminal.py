"""What only a terminal gets: colours, times and sizes as people read them, rows that fit the line, the pager."""

import datetime
import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE
from sandbox_process import WithSandbox

ESCAPE = "\x1b["


class OnTerminal(CliTest):
    def shown(self, *arguments, code=0, rows=24, columns=200, environment=None, progress="none"):
        """What the program writes to a terminal of this size, standard error among it. A slow machine adds no progress."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        process = subprocess.Popen(
            [self.binary, "--progress", progress, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
            cwd=self.home.work, env={**self.home.environment, "TERM": "xterm", **(environment or {})},
        )
        os.close(slave)
        text = b""
        try:
            while chunk := self.read(master):
                text += chunk
            self.assertEqual(process.wait(DEADLINE), code, text)
        finally:
            process.kill()
            process.wait()
            os.close(master)
        return text.decode().replace("\r\n", "\n")

    @staticmethod
    def read(master):
        try:
            return os.read(master, 65536)
        except OSError:  # the program has ended
            return b""


class Colours(OnTerminal):
    LIST = ("demo", "list", "--count", "1")

    def test_mark_header_and_names_and_move_nothing(self):
        coloured = self.shown(*self.LIST)
        plain = self.shown("--color", "never", *self.LIST)
        self.assertIn(ESCAPE, coloured)
        self.assertEqual(plain, "NUMBER  NAME    EVEN\n1       item-1  false\n")
        for code in ("1m", "36m", "0m"):
            coloured = coloured.replace(ESCAPE + code, "")
        self.assertEqual(coloured, plain, "the words alone say it all")

    def test_are_chosen_by_variables_and_before_them_by_the_option(self):
        self.assertNotIn(ESCAPE, self.shown(*self.LIST, environment={"NO_COLOR": "1"}))
        self.assertNotIn(ESCAPE, self.shown(*self.LIST, environment={"TERM": "dumb"}))
        self.assertIn(ESCAPE, self.shown("--color", "always", *self.LIST, environment={"NO_COLOR": "1"}))
        self.assertIn(ESCAPE, self.ok(*self.LIST, environment={"CLICOLOR_FORCE": "1"}).out)
        self.assertNotIn(ESCAPE, self.ok(*self.LIST, environment={"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}).out)
        self.assertIn(ESCAPE, self.ok("--color=always", *self.LIST).out)

    def test_of_strangers_are_not_let_through(self):
        shown = self.shown("--color", "always", "demo", "outside")
        self.assertIn("\\u001b[31m", shown)
        self.assertNotIn(ESCAPE + "31m", shown)

    def test_mark_errors_that_say_so_in_words(self):
        shown = self.shown("demo", "fail", code=1)
        self.assertIn(f"{ESCAPE}1;31mError:{ESCAPE}0m It failed on request.", shown)
        self.assertIn("Error: It failed on request.", self.shown("--color", "never", "demo", "fail", code=1))

    def test_are_in_no_json(self):
        done = self.ok("--color", "always", "-o", "data", "demo", "echo", "x")
        self.assertEqual(json.loads(done.out), {"text": "x"})

    def test_are_refused_by_another_word(self):
        self.assertIn("auto, always, never", self.refused(2, "--color", "yes", *self.LIST).err)


class TimesAndSizes(WithSandbox, OnTerminal):
    def setUp(self):
        super().setUp()
        pushed = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=3, hours=1)
        self.pushed = pushed.strftime("%Y-%m-%dT%H:%M:%S")
        self.sandbox.add_tags("sandbox/app", [{"name": "old", "pushed": self.pushed + "Z"}])

    def test_are_for_people_on_a_terminal_only(self):
        tags = ("repos", "list-tags", "sandbox", "app")
        self.assertIn("3 days ago", self.shown(*tags, environment=self.environment))
        exact = self.shown("-o", "wide", *tags, columns=1000, environment=self.environment)
        self.assertIn(self.pushed, exact)
        piped = self.ok(*tags, environment=self.environment).out
        self.assertIn(self.pushed, piped)
        self.assertNotIn("ago", piped)


class Rows(WithSandbox, OnTerminal):
    DESCRIPTION = "Ninety characters of what people write in a line of text, with blanks between all the words"
    NAME = "a-name-that-stays-whole"
    LIST = ("--color", "never", "repos", "list", "sandbox")

    def setUp(self):
        super().setUp()
        self.ok("repos", "create", "sandbox", self.NAME, "--description", self.DESCRIPTION, environment=self.environment)

    def rows(self, *options, columns, environment=None):
        shown = self.shown(*options, *self.LIST, columns=columns,
                           environment={**self.environment, **(environment or {})})
        return shown.splitlines()

    def row(self, *options, **more):
        return next(row for row in self.rows(*options, **more) if self.NAME in row)

    def test_fit_the_line_by_shorter_texts(self):
        rows = self.rows("--columns", "namespace,name,pull_count,description", columns=80)
        self.assertEqual(max(map(len, rows)), 80, rows)
        self.assertTrue(next(row for row in rows if self.NAME in row).endswith("…"), rows)

        rows = self.rows(columns=160)
        self.assertLessEqual(max(map(len, rows)), 160, rows)
        self.assertTrue(next(row for row in rows if self.NAME in row).endswith("…"), rows)

    def test_are_whole_where_there_is_room_or_none_at_all(self):
        for columns in (200, 40):
            self.assertIn(self.DESCRIPTION, self.row(columns=columns))

    def test_are_whole_for_who_wants_all_and_in_pipes(self):
        self.assertIn(self.DESCRIPTION, self.row("-o", "wide", columns=80))
        piped = self.ok(*self.LIST, environment={**self.environment, "COLUMNS": "80"})
        self.assertIn(self.DESCRIPTION, piped.out)

    def test_of_one_thing_are_whole(self):
        shown = self.shown("repos", "get", "sandbox", self.NAME, columns=80, environment=self.environment)
        self.assertIn(self.DESCRIPTION, shown)

    def test_are_ascii_where_the_terminal_knows_no_more(self):
        choice = ("--columns", "name,description")
        for locale in ({"LANG": "C"}, {"LC_ALL": "C"}, {"LC_CTYPE": "de_DE.ISO-8859-1"}):
            row = self.row(*choice, columns=80, environment=locale)
            self.assertTrue(row.isascii() and row.endswith("..."), (locale, row))
            self.assertEqual(len(row), 80)
        self.assertTrue(self.row(*choice, columns=80, environment={"LC_ALL": "xx_YY.UTF-8"}).endswith("…"),
                        "a locale that is not installed")


class Failures(WithSandbox, OnTerminal):
    TAGS = "/v2/namespaces/sandbox/repositories/app/tags"

    def test_come_after_the_rows_before_them(self):
        self.sandbox.add_tags("sandbox/app", [{"name": f"t{number}"} for number in range(150)])
        call = ("repos", "list-tags", "sandbox", "app", "--all-pages", "--page-size", "50")
        for order in ((), ("--sort", "name")):
            self.sandbox.clear_faults()
            self.sandbox.fault("status", listener="hub", prefix=self.TAGS, method="GET", after=1, status=418)
            shown = self.shown("--color", "never", *order, *call, code=1, environment=self.environment)
            rows, error, _ = shown.partition("Error: ")
            self.assertEqual(len([line for line in rows.splitlines() if line.startswith("t")]), 50, shown)
            self.assertTrue(error, shown)


class Progress(WithSandbox, OnTerminal):
    SLOW = ("demo", "slow", "--steps", "3", "--milliseconds", "1")

    def reports(self, done):
        return [json.loads(line)["progress"] for line in done.err.splitlines()]

    def test_is_told_to_programs_as_lines_of_json(self):
        done = self.ok("--progress", "json", "-o", "data", *self.SLOW)
        self.assertEqual(json.loads(done.out), {"steps": 3})
        steps = [one for one in self.reports(done) if one["unit"] == "step"]
        self.assertEqual(steps[0], {"track": "", "done": 0, "total": 3, "unit": "step", "message": "working"})
        self.assertEqual(steps[-1], {"track": "", "done": 3, "total": 3, "unit": "step", "message": "finished"})

    def test_is_told_to_nobody_else_without_a_terminal(self):
        for options in ((), ("--progress", "none"), ("--progress", "json", "--quiet")):
            self.assertEqual(self.ok(*options, *self.SLOW).err, "")
        self.refused(2, "--progress", "yes", *self.SLOW)

    def test_of_pages_is_among_it(self):
        self.sandbox.add_tags("sandbox/app", [{"name": f"t{number}"} for number in range(150)])
        done = self.ok("--progress", "json", "repos", "list-tags", "sandbox", "app", "--all-pages",
                       environment=self.environment)
        self.assertEqual(self.reports(done)[-1], {"track": "", "done": 150, "total": 150, "unit": "item"})

    def test_says_how_long_it_takes_where_nobody_tells_more(self):
        self.sandbox.add_tags("sandbox/app", [{"name": "one"}])
        self.sandbox.fault("latency", listener="hub", prefix="/v2/namespaces", interval_ms=2500)
        call = ("repos", "get", "sandbox", "app")
        shown = self.shown(*call, environment=self.environment, progress="auto")
        self.assertIn("Working, ", shown)
        self.assertIn(ESCAPE + "J", shown, "it is taken away again")
        self.assertNotIn("Working", self.shown(*call, environment=self.environment))


class Pager(OnTerminal):
    def setUp(self):
        super().setUp()
        self.pager = self.home.write("pager", f'#!/bin/sh\nprintf "%s\\n" "$LESS" "$@" > "{self.home.path}/options"\n'
                                              f'cat > "{self.home.path}/paged"\n')
        self.pager.chmod(0o700)
        self.environment = {"PAGER": f"{self.pager} -x 'a b'"}

    def paged(self):
        file = self.home.path / "paged"
        return file.read_text() if file.exists() else None

    def list(self, count, *options, **more):
        environment = {**self.environment, **more.pop("environment", {})}
        return self.shown("--color", "never", *options, "demo", "list", "--count", count, environment=environment, **more)

    def test_shows_what_is_longer_than_the_screen(self):
        self.assertEqual(self.list(100), "")
        lines = self.paged().splitlines()
        self.assertEqual((len(lines), lines[0], lines[-1]), (101, "NUMBER  NAME      EVEN", "100     item-100  true"))
        self.assertEqual((self.home.path / "options").read_text().splitlines(), ["FRX", "-x", "a b"])

    def test_is_left_out_for_what_fits(self):
        self.assertIn("item-10", self.list(10))
        self.assertIn("item-50", self.list(50, rows=60))
        self.assertIsNone(self.paged())

    def test_never_sees_what_is_shown_once(self):
        self.home.write("secret", "x" * 20)
        shown = self.shown("demo", "secret", "--secret", "@secret", rows=2, environment=self.environment)
        self.assertIn("demo-token-20", shown)
        self.assertIsNone(self.paged())

        calls = self.home.write("calls", json.dumps({"tool": "demo", "action": "secret", "params": {"secret": "x" * 20}}))
        self.assertIn("demo-token-20", self.shown("batch", calls, rows=2, environment=self.environment))
        self.assertIsNone(self.paged())

    def test_gets_no_secret(self):
        self.pager.write_text(f'#!/bin/sh\ncat > "{self.home.path}/paged"\nenv >> "{self.home.path}/paged"\n')
        secrets = {"DOCKER_HUB_TOKEN": "canary-of-the-account-1", "DOCKERHUB_PARAM_PASSWORD": "canary-of-a-parameter"}
        self.shown("help", "exit-codes", rows=5, environment={**self.environment, **secrets, "ELSE": "x"})
        self.assertIn("ELSE=x\n", self.paged())
        self.assertNotIn("canary", self.paged())

    def test_is_waited_for_however_often_ctrl_c_comes(self):
        parent = self.home.path / "parent"
        interrupt = "kill -INT $PPID\nwhile grep -q '^ShdPnd:.*2$' /proc/$PPID/status; do :; done\n" * 3
        read = "cat > /dev/null\n"
        for steps, show in ((interrupt + read, lambda: self.list(100000, code=130)),
                            (read + interrupt, lambda: self.shown("--help", rows=5, environment=self.environment))):
            self.pager.write_text(f'#!/bin/sh\n{steps}grep "^State:" /proc/$PPID/status > "{parent}"\n')
            show()
            self.assertRegex(parent.read_text(), r"^State:\s+[^ZX\s]", "the program is there, and no zombie")
            parent.unlink()

    def test_is_not_for_pipes_and_logs(self):
        self.ok("demo", "list", "--count", "100", environment=self.environment)
        self.assertIn("item-100", self.list(100, "--verbose"))
        self.assertIsNone(self.paged())

    def test_may_be_none_or_absent(self):
        for command in ("", "cat", "/none/of/these", "less | tee x"):
            self.assertIn("item-100", self.list(100, environment={"PAGER": command}), command)

    def test_that_is_left_early_ends_quietly(self):
        self.pager.write_text("#!/bin/sh\nhead -1\n")
        self.assertEqual(self.list(100000).splitlines(), ["NUMBER  NAME      EVEN"])

    def test_shows_no_warnings(self):
        shown = self.list(100, "--columns", "name,none")
        self.assertIn('Warning: the answer has no "none"', shown)
        self.assertNotIn("Warning", self.paged())


if __name__ == "__main__":
    unittest.main()
