"""Runs skopeo, a registry client that we did not write, with a home of its own."""

import json
import os
import pathlib
import subprocess
import tempfile

from dockerhub_process import DEADLINE


class Skopeo:
    """`credentials`: "user:secret" for every call, or None."""

    def __init__(self, credentials=None):
        self._folder = tempfile.TemporaryDirectory(prefix="skopeo-")
        self.path = pathlib.Path(self._folder.name)
        self.credentials = credentials

    def close(self):
        self._folder.cleanup()

    def try_run(self, *arguments):
        """The finished process, whatever its status."""
        return subprocess.run(
            ["skopeo", "--insecure-policy", "--tmpdir", str(self.path), *arguments],
            env={"PATH": os.environ.get("PATH", ""), "HOME": str(self.path),
                 "XDG_RUNTIME_DIR": str(self.path)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=DEADLINE, check=False,
        )

    def run(self, *arguments):
        done = self.try_run(*arguments)
        assert done.returncode == 0, f"skopeo {arguments}: {done.stderr.decode()}"
        return done.stdout

    def _options(self, prefix=""):
        options = [f"--{prefix}tls-verify=false"]
        if self.credentials:
            options += [f"--{prefix}creds", self.credentials]
        return options

    def inspect(self, reference, *arguments):
        """The bytes of `skopeo inspect`; with --raw those of the manifest."""
        return self.run("inspect", *self._options(), *arguments, f"docker://{reference}")

    def inspect_config(self, reference):
        return json.loads(self.inspect(reference, "--config"))

    def tags(self, repository):
        listed = self.run("list-tags", *self._options(), f"docker://{repository}")
        return json.loads(listed)["Tags"]

    def copy(self, source, destination):
        """Copies with all platforms between references with a transport (docker://, oci:)."""
        options = []
        if source.startswith("docker://"):
            options += self._options("src-")
        if destination.startswith("docker://"):
            options += self._options("dest-")
        self.run("copy", "--all", *options, source, destination)

    def try_delete(self, reference):
        return self.try_run("delete", *self._options(), f"docker://{reference}")
