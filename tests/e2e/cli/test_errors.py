"""Errors: three lines for people, one object for programs, and the exit codes."""

import json
import unittest

from cli_test import CliTest


class Texts(CliTest):
    def test_three_lines_what_request_and_next_step(self):
        done = self.refused(1, "demo", "fail", "--message", "The server says no.")
        self.assertEqual(done.out, "")
        lines = done.err.splitlines()
        self.assertEqual(len(lines), 3, done)
        self.assertEqual(lines[0], "Error: The server says no.")
        self.assertEqual(lines[1], "Request: GET /demo/fail")
        self.assertIn("--type", lines[2])

    def test_without_a_request_there_is_no_such_line(self):
        done = self.refused(2, "demo", "ecoh")
        self.assertEqual(len(done.err.splitlines()), 2, done)

    def test_retry_time_is_told(self):
        done = self.refused(7, "demo", "fail", "--status-code", "429", "--retry-after-ms", "2500")
        self.assertIn("Try again in 3 s.", done.err)

    def test_words_from_outside_are_made_safe(self):
        done = self.refused(1, "demo", "fail", "--message", "a\x1b[31mb\nError: forged")
        self.assertNotIn(b"\x1b", done.err_bytes)
        self.assertEqual(len(done.err.splitlines()), 3, done)

    def test_one_object_when_the_output_is_json(self):
        for output in ("json", "data"):
            done = self.refused(1, "-o", output, "demo", "fail", "--status-code", "500")
            self.assertEqual(done.out, "")
            error = json.loads(done.err)["error"]
            self.assertEqual(error["type"], "ApiError")
            self.assertEqual(error["status_code"], 500)
            self.assertEqual(error["request"], "GET /demo/fail")
            self.assertIn("hint", error)

    def test_the_schema_of_the_parameters_is_for_programs_alone(self):
        arguments = ["demo", "fail", "--type", "ParameterError", "--message", "No such thing."]
        done = self.refused(2, *arguments)
        self.assertEqual(len(done.err.splitlines()), 3, done)
        self.assertNotIn("properties", done.err)
        error = json.loads(self.refused(2, "-o", "json", *arguments).err)["error"]
        described = self.data("demo", "describe", "--action", "fail")
        self.assertEqual(error["details"], {"schema": described["params"]})

    def test_refusals_of_this_program_are_objects_too(self):
        for arguments in (["demo", "ecoh"], ["dmo", "echo"], ["demo", "echo", "--txet", "x"],
                          ["demo", "echo", "x", "--times", "many"], ["--bogus"]):
            error = json.loads(self.refused(2, "-o", "json", *arguments).err)["error"]
            self.assertIn("type", error)
            self.assertIn("message", error)


class ExitCodes(CliTest):
    def test_each_failure_has_its_code(self):
        rows = [
            (1, ["--type", "ApiError", "--status-code", "500"]),
            (1, ["--type", "ParameterError", "--status-code", "400"]),
            (1, ["--type", "ModuleError"]),
            (2, ["--type", "ParameterError"]),
            (3, ["--type", "ParameterError", "--status-code", "404"]),
            (4, ["--type", "AuthError", "--status-code", "401"]),
            (5, ["--type", "UnauthorizedError", "--status-code", "403"]),
            (7, ["--type", "ApiError", "--status-code", "429"]),
            (8, ["--type", "NetworkError"]),
            (8, ["--type", "TimeoutError"]),
            (11, ["--type", "UnsupportedError"]),
        ]
        for code, arguments in rows:
            with self.subTest(code=code, arguments=arguments):
                self.refused(code, "demo", "fail", *arguments)

    def test_unknown_names_are_usage(self):
        self.refused(2, "nothing-like-it", "x")
        self.refused(2, "demo", "nothing-like-it")

    def test_missing_note_is_not_found(self):
        self.refused(3, "demo", "read", "k")

    def test_exception_of_a_module_is_a_failure_with_its_words(self):
        self.assertIn("boom", self.refused(1, "demo", "throw", "--message", "boom").err)


if __name__ == "__main__":
    unittest.main()
