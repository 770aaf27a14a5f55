"""Rows by chosen columns and in an order, chosen members, YAML, many calls at once."""

import json
import os
import subprocess
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE


def demo(*options, count=3):
    return (*options, "demo", "list", "--count", str(count))


class Columns(CliTest):
    def test_are_those_that_were_chosen_in_their_order(self):
        self.assertEqual(self.ok(*demo("--columns", "name,number", count=2)).out, "item-1\t1\nitem-2\t2\n")
        self.assertEqual(self.ok("demo", "list", "--count", "1", "--columns", "even").out, "false\n")
        csv = self.ok(*demo("-o", "csv", "--columns", "even", count=1)).out
        self.assertEqual(csv, "even\r\nfalse\r\n")
        line = self.ok(*demo("-o", "ndjson", "--columns", "even,number", count=1)).out
        self.assertEqual(line, '{"even":false,"number":1}\n')

    def test_of_one_thing_are_its_lines(self):
        self.assertEqual(self.ok("--columns", "value", "demo", "write", "k", "v").out, "value\tv\n")

    def test_that_are_not_there_are_told_with_the_likely_one(self):
        done = self.ok(*demo("--columns", "nmae", count=2))
        self.assertEqual(done.out, "\n\n")
        self.assertEqual(done.err.count("nmae"), 1, done)
        self.assertIn("did you mean name", done.err)

    def test_of_wide_are_all(self):
        self.assertEqual(self.ok(*demo("-o", "wide", count=1)).out, "1\titem-1\tfalse\n")
        self.assertEqual(self.ok("-o", "wide", "demo", "write", "k", "v").out, "key\tk\nvalue\tv\n")


class Order(CliTest):
    def test_is_by_size_and_both_ways(self):
        numbers = [line.split("\t")[0] for line in self.ok(*demo("--sort", "-number", count=11)).out.splitlines()]
        self.assertEqual(numbers, [str(number) for number in range(11, 0, -1)])
        even = [line.split("\t")[2] for line in self.ok(*demo("--sort", "even", count=4)).out.splitlines()]
        self.assertEqual(even, ["false", "false", "true", "true"])

    def test_may_say_its_way_in_a_word(self):
        for way, expected in (("desc", "3\n2\n1\n"), ("asc", "1\n2\n3\n")):
            self.assertEqual(self.ok(*demo("--sort", f"number:{way}", "--columns", "number")).out, expected)

    def test_holds_for_each_form_of_rows(self):
        lines = self.ok(*demo("-o", "ndjson", "--sort", "-number")).out.splitlines()
        self.assertEqual([json.loads(line)["number"] for line in lines], [3, 2, 1])
        self.assertIn("3,item-3", self.ok(*demo("-o", "csv", "--sort", "-number")).out.splitlines()[1])

    def test_is_refused_for_the_answer_as_it_came(self):
        for form in ("json", "data", "yaml"):
            self.refused(2, *demo("-o", form, "--sort", "number"))
            self.refused(2, *demo("--sort", "number"), environment={"DOCKERHUB_OUTPUT": form})
            self.refused(2, *demo("-o", form, "--columns", "number"))


class Members(CliTest):
    def test_of_each_item_are_one_array(self):
        done = self.ok(*demo("--json", "name", count=2))
        self.assertEqual(json.loads(done.out), [{"name": "item-1"}, {"name": "item-2"}])
        done = self.ok(*demo("--json", "number,even", "--sort", "-number", count=2))
        self.assertEqual(json.loads(done.out), [{"number": 2, "even": True}, {"number": 1, "even": False}])
        self.assertEqual(json.loads(self.ok(*demo("--json", "name", count=0)).out), [])

    def test_of_one_thing_are_one_object(self):
        self.assertEqual(json.loads(self.ok("demo", "write", "k", "v", "--json", "value").out), {"value": "v"})

    def test_are_listed_without_a_call(self):
        for arguments in (["demo", "list", "--json"], ["--json=", "demo", "list"], ["demo", "list", "--json", "--count", "2"]):
            self.assertEqual(self.ok(*arguments).out, "number\nname\neven\n")
        self.assertEqual(self.ok("demo", "throw", "--json").out, "")

    def test_of_commands_of_the_program_have_to_be_named(self):
        for command in ("auth-status", "account list", "config show", "config path", "doctor --offline", "mcp try",
                        "plugin list", "trail path", "alias list", "api /v2/"):
            done = self.refused(2, *command.split(), "--json")
            self.assertEqual(done.out, "", command)
            self.assertIn("--json", done.err)
        self.assertIn("path", json.loads(self.ok("config", "path", "--json", "path").out)[0])
        self.assertIn("Usage:", self.ok("doctor", "--json", "--help").out)

    def test_do_not_go_with_another_form(self):
        self.refused(2, *demo("-o", "csv", "--json", "name"))
        self.refused(2, *demo("--columns", "name", "--json", "name"))

    def test_leave_errors_as_objects(self):
        done = self.refused(3, "demo", "read", "none", "--json", "value")
        self.assertIn("error", json.loads(done.err))


class Jq(CliTest):
    def test_reads_the_data_and_gives_texts_as_they_are(self):
        self.assertEqual(self.ok(*demo("--jq", ".[].name", count=2)).out, "item-1\nitem-2\n")
        self.assertEqual(self.ok(*demo("--jq", ".[0]", count=2)).out, '{"number":1,"name":"item-1","even":false}\n')
        self.assertEqual(self.ok("demo", "write", "k", "v", "--jq", ".value").out, "v\n")

    def test_reads_the_envelope_the_members_or_each_item(self):
        self.assertEqual(self.ok(*demo("-o", "json", "--jq", ".status_code")).out, "200\n")
        self.assertEqual(self.ok(*demo("--json", "number", "--jq", "map(keys[0]) | unique | .[]")).out, "number\n")
        self.assertEqual(self.ok(*demo("-o", "ndjson", "--jq", "select(.even).number")).out, "2\n")

    def test_is_applied_to_each_item_as_it_comes(self):
        process = self.start(*demo("-o", "ndjson", "--jq", ".number", count=100000))
        self.assertEqual(process.stdout.readline(), b"1\n")
        self.assertIsNone(process.poll(), "it cannot be done: nobody read the rest")

    def test_wins_over_a_preferred_format(self):
        self.assertEqual(self.ok(*demo("--jq", "length"), environment={"DOCKERHUB_OUTPUT": "csv"}).out, "3\n")

    def test_that_is_wrong_is_told_before_anything_is_done(self):
        done = self.refused(2, "demo", "write", "k", "v", "--jq", ".a[")
        self.assertEqual(done.out, "")
        self.assertIn("--jq: syntax error", done.err)

    def test_that_does_not_fit_the_answer_fails(self):
        done = self.refused(1, *demo("--jq", ".name"))
        self.assertIn("Cannot index array", json.loads(done.err)["error"]["message"])
        done = self.refused(1, *demo("-o", "ndjson", "--jq", ".number, .name.x", count=100000))
        self.assertEqual(done.out, "1\n", "the first problem is the end")

    def test_loses_nothing_that_is_shown_once(self):
        file = self.home.write("secret", "x" * 20)
        self.assertEqual(self.ok("demo", "secret", "--secret", f"@{file}", "--jq", ".token").out, "demo-token-20\n")
        done = self.refused(1, "demo", "secret", "--secret", f"@{file}", "--jq", ".token.x")
        (kept,) = (self.home.state / "rescued").iterdir()
        self.assertIn("demo-token-20", kept.read_text())
        self.assertIn(str(kept), done.err)

    def test_is_for_commands_of_the_program_too(self):
        self.assertEqual(self.ok("config", "path", "--jq", 'map(has("path")) | all').out, "true\n")

    def test_reads_json_only(self):
        for options in (("-o", "table"), ("-o", "csv"), ("-o", "yaml"), ("--columns", "name")):
            self.refused(2, *demo(*options, "--jq", "."))


class Template(CliTest):
    def test_makes_a_line_of_each_item(self):
        self.assertEqual(self.ok(*demo("--template", "{{number}}: {{name}}", count=2)).out, "1: item-1\n2: item-2\n")
        self.assertEqual(self.ok("demo", "write", "k", "v", "--template", "{{key}}={{value}}").out, "k=v\n")
        self.assertEqual(self.ok(*demo("--template", "{{#even}}{{number}}\n{{/even}}", count=2)).out, "\n2\n")

    def test_reads_the_envelope_the_members_or_the_data(self):
        self.assertEqual(self.ok(*demo("-o", "json", "--template", "{{status_code}}")).out, "200\n")
        self.assertEqual(self.ok(*demo("--json", "number", "--template", "{{number}}{{name}}", count=2)).out, "1\n2\n")
        self.assertEqual(self.ok(*demo("-o", "data", "--template", "{{number}}", count=2)).out, "1\n2\n")

    def test_is_applied_to_each_item_as_it_comes(self):
        process = self.start(*demo("--template", "{{number}}", count=100000))
        self.assertEqual(process.stdout.readline(), b"1\n")
        self.assertIsNone(process.poll(), "it cannot be done: nobody read the rest")

    def test_wins_over_a_preferred_format(self):
        self.assertEqual(self.ok(*demo("--template", "x", count=1), environment={"DOCKERHUB_OUTPUT": "csv"}).out, "x\n")
        self.assertRegex(self.ok("config", "path", "--template", "{{path}}").out, r"(?m)^/.*config\.yaml$")

    def test_that_is_wrong_is_told_before_anything_is_done(self):
        done = self.refused(2, "demo", "write", "k", "v", "--template", "{{#a}}")
        self.assertEqual(done.out, "")
        self.assertIn("--template: Unclosed section", done.err)

    def test_of_another_language_is_told(self):
        done = self.refused(1, *demo("--template", "{{.name}}"))
        self.assertIn("write {{name}}", json.loads(done.err)["error"]["message"])

    def test_loses_nothing_that_is_shown_once(self):
        file = self.home.write("secret", "x" * 20)
        self.assertEqual(
            self.ok("demo", "secret", "--secret", f"@{file}", "--template", "{{token}}").out, "demo-token-20\n")
        done = self.ok("demo", "secret", "--secret", f"@{file}", "--template", "done")
        (kept,) = (self.home.state / "rescued").iterdir()
        self.assertIn("demo-token-20", kept.read_text())
        self.assertIn(str(kept), done.err)

    def test_goes_with_nothing_that_is_no_json(self):
        for options in (("-o", "table"), ("-o", "csv"), ("--columns", "name"), ("--jq", ".")):
            self.refused(2, *demo(*options, "--template", "x"))


class Yaml(CliTest):
    def test_is_the_data(self):
        self.assertEqual(self.ok("-o", "yaml", "demo", "write", "k", "yes").out, 'key: k\nvalue: "yes"\n')
        self.assertEqual(self.ok(*demo("-o", "yaml", count=1)).out, "- number: 1\n  name: item-1\n  even: false\n")

    def test_shows_no_control_characters(self):
        self.assertNotIn(b"\x1b", self.ok("-o", "yaml", "demo", "outside").out_bytes)


class Limit(CliTest):
    def test_fields_are_all_that_an_item_has(self):
        told = self.ok(*demo("--fields", "even,number", "-o", "data", count=1)).out
        self.assertEqual(json.loads(told), [{"number": 1, "even": False}])

    def test_is_another_name_of_max_items(self):
        self.assertEqual(len(self.ok(*demo("--limit", "2", count=5)).out.splitlines()), 2)


class Batch(CliTest):
    def calls(self, *calls, options=(), code=0, **kwargs):
        text = "".join((call if isinstance(call, str) else json.dumps(call)) + "\n" for call in calls)
        done = self.run_program("batch", "-", *options, stdin=text, **kwargs)
        self.assertEqual(done.code, code, done)
        return [json.loads(line) for line in done.out.splitlines()]

    @staticmethod
    def echo(text):
        return {"tool": "demo", "action": "echo", "params": {"text": text}}

    def test_answers_in_the_order_of_the_calls(self):
        slow = {"tool": "demo", "action": "slow", "params": {"steps": 2, "milliseconds": 50}}
        answers = self.calls(slow, *(self.echo(str(number)) for number in range(200)), options=("--parallel", "8"))
        self.assertEqual(answers[0]["data"], {"steps": 2})
        self.assertEqual([answer["data"]["text"] for answer in answers[1:]], [str(number) for number in range(200)])

    def test_goes_on_after_what_fails(self):
        answers = self.calls(
            self.echo("a"), "no json", {"tool": "demo"}, {"tool": "demo", "action": "none"}, "", {**self.echo("b"), "x": 1},
            self.echo("c"), code=9,
        )
        self.assertEqual([sorted(answer)[0] for answer in answers], ["data", "error", "error", "error", "error", "data"])
        self.assertEqual(len(self.calls("no json", code=1)), 1)
        self.assertEqual(self.calls(), [])

    def test_reads_a_file_and_has_the_options_of_a_call(self):
        file = self.home.write("calls", json.dumps({"tool": "demo", "action": "list"}))
        done = self.ok("batch", file, "--max-items", "2")
        self.assertEqual(len(json.loads(done.out)["data"]), 2)

    def test_destroys_nothing_without_gate_and_consent(self):
        write = {"tool": "demo", "action": "write", "params": {"key": "k", "value": "v"}}
        delete = {"tool": "demo", "action": "delete", "params": {"key": "k"}}
        for options in (("--yes",), ("--allow-destructive",)):
            answers = self.calls(write, delete, options=(*options, "--parallel", "1"), code=9)
            self.assertIn("error", answers[1])
        answers = self.calls(write, delete, options=("--yes", "--allow-destructive", "--parallel", "1"))
        self.assertEqual(answers[1]["data"], {"deleted": "k"})

    def test_loses_nothing_that_is_shown_once(self):
        reading, writing = os.pipe()
        os.close(reading)
        file = self.home.write("calls", json.dumps({"tool": "demo", "action": "secret", "params": {"secret": "x" * 20}}))
        try:
            done = subprocess.run(
                [self.binary, "batch", str(file)], env=self.home.environment, cwd=self.home.work, stdout=writing,
                stderr=subprocess.PIPE, timeout=DEADLINE, check=False,
            )
        finally:
            os.close(writing)
        (kept,) = (self.home.state / "rescued").iterdir()
        self.assertIn("demo-token-20", kept.read_text())
        self.assertIn(str(kept), done.stderr.decode())

    def test_of_calls_that_are_partly_done_is_partly_done(self):
        def ending(word):
            return {"tool": "demo", "action": "outcome", "params": {"as": word}}

        answers = self.calls(self.echo("a"), ending("partial"), code=9)
        self.assertEqual(answers[1]["data"], {"done": 2, "of": 3})
        self.calls(ending("partial"), code=9)
        self.calls(ending("condition_met"))

    def test_refuses_the_options_of_one_answer(self):
        call = {"tool": "demo", "action": "secret", "params": {"secret": "x" * 20}}
        file = self.home.write("calls", json.dumps(call))
        for options in (("--out", "token"), ("--to", "cat"), ("-o", "csv"), ("--columns", "token"), ("--jq", ".data"),
                        ("--json", "token"), ("--sort", "token"), ("--params", "{}")):
            done = self.refused(2, *options, "batch", file)
            self.assertNotIn("demo-token-20", done.out + done.err)
            self.assertIn("`batch` takes no --", done.err)
        self.assertFalse((self.home.work / "token").exists())

    def test_refuses_what_it_does_not_know(self):
        self.refused(2, "batch", "none")
        self.refused(2, "batch", "a", "b")
        self.refused(2, "batch", "-", "--parallel", "17")


if __name__ == "__main__":
    unittest.main()
