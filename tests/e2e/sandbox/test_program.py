"""The program itself: what it prints, how it ends, TLS, files and options."""

import json
import os
import pathlib
import shlex
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

from dockerhub_process import DEADLINE
from sandbox_case import SandboxTest
from sandbox_process import BINARY, Sandbox, request


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sandbox-test-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)

    def run_program(self, *arguments):
        return subprocess.run([BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=DEADLINE,
                              check=False)

    def sandbox(self, *arguments):
        started = Sandbox(*arguments)
        self.addCleanup(started.stop)
        return started


class Start(ProgramTest):
    def test_help_lists_every_setting_and_version_names_the_program(self):
        done = self.run_program("--help")
        self.assertEqual(done.returncode, 0)
        sandbox = self.sandbox()
        for setting in sandbox.control("GET", "/settings"):
            self.assertIn(f"\n  {setting}=".encode(), done.stdout)
        self.assertRegex(self.run_program("--version").stdout, rb"^dockerhub-sandbox [0-9.]+ \(ABI [0-9.]+, commit \S+\)\n$")

    def test_the_lines_that_it_prints_are_for_a_shell(self):
        process = subprocess.Popen([BINARY], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        lines = []
        while not lines or not lines[-1].startswith("# ready"):
            lines.append(process.stdout.readline().decode())
        script = "".join(lines) + "env -0"
        told = subprocess.run(["sh", "-c", script], stdout=subprocess.PIPE, check=True, env={})
        environment = dict(line.split("=", 1) for line in told.stdout.decode().split("\0") if line)
        identity = {"identifier": environment["DOCKER_HUB_USER"],
                    "secret": environment["DOCKER_HUB_TOKEN"]}
        answer = request("POST", environment["DOCKERHUB_URL"] + "/v2/auth/token", identity)
        self.assertEqual(answer.status, 200, answer)
        answer = request("GET", environment["DOCKER_REGISTRY_AUTH_URL"] + "?service=registry.docker.io")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(request("GET", environment["DOCKER_REGISTRY_URL"] + "/v2/").status, 401)

    def test_the_port_file_holds_what_json_prints(self):
        file = self.path / "ports.json"
        sandbox = self.sandbox("--port-file", file)
        self.assertEqual(json.loads(file.read_text())["urls"], sandbox.urls)

    def test_a_port_can_be_chosen_and_a_taken_one_is_told(self):
        taken = self.sandbox().urls["hub"].rsplit(":", 1)[1]
        done = self.run_program("--port", f"registry={taken}")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"'registry'", done.stderr)
        self.assertIn(taken.encode(), done.stderr)

    def test_mistakes_on_the_command_line_are_status_2(self):
        for arguments in (["--bogus"], ["--port", "hub"], ["--port", "nobody=1"],
                          ["--port", "hub=70000"], ["--set", "referrers=maybe"], ["--set", "none=1"],
                          ["--set", "token_lifetime=-1"], ["--tls", "only-one"], ["--ca-out", "x"],
                          ["--set", "authentication=magic"], ["--sign-for", "service"],
                          ["--fault-profile", "sunny"], ["--fault-seed", "x"]):
            with self.subTest(arguments=arguments):
                done = self.run_program(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, b""), done.stderr)

    def test_files_that_cannot_be_written_are_status_1(self):
        nowhere = self.path / "none" / "file"
        done = self.run_program("--journal", nowhere)
        self.assertEqual(done.returncode, 1)
        self.assertIn(str(nowhere).encode(), done.stderr)


class End(ProgramTest):
    def test_a_signal_ends_it_also_while_clients_wait(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            sandbox = self.sandbox()
            sandbox.fault("hang", listener="hub")
            client = subprocess.Popen(["python3", "-c",
                                       "import sys,urllib.request as u; u.urlopen(sys.argv[1])",
                                       sandbox.urls["hub"] + "/v2/"], stderr=subprocess.DEVNULL)
            while not sandbox.journal("hub"):
                self.assertIsNone(client.poll())
            sandbox.process.send_signal(number)
            self.assertEqual(sandbox.process.wait(timeout=DEADLINE), 0)
            self.assertNotEqual(client.wait(timeout=DEADLINE), 0)

    def test_it_ends_with_the_standard_input(self):
        self.assertEqual(self.sandbox().stop(), 0)

    def test_it_leaves_nothing_behind(self):
        before = set(os.listdir(tempfile.gettempdir()))
        process = subprocess.Popen([BINARY, "--exit-with-stdin"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, cwd=self.path,
                                   env={"HOME": str(self.path), "TMPDIR": str(self.path)})
        process.stdout.readline()
        process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(os.listdir(self.path), [])
        self.assertFalse([name for name in set(os.listdir(tempfile.gettempdir())) - before
                          if "sandbox" in name and "test" not in name])


class Tls(ProgramTest):
    def test_a_self_signed_certificate_can_be_trusted(self):
        file = self.path / "ca.pem"
        sandbox = self.sandbox("--tls", "self-signed", "--ca-out", file)
        self.assertEqual(sandbox.environment["SSL_CERT_FILE"], str(file))
        context = ssl.create_default_context(cafile=str(file))
        for listener in ("hub", "registry", "auth", "scout", "cdn"):
            self.assertTrue(sandbox.urls[listener].startswith("https://127.0.0.1:"))
        answer = request("GET", sandbox.urls["registry"] + "/v2/", context=context)
        self.assertIn(f'realm="{sandbox.urls["auth"]}/token"', answer.headers["WWW-Authenticate"])

    def test_a_certificate_may_be_for_another_name(self):
        file = self.path / "ca.pem"
        sandbox = self.sandbox("--tls", "self-signed", "--tls-name", "wrong.example", "--ca-out", file)
        context = ssl.create_default_context(cafile=str(file))
        with self.assertRaises(ssl.SSLCertVerificationError):
            request("GET", sandbox.urls["hub"] + "/v2/", context=context)

    def test_certificate_and_key_from_files(self):
        certificate, key = self.path / "own.pem", self.path / "own.key"
        subprocess.run(shlex.split(
            f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 "
            "-subj /CN=own -addext subjectAltName=IP:127.0.0.1"), check=True, stderr=subprocess.DEVNULL)
        sandbox = self.sandbox("--tls", certificate, key)
        context = ssl.create_default_context(cafile=str(certificate))
        self.assertEqual(request("GET", sandbox.urls["registry"] + "/v2/", context=context).status, 401)
        self.assertEqual(self.run_program("--tls", certificate, self.path / "none").returncode, 1)


class TlsEnd(ProgramTest):
    def setUp(self):
        super().setUp()
        file = self.path / "ca.pem"
        self.tls = self.sandbox("--tls", "self-signed", "--ca-out", file)
        self.context = ssl.create_default_context(cafile=str(file))
        # Python asks OpenSSL 3 to keep silent about just that.
        self.context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF

    def answer_and_end(self):
        """The bytes that the hub answers, and whether the connection ends with close_notify."""
        place = urllib.parse.urlsplit(self.tls.urls["hub"])
        data = b""
        with socket.create_connection((place.hostname, place.port), timeout=DEADLINE) as plain, \
                self.context.wrap_socket(plain, server_hostname=place.hostname,
                                         suppress_ragged_eofs=False) as connection:
            connection.sendall(f"GET /v2/none HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
            try:
                while piece := connection.recv(65536):
                    data += piece
            except ssl.SSLError as problem:
                # Python has an exception of its own for it, and some builds of 3.11 have only the reason.
                self.assertTrue(isinstance(problem, ssl.SSLEOFError) or problem.reason == "UNEXPECTED_EOF_WHILE_READING")
                return data, False
            return data, True

    def test_an_answer_can_end_without_close_notify(self):
        whole = request("GET", self.tls.urls["hub"] + "/v2/none", context=self.context).body
        self.assertNotEqual(whole, b"")
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version=version):
                self.context.maximum_version = version
                self.tls.fault("end_without_notice", listener="hub", times=1)
                answer, is_told = self.answer_and_end()
                self.assertEqual(answer.partition(b"\r\n\r\n")[2], whole)
                self.assertFalse(is_told)

    def test_other_ends_come_with_close_notify(self):
        self.tls.fault("truncated", listener="hub", times=1)
        answer, is_told = self.answer_and_end()
        self.assertTrue(answer.startswith(b"HTTP/1.1 "))
        self.assertTrue(is_told)


class Journal(SandboxTest):
    def test_every_request_is_kept_as_it_was_sent(self):
        self.call("hub", "POST", "/v2/auth/token?x=1", {"identifier": "a", "secret": "b"},
                  Authorization="Bearer kept-as-sent", X_Own="own")
        self.call("registry", "GET", "/v2/")
        entry, other = self.sandbox.journal()
        self.assertEqual((entry["listener"], entry["method"], entry["path"], entry["query"]),
                         ("hub", "POST", "/v2/auth/token", "x=1"))
        self.assertIn(["Authorization", "Bearer kept-as-sent"], entry["headers"])
        self.assertIn(["X-Own", "own"], entry["headers"])
        self.assertEqual(json.loads(entry["body"]), {"identifier": "a", "secret": "b"})
        self.assertEqual((entry["status"], entry["body_size"]), (401, len(entry["body"])))
        self.assertEqual(other["listener"], "registry")
        self.assertEqual(self.sandbox.journal("registry"), [other])
        self.sandbox.clear_journal()
        self.assertEqual(self.sandbox.journal(), [])

    def test_it_is_not_told_to_a_page_that_calls_the_control_by_another_name(self):
        answer = self.call("control", "GET", "/journal", Host="rebound.example:80")
        self.assert_status(403, answer)

    def test_a_file_gets_one_line_a_request(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "journal.jsonl"
            with Sandbox("--journal", file) as sandbox:
                request("GET", sandbox.urls["hub"] + "/v2/one")
                request("GET", sandbox.urls["auth"] + "/two")
            lines = [json.loads(line) for line in file.read_text().splitlines()]
            self.assertEqual([line["path"] for line in lines], ["/v2/one", "/two"])
            self.assertEqual(file.stat().st_mode & 0o777, 0o600, "credentials stand in it")

    def test_a_file_that_is_there_is_added_to_and_keeps_its_mode(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "journal.jsonl"
            file.write_text("{}\n")
            file.chmod(0o640)
            with Sandbox("--journal", file) as sandbox:
                request("GET", sandbox.urls["hub"] + "/v2/one")
            self.assertEqual(file.read_text().splitlines()[0], "{}")
            self.assertEqual(len(file.read_text().splitlines()), 2)
            self.assertEqual(file.stat().st_mode & 0o777, 0o640)


class SecondRegistry(SandboxTest):
    arguments = ["--second-registry"]

    def test_it_has_its_own_service_and_repositories_and_the_same_token_service(self):
        answer = self.call("second", "GET", "/v2/sandbox/elsewhere/tags/list")
        challenge = self.assert_status(401, answer).headers["WWW-Authenticate"]
        self.assertIn('service="second.registry.sandbox"', challenge)
        token = self.call("auth", "GET", "/token?service=second.registry.sandbox"
                          "&scope=repository:sandbox/elsewhere:pull").json()["token"]
        answer = self.call("second", "GET", "/v2/sandbox/elsewhere/tags/list",
                           Authorization="Bearer " + token)
        self.assertIn("latest", self.assert_status(200, answer).json()["tags"])


if __name__ == "__main__":
    unittest.main()
