"""A user's own commands: shortcuts, and programs called dockerhub-NAME."""

import json
import os
import unittest

from cli_test import CliTest


class Shortcuts(CliTest):
    @property
    def file(self):
        return self.home.config / "aliases.json"

    def test_stand_for_a_command_and_take_more(self):
        self.ok("alias", "set", "mine", "demo", "list", "--count", "2")
        self.assertEqual(self.ok("mine").out, "1\titem-1\tfalse\n2\titem-2\ttrue\n")
        self.assertEqual(self.ok("-o", "csv", "mine", "--columns", "name").out, "name\r\nitem-1\r\nitem-2\r\n")
        self.ok("alias", "set", "say-it", "demo echo 'a b'")
        self.assertEqual(self.data("say-it", "--times", "2"), {"text": "a ba b"})
        self.assertEqual(self.data("say_it"), {"text": "a b"})

    def test_may_stand_for_commands_of_the_program_and_hold_options(self):
        self.ok("alias", "set", "places", "config", "path", "-o", "data")
        self.assertIsInstance(json.loads(self.ok("places").out), list)
        self.ok("alias", "set", "gone", "--allow-destructive", "--yes", "demo", "delete")
        self.assertIn("There is no note", self.refused(3, "gone", "k").err, "the gate was open")

    def test_are_completed_and_meant(self):
        self.ok("alias", "set", "zonk", "demo", "list")
        self.assertEqual(self.ok("complete", "--", "zo").out, "zonk\tdemo list\n")
        self.assertIn("Did you mean `zonk`?", self.refused(2, "zonkk").err)

    def test_lie_in_a_private_file_with_a_version(self):
        self.ok("alias", "set", "mine", "demo", "list")
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(json.loads(self.file.read_text()), {"version": 1, "aliases": {"mine": ["demo", "list"]}})
        self.assertEqual([name.name for name in self.home.config.iterdir()], ["aliases.json"])

    def test_of_commands_have_the_secrets_that_those_have(self):
        self.ok("alias", "set", "settings", "config", "show", "-o", "data")
        environment = {"DOCKER_HUB_TOKEN": "canary-of-the-account-1"}
        shown = self.ok("settings", environment=environment).out
        self.assertEqual(shown, self.ok("config", "show", "-o", "data", environment=environment).out)
        self.assertIn("***redacted***", shown)

    def test_for_commands_are_not_watched(self):
        self.ok("alias", "set", "settings", "config", "show")
        done = self.refused(2, "watch", "--looks", "1", "settings")
        self.assertIn("no action", done.err)

    def test_may_lie_behind_a_link(self):
        kept = self.home.path / "dotfiles"
        kept.mkdir(mode=0o700)
        self.home.config.mkdir(parents=True)
        (kept / "aliases.json").write_text('{"version": 1, "aliases": {"mine": ["demo", "list"]}}')
        (kept / "aliases.json").chmod(0o600)
        self.file.symlink_to(kept / "aliases.json")
        self.ok("alias", "set", "more", "demo list")
        self.assertTrue(self.file.is_symlink())
        self.assertEqual(sorted(json.loads((kept / "aliases.json").read_text())["aliases"]), ["mine", "more"])

    def test_are_listed_changed_and_forgotten(self):
        self.assertEqual(self.ok("alias", "list").out, "")
        self.ok("alias", "set", "mine", "demo list")
        self.ok("alias", "set", "mine", "demo", "echo", "it's")
        self.assertEqual(self.ok("alias", "list").out, "mine\tdemo echo 'it'\"'\"'s'\n")
        self.assertIn("Did you mean `mine`?", self.refused(3, "alias", "delete", "mien").err)
        self.ok("alias", "delete", "mine")
        self.refused(2, "mine")

    def test_are_not_changed_by_a_dry_run(self):
        self.refused(2, "--dry-run", "alias", "set", "mine", "demo", "list")
        self.assertFalse(self.file.exists())
        self.ok("alias", "set", "mine", "demo", "list")
        self.refused(2, "--dry-run", "alias", "delete", "mine")
        self.assertEqual(self.ok("--dry-run", "alias", "list").out, "mine\tdemo list\n")

    def test_take_no_name_that_is_taken(self):
        for name, owner in (("doctor", "command"), ("demo", "module"), ("hub-repos", "module"), ("ls", "short form"),
                            ("sandbox", "reserved"), ("mcp", "command")):
            self.assertIn(owner, self.refused(2, "alias", "set", name, "demo", "list").err)
        for name in ("a/b", "..", "-x", "A B", ""):
            self.refused(2, "alias", "set", name, "demo", "list")
        self.assertFalse(self.file.exists())

    def test_never_win_over_what_is_there(self):
        self.home.config.mkdir(parents=True)
        self.file.write_text(json.dumps({"version": 1, "aliases": {"doctor": ["demo", "list"], "demo": ["config", "path"]}}))
        self.file.chmod(0o600)
        self.assertIn("--offline", self.ok("doctor", "--help").out)
        self.assertEqual(self.data("demo", "echo", "x"), {"text": "x"})

    def test_hold_no_secrets(self):
        secret = "dckr_pat_0123456789abcdefghijklmno"
        done = self.refused(2, "alias", "set", "mine", "demo", "echo", secret)
        self.assertNotIn(secret, done.out + done.err)
        self.assertFalse(self.file.exists())

    def test_do_not_stand_in_each_other(self):
        self.ok("alias", "set", "one", "two")
        self.ok("alias", "set", "two", "one")
        self.assertIn("another shortcut", self.refused(2, "one").err)

    def test_that_cannot_be_read_hinder_nothing_else(self):
        self.ok("alias", "set", "mine", "demo", "list")
        for text, mode in (("{", 0o600), ('{"version": 2, "aliases": {}}', 0o600), (self.file.read_text(), 0o620)):
            self.file.write_text(text)
            self.file.chmod(mode)
            self.ok("demo", "echo", "x")
            self.assertIn(str(self.file), self.refused(2, "mine").err)

    def test_in_a_folder_of_others_are_not_used(self):
        self.ok("alias", "set", "mine", "demo", "list")
        self.home.config.chmod(0o777)
        self.assertIn(str(self.home.config), self.refused(2, "mine").err)
        self.ok("demo", "echo", "x")

    def test_have_help(self):
        for arguments in (("alias",), ("alias", "--help"), ("help", "alias"), ("alias", "list", "--help"),
                          ("alias", "delete", "--help"), ("alias", "set", "--help"), ("alias", "set", "mine", "--help"),
                          ("alias", "set", "mine", "-h")):
            self.assertIn("alias set mine", self.ok(*arguments).out)
        self.assertFalse(self.file.exists())

    def test_take_options_where_commands_take_them(self):
        self.ok("alias", "set", "--quiet", "mine", "demo", "list", "--count", "2", "--help")
        stored = [{"name": "mine", "command": "demo list --count 2 --help"}]
        self.assertEqual(json.loads(self.ok("alias", "list", "-o", "data").out), stored)
        self.assertEqual(json.loads(self.ok("alias", "list", "-o", "json").out)["data"], stored)
        self.refused(2, "alias", "list", "--none")
        self.refused(2, "alias", "list", "more")
        self.assertEqual(self.ok("alias", "delete", "mine", "--quiet").err, "")


class Programs(CliTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home.path / "bin"
        self.folder.mkdir()
        self.environment = {"PATH": f"{self.folder}:{os.environ['PATH']}"}

    def make_program(self, name, text='printf "%s\\n" "$@"; exit 7\n'):
        file = self.folder / f"dockerhub-{name}"
        file.write_text("#!/bin/sh\n" + text)
        file.chmod(0o700)

    def test_are_commands_with_their_own_arguments_and_exit_code(self):
        self.make_program("hello")
        done = self.refused(7, "hello", "--help", "a b", "-o", environment=self.environment)
        self.assertEqual((done.out, done.err), ("--help\na b\n-o\n", ""))

    def test_do_not_run_in_place_of_a_shortcut_that_cannot_be_read(self):
        self.make_program("mine", "echo it ran\n")
        self.home.config.mkdir(parents=True)
        (self.home.config / "aliases.json").write_text("{")
        done = self.refused(2, "mine", environment=self.environment)
        self.assertEqual(done.out, "")

    def test_do_not_run_for_help_or_a_dry_run(self):
        self.make_program("hello", "echo it ran\n")
        for option in ("--help", "--dry-run"):
            done = self.refused(2, option, "hello", environment=self.environment)
            self.assertEqual(done.out, "")
            self.assertIn(f"dockerhub hello {option}", done.err)

    def test_are_no_folders(self):
        (self.folder / "dockerhub-hello").mkdir()
        self.assertIn("hello", self.refused(2, "hello", environment=self.environment).err)

    def test_get_no_secret(self):
        self.make_program("hello", "env\n")
        secrets = {"DOCKER_HUB_TOKEN": "canary-of-the-account-1", "DOCKERHUB_PARAM_PASSWORD": "canary-of-a-parameter",
                   "SOMETHING": "dckr_pat_0123456789abcdefghijklmno"}
        others = {"DOCKER_HUB_USER": "ada", "DOCKERHUB_OUTPUT": "csv", "ELSE": "x"}
        out = self.ok("hello", environment={**self.environment, **secrets, **others}).out
        for name, value in secrets.items():
            self.assertNotIn(f"{name}=", out)
            self.assertNotIn(value, out)
        for name, value in others.items():
            self.assertIn(f"{name}={value}\n", out)

    def test_never_win_over_what_is_there(self):
        for name in ("doctor", "demo", "repos", "ls", "complete"):
            self.make_program(name, "echo it ran\n")
        for arguments in (("doctor", "--help"), ("demo", "echo", "x"), ("repos", "--help"), ("ls", "--help"), ("complete",)):
            self.assertNotIn("it ran", self.ok(*arguments, environment=self.environment).out)
        self.ok("alias", "set", "hello", "demo", "echo", "x")
        self.make_program("hello", "echo it ran\n")
        self.assertEqual(self.ok("hello", environment=self.environment).out, "text\tx\n")

    def test_of_this_project_are_no_commands(self):
        for name in ("rest", "agent", "sandbox", "plugin-host"):
            self.make_program(name, "echo it ran\n")
            done = self.refused(2, name, environment=self.environment)
            self.assertEqual(done.out, "")

    def test_are_found_in_absolute_folders_only(self):
        self.make_program("hello")
        self.folder.rename(self.home.work / "bin")
        self.refused(2, "hello", environment={"PATH": f"bin::.:{os.environ['PATH']}"})

    def test_are_not_watched(self):
        self.make_program("hello", "echo it ran\n")
        self.assertEqual(self.refused(2, "watch", "hello", environment=self.environment).out, "")

    def test_end_by_the_signals_that_they_get(self):
        self.make_program("hello", "kill -PIPE $$; echo it lives\n")
        self.refused(-13, "hello", environment=self.environment)


if __name__ == "__main__":
    unittest.main()
