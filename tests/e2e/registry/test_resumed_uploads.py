"""Uploads that are killed (SIGKILL) in the middle of a blob, then done again: where the registry keeps the session the
rest alone is sent, else that blob alone begins anew. The kill comes from within a server, in a moment that it chooses:
from a registry in memory while it holds a chunk, or from the source of a copy between two of its bytes."""

import json
import os
import pathlib
import signal
import subprocess
import threading
import unittest

from dockerhub_process import DEADLINE, wait_until
from docker_registry import DockerRegistry
from fake_registry import FakeRegistry, digest_of
from sandbox_registry import SandboxRegistry
from test_broken_transfers import BrokenTest, noise
from transfer_case import LargeLayout, TransferTest

MIB = 1024 * 1024
CANARY = "canary-of-the-location"


class KilledTest(TransferTest):
    """begun() is the process that the next kill() ends."""

    def begun(self, *arguments):
        process = subprocess.Popen(
            [self.binary, "hub_registry", *map(str, arguments)], cwd=self.home.work,
            env={**self.home.environment, **self.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.process.append(process)
        self.started.set()
        return process

    def setUp(self):
        super().setUp()
        self.process = []
        self.started = threading.Event()

    def kill(self):
        self.started.wait(DEADLINE)
        self.process[-1].send_signal(signal.SIGKILL)
        self.process[-1].wait(DEADLINE)

    def killed(self, *arguments):
        self.assertEqual(self.begun(*arguments).wait(DEADLINE), -signal.SIGKILL)

    @property
    def folder(self):
        return self.home.path / ".cache" / "dockerhub" / "kept"

    def records(self):
        # One that was being written at the kill is swept in time.
        return [path for path in self.folder.glob("*") if path.name != "lock" and not path.suffix]


class InMemory(KilledTest, BrokenTest):
    """Killed while the registry holds the third chunk, which it keeps or not."""

    def arguments(self, *more):
        return ("push", self.source, self.repo, "--chunk-mib", "1", *more)

    def kill_at_the_third_chunk(self, then):
        """then(registry, request): what the registry does with it."""
        def hook(registry, request):
            if request.command != "PATCH" or len(registry.asked("PATCH")) != 3:
                return False
            self.kill()
            then(registry, request)
            return request.drop()
        self.registry.hook = hook
        self.killed(*self.arguments())
        self.registry.hook = None
        self.registry.journal.clear()

    def forget_nothing(self, registry, request):
        """The chunk did not arrive; two are there."""

    def sent(self):
        return sum(entry[3] for entry in self.registry.asked("PATCH"))

    def test_only_the_rest_is_sent(self):
        self.kill_at_the_third_chunk(self.forget_nothing)
        self.assertEqual(len(self.records()), 1)
        self.push()
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer) - 2 * MIB)
        self.assertEqual(self.records(), [])

    def test_it_goes_on_in_the_middle_of_a_chunk(self):
        def half(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            content, serial = registry.sessions[name]
            content += request.body[:1000]
            registry.sessions[name] = (content, serial)
        self.kill_at_the_third_chunk(half)
        self.push()
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer) - 2 * MIB - 1000)

    def test_a_session_that_is_gone_begins_anew(self):
        self.kill_at_the_third_chunk(lambda registry, request: registry.sessions.clear())
        self.push()
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer))
        self.assertEqual(self.records(), [])

    def test_content_that_is_not_the_blobs_is_sent_anew(self):
        def other(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            registry.sessions[name] = (bytearray(2 * MIB), registry.sessions[name][1])
        self.kill_at_the_third_chunk(other)
        self.push()
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer) - 2 * MIB + len(self.layer))

    def test_of_two_at_once_each_has_a_session_of_its_own(self):
        self.kill_at_the_third_chunk(self.forget_nothing)
        second_is_done = threading.Event()

        def hook(registry, request):
            # The first to go on waits until the second one is done.
            if request.command == "PATCH" and len(registry.asked("PATCH")) == 1:
                first_is_here.set()
                second_is_done.wait(DEADLINE)
            return False
        first_is_here = threading.Event()
        self.registry.hook = hook
        first = self.begun(*self.arguments())
        self.assertTrue(first_is_here.wait(DEADLINE))
        self.push()
        second_is_done.set()
        self.assertEqual(first.wait(DEADLINE), 0)
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer) - 2 * MIB + len(self.layer))

    def test_no_token_and_no_name_stands_in_a_file(self):
        self.registry.location = "absolute"
        where = self.registry.RequestHandlerClass.where
        self.addCleanup(setattr, self.registry.RequestHandlerClass, "where", where)
        self.registry.RequestHandlerClass.where = lambda request, *of: where(request, *of) + "&token=" + CANARY
        self.kill_at_the_third_chunk(self.forget_nothing)
        self.assertEqual(len(self.records()), 1)
        for path in self.home.path.rglob("*"):
            if path.is_file() and self.home.work not in path.parents:
                content = path.read_bytes()
                for shown in (CANARY, digest_of(self.layer), "/blobs/uploads/"):
                    if self.image.folder not in path.parents:
                        self.assertNotIn(shown.encode(), content, path)
        for path in (*self.records(), self.folder / "lock"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)
        self.push()
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer) - 2 * MIB, "the token went along")

    def begins_anew_with_a_warning(self, text):
        done = self.run_action(*self.arguments())
        self.assertEqual(done.code, 0, done)
        self.assertIn(text, done.err)
        self.assert_whole()
        self.assertEqual(self.sent(), len(self.layer))

    def test_a_damaged_file_is_passed_over(self):
        self.kill_at_the_third_chunk(self.forget_nothing)
        record, = self.records()
        record.write_bytes(record.read_bytes()[:-10])
        self.begins_anew_with_a_warning("damaged")
        self.assertEqual(self.records(), [])

    def test_a_file_that_others_may_read_is_passed_over(self):
        self.kill_at_the_third_chunk(self.forget_nothing)
        record, = self.records()
        record.chmod(0o644)
        self.begins_anew_with_a_warning("readable by others")

    def test_where_nothing_can_be_written_the_push_goes_on(self):
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder.parent.chmod(0o700)
        self.folder.write_text("no folder")
        self.begins_anew_with_a_warning("nothing is kept for a next run")

    def test_on_a_full_disk_the_push_goes_on(self):
        # Files of no bytes can be made there, and nothing written: what a full disk does.
        done = subprocess.run(
            ["bash", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "bash", self.binary, "-o", "json", "hub_registry",
             *map(str, self.arguments())],
            cwd=self.home.work, env={**self.home.environment, **self.environment}, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn(b"nothing is kept for a next run", done.stderr)
        self.assert_whole()

    def test_a_dry_run_keeps_nothing(self):
        self.data(*self.arguments(), options=["--dry-run"])
        self.assertEqual(self.records(), [])


class CopiesTo(KilledTest):
    """Copies to a registry that is no stand-in of the tests, killed by their source after 2.5 MiB of 5."""

    def copied(self, registry):
        self.addCleanup(registry.stop)
        source = FakeRegistry()
        self.addCleanup(source.stop)
        self.layer = noise(5 * MIB + 17)
        self.small = noise(2000, 2)
        image = LargeLayout(self.home.path / "image", [self.small, self.layer])
        self.data("push", f"oci:{image.folder}:v1", source.host + "/demo/app")
        to = f"{registry.host}/{registry.repository}-resumed:v1"
        arguments = ("copy", source.host + "/demo/app:v1", to, "--chunk-mib", "1", "--parallel", "1")
        path = f"/v2/{registry.repository}-resumed/blobs/uploads/"

        def hook(_, request):
            if request.command != "GET" or not request.path.endswith(digest_of(self.layer)):
                return False
            request.send_response(200)
            request.send_header("Content-Length", str(len(self.layer)))
            request.end_headers()
            request.wfile.write(self.layer[:2 * MIB + MIB // 2])
            request.wfile.flush()
            wait_until(lambda: sum(sent.startswith(path) for sent in registry.sent("PATCH")) == 2, "two chunks")
            self.kill()
            return request.drop()
        source.hook = hook
        self.killed(*arguments)
        source.hook = None
        self.assertEqual(len(self.records()), 1)
        done = self.data(*arguments)
        self.assertEqual(done["digest"], image.digest)
        self.assertEqual(self.data("resolve_digest", to)["digest"], image.digest)
        self.data("verify", to)
        self.assertEqual(self.records(), [])
        return done

    def test_the_sandbox_keeps_the_session_and_gets_the_rest(self):
        registry = SandboxRegistry()
        done = self.copied(registry)
        sent = sum(entry["body_size"] for entry in registry.sandbox.journal("registry") if entry["method"] == "PATCH")
        # What was in the third chunk at the kill may have arrived in part, and is not sent again then.
        self.assertEqual(sent, len(self.layer))
        self.assertEqual(done["blobs"]["uploaded"], 1, "the other blobs were whole")

    def test_docker_registry_forgets_it_and_gets_that_blob_alone(self):
        registry = DockerRegistry()
        done = self.copied(registry)
        self.assertEqual(done["blobs"]["uploaded"], 1)
        self.assertGreaterEqual(done["blobs"]["existing"], 2)


if __name__ == "__main__":
    unittest.main()
