"""What the suites of the sandbox share: one sandbox a class, as new before each test."""

import base64
import hashlib
import json
import unittest
import urllib.parse

from sandbox_process import Sandbox, request

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
ANY_MANIFEST = ", ".join([OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST])


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def claims_of(token):
    """The claims of a JSON Web Token, unverified."""
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


class SandboxTest(unittest.TestCase):
    arguments = []

    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(*cls.arguments)
        cls.addClassCleanup(cls.sandbox.stop)

    def setUp(self):
        self.sandbox.reset()

    def call(self, listener, method, path, body=None, **headers):
        """A request to a listener; header names are given with _ for -."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return request(method, self.sandbox.urls[listener] + path, body, names)

    def basic(self, user="sandbox", secret=None):
        pair = f"{user}:{secret or self.sandbox.secret(user)}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def assert_status(self, status, answer):
        self.assertEqual(answer.status, status, answer)
        return answer

    def path_of(self, location):
        """The path and query of a URL, as a Location header or a list names it."""
        parts = urllib.parse.urlsplit(location)
        return parts.path + (f"?{parts.query}" if parts.query else "")


class HubTest(SandboxTest):
    def hub(self, method, path, body=None, user=None, **headers):
        if user:
            headers["Authorization"] = self.bearer(user)
        return self.call("hub", method, path, body, **headers)

    def bearer(self, user="sandbox", secret=None):
        told = self.call("hub", "POST", "/v2/auth/token", {
            "identifier": user, "secret": secret or self.sandbox.secret(user)})
        return "Bearer " + self.assert_status(200, told).json()["access_token"]


class RegistryTest(SandboxTest):
    def token(self, *scopes, authorization=None, service="registry.docker.io"):
        query = urllib.parse.urlencode(
            [("service", service)] + [("scope", scope) for scope in scopes])
        headers = {"Authorization": authorization} if authorization else {}
        answer = self.call("auth", "GET", "/token?" + query, **headers)
        return self.assert_status(200, answer).json()["token"]

    def registry(self, method, path, body=None, actions="pull", **headers):
        """A request with a token of the owner for the repository of the path; actions=None: no token."""
        if actions:
            name = path[len("/v2/"):].split("/")
            scope = f"repository:{name[0]}/{name[1]}:{actions}"
            headers["Authorization"] = "Bearer " + self.token(scope, authorization=self.basic())
        headers.setdefault("Accept", ANY_MANIFEST)
        return self.call("registry", method, path, body, **headers)

    def manifest(self, repository, reference):
        return self.assert_status(200, self.registry("GET", f"/v2/{repository}/manifests/{reference}"))

    def push(self, method, path, body=None, **headers):
        return self.registry(method, path, body, actions="pull,push", **headers)

    def push_blob(self, repository, data):
        answer = self.push("POST", f"/v2/{repository}/blobs/uploads/?digest={digest_of(data)}", data)
        self.assert_status(201, answer)
        return {"mediaType": "application/octet-stream", "digest": digest_of(data), "size": len(data)}

    def push_manifest(self, repository, reference, manifest):
        data = json.dumps(manifest).encode()
        answer = self.push("PUT", f"/v2/{repository}/manifests/{reference}", data,
                           Content_Type=manifest["mediaType"])
        return answer, digest_of(data)

    def image(self, repository, content=b"a layer"):
        """A manifest whose blobs were pushed."""
        config = self.push_blob(repository, b'{"os":"linux","architecture":"amd64"}')
        return {"schemaVersion": 2, "mediaType": OCI_MANIFEST,
                "config": {**config, "mediaType": "application/vnd.oci.image.config.v1+json"},
                "layers": [self.push_blob(repository, content)]}
