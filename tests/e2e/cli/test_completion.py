"""The completion of shells: what each of them is told when Tab is pressed."""

import os
import pathlib
import re
import shutil
import stat
import subprocess
import time
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE, wait_until
from sandbox_process import WithSandbox

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])


class Completion(CliTest):
    def words(self, *typed):
        return [line.split("\t")[0] for line in self.ok("complete", "--", *typed).out.splitlines()]

    def test_knows_modules_actions_and_options(self):
        self.assertIn("demo", self.words(""))
        self.assertEqual(self.words("demo", "ec"), ["echo"])
        self.assertEqual(self.words("demo", "echo", "--ti"), ["--times", "--timeout"])
        self.assertEqual(self.words("demo", "outcome", ""), ["partial", "condition_met"])

    def test_loads_no_module_and_never_fails(self):
        done = self.ok("complete", "--", "demo", "", environment={"LD_DEBUG": "files"})
        self.assertNotIn("demo.so", done.err)
        done = self.ok("complete", "--", "", environment={"DOCKERHUB_TIMEOUT": "nonsense"})
        self.assertEqual(done.out, "")

    def test_of_an_unknown_shell_is_refused(self):
        self.assertIn("bash, zsh or fish", self.refused(2, "completion", "tcsh").err)
        self.assertIn("bash|zsh|fish", self.ok("completion").out)


class Names(WithSandbox, CliTest):
    """What Docker Hub knows. The time is long: on a slow machine the usual one is over before anything was asked."""

    def setUp(self):
        super().setUp()
        self.patient = {**self.environment, "DOCKERHUB_COMPLETION_TIME": "60s"}
        self.cache = self.home.path / ".cache" / "dockerhub" / "completion.json"

    def words(self, *typed, environment=None):
        done = self.ok("complete", "--", *typed, environment=environment or self.patient)
        self.assertEqual(done.err, "")
        return [line.split("\t")[0] for line in done.out.splitlines()]

    def offered(self, *typed, environment=None):
        """Words where some are expected: the module waits a second for Docker Hub, which may be too short once."""
        return wait_until(lambda: self.words(*typed, environment=environment), f"names for {typed}")

    def test_of_repositories(self):
        self.assertEqual(self.offered("repos", "get", "sandbox", "mu"), ["multi"])
        self.assertEqual(self.offered("repos", "get", "sandbox/mu"), ["sandbox/multi"])
        self.assertEqual(self.offered("inspect", "sandbox/mu"), ["sandbox/multi"])
        self.assertEqual(self.offered("repos", "get", "--namespace", "sandbox", "--repository", "mu"), ["multi"])
        self.assertEqual(self.offered("watch", "repos", "list-tags", "sandbox", "mu"), ["multi"])
        self.assertEqual(self.offered("readme", "push", "sandbox/mu"), ["sandbox/multi"])

    def test_of_namespaces(self):
        self.assertIn("sandbox", self.offered("ls", "sand"))
        self.assertIn("sandbox/", self.offered("tags", "sand"))

    def test_of_tags(self):
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("1.0", "1.1", "old")])
        self.assertCountEqual(self.offered("inspect", "sandbox/app:1"), ["sandbox/app:1.0", "sandbox/app:1.1"])
        self.assertEqual(self.offered("inspect", "sandbox/app", "o"), ["old"])
        self.assertEqual(self.offered("repos", "get-tag", "sandbox/app", "o"), ["old"])

    def test_are_asked_for_once(self):
        self.offered("repos", "get", "sandbox", "")
        self.sandbox.clear_journal()
        self.assertEqual(self.words("repos", "get", "sandbox", "mu"), ["multi"])
        self.assertEqual(self.words("repos", "get", "sandbox", "m"), ["multi"])
        self.assertEqual(self.sandbox.journal("hub"), [])
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o600)
        self.assertNotIn(self.environment["DOCKER_HUB_TOKEN"], self.cache.read_text())

    def test_that_others_could_have_written_are_asked_for_again(self):
        self.offered("repos", "get", "sandbox", "mu")
        self.cache.chmod(0o666)
        self.sandbox.clear_journal()
        wait_until(lambda: self.words("repos", "get", "sandbox", "mu") and self.sandbox.journal("hub"), "a question")

    def test_are_those_of_the_account(self):
        self.assertEqual(self.offered("repos", "get", "sandbox", "pri"), ["private"])
        guest = {**self.patient, "DOCKER_HUB_USER": "sandbox-guest",
                 "DOCKER_HUB_TOKEN": self.sandbox.secret("sandbox-guest")}
        self.assertEqual(self.offered("repos", "get", "sandbox", "mu", environment=guest), ["multi"])
        self.assertEqual(self.words("repos", "get", "sandbox", "pri", environment=guest), [])

    def test_of_another_registry_are_not_asked_for(self):
        for typed in (("inspect", "localhost:5000/sandbox/mu"), ("inspect", "registry.example.com:5"),
                      ("inspect", "localhost:5000/sandbox/multi", "la"), ("push", "oci:")):
            self.assertEqual(self.words(*typed), [], typed)
        self.assertEqual(self.sandbox.journal("hub"), [])

    def test_that_could_be_commands_are_not_offered(self):
        self.sandbox.fault("status", listener="hub", prefix="/v2/namespaces", status=200,
                           headers={"Content-Type": "application/json"},
                           body='{"results": [{"name": "mu$(id)"}, {"name": "mu;id"}, {"name": "mull"}]}')
        self.assertEqual(self.offered("repos", "get", "sandbox", "mu"), ["mull"])

    def test_of_a_server_that_is_gone_are_left_out_in_silence(self):
        gone = {**self.environment, "DOCKERHUB_URL": "http://127.0.0.1:1"}
        self.assertEqual(self.words("repos", "get", "sandbox", "mu", environment=gone), [])

    def test_are_not_waited_for(self):
        self.sandbox.fault("latency", listener="hub", prefix="/v2", interval_ms=30_000)
        start = time.monotonic()
        self.assertEqual(self.words("repos", "get", "sandbox", "mu", environment=self.environment), [])
        self.assertLess(time.monotonic() - start, 20)

    def test_can_be_switched_off(self):
        self.offered("repos", "get", "sandbox", "mu")
        off = {**self.environment, "DOCKERHUB_COMPLETION_TIME": "0"}
        self.assertEqual(self.words("repos", "get", "sandbox", "mu", environment=off), [])


class Shells(CliTest):
    def shell(self, name, script):
        if shutil.which(name) is None:
            self.skipTest(f"NOT CHECKED: {name} is not installed")
        folder = self.home.path / "bin"
        folder.mkdir()
        (folder / "dockerhub").symlink_to(self.binary)
        environment = {**self.home.environment, "PATH": f"{folder}:{os.environ['PATH']}"}
        done = subprocess.run([name, "-c", script], env=environment, cwd=self.home.work, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=DEADLINE, check=False)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().splitlines()

    def test_bash(self):
        told = self.shell("bash", """
            source <(dockerhub completion bash)
            COMP_WORDS=(dockerhub demo ec) COMP_CWORD=2; _dockerhub dockerhub ec demo; printf '%s\\n' "${COMPREPLY[@]}"
            COMP_WORDS=(dockerhub demo outcome "") COMP_CWORD=3; _dockerhub dockerhub "" outcome; printf '%s\\n' "${COMPREPLY[@]}"
        """)
        self.assertEqual(told, ["echo", "partial", "condition_met"])

    def test_bash_takes_a_name_with_a_colon_for_one_word(self):
        self.home.write("dockerhub", "#!/bin/sh\nshift 3; printf '%s1.0\\t\\n' \"$@\"\n").chmod(0o700)
        told = self.shell("bash", """
            source <(dockerhub completion bash)
            COMP_WORDS=(dockerhub inspect acme/app : 1) COMP_CWORD=4; _dockerhub ./dockerhub; printf '%s\\n' "${COMPREPLY[@]}"
            COMP_WORDS=(dockerhub inspect acme/app :) COMP_CWORD=3; _dockerhub ./dockerhub; printf '%s\\n' "${COMPREPLY[@]}"
        """)
        self.assertEqual(told, ["11.0", "1.0"])

    def test_zsh(self):
        told = self.shell("zsh", """
            compdef() { :; }
            _describe() { print -l -- "${(@P)3}"; }
            _files() { print files; }
            source <(dockerhub completion zsh)
            words=(dockerhub demo ec) CURRENT=3; _dockerhub
            words=(dockerhub demo echo "") CURRENT=4; _dockerhub
        """)
        self.assertEqual(told, ["echo:Answers what it was given", "files"])

    def test_fish(self):
        (as_documented,) = re.findall(r"^```fish\n(.*?)^```$", (SOURCE / "docs" / "cli.md").read_text(), re.M | re.S)
        told = self.shell("fish", as_documented + """
            complete -C "dockerhub demo ec"
            complete -C "dockerhub demo outcome "
        """)
        self.assertEqual([line.split("\t")[0] for line in told], ["echo", "condition_met", "partial"])


if __name__ == "__main__":
    unittest.main()
