"""What happens on a terminal: tables, questions, secrets that are not shown, progress."""

import unittest

from cli_test import CliTest
from dockerhub_process import Terminal

DEACTIVATE = "--allow-destructive demo set-active acme --no-active"


class TerminalTest(CliTest):
    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self.home)
        self.addCleanup(self.terminal.close)

    def command(self, arguments):
        """Runs a command line; after its end the screen tells its exit code."""
        self.terminal.type(f"{self.binary} {arguments}; echo code=$?\n")

    def finished(self, code):
        return self.terminal.wait_for(f"\ncode={code}\n")


class Tables(TerminalTest):
    def test_rows_are_aligned_under_a_header(self):
        self.command("demo list --count 10")
        screen = self.finished(0)
        self.assertIn("\nNUMBER  NAME     EVEN\n1       item-1   false\n", screen)
        self.assertIn("\n10      item-10  true\n", screen)

    def test_object_is_key_and_value_lines(self):
        self.command("demo write long-key v")
        self.assertIn("\nkey    long-key\nvalue  v\n", self.finished(0))

    def test_json_is_indented(self):
        self.command("-o data demo echo x")
        self.assertIn('\n{\n  "text": "x"\n}\n', self.finished(0))

    def test_control_characters_are_visible(self):
        self.command("demo outside")
        self.assertIn("\\u001b[31m", self.finished(0))

    def test_empty_list_says_so(self):
        self.command("demo list --count 0")
        self.assertIn("Nothing found.", self.finished(0))


class Settings(TerminalTest):
    def test_a_secret_setting_is_asked_for_and_not_shown(self):
        self.command("config set account.secret")
        self.terminal.wait_for("account.secret: ")
        self.terminal.type("canary-typed-secret\n")
        self.assertNotIn("canary-typed-secret", self.finished(0))
        kept = self.home.config / "config.yaml"
        self.assertEqual(kept.read_text(), "account:\n  secret: canary-typed-secret\n")
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)

    def test_a_secret_that_is_not_given_changes_nothing(self):
        self.command("config set account.secret")
        self.terminal.wait_for("account.secret: ")
        self.terminal.press("C-c")
        self.finished(130)
        self.assertFalse((self.home.config / "config.yaml").exists())


class Consent(TerminalTest):
    def ask(self):
        self.command(DEACTIVATE)
        return self.terminal.wait_for("Type acme to confirm:")

    def test_typed_name_consents(self):
        self.assertIn("Deactivate the account", self.ask())
        self.terminal.type("acme\n")
        self.assertIn("inactive", self.finished(0))

    def test_any_other_text_refuses(self):
        for typed in ("yes", "ACME"):
            self.ask()
            self.terminal.type(typed + "\n")
            self.assertNotIn("inactive", self.finished(6))
            self.terminal.type("clear\n")

    def test_ctrl_d_refuses(self):
        self.ask()
        self.terminal.press("C-d")
        self.finished(6)

    def test_ctrl_c_interrupts(self):
        self.ask()
        self.terminal.press("C-c")
        self.finished(130)

    def test_write_is_consented_by_the_command(self):
        self.command("demo write k v")
        self.assertNotIn("confirm", self.finished(0))


class Input(TerminalTest):
    def test_fields_are_asked_until_they_are_valid(self):
        self.command("demo ask")
        self.terminal.wait_for("What is your name?")
        self.terminal.wait_for("name: ")
        self.terminal.type("\n")
        self.terminal.wait_for("A value is needed.")
        self.terminal.type("Ada\n")
        self.assertIn("Hello, Ada!", self.finished(0))

    def test_ctrl_d_cancels(self):
        self.command("demo ask")
        self.terminal.wait_for("name: ")
        self.terminal.press("C-d")
        self.assertIn("cancel", self.finished(6))


class Secrets(TerminalTest):
    def test_typed_secret_is_not_shown(self):
        self.command("demo secret")
        self.terminal.wait_for("secret (not shown): ")
        self.terminal.type("hunter2\n")
        screen = self.finished(0)
        self.assertNotIn("hunter2", screen)
        self.assertIn("length  7", screen)

    def test_a_terminal_that_shows_it_is_no_standard_input(self):
        for number, command in enumerate(("demo secret --secret -", "config set account.secret -",
                                          "mcp try --url http://127.0.0.1:1/mcp --bearer -")):
            self.terminal.type(f"{self.binary} {command}; echo code-{number}=$?\n")
            screen = self.terminal.wait_for(f"\ncode-{number}=2\n")
            self.assertEqual(screen.count("standard input is the terminal"), number + 1, screen)

    def test_ctrl_c_puts_the_echo_back(self):
        self.command("demo secret")
        self.terminal.wait_for("secret (not shown): ")
        self.terminal.press("C-c")
        self.finished(130)
        self.terminal.type("echo visible-again\n")
        self.terminal.wait_for("echo visible-again")


class Progress(TerminalTest):
    def test_long_call_shows_its_tracks_and_takes_them_away(self):
        self.command("demo slow --steps 12 --milliseconds 250")
        screen = self.terminal.wait_for(" of 12 step")
        self.assertIn("left: ", screen)
        self.assertNotIn(" of 12 step", self.finished(0))

    def test_quiet_shows_none(self):
        self.command("--quiet demo slow --steps 6 --milliseconds 250")
        self.assertNotIn(" step", self.finished(0).replace("--steps", ""))


if __name__ == "__main__":
    unittest.main()
