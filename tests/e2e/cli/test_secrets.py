"""Secrets: how they come in, and that they never come out."""

import base64
import json
import unittest
import urllib.parse

from cli_test import CliTest
from scripted_server import ScriptedServer, answer
from secret_forms import all_forms

SECRET = "s3cret/value+for-the-canary?"


class SecretParameters(CliTest):
    def length(self, *arguments, **options):
        return self.data("demo", "secret", *arguments, **options)["length"]

    def test_command_line_is_refused_without_repeating_it(self):
        for arguments in (
            ["--secret", SECRET],
            ["--secret=" + SECRET],
            ["--params", '{"secret": "' + SECRET + '"}'],
        ):
            done = self.refused(2, "demo", "secret", *arguments)
            self.assertNotIn(SECRET, done.err + done.out)
            for way in ("@FILE", "-", "DOCKERHUB_PARAM_SECRET"):
                self.assertIn(way, done.err)

    def test_file_standard_input_and_variable_are_taken(self):
        self.home.write("secret.txt", SECRET + "\n")
        self.home.write("params.json", '{"secret": "' + SECRET + '"}')
        self.assertEqual(self.length("--secret", "@secret.txt"), len(SECRET))
        self.assertEqual(self.length("--secret", "-", stdin=SECRET + "\n"), len(SECRET))
        self.assertEqual(self.length("--params", "@params.json"), len(SECRET))
        self.assertEqual(self.length(environment={"DOCKERHUB_PARAM_SECRET": SECRET}), len(SECRET))

    def test_missing_secret_without_terminal_is_refused(self):
        self.assertIn("secret", self.refused(2, "demo", "secret").err)

    def test_help_says_the_rule(self):
        text = self.ok("demo", "secret", "--help").out
        self.assertIn("DOCKERHUB_PARAM_SECRET", text)
        self.assertIn("never on the command line", text)

    def test_new_token_is_shown_once(self):
        self.assertEqual(self.data("demo", "secret", "--secret", "-", stdin="abcd")["token"], "demo-token-4")


class Canary(CliTest):
    def assert_hidden(self, written, where):
        for form in all_forms(SECRET):
            self.assertNotIn(form.encode(), written, where)

    def hub(self):
        """A Docker Hub that has been told the secret, and says it to everybody."""
        def reply(request):
            if request.path == "/v2/auth/token":
                return answer(200, json.dumps({"access_token": "of-an-hour"}))
            return answer(404, json.dumps({"message": f"no {SECRET} here"}), [("X-Told", SECRET)])
        server = ScriptedServer(reply)
        self.addCleanup(server.close)
        return server.url

    def test_configured_secret_is_never_printed_or_logged(self):
        log = self.home.path / "log" / "all.log"
        environment = {
            "DOCKERHUB_LOG_FILE": str(log),
            "DOCKERHUB_LOG_LEVEL": "debug",
            "DOCKERHUB_URL": self.hub(),
            "DOCKER_HUB_USER": "somebody",
            "DOCKER_HUB_TOKEN": SECRET,
            "DOCKERHUB_PARAM_SECRET": SECRET,
        }
        encoded = base64.b64encode(SECRET.encode()).decode()
        percent = urllib.parse.quote(SECRET, safe="")
        commands = [
            ["demo", "echo", SECRET],
            ["demo", "echo", "in the middle " + SECRET + " of it"],
            ["demo", "echo", encoded],
            ["demo", "echo", percent],
            ["demo", "fail", "--message", SECRET],
            ["demo", "throw", "--message", SECRET],
            ["demo", "write", "k", SECRET],
            ["demo", "secret"],
            ["--allow-destructive", "--yes", "demo", "set-active", SECRET, "--no-active"],
            ["--allow-destructive", "demo", "set-active", SECRET, "--no-active"],
            ["--dry-run", "demo", "write", "k", SECRET],
            ["api", "/v2/namespaces/" + base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("=")],
            ["plugin", "list"],
            ["plugin", "list", "--check"],
            ["plugin", "info", "demo"],
            ["--help"],
        ]
        for command in commands:
            for options in ([], ["-o", "json"], ["--verbose"], ["--verbose", "-o", "data"]):
                done = self.run_program(*options, *command, environment=environment)
                self.assert_hidden(done.out_bytes + b"\n" + done.err_bytes, options + command)
        logged = log.read_bytes()
        self.assert_hidden(logged, "the log")
        # The requests' paths had been on their way into it.
        self.assertIn(b"***redacted***", logged)


if __name__ == "__main__":
    unittest.main()
