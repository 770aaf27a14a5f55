"""A foreign client: skopeo finds its way through token service, redirects and uploads."""

import hashlib
import json
import unittest

from sandbox_case import RegistryTest
from sandbox_process import header_of
from skopeo import Skopeo


class SkopeoTest(RegistryTest):
    def setUp(self):
        super().setUp()
        self.skopeo = Skopeo(f"sandbox:{self.sandbox.secret()}")
        self.addCleanup(self.skopeo.close)
        self.host = self.sandbox.urls["registry"].removeprefix("http://")

    def tags(self, repository):
        return self.sandbox.state()["registry"][repository]["tags"]


class Reads(SkopeoTest):
    def test_manifest_configuration_and_tags_are_what_the_registry_holds(self):
        raw = self.skopeo.inspect(f"{self.host}/sandbox/multi:latest", "--raw")
        self.assertEqual("sha256:" + hashlib.sha256(raw).hexdigest(), self.tags("sandbox/multi")["latest"])
        config = self.skopeo.inspect_config(f"{self.host}/sandbox/single:latest")
        self.assertEqual(config["architecture"], "amd64")
        self.assertEqual(self.skopeo.tags(f"{self.host}/sandbox/multi"), ["1.0", "1.1", "latest"])

    def test_without_an_account_public_images_only(self):
        anonymous = Skopeo()
        self.addCleanup(anonymous.close)
        anonymous.inspect(f"{self.host}/library/alpine:latest", "--raw")
        refused = anonymous.try_run("inspect", "--tls-verify=false",
                                    f"docker://{self.host}/sandbox/private:latest")
        self.assertNotEqual(refused.returncode, 0)

    def test_no_credential_follows_a_redirect_to_storage(self):
        self.skopeo.copy(f"docker://{self.host}/sandbox/multi:latest",
                         f"oci:{self.skopeo.path / 'layout'}:latest")
        reads = self.sandbox.journal("cdn")
        self.assertTrue(reads)
        self.assertEqual([header_of(entry, "Authorization") for entry in reads], [[]] * len(reads))
        index = json.loads((self.skopeo.path / "layout" / "index.json").read_text())
        self.assertEqual(index["manifests"][0]["digest"], self.tags("sandbox/multi")["latest"])


class Writes(SkopeoTest):
    def test_a_copy_has_the_digest_of_its_source(self):
        self.skopeo.copy(f"docker://{self.host}/sandbox/multi:latest",
                         f"docker://{self.host}/sandbox/copy:v1")
        self.assertEqual(self.tags("sandbox/copy")["v1"], self.tags("sandbox/multi")["latest"])

    def test_a_copy_through_a_layout_on_disk_uploads_every_blob(self):
        layout = f"oci:{self.skopeo.path / 'layout'}:latest"
        self.skopeo.copy(f"docker://{self.host}/sandbox/multi:latest", layout)
        self.skopeo.copy(layout, f"docker://{self.host}/sandbox-org/copy:v1")
        state = self.sandbox.state()["registry"]
        self.assertEqual(state["sandbox-org/copy"]["tags"]["v1"],
                         state["sandbox/multi"]["tags"]["latest"])
        methods = {entry["method"] for entry in self.sandbox.journal("registry")}
        self.assertLessEqual({"POST", "PATCH", "PUT"}, methods)

    def test_a_delete_is_refused_while_tagged_and_done_where_that_is_allowed(self):
        self.assertNotEqual(self.skopeo.try_delete(f"{self.host}/sandbox/single:latest").returncode, 0)
        self.sandbox.set(delete_referenced=True)
        done = self.skopeo.try_delete(f"{self.host}/sandbox/single:latest")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.tags("sandbox/single"), {})


if __name__ == "__main__":
    unittest.main()
