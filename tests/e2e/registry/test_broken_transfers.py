"""Uploads and downloads that break: chunks that go on where they broke, answers that were lost, sessions
that are gone, registries that lie. Against a registry in memory that does as a test tells it."""

import json
import random
import threading
import unittest

from dockerhub_process import DEADLINE
from fake_registry import FakeRegistry, digest_of
from transfer_case import LargeLayout, TransferTest, blobs_of

MIB = 1024 * 1024
EXIT_NETWORK = 8
EXIT_UNSUPPORTED = 11


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


class BrokenTest(TransferTest):
    def setUp(self):
        super().setUp()
        self.registry = self.start_registry()
        self.repo = self.registry.host + "/demo/app"
        self.layer = noise(5 * MIB + 17)
        self.image = LargeLayout(self.home.path / "image", [self.layer])
        self.source = f"oci:{self.image.folder}:v1"

    def start_registry(self):
        registry = FakeRegistry()
        self.addCleanup(registry.stop)
        return registry

    def push(self, *options):
        return self.data("push", self.source, self.repo, "--chunk-mib", "1", *options)

    def kept(self, registry=None):
        return (registry or self.registry).repository("demo/app")

    def assert_whole(self, registry=None):
        """Everything of the image is there, byte for byte, and tagged."""
        kept = self.kept(registry)
        self.assertEqual(kept.tags, {"v1": self.image.digest})
        self.assertEqual(kept.manifests[self.image.digest][1], self.image.manifest)
        for name in blobs_of(self.image.folder) - {self.image.digest}:
            self.assertEqual(digest_of(kept.blobs[name]), name)

    def once(self, method, part, action):
        """A hook that does `action` at the first request of that kind."""
        done = []

        def hook(registry, request):
            if request.command != method or part not in request.path or done:
                return False
            done.append(request.path)
            return action(registry, request)
        self.registry.hook = hook
        return done


class Chunks(BrokenTest):
    def test_chunks_in_order_with_their_ranges(self):
        self.push()
        self.assert_whole()
        sent = [entry for entry in self.registry.asked("PATCH")]
        self.assertEqual([entry[2]["Content-Range"] for entry in sent],
                         [f"{start}-{min(start + MIB, len(self.layer)) - 1}" for start in range(0, len(self.layer), MIB)])
        self.assertEqual(sum(entry[3] for entry in sent), len(self.layer))

    def test_no_chunk_is_smaller_than_the_registry_wants(self):
        self.registry.chunk_minimum = 2 * MIB
        self.registry.whole_size = len(self.layer)
        self.push()
        self.assert_whole()
        self.assertEqual([entry[3] for entry in self.registry.asked("PATCH")], [2 * MIB, 2 * MIB, MIB + 17])

    def test_a_location_that_is_relative(self):
        self.registry.location = "relative"
        self.push()
        self.assert_whole()

    def test_a_location_on_another_host_gets_no_credential(self):
        self.log_in(self.registry.host, "tester:canary-password")
        uploads = self.start_registry()
        uploads.sessions = self.registry.sessions
        uploads.repositories = self.registry.repositories
        self.registry.location = uploads.location = uploads.host
        self.push()
        self.assert_whole()
        self.assertTrue(uploads.asked("PATCH"))
        for entry in uploads.journal:
            self.assertNotIn("Authorization", entry[2])

    def test_the_answer_to_a_chunk_is_lost(self):
        def lose(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            content, serial = registry.sessions[name]
            content += request.body
            registry.sessions[name] = (content, serial + 1)
            return request.drop()
        self.once("PATCH", "/uploads/", lose)
        self.push()
        self.assert_whole()
        # Every byte once: the status was asked before anything was sent again.
        self.assertEqual(sum(entry[3] for entry in self.registry.asked("PATCH")), len(self.layer))
        self.assertEqual(len(self.registry.asked("GET", "/uploads/")), 1)

    def test_a_chunk_that_arrives_in_part(self):
        def half(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            content, serial = registry.sessions[name]
            content += request.body[:1000]
            registry.sessions[name] = (content, serial + 1)
            return request.drop()
        self.once("PATCH", "/uploads/", half)
        self.push()
        self.assert_whole()
        self.assertIn("1000-" + str(1000 + MIB - 1),
                      [entry[2].get("Content-Range") for entry in self.registry.asked("PATCH")])

    def test_a_registry_that_took_less_than_it_was_sent(self):
        def less(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            content, serial = registry.sessions[name]
            content += request.body[:7]
            registry.sessions[name] = (content, serial + 1)
            return request.progress(202, "demo/app", name) or True
        self.once("PATCH", "/uploads/", less)
        self.push()
        self.assert_whole()

    def test_a_registry_that_tells_of_more_than_it_was_sent_is_sent_the_blob_anew(self):
        def more(registry, request):
            request.reply(202, Location=request.path, Range=f"0-{len(self.layer) + 100}")
            return True
        self.once("PATCH", "/uploads/", more)
        self.push()
        self.assert_whole()
        # In another session, from its beginning.
        self.assertEqual(len(self.registry.asked("POST", "/uploads/")), 3)
        ranges = [entry[2].get("Content-Range") for entry in self.registry.asked("PATCH")]
        self.assertEqual(ranges[:2], [f"0-{MIB - 1}"] * 2)

    def test_a_registry_that_always_tells_of_more_is_given_up(self):
        def more(registry, request):
            if request.command != "PATCH":
                return False
            request.reply(202, Location=request.path, Range=f"0-{len(self.layer) + 100}")
            return True
        self.registry.hook = more
        error = self.error(1, "push", self.source, self.repo, "--chunk-mib", "1")
        self.assertEqual(error["type"], "ApiError")
        self.assertIn("more than was sent", error["message"])
        self.assertEqual(self.kept().tags, {})

    def test_416_goes_on_from_what_is_there(self):
        def ahead(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            registry.sessions[name] = (bytearray(self.layer[:300000]), registry.sessions[name][1] + 1)
            return False
        self.once("PATCH", "/uploads/", ahead)
        self.push()
        self.assert_whole()

    def test_a_session_that_is_gone_begins_anew(self):
        def gone(registry, request):
            registry.sessions.clear()
            return False
        self.once("PATCH", "/uploads/", gone)
        self.push()
        self.assert_whole()

    def test_sessions_that_are_always_gone_end_the_push(self):
        self.registry.hook = lambda registry, request: request.command == "PATCH" and (
            registry.sessions.clear() or False)
        done = self.run_action("push", self.source, self.repo, "--chunk-mib", "1")
        self.assertEqual(done.code, 1, done)
        self.assertIn("forgot the upload", json.loads(done.err)["error"]["message"])
        self.assertEqual(self.kept().tags, {})
        self.assertLessEqual(len(self.registry.asked("POST", "/uploads/")), 6)

    def test_a_registry_that_never_comes_forward_is_given_up(self):
        def never(registry, request):
            if request.command != "PATCH":
                return False
            return request.progress(202, "demo/app", request.target.path.rsplit("/", 1)[1]) or True
        self.registry.hook = never
        done = self.run_action("push", self.source, self.repo, "--chunk-mib", "1")
        self.assertEqual(done.code, 1, done)
        self.assertIn("does not go on", json.loads(done.err)["error"]["message"])
        self.assertEqual(self.kept().tags, {})

    def test_a_server_error_to_a_chunk(self):
        self.once("PATCH", "/uploads/", lambda registry, request: request.refuse(503, "UNAVAILABLE") or True)
        self.push()
        self.assert_whole()

    def test_a_limit_to_a_chunk_that_was_taken(self):
        """A 429 says that the request was not served; of a chunk only the registry's own status says so."""
        def limit(registry, request):
            name = request.target.path.rsplit("/", 1)[1]
            content, serial = registry.sessions[name]
            content += request.body
            registry.sessions[name] = (content, serial + 1)
            request.reply(429, b'{"errors":[{"code":"TOOMANYREQUESTS"}]}', Retry_After="0")
            return True
        limited = self.once("PATCH", "/uploads/", limit)
        self.push()
        self.assert_whole()
        self.assertEqual(len(limited), 1)
        self.assertEqual(sum(entry[3] for entry in self.registry.asked("PATCH")), len(self.layer), "every byte once")
        self.assertEqual(len(self.registry.asked("GET", "/uploads/")), 1)

    def test_a_limit_to_a_chunk_that_was_not_taken(self):
        self.once("PATCH", "/uploads/", lambda registry, request: request.reply(
            429, b'{"errors":[{"code":"TOOMANYREQUESTS"}]}', Retry_After="0") or True)
        self.push()
        self.assert_whole()
        self.assertEqual(len(self.registry.asked("GET", "/uploads/")), 1, "asked before it was sent again")
        self.assertEqual(sum(entry[3] for entry in self.registry.asked("PATCH")), len(self.layer) + MIB)

    def test_the_last_answer_is_lost(self):
        def lose(registry, request):
            request.reply = lambda *_, **__: None  # does it, and says nothing
            request.route()
            return request.drop()
        self.once("PUT", "/uploads/", lose)
        self.push()
        self.assert_whole()

    def test_the_answer_to_the_manifest_is_lost(self):
        def lose(registry, request):
            request.reply = lambda *_, **__: None
            request.route()
            return request.drop()
        self.once("PUT", "/manifests/", lose)
        self.push()
        self.assert_whole()
        self.assertEqual(len(self.registry.asked("PUT", "/manifests/")), 1)

    def test_the_manifest_did_not_arrive(self):
        self.once("PUT", "/manifests/", lambda registry, request: request.drop())
        self.push()
        self.assert_whole()

    def test_a_registry_that_stores_something_else(self):
        other = "sha256:" + "0" * 64
        self.once("PUT", "/uploads/", lambda registry, request: request.reply(201, Docker_Content_Digest=other) or True)
        error = self.error(1, "push", self.source, self.repo, "--chunk-mib", "1")
        self.assertIn(other, error["message"])
        self.assertEqual(self.kept().tags, {})

    def test_warnings_are_told_once(self):
        self.registry.headers_of_all = [("Warning", '299 - "soon read-only"'), ("Warning", '199 - "not this"')]
        done = self.run_action("push", self.source, self.repo)
        told = json.loads(done.out)["warnings"]
        self.assertEqual([text for text in told if "read-only" in text], ["The registry says: soon read-only"])
        self.assertNotIn("not this", done.out)

    def test_sha512(self):
        image = LargeLayout(self.home.path / "sha512", [noise(100)], algorithm="sha512")
        self.data("push", f"oci:{image.folder}:v1", f"{self.repo}@{image.digest}")
        for name in blobs_of(image.folder) - {image.digest}:
            self.assertEqual(digest_of(self.kept().blobs[name], "sha512"), name)
        self.assertIn("digest-algorithm=sha512", self.registry.asked("POST")[0][1])
        back = self.home.path / "back"
        self.data("pull", f"{self.repo}@{image.digest}", f"oci:{back}")
        self.same_blobs(image.folder, back)

    def test_a_subject_that_the_registry_takes_note_of(self):
        self.registry.takes_subjects = True
        subject = {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": self.image.digest, "size": 3}
        image = LargeLayout(self.home.path / "signature", [b"x"], subject=subject)
        self.data("push", f"oci:{image.folder}:v1", f"{self.repo}:sig")
        self.assertEqual(set(self.kept().tags), {"sig"})


class Downloads(BrokenTest):
    def setUp(self):
        super().setUp()
        self.push()
        self.back = self.home.path / "back"

    def pull(self, code=0):
        done = self.run_action("pull", self.repo + ":v1", f"oci:{self.back}")
        self.assertEqual(done.code, code, done)
        return done

    def send_half(self, registry, request):
        blob = self.kept().blobs[request.target.path.rsplit("/", 1)[1]]
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(blob) - start))
        request.end_headers()
        request.wfile.write(blob[start:start + (len(blob) - start) // 2])
        request.wfile.flush()
        return request.drop()

    def layer_name(self):
        return digest_of(self.layer)

    def test_a_connection_that_breaks_goes_on_where_it_broke(self):
        self.once("GET", "/blobs/" + self.layer_name(), self.send_half)
        self.pull()
        self.same_blobs(self.image.folder, self.back)
        asked = self.registry.asked("GET", self.layer_name())
        self.assertEqual(asked[1][2]["Range"], f"bytes={len(self.layer) // 2}-")

    def test_a_connection_that_breaks_after_the_last_byte(self):
        def hook(registry, request):
            if self.layer_name() not in request.path or request.command != "GET":
                return False
            if "Range" in request.headers:
                request.refuse(416, "RANGE_INVALID")
                return True
            request.send_response(200)
            request.send_header("Transfer-Encoding", "chunked")
            request.end_headers()
            request.wfile.write(b"%x\r\n%s\r\n" % (len(self.layer), self.layer))
            request.wfile.flush()
            return request.drop()
        self.registry.hook = hook
        self.pull()
        self.same_blobs(self.image.folder, self.back)

    def test_a_registry_without_ranges(self):
        def hook(registry, request):
            if self.layer_name() not in request.path or request.command != "GET":
                return False
            if len(registry.asked("GET", self.layer_name())) == 1:
                return self.send_half(registry, request)
            del request.headers["Range"]
            return False
        self.registry.hook = hook
        self.pull()
        self.same_blobs(self.image.folder, self.back)

    def test_a_connection_that_always_breaks_is_given_up(self):
        self.registry.hook = lambda registry, request: (
            request.command == "GET" and self.layer_name() in request.path and request.drop())
        self.pull(EXIT_NETWORK)

    def damaged(self, body):
        def hook(registry, request):
            if self.layer_name() not in request.path or request.command != "GET":
                return False
            request.reply(200, body)
            return True
        self.registry.hook = hook
        done = self.pull(1)
        self.assertIn("digest mismatch", json.loads(done.err)["error"]["message"])
        if self.back.exists():
            self.assertNotIn(self.layer_name(), blobs_of(self.back))
            self.assertFalse((self.back / "index.json").exists())
            self.assertEqual(self.leftovers(self.back), [])

    def test_another_content(self):
        self.damaged(self.layer[:-1] + b"?")

    def test_a_longer_content(self):
        self.damaged(self.layer + b"more")

    def test_a_shorter_content(self):
        self.damaged(self.layer[:-1])

    def test_an_index_deeper_than_it_may_be(self):
        kept = self.kept()
        child, size = self.image.digest, len(self.image.manifest)
        media = "application/vnd.oci.image.manifest.v1+json"
        for _ in range(20):
            body = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
                               "manifests": [{"mediaType": media, "digest": child, "size": size}]}).encode()
            media, child, size = "application/vnd.oci.image.index.v1+json", digest_of(body), len(body)
            kept.manifests[child] = (media, body)
        error = self.error(EXIT_UNSUPPORTED, "pull", f"{self.repo}@{child}", f"oci:{self.back}")
        self.assertIn("nested deeper", error["message"])

    def test_only_one_program_writes_a_layout(self):
        arrived, go_on = threading.Event(), threading.Event()

        def hook(registry, request):
            if request.command == "GET" and self.layer_name() in request.path:
                arrived.set()
                go_on.wait(30)
            return False
        self.registry.hook = hook
        first = self.start("-o", "json", "hub_registry", "pull", self.repo + ":v1", f"oci:{self.back}",
                           environment=self.environment)
        arrived.wait(30)
        second = self.run_action("pull", self.repo + ":v1", f"oci:{self.back}")
        go_on.set()
        self.assertIn("Another program writes", second.err)
        out, err = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, err)
        self.same_blobs(self.image.folder, self.back)


class NamedUploads(BrokenTest):
    """Docker's own registry wants the state in the location; others know an upload by its UUID alone."""

    def test_an_upload_is_asked_about_and_cancelled_by_its_uuid(self):
        gate = ("--allow-destructive", "--yes")
        begun = self.envelope("start_upload", self.repo, options=gate)["headers"]
        upload = ("--repo", self.repo, "--uuid", begun["Docker-Upload-UUID"])
        self.envelope("upload_chunk", "--repo", self.repo, "--location", begun["Location"], "--chunk", "hello",
                      options=gate)
        told = self.envelope("upload_status", *upload)
        self.assertEqual((told["status_code"], told["headers"]["Range"]), (204, "0-4"))
        self.assertEqual(self.error(6, "cancel_upload", *upload)["type"], "DestructiveOperationError")
        self.assertEqual(self.envelope("cancel_upload", *upload, options=gate)["status_code"], 204)
        self.assertEqual(self.registry.sessions, {})
        self.error(3, "upload_status", *upload)

    def test_an_upload_has_one_name(self):
        for named in ((), ("--uuid", "u", "--location", "/v2/demo/app/blobs/uploads/u")):
            error = self.error(2, "upload_status", "--repo", self.repo, *named)
            self.assertIn("uuid", error["message"])
        self.error(2, "upload_status", "--repo", self.repo, "--uuid", "../manifests/v1")
        self.assertEqual(self.registry.journal, [])


class Gauge:
    """A hook that answers a blob only while as many are asked for as may be, or all that are left: a client
    that asks for less stays unanswered, one that asks for more is seen in `most`."""

    GRACE = 0.3  # seconds

    def __init__(self, bound, blobs):
        self.bound, self.left = bound, blobs
        self.open = self.most = 0
        self.is_short = False  # too few came
        self._is_looking = self._has_looked = False
        self._changed = threading.Condition()

    def __call__(self, registry, request):
        if request.command != "GET" or "/blobs/" not in request.path:
            return False
        with self._changed:
            self._arrive()
            full = self._changed.wait_for(self._may_answer, DEADLINE)
            self.is_short = self.is_short or not full
            # Before the answer leaves: its receiver may ask for the next one at once.
            self.open -= 1
            self.left -= 1
            self._changed.notify_all()
        return False

    def _arrive(self):
        self.open += 1
        self.most = max(self.most, self.open)
        self._changed.notify_all()
        if self.open < self.bound or self._is_looking:
            return
        # One too many cannot be waited for, only given the time to show itself while nothing is answered.
        self._is_looking = True
        self._changed.wait_for(lambda: self.open > self.bound, self.GRACE)
        self._has_looked = True
        self._changed.notify_all()

    def _may_answer(self):
        return self.is_short or (self._has_looked and self.open >= min(self.bound, self.left))


class Parallel(BrokenTest):
    LAYERS = 9

    def setUp(self):
        super().setUp()
        self.image = LargeLayout(self.home.path / "many", [noise(1000, seed) for seed in range(self.LAYERS)])
        self.data("push", f"oci:{self.image.folder}:v1", self.repo)

    def assert_open_at_once(self, bound, *action):
        self.registry.hook = gauge = Gauge(bound, self.LAYERS + 1)
        self.data(*action)
        self.assertEqual((gauge.is_short, gauge.most, gauge.left), (False, bound, 0))

    def test_a_pull_asks_for_as_many_blobs_at_once_as_it_may_and_no_more(self):
        for bound in (1, 2, 5):
            with self.subTest(bound):
                self.assert_open_at_once(bound, "pull", self.repo + ":v1", f"oci:{self.home.path / str(bound)}",
                                         "--parallel", str(bound))

    def test_a_verification_asks_for_as_many_blobs_at_once_as_it_may_and_no_more(self):
        self.assert_open_at_once(2, "verify", self.repo + ":v1", "--parallel", "2")

    def test_where_nothing_is_said_three_blobs_are_asked_for_at_once(self):
        self.assert_open_at_once(3, "pull", self.repo + ":v1", f"oci:{self.home.path / 'back'}")


class Copies(BrokenTest):
    def setUp(self):
        super().setUp()
        self.push()
        self.other = self.start_registry()
        self.target = self.other.host + "/demo/app"

    def copy(self, *options):
        return self.data("copy", self.repo + ":v1", self.target, "--chunk-mib", "1", *options)

    def test_between_registries(self):
        self.copy()
        self.assert_whole(self.other)

    def test_the_source_breaks_and_goes_on(self):
        name = digest_of(self.layer)

        def half(registry, request):
            blob = self.kept().blobs[name]
            request.send_response(200)
            request.send_header("Content-Length", str(len(blob)))
            request.end_headers()
            request.wfile.write(blob[:3 * MIB + 5])
            request.wfile.flush()
            return request.drop()
        self.once("GET", "/blobs/" + name, half)
        self.copy()
        self.assert_whole(self.other)

    def test_the_target_loses_a_chunk(self):
        self.registry, source = self.other, self.registry
        self.once("PATCH", "/uploads/", lambda registry, request: request.drop())
        self.registry, self.other = source, self.registry
        self.copy()
        self.assert_whole(self.other)

    def test_a_source_that_lies_leaves_nothing_at_the_target(self):
        def lie(registry, request):
            if request.command != "GET" or digest_of(self.layer) not in request.path:
                return False
            request.reply(200, self.layer[:-1] + b"?")
            return True
        self.registry.hook = lie
        error = self.error(1, "copy", self.repo + ":v1", self.target, "--chunk-mib", "1")
        self.assertIn("digest mismatch", error["message"])
        kept = self.kept(self.other)
        self.assertEqual((kept.tags, kept.manifests), ({}, {}))
        self.assertNotIn(digest_of(self.layer), kept.blobs)
        self.assertEqual(self.other.sessions, {})

    def test_of_one_registry_mounts(self):
        copied = self.data("copy", self.repo + ":v1", self.registry.host + "/demo/copy:v2")
        self.assertEqual(copied["blobs"], {"uploaded": 0, "mounted": 2, "existing": 0, "bytes": 0})
        self.assertEqual(self.registry.repository("demo/copy").tags, {"v2": self.image.digest})


if __name__ == "__main__":
    unittest.main()
