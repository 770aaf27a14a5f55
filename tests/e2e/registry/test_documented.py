"""Each operation of Docker's registry document, sent by its action: method, path, query and headers as the
sandbox saw them. Needs DOCKERHUB_SPECS (the folder with registry-openapi.yaml)."""

import hashlib
import json
import re
import sys

from outside import SPECS, main, specification
from registry_test import RegistryTest
from sandbox_process import WithSandbox

PREFIX = "/v2/{name}/"
INDEX = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []})
BLOB = "some bytes"
DIGEST = "sha256:" + hashlib.sha256(BLOB.encode()).hexdigest()

# What a client of the distribution protocol sends although Docker's document has no place for it.
BEYOND = {
    "PUT manifests/{reference}": {"content-type"},
    "PATCH blobs/uploads/{uuid}": {"content-type"},
    "PUT blobs/uploads/{uuid}": {"content-type"},
}
OF_EVERY_REQUEST = {"host", "user-agent", "accept", "accept-encoding", "content-length", "connection", "traceparent"}


def operations():
    """"METHOD path behind the name" to the parameters of each operation."""
    import yaml  # Debian: python3-yaml

    document = yaml.safe_load((SPECS / "registry-openapi.yaml").read_text())
    found = {}
    for path, members in document["paths"].items():
        for method in members.keys() & {"get", "head", "post", "put", "patch", "delete"}:
            found[f"{method.upper()} {path.removeprefix(PREFIX)}"] = members[method]["parameters"]
    return found


def named(parameters, place):
    return {one["name"] for one in parameters if one["in"] == place}


def place_in(answer):
    """Where an upload goes on, as the registry told it."""
    (place,) = (value for name, value in answer["headers"].items() if name.lower() == "location")
    return place


class Documented(WithSandbox, RegistryTest):
    # A name has slashes in it; what stands for the other parts has none.
    TEMPLATES = {
        "manifests/{reference}": r"manifests/[^/]+", "blobs/uploads/": r"blobs/uploads/", "blobs/{digest}": r"blobs/sha256:[0-9a-f]{64}",
        "blobs/uploads/{uuid}": r"blobs/uploads/[^/]+",
    }

    def call(self, action, **params):
        """Runs an action; gives its answer and what the registry was sent."""
        self.sandbox.clear_journal()
        done = self.run_program(
            "-o", "json", "--yes", "--allow-destructive", "hub_registry", action, "--params",
            json.dumps({"repo": "sandbox/app", **params}), environment=self.environment,
        )
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out), self.sandbox.journal("registry")

    def matching(self, operation, entries):
        method, path = operation.split(" ")
        wanted = re.compile("/v2/sandbox/app/" + self.TEMPLATES[path])
        return [one for one in entries if one["method"] == method and wanted.fullmatch(one["path"])]

    def shows(self, operation, entries):
        """One of the requests is this operation, with nothing but what the document has."""
        parameters = self.documented.pop(operation)
        sent = [one for one in self.matching(operation, entries) if one["status"] < 400]
        self.assertTrue(sent, (operation, entries))
        for one in sent:
            with self.subTest(operation=operation):
                query = set(re.findall(r"(?:^|&)([^=&]+)=", one.get("query", "")))
                # The place of an upload is the registry's own text.
                of_place = {"_state"} if "{uuid}" in operation else set()
                self.assertLessEqual(query - of_place, named(parameters, "query"), one)
                headers = {name.lower() for name, _ in one["headers"]}
                known = {name.lower() for name in named(parameters, "header")}
                self.assertIn("authorization", headers)
                self.assertLessEqual(headers - OF_EVERY_REQUEST - BEYOND.get(operation, set()), known, one)
                required = {p["name"].lower() for p in parameters if p["in"] == "header" and p.get("required")}
                self.assertLessEqual(required, headers, one)

    def begun(self):
        answer, entries = self.call("start_upload")
        return place_in(answer), entries

    def test_operations_are_sent_as_they_are_documented(self):
        self.sandbox.set(delete_referenced=True)
        self.documented = operations()
        count = len(self.documented)
        media_type = json.loads(INDEX)["mediaType"]
        _, entries = self.call("put_manifest", reference="v1", manifest_text=INDEX, media_type=media_type)
        self.shows("PUT manifests/{reference}", entries)
        self.shows("GET manifests/{reference}", self.call("get_manifest", reference="v1")[1])
        self.shows("HEAD manifests/{reference}", self.call("check_manifest", reference="v1")[1])
        self.shows("DELETE manifests/{reference}", self.call("delete_manifest", reference="v1")[1])

        place, entries = self.begun()
        self.shows("POST blobs/uploads/", entries)
        answer, entries = self.call("upload_chunk", location=place, chunk=BLOB, content_range=f"0-{len(BLOB) - 1}")
        self.shows("PATCH blobs/uploads/{uuid}", entries)
        place = place_in(answer)
        self.shows("GET blobs/uploads/{uuid}", self.call("upload_status", location=place)[1])
        self.shows("PUT blobs/uploads/{uuid}", self.call("complete_upload", location=place, digest=DIGEST)[1])
        self.shows("HEAD blobs/{digest}", self.call("check_blob", digest=DIGEST)[1])
        self.shows("GET blobs/{digest}", self.call("get_blob", digest=DIGEST)[1])
        place, _ = self.begun()
        self.shows("DELETE blobs/uploads/{uuid}", self.call("cancel_upload", location=place)[1])

        print(f"operations of Docker's registry that were sent: {count - len(self.documented)} of {count}", file=sys.stderr)
        self.assertEqual(self.documented, {})


if __name__ == "__main__":
    main("Docker's document", specification("registry-openapi.yaml"))
