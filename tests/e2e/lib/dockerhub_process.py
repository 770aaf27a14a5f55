"""Starts the programs of a build or install tree for the end-to-end tests.

The tree is named by DOCKERHUB_PREFIX, or DOCKERHUB_BUILD_DIR. Every program gets a home of its own and
an environment with nothing in it but what the test states, so that neither the machine's settings nor
another test's modules are seen.
"""

import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

import known_manifests

# Where the test programs and modules are, which are not installed.
BUILD = pathlib.Path(
    os.environ.get("DOCKERHUB_BUILD_DIR") or pathlib.Path(__file__).resolve().parents[3] / "build" / "dev"
).resolve()
PREFIX = pathlib.Path(os.environ.get("DOCKERHUB_PREFIX") or BUILD).resolve()

# No test waits longer for anything; what is expected takes far less.
DEADLINE = 240.0


def wait_until(condition, what):
    """Waits until condition() gives something true and gives that."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"in vain waited for: {what}")


class Home:
    """A home directory and the environment of the programs in it."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="dockerhub-test-")
        # Modules are refused below a folder that others may write to.
        self.path = pathlib.Path(self._folder.name)
        self.work = self.path / "work"
        self.work.mkdir()
        self.config = self.path / ".config" / "dockerhub"
        self.state = self.path / ".local" / "state" / "dockerhub"
        self.system_config = self.path / "system.yaml"
        self.system_config.touch(mode=0o600)
        known_manifests.share(self.path)
        self.environment = {
            "HOME": str(self.path),
            "XDG_CONFIG_HOME": str(self.path / ".config"),
            "XDG_DATA_HOME": str(self.path / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.path / ".cache"),
            "XDG_STATE_HOME": str(self.path / ".local" / "state"),
            "DOCKERHUB_SYSTEM_CONFIG": str(self.system_config),
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def close(self):
        self._folder.cleanup()

    def write(self, name, text):
        """A file in the working directory; gives its path."""
        path = self.work / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(0o600)
        return path

    def write_config(self, text):
        self.config.mkdir(parents=True, exist_ok=True)
        path = self.config / "config.yaml"
        path.write_text(text)
        path.chmod(0o600)
        return path


class Outcome:
    """What a program that has ended left behind."""

    def __init__(self, code, out, err):
        self.code = code
        self.out_bytes = out
        self.err_bytes = err

    @property
    def out(self):
        return self.out_bytes.decode()

    @property
    def err(self):
        return self.err_bytes.decode()

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out_bytes!r}\n--- stderr\n{self.err_bytes!r}"


class ProgramTest(unittest.TestCase):
    """A test case with a home and one program of the tree."""

    program = "dockerhub"

    @property
    def binary(self):
        return str(PREFIX / "bin" / self.program)

    def setUp(self):
        self.assertTrue(os.path.exists(self.binary), f"{self.binary} is not built")
        self.home = Home()
        self.addCleanup(self.home.close)

    def start(self, *arguments, environment=None, **options):
        """A running program without a terminal; killed at the test's end if it is still there."""
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen(
            [self.binary, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.home.work,
            env={**self.home.environment, **(environment or {})},
            start_new_session=True,
            **options,
        )
        self.addCleanup(self._end, process)
        return process

    @staticmethod
    def _end(process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()

    def run_program(self, *arguments, stdin=None, environment=None):
        process = self.start(
            *arguments,
            environment=environment,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        )
        data = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = process.communicate(data, timeout=DEADLINE)
        return Outcome(process.returncode, out, err)


class Terminal:
    """A terminal (tmux) in which a program of a test runs."""

    def __init__(self, home, width=120, height=50):
        self._home = home
        self._socket = str(home.path / "tmux.socket")
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height),
            "-c", str(home.work), "sh",
        )
        self._tmux("set-option", "-g", "history-limit", "5000")
        self.type("PS1='$ '; clear\n")
        self.wait_for("$ ")

    def _tmux(self, *arguments):
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            env={**self._home.environment, "TERM": "screen"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE, check=True,
        )
        return done.stdout.decode(errors="replace")

    def close(self):
        subprocess.run(
            ["tmux", "-S", self._socket, "kill-server"],
            env=self._home.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )

    def type(self, text):
        """Types text; a newline is Enter."""
        for index, line in enumerate(text.split("\n")):
            if index:
                self.press("Enter")
            if line:
                self._tmux("send-keys", "-l", line)

    def press(self, *keys):
        self._tmux("send-keys", *keys)

    def screen(self):
        return self._tmux("capture-pane", "-p", "-J", "-S", "-")

    def wait_for(self, text):
        """Waits until the screen holds the text and gives the screen."""
        return wait_until(lambda: self._holds(text), f"{text!r} on the screen:\n{self.screen()}")

    def _holds(self, text):
        screen = self.screen()
        return screen if text in screen else None
