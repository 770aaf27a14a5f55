"""The sh blocks of a page, and where they run: against the sandbox and a registry that we did not write.

REPLACED says what stands for names that nobody's account has, a page's PREPARED what has to be there before.
"""

import os
import pathlib
import re
import stat
import subprocess

from cli_test import CliTest
from docker_registry import DockerRegistry
from dockerhub_process import DEADLINE, PREFIX
from sandbox_process import WithSandbox

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])

REPLACED = (
    (r"(?<!github\.com/)\bacme\b", "sandbox-org"),
    (r"\bada\b", "sandbox-member"),
    (r"\bann\b(?!=)", "sandbox"),
    ("b30bbf97-506c-4ecd-aabc-842f3cb484fb", "00000000-0000-4000-8001-000000000002"),
    (r"\brotate ci-token\b", "rotate 'A token for repo:write'"),
    # They go on until somebody ends them, or something new is there.
    (r"\bdockerhub watch (?!--once)", "dockerhub watch --looks 1 "),
    (r"\bdockerhub watch --once", "dockerhub watch --once --initial"),
)


def sections(page):
    """(heading, its sh blocks as one script) of every part of a page that has any."""
    for part in re.split(r"^#{1,3} ", page.read_text(), flags=re.M)[1:]:
        blocks = re.findall(r"^```sh\n(.*?)^```$", part, re.M | re.S)
        if blocks:
            yield part.splitlines()[0], "".join(blocks)


class Blocks(WithSandbox, CliTest):
    """Runs scripts; `stand_in` puts a program of another maker before them."""

    def setUp(self):
        super().setUp()
        self.registry = DockerRegistry()
        self.addCleanup(self.registry.stop)
        self.hub = self.sandbox.urls["registry"].removeprefix("http://")
        secrets = [one["secret"] for one in self.sandbox.users["sandbox"]["secrets"]]
        self.password = next(one for one in secrets if not one.startswith("dckr_"))
        self.environment = {**self.sandbox.environment, "DOCKER_HUB_TOKEN": self.password, "TOKEN": self.password}
        self.replaced = list(REPLACED)
        self.programs = self.home.path / "programs"
        self.programs.mkdir()

    def stand_in(self, name, script):
        program = self.programs / name
        program.write_text("#!/bin/sh\n" + script)
        program.chmod(stat.S_IRWXU)

    def sure(self, *arguments):
        """A call that prepares something."""
        return self.ok("--yes", "--allow-destructive", *arguments, environment=self.environment)

    def app(self, *tags):
        self.sure("repos", "create", "sandbox-org", "app")
        for tag in tags:
            self.sure("copy", "sandbox/single", f"{self.hub}/sandbox-org/app:{tag}")

    def serve(self, program, *arguments):
        """Starts a server; gives its address when it listens."""
        self.program = program
        process = self.start(*arguments, environment=self.environment)
        self.program = "dockerhub"
        for line in process.stderr:
            found = re.search(rb"listening on (http://[^\s/]+)", line)
            if found:
                return found.group(1).decode()
        self.fail(f"{program} ended with {process.wait()}")

    def shell(self, script):
        """What bash makes of it; it ends with the first command that fails."""
        for found, text in [(r"registry\.example\.com(:5000)?", self.registry.host), *self.replaced]:
            script = re.sub(found, text, script)
        path = f"{self.programs}:{PREFIX / 'bin'}:{self.home.environment['PATH']}"
        return subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script], cwd=self.home.work, stdin=subprocess.DEVNULL,
            env={**self.home.environment, **self.environment, "PATH": path}, timeout=DEADLINE, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )


def add_tests(case):
    """A test for each heading of its page."""
    def test(heading, script):
        def run(self):
            self.PREPARED.get(heading, lambda _: None)(self)
            done = self.shell(script)
            self.assertEqual(done.returncode, 0, f"{script}\n{done.stdout}")
        return run
    for heading, script in sections(case.PAGE):
        setattr(case, "test_" + re.sub(r"\W+", "_", heading.lower()), test(heading, script))
