"""The protocol, spoken to the sandbox's registry and to a real one (Debian's docker-registry): where both
have something they have it alike."""

import json
import unittest
import urllib.parse

from docker_registry import DockerRegistry
from sandbox_case import ANY_MANIFEST, OCI_INDEX, OCI_MANIFEST, digest_of
from sandbox_process import request
from sandbox_registry import SandboxRegistry

DATA = b"some bytes of a layer"


class ProtocolTests:
    """For a class with `registry_type`."""

    @classmethod
    def setUpClass(cls):
        cls.registry = cls.registry_type()
        cls.addClassCleanup(cls.registry.stop)
        cls.base = f"/v2/{cls.registry.repository}"

    def call(self, method, target, body=None, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names.setdefault("Accept", ANY_MANIFEST)
        url = target if target.startswith("http") else self.registry.url + target
        return request(method, url, body, names)

    def expect(self, status, answer):
        self.assertEqual(answer.status, status, answer)
        return answer

    def code(self, status, answer):
        return self.expect(status, answer).json()["errors"][0]["code"]

    def begin(self, query=""):
        answer = self.expect(202, self.call("POST", f"{self.base}/blobs/uploads/{query}", b""))
        self.assertTrue(answer.headers["Docker-Upload-UUID"])
        return urllib.parse.urljoin(self.registry.url, answer.headers["Location"])

    def finish(self, location, body=b"", digest=None):
        joint = "&" if "?" in location else "?"
        return self.call("PUT", f"{location}{joint}digest={digest or digest_of(DATA)}", body,
                         Content_Type="application/octet-stream")

    def push_blob(self, data):
        self.expect(201, self.finish(self.begin(), data, digest_of(data)))
        return {"mediaType": "application/octet-stream", "digest": digest_of(data), "size": len(data)}

    def push_manifest(self, reference, manifest):
        body = json.dumps(manifest).encode()
        answer = self.call("PUT", f"{self.base}/manifests/{reference}", body,
                           Content_Type=manifest["mediaType"])
        return answer, body

    def image(self, content=DATA):
        config = self.push_blob(b'{"os":"linux","architecture":"amd64","rootfs":{"type":"layers"}}')
        return {"schemaVersion": 2, "mediaType": OCI_MANIFEST,
                "config": {**config, "mediaType": "application/vnd.oci.image.config.v1+json"},
                "layers": [self.push_blob(content)]}

    def test_the_version_is_told(self):
        self.expect(200, self.call("GET", "/v2/"))

    def test_a_blob_in_one_put_is_read_whole_and_in_part(self):
        stored = self.expect(201, self.finish(self.begin(), DATA))
        self.assertEqual(stored.headers["Docker-Content-Digest"], digest_of(DATA))
        path = f"{self.base}/blobs/{digest_of(DATA)}"
        self.assertEqual(self.expect(200, self.call("GET", path)).body, DATA)
        self.assertEqual(self.expect(206, self.call("GET", path, Range="bytes=5-9")).body, DATA[5:10])
        head = self.expect(200, self.call("HEAD", path))
        self.assertEqual((head.body, int(head.headers["Content-Length"])), (b"", len(DATA)))

    def test_a_blob_in_chunks_each_with_a_new_location(self):
        location = self.begin()
        for first, last in ((0, 7), (8, 14)):
            answer = self.expect(202, self.call("PATCH", location, DATA[first:last + 1],
                                                Content_Type="application/octet-stream",
                                                Content_Range=f"{first}-{last}"))
            self.assertEqual(answer.headers["Range"], f"0-{last}")
            location = urllib.parse.urljoin(self.registry.url, answer.headers["Location"])
        status = self.expect(204, self.call("GET", location))
        self.assertEqual(status.headers["Range"], "0-14")
        self.expect(201, self.finish(location, DATA[15:]))

    def test_a_wrong_digest_is_refused_and_nothing_is_stored(self):
        other = digest_of(b"never pushed")
        self.assertEqual(self.code(400, self.finish(self.begin(), DATA, other)), "DIGEST_INVALID")
        self.assertEqual(self.code(404, self.call("GET", f"{self.base}/blobs/{other}")), "BLOB_UNKNOWN")

    def test_a_cancelled_upload_is_gone(self):
        location = self.begin()
        self.expect(204, self.call("DELETE", location))
        self.assertEqual(self.code(404, self.call("GET", location)), "BLOB_UPLOAD_UNKNOWN")

    def test_a_mount_shares_a_blob_and_one_that_is_not_there_begins_an_upload(self):
        blob = self.push_blob(DATA)["digest"]
        other = self.registry.repository.replace("app", "other")
        source = f"from={self.registry.repository}"
        mounted = self.call("POST", f"/v2/{other}/blobs/uploads/?mount={blob}&{source}", b"")
        self.assertEqual(self.expect(201, mounted).headers["Docker-Content-Digest"], blob)
        self.expect(200, self.call("HEAD", f"/v2/{other}/blobs/{blob}"))
        self.begin(f"?mount={digest_of(b'never pushed')}&{source}")

    def test_a_manifest_is_read_byte_for_byte_by_tag_and_by_digest(self):
        answer, body = self.push_manifest("v1", self.image())
        self.assertEqual(self.expect(201, answer).headers["Docker-Content-Digest"], digest_of(body))
        for reference in ("v1", digest_of(body)):
            read = self.expect(200, self.call("GET", f"{self.base}/manifests/{reference}"))
            self.assertEqual((read.body, read.headers["Content-Type"]), (body, OCI_MANIFEST))
            self.assertEqual(read.headers["Docker-Content-Digest"], digest_of(body))
        same = self.call("GET", f"{self.base}/manifests/v1", If_None_Match=f'"{digest_of(body)}"')
        self.expect(304, same)
        self.expect(404, self.call("GET", f"{self.base}/manifests/v1", Accept="text/plain"))

    def test_what_a_manifest_names_has_to_be_there(self):
        missing = digest_of(b"never pushed")
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX,
                 "manifests": [{"mediaType": OCI_MANIFEST, "digest": missing, "size": 1}]}
        answer, _ = self.push_manifest("broken", index)
        self.assertEqual(self.code(400, answer), "MANIFEST_BLOB_UNKNOWN")

    def test_a_manifest_of_another_type_than_it_says_is_refused(self):
        body = json.dumps(self.image()).encode()
        answer = self.call("PUT", f"{self.base}/manifests/typed", body, Content_Type="application/json")
        self.assertEqual(self.code(400, answer), "MANIFEST_INVALID")

    def test_tags_are_listed(self):
        for tag in ("list-a", "list-b"):
            self.push_manifest(tag, self.image())
        listed = self.expect(200, self.call("GET", f"{self.base}/tags/list")).json()
        self.assertEqual(listed["name"], self.registry.repository)
        self.assertLessEqual({"list-a", "list-b"}, set(listed["tags"]))

    def test_what_is_not_there_is_404_with_a_code(self):
        self.assertEqual(self.code(404, self.call("GET", f"{self.base}/manifests/none")), "MANIFEST_UNKNOWN")
        unknown = self.registry.repository + "-none"
        self.assertEqual(self.code(404, self.call("GET", f"/v2/{unknown}/tags/list")), "NAME_UNKNOWN")

    def test_a_manifest_is_deleted_by_its_digest_once(self):
        _, body = self.push_manifest("gone", self.image(b"a layer of its own"))
        path = f"{self.base}/manifests/{digest_of(body)}"
        self.expect(202, self.call("DELETE", path))
        self.assertEqual(self.code(404, self.call("DELETE", path)), "MANIFEST_UNKNOWN")
        self.expect(404, self.call("GET", f"{self.base}/manifests/gone"))

    def test_a_blob_is_deleted_once(self):
        blob = self.push_blob(b"to be deleted")["digest"]
        path = f"{self.base}/blobs/{blob}"
        self.expect(202, self.call("DELETE", path))
        self.expect(404, self.call("DELETE", path))
        self.assertEqual(self.code(404, self.call("GET", path)), "BLOB_UNKNOWN")


class Sandbox(ProtocolTests, unittest.TestCase):
    registry_type = SandboxRegistry


class Real(ProtocolTests, unittest.TestCase):
    registry_type = DockerRegistry


if __name__ == "__main__":
    unittest.main()
