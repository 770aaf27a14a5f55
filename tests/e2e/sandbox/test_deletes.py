"""Deleting from the registry, as Docker Hub does it and as others do."""

import unittest

from sandbox_case import RegistryTest


class Deletes(RegistryTest):
    def delete(self, path, actions="delete"):
        return self.registry("DELETE", path, actions=actions)

    def code(self, status, answer):
        return self.assert_status(status, answer).json()["errors"][0]["code"]

    def digest(self, tag="1.0"):
        return self.manifest("sandbox/multi", tag).headers["Docker-Content-Digest"]

    def test_a_tag_is_not_for_this_api(self):
        self.assertEqual(self.code(405, self.delete("/v2/sandbox/multi/manifests/1.0")), "UNSUPPORTED")

    def test_a_manifest_with_a_tag_stays(self):
        path = f"/v2/sandbox/multi/manifests/{self.digest()}"
        self.assertEqual(self.code(403, self.delete(path)), "DENIED")
        self.assert_status(200, self.registry("GET", path))

    def test_a_child_of_an_index_stays(self):
        child = self.manifest("sandbox/multi", "1.0").json()["manifests"][0]["digest"]
        self.assertEqual(self.code(403, self.delete(f"/v2/sandbox/multi/manifests/{child}")), "DENIED")

    def test_without_its_tags_a_manifest_goes_once(self):
        path = f"/v2/sandbox/multi/manifests/{self.digest()}"
        bearer = self.call("hub", "POST", "/v2/auth/token", {
            "identifier": "sandbox", "secret": self.sandbox.secret()}).json()["access_token"]
        self.call("hub", "DELETE", "/v2/namespaces/sandbox/repositories/multi/tags/1.0",
                  Authorization="Bearer " + bearer)
        self.assert_status(202, self.delete(path))
        self.assertEqual(self.code(404, self.delete(path)), "MANIFEST_UNKNOWN")

    def test_other_registries_delete_what_is_tagged_with_its_tags(self):
        self.sandbox.set(delete_referenced=True)
        self.assert_status(202, self.delete(f"/v2/sandbox/multi/manifests/{self.digest('latest')}"))
        self.assertEqual(self.sandbox.state()["registry"]["sandbox/multi"]["tags"].keys(), {"1.0"})

    def test_a_blob_goes_once_where_blobs_can_be_deleted(self):
        manifest = self.manifest("sandbox/single", "latest").json()
        path = f"/v2/sandbox/single/blobs/{manifest['layers'][0]['digest']}"
        self.sandbox.set(delete_blobs=False)
        self.assertEqual(self.code(405, self.delete(path)), "UNSUPPORTED")
        self.sandbox.set(delete_blobs=True)
        self.assert_status(202, self.delete(path))
        self.assertEqual(self.code(404, self.delete(path)), "BLOB_UNKNOWN")

    def test_deleting_needs_the_scope(self):
        path = f"/v2/sandbox/multi/manifests/{self.digest()}"
        refused = self.assert_status(401, self.delete(path, actions="pull,push"))
        self.assertIn('error="insufficient_scope"', refused.headers["WWW-Authenticate"])


if __name__ == "__main__":
    unittest.main()
