"""Help at each level, made without loading a module, and the tables it shares with docs/cli.md."""

import os
import pathlib
import re
import unittest

from cli_test import CliTest

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])


class Help(CliTest):
    def test_program_lists_modules_commands_and_options(self):
        for arguments in ([], ["--help"], ["-h"], ["help"]):
            text = self.ok(*arguments).out
            self.assertRegex(text, r"\n  demo +\S")
            for word in ("plugin", "help exit-codes", "--allow-destructive", "--output"):
                self.assertIn(word, text)

    def test_module_lists_actions_with_their_effects(self):
        for arguments in (["demo"], ["demo", "--help"], ["--help", "demo"], ["help", "demo"]):
            text = self.ok(*arguments).out
            self.assertRegex(text, r"\n  echo +Answers what it was given\n")
            self.assertRegex(text, r"\n  write +.*\[write\]\n")
            self.assertRegex(text, r"\n  delete +.*\[destructive\]\n")
            self.assertRegex(text, r"\n  set-active +.*\[may be destructive\]\n")

    def test_action_tells_parameters_effect_and_examples(self):
        for arguments in (["demo", "echo", "--help"], ["help", "demo", "echo"], ["demo", "--help", "echo"]):
            text = self.ok(*arguments).out
            self.assertIn("Usage: dockerhub [options] demo echo <text>", text)
            self.assertRegex(text, r"--text <string> +Required\. What to say\.")
            self.assertRegex(text, r"--times <integer> +How often\. 1 to 1000\. Default: 1\.")
            self.assertIn("dockerhub demo echo hi --times 2", text)
            self.assertIn("Effect: read.", text)

    def test_destructive_action_tells_what_it_needs(self):
        text = self.ok("demo", "delete", "--help").out
        self.assertIn("--allow-destructive", text)
        self.assertIn("--yes", text)
        self.assertIn("--active=false", self.ok("demo", "set-active", "--help").out)

    def test_choices_are_listed(self):
        self.assertIn("One of: partial, condition_met.", self.ok("demo", "outcome", "--help").out)

    def test_examples_of_help_run(self):
        text = self.ok("demo", "add", "--help").out
        example = re.search(r"^  dockerhub (demo add .*)$", text, re.M).group(1)
        self.ok(*[word.strip("'") for word in re.findall(r"'[^']*'|\S+", example)])

    def test_help_loads_no_module(self):
        # The dynamic loader tells the files that it opens.
        loader = {"LD_DEBUG": "files"}
        for arguments in (["--help"], ["demo", "--help"], ["demo", "echo", "--help"], ["plugin", "list"]):
            self.assertNotIn("demo.so", self.ok(*arguments, environment=loader).err)
        self.assertIn("demo.so", self.ok("demo", "echo", "x", environment=loader).err)

    def test_version_names_abi_and_commit(self):
        self.assertRegex(self.ok("--version").out, r"^dockerhub \d+\.\d+\.\d+ \(ABI \d+\.\d+, commit \S+\)\n$")

    def test_describe_answers_the_manifest_as_data(self):
        self.assertEqual(self.data("demo", "describe", "echo")["action"], "echo")
        self.assertIn("describe [action]", self.ok("help", "demo", "describe").out)

    def test_of_help_is_a_page_of_its_own(self):
        text = self.ok("help", "help").out
        self.assertIn("help --markdown <module>", text)
        self.assertIn("exit-codes", text)

    def test_of_a_shortcut_is_its_command_and_the_help_of_that(self):
        for name, words, expected in (
            ("mine", ("demo", "list", "--count", "2"), "Usage: dockerhub [options] demo list"),
            ("gone", ("--yes", "demo", "--allow-destructive", "delete"), "Usage: dockerhub [options] demo delete"),
            ("short", ("ls", "acme"), "Usage: dockerhub [options] repos list"),
            ("places", ("config", "path"), "Usage: dockerhub [options] config"),
        ):
            self.ok("alias", "set", name, *words)
            text = self.ok("help", name).out
            self.assertTrue(text.startswith(f"`{name}` stands for: dockerhub {' '.join(words)}\n"), text)
            self.assertIn(expected, text)

    def test_of_shortcuts_that_stand_for_each_other_ends(self):
        self.ok("alias", "set", "one", "two")
        self.ok("alias", "set", "two", "one")
        self.assertIn("another shortcut", self.refused(2, "help", "one").err)

    def test_of_a_program_on_the_path_says_whose_it_is(self):
        program = self.home.work / "dockerhub-hello"
        program.write_text("#!/bin/sh\necho it ran\n")
        program.chmod(0o700)
        text = self.ok("help", "hello", environment={"PATH": f"{self.home.work}:{os.environ['PATH']}"}).out
        self.assertIn("dockerhub hello --help", text)
        self.assertNotIn("it ran", text)

    def test_unknown_names_have_likely_ones(self):
        self.assertIn("Did you mean", self.refused(2, "help", "dmeo").err)


class ExitCodeTable(CliTest):
    def test_help_and_documentation_agree(self):
        told = dict(re.findall(r"^ +(\d+)  (.+)$", self.ok("help", "exit-codes").out, re.M))
        documented = dict(
            re.findall(r"^\| (\d+) \| (.+) \|$", (SOURCE / "docs" / "cli.md").read_text(), re.M)
        )
        self.assertEqual(told, documented)
        self.assertEqual(set(map(int, told)), {*range(12), 130, 143})

    def test_documentation_lists_every_option(self):
        text = self.ok("--help").out
        documentation = (SOURCE / "docs" / "cli.md").read_text()
        for option in re.findall(r"^  (?:-\w, |    )(--[a-z-]+)", text, re.M):
            self.assertIn(f"`{option}", documentation)


if __name__ == "__main__":
    unittest.main()
