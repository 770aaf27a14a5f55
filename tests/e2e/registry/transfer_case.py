"""What the suites of transfers share: image layouts, and what other programs make of them."""

import hashlib
import json
import os
import pathlib
import subprocess

from images import CONFIG, LAYER, MANIFEST, Layout, digest, encoded
from registry_test import RegistryTest


def blobs_of(folder):
    """Names of the blobs of a layout; each is proved to be what it is called."""
    names = set()
    for algorithm in sorted((pathlib.Path(folder) / "blobs").iterdir()):
        for file in sorted(algorithm.iterdir()):
            with open(file, "rb") as content:
                found = hashlib.file_digest(content, algorithm.name)
            assert found.hexdigest() == file.name, f"{file} is damaged"
            names.add(f"{algorithm.name}:{file.name}")
    return names


class LargeLayout:
    """An image layout with one image, under `tag`, whose layers are the given bytes."""

    def __init__(self, folder, layers, tag="v1", algorithm="sha256", **extra):
        self.folder = pathlib.Path(folder)
        self.algorithm = algorithm
        (self.folder / "blobs" / algorithm).mkdir(parents=True, exist_ok=True)
        (self.folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        config = encoded({"architecture": "amd64", "os": "linux", "config": {},
                          "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in layers]}})
        self.manifest = encoded({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": self.blob(CONFIG, config),
            "layers": [self.blob(LAYER.replace("+gzip", ""), layer) for layer in layers], **extra,
        })
        entry = self.blob(MANIFEST, self.manifest)
        self.digest = entry["digest"]
        entry["annotations"] = {"org.opencontainers.image.ref.name": tag}
        (self.folder / "index.json").write_bytes(encoded({"schemaVersion": 2, "manifests": [entry]}))

    def blob(self, media_type, body):
        name = hashlib.new(self.algorithm, body).hexdigest()
        (self.folder / "blobs" / self.algorithm / name).write_bytes(body)
        return {"mediaType": media_type, "digest": f"{self.algorithm}:{name}", "size": len(body)}


def ask_for_the_log_in(_, request):
    """The hook of a FakeRegistry that wants a password."""
    if request.headers.get("Authorization"):
        return False
    request.reply(401, b"{}", WWW_Authenticate='Basic realm="x"')
    return True


class TransferTest(RegistryTest):
    def setUp(self):
        super().setUp()
        self.layout = Layout(self.home.path / "layout")

    def same_blobs(self, one, other):
        """diff -r of the blobs of two layouts is clean."""
        done = subprocess.run(["diff", "-r", pathlib.Path(one) / "blobs", pathlib.Path(other) / "blobs"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def umoci_reads(self, folder, name, content):
        """umoci lists and unpacks the image of that name, whose one file has that content."""
        listed = subprocess.run(["umoci", "list", "--layout", folder], stdout=subprocess.PIPE, check=True)
        self.assertEqual(listed.stdout.decode().split(), [name])
        told = subprocess.run(["umoci", "stat", "--image", f"{folder}:{name}", "--json"],
                              stdout=subprocess.PIPE, check=True)
        self.assertEqual([entry["created_by"] for entry in json.loads(told.stdout)["history"]], ["a test"])
        bundle = pathlib.Path(f"{folder}-unpacked")
        done = subprocess.run(["umoci", "unpack", "--rootless", "--image", f"{folder}:{name}", bundle],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual((bundle / "rootfs" / "platform").read_bytes(), content)

    def names_in(self, folder):
        index = json.loads((pathlib.Path(folder) / "index.json").read_text())
        return {entry.get("annotations", {}).get("org.opencontainers.image.ref.name"): entry["digest"]
                for entry in index["manifests"]}

    def leftovers(self, folder):
        return [name for _, _, files in os.walk(folder) for name in files if name.startswith(".")]
