"""What the suites of the command line share."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from dockerhub_process import BUILD, DEADLINE, PREFIX, Outcome, ProgramTest

# Modules that are built for tests and not installed.
TEST_MODULES = Path(os.environ.get("DOCKERHUB_TEST_MODULES", BUILD / "tests" / "modules"))


class CliTest(ProgramTest):
    def ok(self, *arguments, **options):
        """Runs the program, which has to succeed, and gives what it left behind."""
        done = self.run_program(*arguments, **options)
        self.assertEqual(done.code, 0, done)
        return done

    def refused(self, code, *arguments, **options):
        """Runs the program, which has to end with this exit code, and gives what it left behind."""
        done = self.run_program(*arguments, **options)
        self.assertEqual(done.code, code, done)
        return done

    def unread(self, *arguments, environment=None):
        """Runs the program with a pipe for its output that nobody reads; gives what it left behind."""
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run(
                [self.binary, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
                cwd=self.home.work, env={**self.home.environment, **(environment or {})}, timeout=DEADLINE, check=False,
            )
        finally:
            os.close(writing)
        return Outcome(done.returncode, b"", done.stderr)

    def data(self, *arguments, **options):
        return json.loads(self.ok("-o", "data", *arguments, **options).out)


class PluginTest(CliTest):
    """A test case with a folder for modules that is named in the environment."""

    def setUp(self):
        super().setUp()
        self.folder = self.home.path / "modules"
        self.folder.mkdir(mode=0o700)
        self.environment = {"DOCKERHUB_PLUGIN_PATH": str(self.folder)}

    def copy(self, name):
        """A module of the tests in the configured folder; gives its path there."""
        built = TEST_MODULES / name
        self.assertTrue(built.exists(), f"{built} is not built: build the target test_modules")
        module = self.folder / name
        shutil.copy(built, module)
        module.chmod(0o600)
        return module
