"""Gate and consent without a terminal."""

import unittest

from cli_test import CliTest

DEACTIVATE = ("demo", "set-active", "acme", "--no-active")


class Destructive(CliTest):
    def test_closed_gate_refuses_and_names_the_switches(self):
        done = self.refused(6, *DEACTIVATE, "--yes")
        self.assertIn("--allow-destructive", done.err)
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", done.err)

    def test_open_gate_is_no_consent(self):
        done = self.refused(6, "--allow-destructive", *DEACTIVATE)
        self.assertIn("--yes", done.err)
        self.assertEqual(done.out, "")

    def test_piped_yes_is_no_consent(self):
        self.refused(6, "--allow-destructive", *DEACTIVATE, stdin="acme\nyes\n")

    def test_open_gate_and_yes_do_it_and_say_what(self):
        done = self.ok("--allow-destructive", "--yes", *DEACTIVATE)
        self.assertIn("inactive", done.out)
        self.assertIn("acme", done.err)

    def test_operators_gate_works_like_the_option(self):
        self.ok("--yes", *DEACTIVATE, environment={"DOCKERHUB_ALLOW_DESTRUCTIVE": "true"})

    def test_operator_may_lift_the_question(self):
        self.ok("--allow-destructive", *DEACTIVATE, environment={"DOCKERHUB_CONFIRM": "never"})

    def test_dry_run_needs_neither(self):
        self.assertIn("would_become", self.ok("--dry-run", *DEACTIVATE).out)

    def test_wrong_parameter_is_told_before_the_gate(self):
        self.refused(2, "demo", "delete", "--kye", "x")


class Input(CliTest):
    def test_without_a_terminal_nobody_is_asked(self):
        done = self.run_program("demo", "ask", stdin="Ada\n")
        self.assertIn(done.code, (6, 11), done)
        self.assertEqual(done.out, "")


if __name__ == "__main__":
    unittest.main()
