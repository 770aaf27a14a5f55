"""A foreign registry: docker-registry takes the tokens that the sandbox signs for it; and the forms in
which tests can have it."""

import pathlib
import tempfile
import unittest

from docker_registry import BasicRegistry, DockerRegistry, RedirectRegistry, TokenRegistry
from sandbox_process import Sandbox, request
from skopeo import Skopeo


class ForeignRegistryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="sandbox-test-")
        cls.addClassCleanup(folder.cleanup)
        certificate = pathlib.Path(folder.name) / "token.pem"
        cls.sandbox = Sandbox(*TokenRegistry.arguments(certificate))
        cls.addClassCleanup(cls.sandbox.stop)
        cls.certificate = certificate
        cls.source = "docker://" + cls.sandbox.urls["registry"].removeprefix("http://")

    def setUp(self):
        self.sandbox.reset()
        # The source is open, so that the credentials are the foreign registry's only.
        self.sandbox.set(authentication="none")

    def skopeo(self, credentials=None):
        made = Skopeo(credentials)
        self.addCleanup(made.close)
        return made

    def registry(self, form, *arguments):
        started = form(*arguments)
        self.addCleanup(started.stop)
        return started

    def push_sample(self, skopeo, registry):
        skopeo.copy(f"{self.source}/sandbox/multi:latest", f"docker://{registry.host}/demo/app:v1")
        return self.sandbox.state()["registry"]["sandbox/multi"]["tags"]["latest"]

    def digest(self, registry, **headers):
        headers = {"Accept": "application/vnd.oci.image.index.v1+json", **headers}
        answer = request("HEAD", registry.url + "/v2/demo/app/manifests/v1", headers=headers)
        self.assertEqual(answer.status, 200, answer)
        return answer.headers["Docker-Content-Digest"]


class SignedTokens(ForeignRegistryTest):
    def setUp(self):
        super().setUp()
        self.foreign = self.registry(TokenRegistry, self.sandbox.urls["auth"] + "/token", self.certificate)

    def test_the_owner_pushes_anybody_pulls_and_only_the_owner_deletes(self):
        owner = self.skopeo(f"sandbox:{self.sandbox.secret()}")
        digest = self.push_sample(owner, self.foreign)
        anonymous = self.skopeo()
        self.assertEqual(anonymous.tags(f"{self.foreign.host}/demo/app"), ["v1"])
        self.assertNotEqual(anonymous.try_delete(f"{self.foreign.host}/demo/app:v1").returncode, 0)
        deleted = owner.try_delete(f"{self.foreign.host}/demo/app@{digest}")
        self.assertEqual(deleted.returncode, 0, deleted.stderr)
        self.assertTrue(self.sandbox.journal("auth"))

    def test_a_secret_that_reads_only_cannot_push(self):
        reader = self.skopeo(f"sandbox:{self.sandbox.secret(reach='repo:read')}")
        with self.assertRaisesRegex(AssertionError, "skopeo"):
            self.push_sample(reader, self.foreign)


class Forms(ForeignRegistryTest):
    def test_open(self):
        foreign = self.registry(DockerRegistry)
        self.assertEqual(self.push_sample(self.skopeo(), foreign), self.digest(foreign))

    def test_with_basic_authentication(self):
        foreign = self.registry(BasicRegistry)
        self.push_sample(self.skopeo(BasicRegistry.credentials), foreign)
        answer = request("GET", foreign.url + "/v2/")
        self.assertEqual(answer.status, 401)
        self.assertIn("Basic", answer.headers["WWW-Authenticate"])

    def test_with_redirected_blobs(self):
        foreign = self.registry(RedirectRegistry)
        skopeo = self.skopeo()
        self.push_sample(skopeo, foreign)
        skopeo.inspect_config(f"{foreign.host}/demo/app:v1")
        self.assertTrue(any(method == "GET" for method, _, _ in foreign.requests))


if __name__ == "__main__":
    unittest.main()
