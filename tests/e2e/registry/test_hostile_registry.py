"""A registry that means harm: it names realms, redirects and pages that lead elsewhere, lies about
lengths, types and digests, drips, nests without end and writes to the terminal. Nothing of it may reach a
file, another host or the screen, and every call ends with an error that says what was wrong."""

import base64
import hashlib
import json
import time
import unittest

from dockerhub_process import ProgramTest
from scripted_server import ScriptedServer, answer
from secret_forms import whole_forms

PASSWORD = "canary-password-of-the-registry"
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"


def digest(body):
    return "sha256:" + hashlib.sha256(body).hexdigest()


def manifest_answer(body, media_type=MANIFEST, said=None):
    headers = [("Content-Type", media_type), ("Docker-Content-Digest", said or digest(body))]
    return answer(200, body, headers)


IMAGE_CONFIG = json.dumps({"os": "linux", "architecture": "amd64", "config": {}}).encode()
IMAGE = json.dumps({
    "schemaVersion": 2,
    "mediaType": MANIFEST,
    "config": {"mediaType": CONFIG, "digest": digest(IMAGE_CONFIG), "size": len(IMAGE_CONFIG)},
    "layers": [],
}).encode()


class HostileTest(ProgramTest):
    password = PASSWORD

    def setUp(self):
        super().setUp()
        self.replies = {}
        self.registry = self.server(self._reply)
        self.foreign = self.server(lambda request: answer(200, "{}"), host="127.0.0.2")
        secret = base64.b64encode(f"tester:{self.password}".encode()).decode()
        self.home.write("config.json", json.dumps({"auths": {self.registry.authority: {"auth": secret}}}))
        self.environment = {
            "DOCKER_CONFIG": str(self.home.work),
            "DOCKERHUB_HTTP_TIMEOUT": "2s",
            "DOCKERHUB_RETRY_AFTER_CAP": "1s",
        }
        self.repo = self.registry.authority + "/demo/app"

    def server(self, reply, host="127.0.0.1"):
        server = ScriptedServer(reply, host)
        self.addCleanup(server.close)
        return server

    def _reply(self, request):
        for prefix, reply in self.replies.items():
            if request.path.startswith(prefix):
                return reply(request) if callable(reply) else reply
        return answer(404, '{"errors":[{"code":"NAME_UNKNOWN"}]}', [("Content-Type", "application/json")])

    def call(self, action, *arguments, **options):
        done = self.run_program(
            "-o", "json", "hub_registry", action, "--repo", self.repo, *arguments,
            environment=self.environment, **options,
        )
        for stream in (done.out_bytes, done.err_bytes):
            self.assertNotIn(self.password.encode(), stream)
            self.assertNotIn(b"\x1b", stream)
        return done

    def fails(self, code, action, *arguments):
        """The error of a call that has to end with this exit code."""
        done = self.call(action, *arguments)
        self.assertEqual(done.code, code, done)
        self.assertEqual(done.out, "", "nothing of a wrong answer is shown")
        return json.loads(done.err)["error"]

    def nobody_else_was_told(self):
        self.assertEqual(self.foreign.requests, [])


class Realms(HostileTest):
    def challenge(self, realm):
        return answer(401, "{}", [("WWW-Authenticate", f'Bearer realm="{realm}",service="s"')])

    def test_a_foreign_realm_gets_no_credential(self):
        self.replies["/v2/"] = self.challenge(self.foreign.url + "/token")
        error = self.fails(4, "get_manifest", "--reference", "v1")
        self.assertEqual(error["type"], "AuthError")
        self.assertIn("127.0.0.2", error["message"] + error["hint"])
        self.nobody_else_was_told()

    def test_realms_that_are_no_place_are_refused(self):
        for realm in ("file:///etc/passwd", "javascript:1", "", "//", "http://[", "x" * 70000):
            with self.subTest(realm=realm[:40]):
                self.replies["/v2/"] = self.challenge(realm)
                done = self.call("get_manifest", "--reference", "v1")
                self.assertIn(done.code, (4, 8), done)

    def test_a_registry_that_is_never_content_is_asked_only_so_often(self):
        self.replies["/v2/"] = answer(401, "{}", [("WWW-Authenticate", 'Basic realm="x"')])
        self.fails(4, "get_manifest", "--reference", "v1")
        self.assertLessEqual(len(self.registry.requests), 3)

    def test_a_token_service_that_answers_nonsense_is_an_error(self):
        for body in ("", "[]", "null", '{"token":1}', '{"token":"a\\r\\nX: y"}', "{" * 100000):
            with self.subTest(body=body[:20]):
                self.replies = {
                    "/token": answer(200, body, [("Content-Type", "application/json")]),
                    "/v2/": self.challenge(self.registry.url + "/token"),
                }
                done = self.call("get_manifest", "--reference", "v1")
                self.assertIn(done.code, (4, 1, 8), done)
                for request in self.registry.requests:
                    self.assertNotIn("x", request.headers)


class Redirects(HostileTest):
    def test_no_credential_goes_to_the_target_of_a_redirect(self):
        body = b"layer"
        self.foreign._reply = lambda request: answer(200, body)
        self.replies["/v2/"] = lambda request: (
            answer(307, b"", [("Location", self.foreign.url + "/cdn?sig=1")])
            if request.headers.get("authorization")
            else answer(401, "{}", [("WWW-Authenticate", 'Basic realm="x"')])
        )
        done = self.call("get_blob", "--digest", digest(body))
        self.assertEqual(done.code, 0, done)
        self.assertEqual(len(self.foreign.requests), 1)
        self.assertNotIn("authorization", self.foreign.requests[0].headers)

    def test_redirects_end(self):
        self.replies["/v2/"] = lambda request: answer(307, b"", [("Location", request.target + "x")])
        done = self.call("get_blob", "--digest", digest(b"x"))
        self.assertNotEqual(done.code, 0)
        self.assertLessEqual(len(self.registry.requests), 8)

    def test_redirects_to_what_is_no_place_are_refused(self):
        for location in ("file:///etc/passwd", "ftp://127.0.0.2/x", "http://", "http://a b/", "\x01"):
            with self.subTest(location=location):
                self.replies["/v2/"] = answer(307, b"", [("Location", location)])
                self.assertNotEqual(self.call("get_blob", "--digest", digest(b"x")).code, 0)
        self.nobody_else_was_told()


class Pages(HostileTest):
    def test_a_next_page_elsewhere_is_not_followed(self):
        link = f'<{self.foreign.url}/v2/demo/app/tags/list?last=a>; rel="next"'
        self.replies["/v2/"] = answer(
            200, '{"name":"demo/app","tags":["a"]}', [("Content-Type", "application/json"), ("Link", link)]
        )
        self.run_program(
            "-o", "json", "--all-pages", "hub_registry", "list_tags", "--repo", self.repo,
            environment=self.environment,
        )
        self.nobody_else_was_told()

    def test_pages_without_end_end(self):
        self.replies["/v2/"] = lambda request: answer(
            200, '{"name":"demo/app","tags":[]}',
            [("Content-Type", "application/json"), ("Link", f'<{request.target}>; rel="next"')],
        )
        done = self.run_program(
            "-o", "json", "--all-pages", "hub_registry", "list_tags", "--repo", self.repo,
            environment=self.environment,
        )
        self.assertIn(done.code, (0, 1), done)
        self.assertLess(len(self.registry.requests), 10)


class Lies(HostileTest):
    def test_about_the_digest_of_a_manifest(self):
        self.replies["/v2/"] = manifest_answer(IMAGE, said=digest(b"another"))
        error = self.fails(1, "get_manifest", "--reference", "v1")
        self.assertIn("digest", error["message"])

    def test_about_the_content_behind_a_digest(self):
        self.replies["/v2/"] = manifest_answer(IMAGE)
        error = self.fails(1, "get_manifest", "--reference", digest(b"wanted"))
        self.assertIn("digest", error["message"])

    def test_about_a_blob(self):
        self.replies["/v2/"] = answer(200, b"not it")
        error = self.fails(1, "get_blob", "--digest", digest(b"it"))
        self.assertIn("digest", error["message"])

    def test_about_the_configuration_of_an_image(self):
        self.replies["/v2/demo/app/manifests/"] = manifest_answer(IMAGE)
        self.replies["/v2/demo/app/blobs/"] = answer(200, IMAGE_CONFIG[:-1] + b" ")
        self.fails(1, "get_config", "--reference", "v1")

    def test_about_the_type(self):
        self.replies["/v2/"] = manifest_answer(IMAGE, media_type=INDEX)
        self.fails(1, "get_manifest", "--reference", "v1")

    def test_about_the_length(self):
        for headers in (
            [("Content-Length", str(len(IMAGE) + 1))],
            [("Content-Length", str(len(IMAGE))), ("Content-Length", "1")],
            [("Transfer-Encoding", "chunked"), ("Content-Length", "5")],
        ):
            with self.subTest(headers=headers):
                self.replies["/v2/"] = answer(200, IMAGE, [("Content-Type", MANIFEST), *headers])
                self.fails(8, "get_manifest", "--reference", "v1")

    def test_about_chunks(self):
        for body in (b"ZZ\r\n" + IMAGE, b"5\r\nabcde\r\n", b"ffffffffffffffff1\r\n", b"-1\r\n\r\n"):
            with self.subTest(body=body[:10]):
                self.replies["/v2/"] = answer(
                    200, body, [("Content-Type", MANIFEST), ("Transfer-Encoding", "chunked")]
                )
                self.fails(8, "get_manifest", "--reference", "v1")


class Floods(HostileTest):
    def test_a_drip_ends_at_the_deadline(self):
        def drip(_request):
            yield b"HTTP/1.1 200 OK\r\nContent-Type: " + MANIFEST.encode()
            yield b"\r\nContent-Length: 1000000\r\n\r\n"
            for _ in range(6000):
                yield b" "
                time.sleep(0.02)

        self.replies["/v2/"] = drip
        start = time.monotonic()
        error = self.fails(8, "get_manifest", "--reference", "v1")
        self.assertEqual(error["type"], "TimeoutError")
        self.assertLess(time.monotonic() - start, 60)

    def test_nesting_has_an_end(self):
        for body in (b"[" * 200000, b'{"a":' * 100000, b'{"manifests":' + b"[" * 3000):
            with self.subTest(body=body[:15]):
                self.replies["/v2/"] = manifest_answer(body, media_type=INDEX)
                self.fails(1, "get_manifest", "--reference", "v1")

    def test_an_index_of_itself_is_not_followed_for_ever(self):
        def itself(request):
            reference = request.path.rsplit("/", 1)[1]
            body = json.dumps({
                "schemaVersion": 2, "mediaType": INDEX,
                "manifests": [{"mediaType": INDEX, "size": 1, "digest": digest(reference.encode())}],
            }).encode()
            return manifest_answer(body, media_type=INDEX)

        self.replies["/v2/"] = itself
        self.assertNotEqual(self.call("get_config", "--reference", "v1").code, 0)
        self.assertLess(len(self.registry.requests), 10)

    def test_a_manifest_without_end_is_given_up(self):
        def endless(_request):
            yield b"HTTP/1.1 200 OK\r\nContent-Type: " + INDEX.encode() + b"\r\n\r\n{"
            for _ in range(100):
                yield b" " * 1_000_000

        self.replies["/v2/"] = endless
        self.assertIn(self.call("get_manifest", "--reference", "v1").code, (1, 8))

    def test_heads_without_end_are_given_up(self):
        for reply in (
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100000,
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000_000,
            b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000,
            b"\x00" * 100000,
            b"HTTP/9.9 999999 \r\n\r\n",
        ):
            with self.subTest(reply=reply[:30]):
                self.replies["/v2/"] = reply
                self.fails(8, "get_manifest", "--reference", "v1")

    def test_requests_to_wait_for_ever_are_not_obeyed(self):
        self.replies["/v2/"] = answer(429, "slow down", [("Retry-After", "99999999")])
        start = time.monotonic()
        error = self.fails(7, "get_manifest", "--reference", "v1")
        self.assertGreater(error["retry_after"], 1000)
        self.assertLess(time.monotonic() - start, 60)


class Words(HostileTest):
    def test_nothing_is_written_to_the_terminal(self):
        evil = "\x1b]0;owned\x07\x1b[2J\u202e"
        self.replies["/v2/"] = answer(
            404, json.dumps({"errors": [{"code": evil, "message": evil, "detail": evil}]}),
            [("Content-Type", "application/json")],
        )
        done = self.run_program(
            "hub_registry", "get_manifest", "--repo", self.repo, "--reference", "v1",
            environment=self.environment,
        )
        self.assertEqual(done.code, 3, done)
        for bad in (b"\x1b", b"\x07", "\u202e".encode()):
            self.assertNotIn(bad, done.err_bytes)

    def test_a_password_that_comes_back_is_masked(self):
        self.replies["/v2/"] = lambda request: (
            answer(403, json.dumps({"errors": [{"code": "DENIED", "message": f"no, {PASSWORD}"}]}),
                   [("Content-Type", "application/json"), ("X-Echo", PASSWORD)])
            if request.headers.get("authorization")
            else answer(401, "{}", [("WWW-Authenticate", 'Basic realm="x"')])
        )
        error = self.fails(5, "get_manifest", "--reference", "v1")
        self.assertIn("redacted", error["message"])


class Bytes(HostileTest):
    """What is shown byte for byte, because its digest is its contract, cannot be masked: it is withheld."""

    password = "canary/of+the registry?"

    def forms(self):
        within = base64.b64encode(f"user {self.password} more".encode()).decode()
        return {**whole_forms(self.password), "within base64": within}

    def answers_after_the_log_in(self, reply):
        """A password is known, and looked for, from when it is first needed."""
        self.replies["/v2/"] = lambda request: (
            reply if request.headers.get("authorization")
            else answer(401, "{}", [("WWW-Authenticate", 'Basic realm="x"')])
        )

    def is_withheld(self, *arguments):
        done = self.call(*arguments)
        self.assertEqual(done.code, 1, done)
        self.assertEqual(done.out, "", "nothing of it is shown")
        error = json.loads(done.err)["error"]
        self.assertIn("withheld", error["message"])
        for form in self.forms().values():
            self.assertNotIn(form, done.err)

    def test_of_a_manifest_that_holds_a_password_are_withheld(self):
        for form, text in self.forms().items():
            with self.subTest(form):
                image = {**json.loads(IMAGE), "annotations": {"note": f"({text})"}}
                self.answers_after_the_log_in(manifest_answer(json.dumps(image).encode()))
                self.is_withheld("get_manifest", "--reference", "v1")

    def test_of_a_manifest_that_hides_a_password_in_escapes_are_withheld(self):
        image = json.dumps({**json.loads(IMAGE), "annotations": {"note": self.password}})
        for escaped in ("canary\\u002fof", "\\u0063anary\\/of"):
            with self.subTest(escaped):
                body = image.replace("canary/of", escaped)
                self.assertEqual(json.loads(body), json.loads(image))
                self.answers_after_the_log_in(manifest_answer(body.encode()))
                self.is_withheld("get_manifest", "--reference", "v1")

    def test_of_a_blob_that_holds_a_password_are_withheld(self):
        for form, text in self.forms().items():
            for media_type, body in (
                ("text/plain", f"a line\n{text}\n"),
                ("application/json", json.dumps({"deep": [{"note": text}]})),
            ):
                with self.subTest(form, media_type=media_type):
                    self.answers_after_the_log_in(answer(200, body, [("Content-Type", media_type)]))
                    self.is_withheld("get_blob", "--digest", digest(body.encode()))

    def test_that_only_look_like_a_secret_are_as_they_are(self):
        body = b"token: dckr_pat_of_somebody_else_0000000000\n"
        self.answers_after_the_log_in(answer(200, body, [("Content-Type", "text/plain")]))
        done = self.call("get_blob", "--digest", digest(body))
        self.assertEqual(done.code, 0, done)
        self.assertEqual(json.loads(done.out)["data"], body.decode())


if __name__ == "__main__":
    unittest.main()
