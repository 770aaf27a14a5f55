"""What the tests of logging in share: a sandbox, nobody logged in, and a look at all that was written."""

import base64
import json
import stat

from dockerhub_process import ProgramTest
from sandbox_process import WithSandbox

# Keeps one login beside itself, and what it was started with.
KEEPER = """#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/arguments"
env >> "$here/environment"
case "$1" in
  store) cat > "$here/kept" ;;
  get) cat > /dev/null
       cat "$here/kept" 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
  erase) cat > /dev/null; rm -f "$here/kept" ;;
esac
"""


class LoginCase(WithSandbox, ProgramTest):
    def setUp(self):
        super().setUp()
        for name in ("DOCKER_HUB_USER", "DOCKER_HUB_TOKEN", "DOCKERHUB_SCIM_TOKEN"):
            del self.environment[name]
        self.bin = self.home.path / "bin"
        self.bin.mkdir()
        self.environment["PATH"] = f"{self.bin}:{self.home.environment['PATH']}"

    def run_as(self, *arguments, **options):
        return self.run_program(*arguments, environment=self.environment, **options)

    def ok(self, *arguments, **options):
        done = self.run_as(*arguments, **options)
        self.assertEqual(done.code, 0, done)
        return done

    def refused(self, code, *arguments, **options):
        done = self.run_as(*arguments, **options)
        self.assertEqual(done.code, code, done)
        return done

    def data(self, *arguments, **options):
        return json.loads(self.ok("-o", "data", *arguments, **options).out)

    def log_in(self, user, secret, *options, command=("login",)):
        return self.ok(*command, "--user", user, "--password-stdin", *options, stdin=secret + "\n")

    def install(self, name, text):
        program = self.bin / name
        program.write_text(text)
        program.chmod(0o700)
        return program

    def docker_config(self, text):
        folder = self.home.path / ".docker"
        folder.mkdir(exist_ok=True)
        file = folder / "config.json"
        file.write_text(json.dumps(text))
        file.chmod(0o600)
        return file

    @property
    def own(self):
        return self.home.config / "logins.json"

    def assert_private(self, file):
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)

    def files_with(self, secret, user):
        """Files below the home that hold the secret in any form that a file of logins has."""
        forms = (secret.encode(), base64.b64encode(f"{user}:{secret}".encode()),
                 base64.b64encode(secret.encode()).rstrip(b"="))
        found = []
        for file in sorted(self.home.path.rglob("*")):
            if file.is_file() and not file.is_symlink():
                content = file.read_bytes()
                if any(form in content for form in forms):
                    found.append(file)
        return found
