"""The program: options, configuration, the end by a signal while a client does not read."""

import json
import signal
import subprocess

from mcp_case import McpCase
from mcp_process import DEADLINE, SERVER


class ProgramTest(McpCase):
    def run_program(self, *arguments, environment=None):
        return subprocess.run([SERVER, *arguments], env=self.home.environment(**(environment or {})),
                              cwd=self.home.path, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=DEADLINE)

    def test_help_and_version_are_printed_to_standard_output(self):
        helped = self.run_program("--help")
        self.assertEqual((helped.returncode, helped.stderr), (0, ""))
        for option in ("--env-file", "--allow-destructive", "--transport", "--version"):
            self.assertIn(option, helped.stdout)
        self.assertIn("127.0.0.1; dockerhub-api: 0.0.0.0", " ".join(helped.stdout.split()))
        version = self.run_program("--version")
        self.assertEqual((version.returncode, version.stderr), (0, ""))
        self.assertRegex(version.stdout, r"^dockerhub-mcp \S+ \(ABI \d+\.\d+, commit \S+\)\n$")

    def test_unknown_options_and_other_transports_are_refused(self):
        for arguments, word in ((["--frobnicate"], "--frobnicate"),
                                (["--transport", "pigeon"], "no transport")):
            with self.subTest(arguments):
                result = self.run_program(*arguments)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(word, result.stderr)

    def test_options_of_the_python_package_that_are_gone_are_refused_with_what_to_do(self):
        for arguments, word in ((["--token-secret", "s3cret-value"], "@FILE"),
                                (["--oidc-client-secret", "s3cret-value"], "remote-oauth"),
                                (["--eunomia-type", "embedded"], "--read-only"),
                                (["--enable-delegation"], "one server for each account"),
                                (["--openapi-file", "x.json"], "plugin list")):
            with self.subTest(arguments):
                result = self.run_program(*arguments)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(arguments[0], result.stderr)
                self.assertIn(word, result.stderr)
                self.assertNotIn("s3cret-value", result.stderr)

    def test_the_transport_that_there_is_may_be_named(self):
        self.assertEqual(self.run_program("--transport", "stdio").returncode, 0)

    def test_it_starts_silently(self):
        result = self.run_program()
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_servers_without_proof_are_warned_of_whatever_the_log_shows(self):
        result = self.run_program(
            environment={"DOCKERHUB_SSL_VERIFY": "False", "DOCKERHUB_LOG_LEVEL": "emergency"})
        self.assertEqual((result.returncode, result.stdout), (0, ""))
        self.assertIn("NOT verified", result.stderr)

    def test_a_bad_setting_refuses_the_start(self):
        result = self.run_program(environment={"DOCKERHUB_ALLOW_DESTRUCTIVE": "perhaps"})
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", result.stderr)

    def test_a_named_file_sets_what_a_found_one_may_not(self):
        settings = self.home.path / "settings.env"
        settings.write_text("DOCKERHUB_ALLOW_DESTRUCTIVE=true\nDOCKERHUB_CONFIRM=never\n")
        settings.chmod(0o600)
        server = self.connected("--env-file", str(settings))
        server.call("write", {"key": "k", "value": "v"})
        self.assertFalse(server.call("delete", {"key": "k"})["isError"])

    def test_a_file_that_is_missing_refuses_the_start(self):
        result = self.run_program("--env-file", "nowhere.env")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("nowhere.env", result.stderr)

    def test_a_closed_standard_stream_refuses_the_start(self):
        result = subprocess.run([SERVER], env=self.home.environment(), cwd=self.home.path,
                                stderr=subprocess.PIPE, text=True, timeout=DEADLINE,
                                preexec_fn=lambda: __import__("os").close(1))
        self.assertEqual(result.returncode, 1)
        self.assertIn("standard output", result.stderr)

    def fill_the_pipe(self, server):
        """Calls whose answers are never read; returns when the program's output is stuck."""
        hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {}}
        messages = [{"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}]
        big = {"name": "demo", "arguments": {"action": "echo", "params": {"text": "x" * 1000,
                                                                          "times": 1000}}}
        messages += [{"jsonrpc": "2.0", "id": i, "method": "tools/call", "params": big}
                     for i in range(1, 5)]
        server.stdin.write(b"".join(json.dumps(m).encode() + b"\n" for m in messages))
        server.stdin.flush()
        # One byte read: from now on an answer is being written.
        self.assertEqual(server.stdout.read(1), b"{")

    def test_a_client_that_does_not_read_cannot_keep_it_alive(self):
        for end, code in ((lambda server: server.send_signal(signal.SIGTERM), 143),
                          (lambda server: server.stdin.close(), 0)):
            with subprocess.Popen([SERVER], env=self.home.environment(), cwd=self.home.path, bufsize=0,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
                self.fill_the_pipe(server)
                end(server)
                self.assertEqual(server.wait(DEADLINE), code)


    def test_its_environment_holds_no_secret_while_it_runs(self):
        server = self.connected()
        server.request("ping")
        with open("/proc/%d/environ" % server.process.pid, "rb") as block:
            self.assertNotIn(b"canary", block.read().replace(b"canary-user", b""))
