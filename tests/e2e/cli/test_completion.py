"""The completion of shells: what each of them is told when Tab is pressed."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE

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
