"""Writing to the registry: blobs in every way, manifests and their checks."""

import json
import socket
import unittest
import urllib.parse

from dockerhub_process import DEADLINE
from sandbox_case import OCI_INDEX, OCI_MANIFEST, RegistryTest, digest_of

UPLOADS = "/v2/sandbox/fresh/blobs/uploads/"
DATA = b"some bytes of a layer"


class Blobs(RegistryTest):
    def begin(self):
        answer = self.assert_status(202, self.push("POST", UPLOADS))
        self.assertIn("Docker-Upload-UUID", answer.headers)
        return self.path_of(answer.headers["Location"])

    def chunk(self, location, data, first=None):
        headers = {} if first is None else {"Content_Range": f"{first}-{first + len(data) - 1}"}
        return self.push("PATCH", location, data, **headers)

    def finish(self, location, data=b"", digest=None):
        return self.push("PUT", f"{location}&digest={digest or digest_of(DATA)}", data)

    def assert_stored(self):
        self.sandbox.set(redirect_blobs=False)
        answer = self.registry("GET", f"/v2/sandbox/fresh/blobs/{digest_of(DATA)}")
        self.assertEqual(self.assert_status(200, answer).body, DATA)

    def error_code(self, status, answer):
        return self.assert_status(status, answer).json()["errors"][0]["code"]

    def test_in_one_put(self):
        answer = self.assert_status(201, self.finish(self.begin(), DATA))
        self.assertEqual(answer.headers["Docker-Content-Digest"], digest_of(DATA))
        self.assertTrue(answer.headers["Location"].endswith(f"/v2/sandbox/fresh/blobs/{digest_of(DATA)}"))
        self.assert_stored()

    def test_in_one_post(self):
        path = f"{UPLOADS}?digest={digest_of(DATA)}"
        self.assert_status(201, self.push("POST", path, DATA))
        self.assert_stored()

    def test_a_post_that_is_not_taken_begins_an_upload(self):
        self.sandbox.set(single_post=False)
        answer = self.push("POST", f"{UPLOADS}?digest={digest_of(DATA)}", DATA)
        location = self.path_of(self.assert_status(202, answer).headers["Location"])
        self.assert_status(201, self.finish(location, DATA))

    def test_in_chunks_each_with_a_new_location(self):
        first = self.assert_status(202, self.chunk(self.begin(), DATA[:8], 0))
        self.assertEqual(first.headers["Range"], "0-7")
        second = self.chunk(self.path_of(first.headers["Location"]), DATA[8:15], 8)
        self.assertEqual(second.headers["Range"], "0-14")
        self.assertNotEqual(first.headers["Location"], second.headers["Location"])
        location = self.path_of(second.headers["Location"])
        self.assert_status(201, self.finish(location, DATA[15:]))
        self.assert_stored()

    def test_a_chunk_out_of_order_is_416_and_the_upload_goes_on_from_its_status(self):
        location = self.begin()
        self.chunk(location, DATA[:8], 0)
        refused = self.assert_status(416, self.chunk(location, DATA[10:], 10))
        self.assertEqual(refused.headers["Range"], "0-7")
        status = self.assert_status(204, self.push("GET", location))
        self.assertEqual(status.headers["Range"], "0-7")
        location = self.path_of(status.headers["Location"])
        self.assert_status(202, self.chunk(location, DATA[8:], 8))
        self.assert_status(201, self.finish(location))
        self.assert_stored()

    def test_an_upload_survives_a_chunk_that_breaks_off(self):
        location = self.begin()
        url = urllib.parse.urlsplit(self.sandbox.urls["registry"])
        token = self.token("repository:sandbox/fresh:pull,push", authorization=self.basic())
        with socket.create_connection((url.hostname, url.port), timeout=DEADLINE) as connection:
            connection.sendall((f"PATCH {location} HTTP/1.1\r\nHost: {url.netloc}\r\n"
                                f"Authorization: Bearer {token}\r\nContent-Range: 0-{len(DATA) - 1}\r\n"
                                f"Content-Length: {len(DATA)}\r\n\r\n").encode() + DATA[:8])
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        status = self.assert_status(204, self.push("GET", location))
        self.assertEqual(status.headers["Range"], "0-7")
        location = self.path_of(status.headers["Location"])
        self.assert_status(202, self.chunk(location, DATA[8:], 8))
        self.assert_status(201, self.finish(location))
        self.assert_stored()

    def test_a_chunk_below_the_minimum_has_to_be_the_last(self):
        self.sandbox.set(chunk_min_length=8)
        location = self.begin()
        self.assert_status(202, self.chunk(location, DATA[:8], 0))
        self.assert_status(202, self.chunk(location, DATA[8:10], 8))
        refused = self.chunk(location, DATA[10:], 10)
        self.assertEqual(self.error_code(400, refused), "BLOB_UPLOAD_INVALID")
        self.assert_status(201, self.finish(location, DATA[10:]))
        self.assert_stored()

    def test_uploads_are_bounded_in_number_the_oldest_ends(self):
        self.sandbox.set(most_uploads=2)
        oldest, second, third = (self.begin() for _ in range(3))
        self.assertEqual(self.error_code(404, self.push("GET", oldest)), "BLOB_UPLOAD_UNKNOWN")
        for location in (second, third):
            self.assert_status(204, self.push("GET", location))

    def test_blobs_are_bounded_in_size(self):
        self.sandbox.set(most_blob=len(DATA) - 1)
        location = self.begin()
        self.assert_status(202, self.chunk(location, DATA[:8], 0))
        for answer in (self.chunk(location, DATA[8:], 8), self.finish(location, DATA[8:]),
                       self.push("POST", f"{UPLOADS}?digest={digest_of(DATA)}", DATA)):
            self.assertEqual(self.error_code(413, answer), "SIZE_INVALID")
        self.assertEqual(self.push("GET", location).headers["Range"], "0-7")

    def test_a_length_that_is_not_that_of_the_range_is_400(self):
        answer = self.push("PATCH", self.begin(), DATA, Content_Range="0-3")
        self.assertEqual(self.error_code(400, answer), "SIZE_INVALID")

    def test_a_wrong_digest_ends_the_upload_and_a_missing_one_does_not(self):
        location = self.begin()
        self.assertEqual(self.error_code(400, self.push("PUT", location, DATA)), "DIGEST_INVALID")
        self.assert_status(204, self.push("GET", location))
        wrong = self.finish(location, b"other", digest_of(DATA))
        self.assertEqual(self.error_code(400, wrong), "DIGEST_INVALID")
        self.assertEqual(self.error_code(404, self.push("GET", location)), "BLOB_UPLOAD_UNKNOWN")

    def test_a_cancelled_upload_is_gone(self):
        location = self.begin()
        self.assert_status(204, self.push("DELETE", location))
        for method in ("GET", "PATCH", "PUT", "DELETE"):
            self.assertEqual(self.error_code(404, self.push(method, location)), "BLOB_UPLOAD_UNKNOWN")

    def test_a_mount_shares_the_blob_and_falls_back_to_an_upload(self):
        layer = self.manifest("library/alpine", "latest").json()["manifests"][0]["digest"]
        layer = self.manifest("library/alpine", layer).json()["layers"][0]["digest"]
        token = self.token("repository:sandbox/fresh:pull,push", "repository:library/alpine:pull",
                           authorization=self.basic())
        for source, status in (("library/alpine", 201), ("library/none", 202)):
            answer = self.call("registry", "POST", f"{UPLOADS}?mount={layer}&from={source}",
                               Authorization="Bearer " + token)
            self.assertEqual(answer.status, status if source == "library/alpine" else 401, answer)
        self.assert_status(202, self.push("POST", f"{UPLOADS}?mount={digest_of(DATA)}"))
        self.assertIn(layer, [one["digest"] for one in
                              self.sandbox.state()["registry"]["sandbox/fresh"]["blobs"]])

    def test_locations_can_be_relative_and_a_least_chunk_be_told(self):
        self.sandbox.set(relative_locations=True, chunk_min_length=5)
        answer = self.push("POST", UPLOADS)
        self.assertTrue(answer.headers["Location"].startswith(UPLOADS))
        self.assertEqual(answer.headers["OCI-Chunk-Min-Length"], "5")


class Manifests(RegistryTest):
    def test_an_image_that_was_pushed_is_read_back_byte_for_byte(self):
        manifest = self.image("sandbox/fresh")
        answer, digest = self.push_manifest("sandbox/fresh", "v1", manifest)
        self.assert_status(201, answer)
        self.assertEqual(answer.headers["Docker-Content-Digest"], digest)
        self.assertEqual(self.manifest("sandbox/fresh", "v1").body, json.dumps(manifest).encode())

    def test_the_hub_shows_what_was_pushed(self):
        self.push_manifest("sandbox/fresh", "v1", self.image("sandbox/fresh"))
        tag = self.call("hub", "GET", "/v2/namespaces/sandbox/repositories/fresh/tags/v1").json()
        self.assertEqual(tag["images"][0]["architecture"], "amd64")

    def test_what_a_manifest_names_has_to_be_there(self):
        missing = digest_of(b"never pushed")
        image = self.image("sandbox/fresh")
        image["layers"].append({"mediaType": "x", "digest": missing, "size": 1})
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX,
                 "manifests": [{"mediaType": OCI_MANIFEST, "digest": missing, "size": 1}]}
        for manifest in (image, index):
            answer, _ = self.push_manifest("sandbox/fresh", "v1", manifest)
            error = self.assert_status(400, answer).json()["errors"][0]
            self.assertEqual(error["code"], "MANIFEST_BLOB_UNKNOWN")
            self.assertEqual(error["detail"]["digest"], missing)

    def test_a_wrong_type_digest_or_text_is_400(self):
        manifest = self.image("sandbox/fresh")
        data = json.dumps(manifest).encode()
        path = "/v2/sandbox/fresh/manifests/"
        rows = [("v1", OCI_INDEX, data, "MANIFEST_INVALID"),
                ("v1", "application/json", data, "MANIFEST_INVALID"),
                ("v1", OCI_MANIFEST, b"{", "MANIFEST_INVALID"),
                ("v1", OCI_MANIFEST, b"[]", "MANIFEST_INVALID"),
                (digest_of(b"other"), OCI_MANIFEST, data, "DIGEST_INVALID"),
                ("-v1", OCI_MANIFEST, data, "TAG_INVALID")]
        for reference, kind, body, code in rows:
            with self.subTest(reference=reference, kind=kind):
                answer = self.push("PUT", path + reference, body, Content_Type=kind)
                self.assertEqual(self.assert_status(400, answer).json()["errors"][0]["code"], code)

    def test_a_subject_is_answered_and_becomes_a_referrer(self):
        subject = self.manifest("sandbox/multi", "latest").headers["Docker-Content-Digest"]
        manifest = self.image("sandbox/multi")
        manifest["subject"] = {"mediaType": OCI_INDEX, "digest": subject, "size": 1}
        manifest["artifactType"] = "application/vnd.tests"
        answer, digest = self.push_manifest("sandbox/multi", digest_of(json.dumps(manifest).encode()),
                                            manifest)
        self.assertEqual(self.assert_status(201, answer).headers["OCI-Subject"], subject)
        listed = self.registry("GET", f"/v2/sandbox/multi/referrers/{subject}").json()["manifests"]
        self.assertIn((digest, "application/vnd.tests"),
                      [(one["digest"], one["artifactType"]) for one in listed])
        self.sandbox.set(referrers=False)
        answer, _ = self.push_manifest("sandbox/multi", "again", manifest)
        self.assertNotIn("OCI-Subject", answer.headers)

    def test_four_mebibytes_are_the_most(self):
        answer = self.push("PUT", "/v2/sandbox/fresh/manifests/v1", b" " * (4 * 1024 * 1024 + 1),
                           Content_Type=OCI_MANIFEST)
        self.assert_status(413, answer)


if __name__ == "__main__":
    unittest.main()
