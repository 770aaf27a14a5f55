"""`dockerhub plugin`: which modules were found, and trust."""

import json
import unittest

from cli_test import PluginTest


class ListTest(PluginTest):
    def row(self, name, *arguments, **options):
        rows = self.data("plugin", "list", *arguments, **options)
        return next((row for row in rows if row["file"].endswith(name)), None)


class Plugins(ListTest):
    def test_list_names_version_state_place_and_file(self):
        row = self.row("demo.so")
        self.assertEqual((row["name"], row["version"], row["state"]), ("demo", "1.0.0", "not loaded"))
        self.assertEqual(row["place"], "installed")
        first = next(line for line in self.ok("plugin", "list").out.splitlines() if line.startswith("demo\t"))
        self.assertEqual(first.split("\t")[:4], ["demo", "1.0.0", "not loaded", "installed"])

    def test_check_loads_each(self):
        self.assertEqual(self.row("demo.so", "--check")["state"], "loaded")

    def test_info_tells_more_and_knows_near_misses(self):
        info = self.data("plugin", "info", "demo")
        self.assertEqual(info["toggle"], "DEMOTOOL")
        self.assertEqual(len(info["sha256"]), 64)
        self.assertIn("Did you mean `demo`?", self.refused(2, "plugin", "info", "dmeo").err)

    def test_path_lists_the_places_in_order(self):
        lines = self.ok("plugin", "path", environment=self.environment).out.splitlines()
        self.assertEqual(lines[0], f"configured\t{self.folder}")
        self.assertEqual([line.split("\t")[0] for line in lines], ["configured", "installed", "user"])

    def test_module_that_is_no_module_is_listed_with_the_reason(self):
        bad = self.folder / "bad.so"
        bad.write_text("this is no library")
        row = self.row("bad.so", environment=self.environment)
        self.assertEqual(row["state"], "refused")
        self.assertIn("ELF", row["reason"])

    def test_unknown_command_is_named(self):
        self.assertIn("Did you mean `plugin list`?", self.refused(2, "plugin", "lst").err)
        self.assertIn("NAME", self.refused(2, "plugin", "info").err)

    def test_help_lists_the_commands(self):
        for arguments in (["plugin"], ["plugin", "--help"], ["help", "plugin"]):
            self.assertIn("trust FILE", self.ok(*arguments).out)

    def test_check_fails_when_a_module_cannot_be_loaded(self):
        module = self.copy("create_fails.so")
        self.ok("plugin", "trust", module, environment=self.environment)
        self.assertEqual(self.row(module.name, environment=self.environment)["state"], "not loaded")
        done = self.refused(1, "plugin", "list", "--check", environment=self.environment)
        self.assertIn("Error: ", done.err)
        self.assertIn("demo\t1.0.0\tloaded", done.out)


class Trust(ListTest):
    def setUp(self):
        super().setUp()
        self.module = self.copy("c_module.so")

    def test_module_of_a_stranger_is_listed_and_not_run_until_it_is_trusted(self):
        row = self.row(self.module.name, environment=self.environment)
        self.assertEqual(row["state"], "refused")
        self.assertIn("plugin trust", row["reason"])
        refusal = self.refused(2, row["name"], "echo", environment=self.environment)
        self.assertIn("plugin trust", refusal.err)

        trusted = json.loads(self.ok("-o", "data", "plugin", "trust", self.module, environment=self.environment).out)
        self.assertEqual(trusted["name"], row["name"])
        self.assertEqual(self.row(self.module.name, environment=self.environment)["state"], "not loaded")
        self.assertEqual(self.row(self.module.name, "--check", environment=self.environment)["state"], "loaded")

    def test_a_dry_run_trusts_nothing(self):
        done = self.refused(2, "--dry-run", "plugin", "trust", self.module, environment=self.environment)
        self.assertIn("--dry-run", done.err)
        self.assertEqual(self.row(self.module.name, environment=self.environment)["state"], "refused")

    def test_changed_file_is_no_longer_trusted(self):
        self.ok("plugin", "trust", self.module, environment=self.environment)
        with open(self.module, "ab") as file:
            file.write(b"\0")
        self.assertEqual(self.row(self.module.name, environment=self.environment)["state"], "refused")


if __name__ == "__main__":
    unittest.main()
