"""Every sh block of docs/cli.md and docs/rest.md runs as it stands there: the blocks below one heading in one shell,
one after the other, against the sandbox and a registry that we did not write.

REPLACED says what stands for names that nobody's account has, PREPARED what has to be there before.
"""

import os
import pathlib
import re
import stat
import subprocess
import unittest

from cli_test import CliTest
from dockerhub_process import DEADLINE, PREFIX
from docker_registry import BasicRegistry, DockerRegistry
from sandbox_process import WithSandbox

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])

REPLACED = (
    (r"(?<!github\.com/)\bacme\b", "sandbox-org"),
    (r"\bada\b", "sandbox-member"),
    (r"\bann\b(?!=)", "sandbox"),
    ("b30bbf97-506c-4ecd-aabc-842f3cb484fb", "00000000-0000-4000-8001-000000000002"),
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


class CommandLine(Blocks):
    PAGE = SOURCE / "docs" / "cli.md"

    # What the blocks need that they do not make themselves, by heading.

    def built(self):
        self.app()
        self.sure("pull", "sandbox/multi", f"oci:{self.home.work}/build:latest")
        self.home.write("README.md", "# App\n\nSee [the guide](docs/guide.md).\n")

    def old_tags(self):
        self.app("v1.0.0", "v1.0.1", "old", "nightly-1")
        self.sandbox.add_tags("sandbox-org/app", [{"name": "pr-17", "pushed": "2020-01-01T00:00:00Z"}])

    def team(self):
        self.app()
        self.home.write("members.csv", "member,role,teams\nsandbox-member,member,developers\n")

    def taker_of_secrets(self):
        """In place of gh: takes the secret, and says nothing."""
        self.stand_in("gh", f"cat > {self.home.path}/handed-over\n")

    def tokens(self):
        self.app()
        self.taker_of_secrets()

    def daily(self):
        self.app("old")
        self.sure("repos", "create", "sandbox-org", "alpine")
        self.home.write("mirror.yaml", f"to: {self.registry.host}/mirror\nrepositories: [{{from: library/alpine}}]\n")
        self.home.write("README.md", "# App\n")
        self.typed()

    def typed(self):
        """What a person consents to on the terminal."""
        self.environment["DOCKERHUB_CONFIRM"] = "never"

    def secrets_to_hand_over(self):
        self.taker_of_secrets()
        self.typed()

    def stored_accounts(self):
        """One secret for all of them, and nothing but what is stored counts."""
        self.registry.stop()
        self.registry = type("Own", (BasicRegistry,), {"credentials": f"sandbox:{self.password}"})()
        self.addCleanup(self.registry.stop)
        for name in ("DOCKER_HUB_USER", "DOCKER_HUB_TOKEN"):
            self.environment.pop(name)
        self.replaced.insert(0, (r"\bacme\b", "sandbox"))

    def old_tag(self):
        self.app("old")
        self.typed()

    def servers(self):
        """In place of npx the server that is there; and one over HTTP."""
        self.stand_in("npx", "exec dockerhub-mcp\n")
        where = self.serve("dockerhub-mcp", "--transport", "streamable-http", "--port", "0")
        self.replaced.append(("http://127.0.0.1:8000", where))

    PREPARED = {
        "Release an image": built,
        "Clean up": old_tags,
        "Give a team access": team,
        "Rotate CI's token": tokens,
        "Short forms": daily,
        "What is shown once": secrets_to_hand_over,
        "Logging in": stored_accounts,
        "MCP": servers,
        "Requests of one's own": old_tag,
        "Watching a list": old_tag,
        "Commands of your own": old_tag,
    }


class Rest(Blocks):
    PAGE = SOURCE / "docs" / "rest.md"

    def server(self):
        where = self.serve("dockerhub-rest", "--port", "0", "--allow-destructive")
        self.replaced += [("http://127.0.0.1:8080", where), (r"(?m)^dockerhub-rest\b.*$", "")]
        self.app("old", "1.5.0")
        self.environment["URL"] = where
        self.environment["TOKEN"] = (self.home.state / "rest-bearer").read_text().strip()

    PREPARED = dict.fromkeys(("The REST server", "Tasks", "Consent"), server)


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


for each in (CommandLine, Rest):
    add_tests(each)


class Preparations(unittest.TestCase):
    def test_are_of_headings_that_are_there(self):
        for case in (CommandLine, Rest):
            self.assertEqual(set(case.PREPARED) - {heading for heading, _ in sections(case.PAGE)}, set())


if __name__ == "__main__":
    unittest.main()
