"""How actions and parameters are named and given."""

import unittest

from cli_test import CliTest


class Names(CliTest):
    def test_tool_is_found_with_and_without_prefix(self):
        self.assertEqual(self.data("demo", "echo", "--text", "x"), {"text": "x"})
        self.assertEqual(self.data("hub_demo", "echo", "--text", "x"), {"text": "x"})
        self.assertEqual(self.data("hub-demo", "echo", "--text", "x"), {"text": "x"})

    def test_dash_and_underscore_are_alike(self):
        for action in ("set-active", "set_active"):
            self.assertEqual(
                self.data("demo", action, "--account", "a", "--active"),
                {"account": "a", "is": "active"},
            )
        for option in ("--status-code", "--status_code"):
            self.assertIn('"status_code":500', self.refused(1, "-o", "json", "demo", "fail", option, "500").err)

    def test_near_misses_are_named(self):
        self.assertIn("Did you mean `demo`?", self.refused(2, "dmo", "echo").err)
        self.assertIn("Did you mean `echo`?", self.refused(2, "demo", "ecoh").err)
        self.assertIn("Did you mean --text?", self.refused(2, "demo", "echo", "--txet", "x").err)
        self.assertIn("Did you mean --dry-run?", self.refused(2, "--dryrun", "demo", "echo").err)
        self.assertIn("text", self.refused(2, "demo", "echo", "--params", '{"txet": "x"}').err)

    def test_missing_parameter_is_named(self):
        self.assertIn("text", self.refused(2, "demo", "echo").err)


class Values(CliTest):
    def test_positionals_and_options_mean_the_same(self):
        self.assertEqual(self.data("demo", "echo", "hi"), self.data("demo", "echo", "--text", "hi"))

    def test_lists_are_repeated_or_comma_separated(self):
        for arguments in (
            ["--numbers", "1", "--numbers", "2.5"],
            ["--numbers", "1,2.5"],
            ["--numbers", "[1, 2.5]"],
            ["1", "2.5"],
        ):
            self.assertEqual(self.data("demo", "add", *arguments), {"sum": 3.5}, arguments)

    def test_files_hold_json_or_yaml(self):
        self.home.write("numbers.json", "[1, 2]")
        self.home.write("numbers.yaml", "- 1\n- 2\n")
        for name in ("numbers.json", "numbers.yaml"):
            self.assertEqual(self.data("demo", "add", "--numbers", "@" + name), {"sum": 3})

    def test_text_files_are_taken_as_they_are(self):
        self.home.write("text", "two\nlines\n")
        self.assertEqual(self.data("demo", "echo", "--text", "@text"), {"text": "two\nlines\n"})

    def test_doubled_at_sign_is_literal(self):
        self.assertEqual(self.data("demo", "echo", "@@text"), {"text": "@text"})

    def test_dash_is_standard_input_and_only_once(self):
        self.assertEqual(self.data("demo", "echo", "-", stdin="piped"), {"text": "piped"})
        twice = self.refused(2, "demo", "write", "--key", "-", "--value", "-", stdin="x")
        self.assertIn("already read for --", twice.err)

    def test_params_give_everything_at_once_and_options_win(self):
        self.assertEqual(self.data("demo", "echo", "--params", '{"text": "a", "times": 2}'), {"text": "aa"})
        self.home.write("params.yaml", "text: b\ntimes: 3\n")
        self.assertEqual(self.data("demo", "echo", "--params", "@params.yaml"), {"text": "bbb"})
        self.assertEqual(self.data("demo", "echo", "--params", "-", stdin='{"text": "c"}'), {"text": "c"})
        self.assertEqual(
            self.data("--params", '{"text": "a", "times": 2}', "demo", "echo", "--text", "z"), {"text": "zz"}
        )

    def test_booleans_have_three_forms(self):
        for form, state in (("--active", "active"), ("--active=true", "active")):
            self.assertEqual(self.data("demo", "set-active", "a", form)["is"], state)
        for form in ("--active=false", "--no-active"):
            done = self.data("--allow-destructive", "--yes", "demo", "set-active", "a", form)
            self.assertEqual(done["is"], "inactive")

    def test_empty_value_stays_empty(self):
        self.assertEqual(self.data("demo", "echo", "--text=", "--times", "2"), {"text": ""})

    def test_wrong_type_is_refused_with_the_option(self):
        done = self.refused(2, "demo", "echo", "x", "--times", "many")
        self.assertIn("--times", done.err)
        self.assertIn("many", done.err)

    def test_out_of_range_is_refused_with_the_parameter(self):
        self.assertIn("times", self.refused(2, "demo", "echo", "x", "--times", "0").err)

    def test_value_that_looks_like_an_option_is_a_value(self):
        self.assertEqual(self.data("demo", "echo", "--text", "--times"), {"text": "--times"})
        self.assertEqual(self.data("demo", "echo", "--", "--times"), {"text": "--times"})

    def test_missing_file_is_named(self):
        self.assertIn("nowhere.txt", self.refused(2, "demo", "echo", "@nowhere.txt").err)


class GlobalOptions(CliTest):
    def test_they_may_stand_after_the_action(self):
        self.assertEqual(self.ok("demo", "echo", "x", "-o", "data").out, '{"text":"x"}\n')
        self.assertEqual(self.ok("demo", "-o", "data", "echo", "x").out, '{"text":"x"}\n')

    def test_gate_may_be_opened_after_the_action(self):
        done = self.ok("demo", "set-active", "a", "--no-active", "--allow-destructive", "--yes", "-o", "data")
        self.assertEqual(done.out, '{"account":"a","is":"inactive"}\n')

    def test_env_file_may_stand_after_the_action_and_keeps_the_environment(self):
        self.home.write("settings.env", "DOCKERHUB_ALLOW_DESTRUCTIVE=true\n")
        done = self.ok("demo", "set-active", "a", "--no-active", "--yes", "--env-file", "settings.env")
        self.assertIn("inactive", done.out)

    def test_value_that_looks_like_a_gate_opens_nothing(self):
        done = self.refused(6, "demo", "set-active", "--account", "--allow-destructive", "--no-active", "--yes")
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", done.err)

    def test_timeout_ends_the_call(self):
        for arguments in (["--timeout", "100ms", "demo", "slow"], ["demo", "slow", "--timeout", "100ms"]):
            self.refused(8, *arguments, "--milliseconds", "60000")

    def test_output_format_has_to_be_known(self):
        self.assertIn("Did you mean json?", self.refused(2, "-o", "jsn", "demo", "echo", "x").err)

    def test_output_format_may_be_configured(self):
        self.assertEqual(
            self.ok("demo", "echo", "x", environment={"DOCKERHUB_OUTPUT": "data"}).out, '{"text":"x"}\n'
        )


class Configuration(CliTest):
    def test_unknown_key_refuses_the_start_with_file_line_and_likely_key(self):
        path = self.home.write_config("call:\n  timeot: 3s\n")
        done = self.refused(2, "demo", "echo", "x")
        self.assertIn(f"{path}:2", done.err)
        self.assertIn("timeout", done.err)

    def test_bad_value_refuses_the_start_with_the_variable(self):
        done = self.refused(2, "demo", "echo", "x", environment={"DOCKERHUB_ALLOW_DESTRUCTIVE": "perhaps"})
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", done.err)

    def test_found_env_file_cannot_open_the_gate(self):
        self.home.write(".env", "DOCKERHUB_ALLOW_DESTRUCTIVE=true\n")
        done = self.refused(2, "demo", "echo", "x")
        self.assertIn(".env", done.err)
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", done.err)

    def test_switched_off_module_says_so(self):
        done = self.refused(2, "demo", "echo", "x", environment={"DEMOTOOL": "false"})
        self.assertIn("DEMOTOOL", done.err)


if __name__ == "__main__":
    unittest.main()
