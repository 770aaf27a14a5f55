"""Docker Hub and a registry that were told a password, and say it again wherever a text has room, in each form
that it may take: every read of hub_registry, hub_repos and hub_admin masks it in what it shows, and the log has
none of it."""

import base64
import json
import time
import unittest

from images import CONFIG, INDEX, MANIFEST, digest, encoded
from registry_test import RegistryTest
from scripted_server import ScriptedServer, answer
from secret_forms import whole_forms

SECRET = "canary/of+hub and?registry"
MASK = b"***redacted***"
JSON = ("Content-Type", "application/json")
FORMS = whole_forms(SECRET)


def token_that_says(text):
    """A token with an hour's life, in whose claims the text stands."""
    claims = {"sub": text, "username": text, "exp": int(time.time()) + 3600}
    parts = ({"alg": "RS256", "typ": "JWT"}, claims, {"no": "signature"})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


class Teller:
    """Says `told` in every text: behind /hub as Docker Hub, elsewhere as a registry with one image."""

    def __init__(self, told):
        self.told = told
        self.token = token_that_says(told)
        self.config = encoded({
            "created": "2026-01-01T00:00:00Z", "os": "linux", "architecture": "amd64", "author": told,
            "config": {"Env": [f"NOTE={told}"], "Labels": {"note": told, told: "x"}, "Cmd": [told]},
            "rootfs": {"type": "layers", "diff_ids": []}, "history": [{"created_by": told, "comment": told}],
        })
        self.image = encoded({
            "schemaVersion": 2, "mediaType": MANIFEST, "annotations": {"note": told}, "layers": [],
            "config": {"mediaType": CONFIG, "digest": digest(self.config), "size": len(self.config)},
        })
        entry = {"mediaType": MANIFEST, "digest": digest(self.image), "size": len(self.image)}
        self.index = encoded({
            "schemaVersion": 2, "mediaType": INDEX, "annotations": {"note": told},
            "manifests": [{**entry, "annotations": {"note": told}, "artifactType": told,
                           "platform": {"os": "linux", "architecture": "amd64", "os.version": told}}],
        })
        self.by_name = {digest(self.image): (MANIFEST, self.image), digest(self.index): (INDEX, self.index),
                        "v1": (INDEX, self.index)}

    def headers(self):
        return [("Warning", f'299 - "{self.told}"'), ("X-Told", self.told),
                ("Docker-RateLimit-Source", self.told)]

    def reply(self, request):
        if request.path == "/hub/v2/auth/token":
            return answer(200, json.dumps({"access_token": self.token}), [JSON])
        if "authorization" not in request.headers:
            return answer(401, "{}", [("WWW-Authenticate", 'Basic realm="x"')])
        if request.path.startswith("/hub/"):
            return self.hub(request)
        return self.registry(request)

    def hub(self, request):
        thing = {"name": self.told, "namespace": self.told, "description": self.told, "status_description": self.told,
                 self.told: "x", "labels": {"note": [self.told]}, "digest": self.told}
        listed = {"count": 1, "next": None, "previous": None, "results": [thing], "summaries": [thing],
                  "tags": [self.told]}
        last = request.path.rsplit("/", 1)[1]
        if last == "absent":
            refusal = {"message": self.told, "detail": self.told, "errinfo": {"note": self.told}}
            return answer(404, json.dumps(refusal), [JSON, *self.headers()])
        body = thing if last in ("app", "v1") else listed
        return answer(200, json.dumps(body), [JSON, *self.headers()])

    def registry(self, request):
        kind, name = request.path.split("/")[-2:]
        if kind == "manifests" and name in self.by_name:
            media_type, body = self.by_name[name]
            return answer(200, b"" if request.method == "HEAD" else body,
                          [("Content-Type", media_type), ("Docker-Content-Digest", digest(body)),
                           ("Content-Length", str(len(body))), *self.headers()])
        if kind == "blobs" and name == digest(self.config):
            return answer(200, self.config, [("Content-Type", CONFIG), *self.headers()])
        if kind == "tags":
            return answer(200, json.dumps({"name": self.told, "tags": ["v1", self.told]}), [JSON, *self.headers()])
        if kind == "referrers":
            return answer(200, self.index, [("Content-Type", INDEX), *self.headers()])
        if request.path == "/v2/":
            return answer(200, json.dumps({"note": self.told}), [JSON, *self.headers()])
        errors = [{"code": self.told, "message": self.told, "detail": {"note": self.told}}]
        return answer(404, json.dumps({"errors": errors}), [JSON, *self.headers()])


class Canaries(RegistryTest):
    def use(self, text):
        """A server that says this text, and the settings that lead to it and hold the secret."""
        self.teller = Teller(text)
        self.server = ScriptedServer(self.teller.reply)
        self.addCleanup(self.server.close)
        self.log_in(self.server.authority, "tester:" + SECRET)
        self.log = self.home.path / "log"
        self.environment |= {
            "DOCKERHUB_URL": self.server.url + "/hub", "DOCKER_HUB_USER": "tester", "DOCKER_HUB_TOKEN": SECRET,
            "DOCKERHUB_LOG_FILE": str(self.log), "DOCKERHUB_LOG_LEVEL": "debug",
        }

    def telling(self):
        """(exit code, tool, arguments...) of the reads in whose answers there is room for a text."""
        repo = ("--repo", self.server.authority + "/demo/app")
        image, absent = (*repo, "--reference", "v1"), (*repo, "--reference", "absent")
        hub_repo = ("--namespace", "demo", "--repository", "app")
        return [
            *((code, "hub_registry", *arguments) for code, *arguments in (
                (0, "api_version", "--registry", self.server.authority),
                (0, "list_tags", *repo),
                (0, "check_manifest", *image),
                (3, "get_manifest", *absent),
                (0, "resolve_digest", *image),
                (0, "list_platforms", *image),
                (0, "get_config", *image),
                (0, "inspect", *image),
                (0, "inspect", *image, "--include-config"),
                (0, "list_referrers", *repo, "--digest", digest(self.teller.image)),
                (0, "attestations", *image),
                (0, "tree", *image),
                (0, "verify", *image),
                (3, "diff", *image, "--to", self.server.authority + "/demo/app:absent"),
                (0, "check_blob", *repo, "--digest", digest(self.teller.config)),
                (3, "upload_status", *repo, "--uuid", "x"),
            )),
            *((code, "hub_repos", *arguments) for code, *arguments in (
                (0, "list", "--namespace", "demo"),
                (0, "get", *hub_repo),
                (3, "get", "--namespace", "demo", "--repository", "absent"),
                (0, "list_tags", *hub_repo),
                (0, "get_tag", *hub_repo, "--tag", "v1"),
                (3, "get_tag", *hub_repo, "--tag", "absent"),
                (0, "verify_immutable_tags", *hub_repo, "--regex", "v1"),
                (0, "cleanup", *hub_repo, "--only", "*"),
                (0, "search", "--query", "x"),
            )),
            (0, "hub_admin", "whoami"),
        ]

    def silent(self):
        """Those that have only words of their own to say: they must not say more."""
        repo = ("--repo", self.server.authority + "/demo/app")
        hub_repo = ("--namespace", "demo", "--repository", "app")
        return [
            (1, "hub_registry", "get_manifest", *repo, "--reference", "v1"),
            (1, "hub_registry", "get_blob", *repo, "--digest", digest(self.teller.config)),
            (0, "hub_repos", "check", *hub_repo),
            (0, "hub_repos", "check_tags", *hub_repo),
            (0, "hub_repos", "check_tag", *hub_repo, "--tag", SECRET),
            (0, "hub_admin", "rate_limit"),
            (0, "hub_admin", "limits"),
        ]

    def hides(self, written, where):
        for form in (*FORMS.values(), self.teller.token):
            self.assertNotIn(form.encode(), written, where)

    def some(self):
        """Results and an error of a registry and of Docker Hub, and what is written into the log."""
        told = {call[2]: call for call in reversed(self.telling())}
        silent = [call for call in self.silent() if call[2] == "check_tag"]
        return [told[action] for action in ("inspect", "get_manifest", "list_tags", "get_tag")], silent

    def run_all(self, telling, silent, options):
        for masked, calls in ((True, telling), (False, silent)):
            for code, *arguments in calls:
                with self.subTest(arguments=arguments[:2], options=options):
                    done = self.run_program(*options, *arguments, environment=self.environment)
                    self.assertEqual(done.code, code, done)
                    self.hides(done.out_bytes + b"\n" + done.err_bytes, done)
                    if masked:
                        self.assertIn(MASK, done.out_bytes + done.err_bytes, "the text was told")

    def is_masked(self, form, *ways):
        """Every read with the secret as it is, and some with its other forms: those are found alike."""
        self.use(f"before {FORMS[form]} after")
        reads = (self.telling(), self.silent()) if form == "raw" else self.some()
        for options in (["-o", "json"], *ways):
            self.run_all(*reads, options)
        logged = self.log.read_bytes()
        self.hides(logged, "the log")
        self.assertIn(MASK, logged, "a tag of that name was asked about")

    def test_a_password_as_it_is(self):
        self.is_masked("raw", ["--verbose"])

    def test_a_password_in_base64(self):
        self.is_masked("base64")

    def test_a_password_in_the_base64_of_urls(self):
        self.is_masked("base64url")

    def test_a_password_in_percent_encoding(self):
        self.is_masked("percent")

    def test_a_password_as_forms_have_it(self):
        self.is_masked("form")


if __name__ == "__main__":
    unittest.main()
