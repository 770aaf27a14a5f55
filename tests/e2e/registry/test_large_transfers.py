"""A blob of 2 GiB, or of DOCKERHUB_LARGE_MIB, both ways, and from registry to registry, in less than 40 MiB of
memory."""

import hashlib
import os
import subprocess
import unittest

from docker_registry import DockerRegistry
from images import CONFIG, MANIFEST, digest, encoded
from transfer_case import LargeLayout, TransferTest

MIB = 1024 * 1024
SIZE = int(os.environ.get("DOCKERHUB_LARGE_MIB", "2048")) * MIB
MOST_KIBIBYTES = 40 * 1024


def add_sparse_layer(layout, size):
    """Puts a blob of zeros into the layout that takes no room on the disk, and its image under v1."""
    hashed, zeros = hashlib.sha256(), bytes(MIB)
    for _ in range(size // len(zeros)):
        hashed.update(zeros)
    name = hashed.hexdigest()
    with open(layout.folder / "blobs" / "sha256" / name, "wb") as file:
        file.truncate(size)
    config = layout.blob(CONFIG, encoded({"architecture": "amd64", "os": "linux", "config": {},
                                          "rootfs": {"type": "layers", "diff_ids": [f"sha256:{name}"]}}))
    manifest = encoded({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [
        {"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": f"sha256:{name}", "size": size}]})
    entry = layout.blob(MANIFEST, manifest)
    entry["annotations"] = {"org.opencontainers.image.ref.name": "v1"}
    (layout.folder / "index.json").write_bytes(encoded({"schemaVersion": 2, "manifests": [entry]}))
    return digest(manifest)


class Large(TransferTest):
    def measured(self, *arguments):
        """Peak memory of the action in KiB."""
        done = subprocess.run(
            ["/usr/bin/time", "-f", "%M", self.binary, "hub_registry", *map(str, arguments)],
            cwd=self.home.work, env={**self.home.environment, **self.environment}, timeout=1200,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        peak = int(done.stderr.splitlines()[-1])
        print(f"{arguments[0]}: {peak / 1024:.1f} MiB", flush=True)
        return peak

    def test_take_no_more_memory_than_small_ones(self):
        self.assertGreater(SIZE, 4 * MOST_KIBIBYTES * 1024, "smaller ones would prove nothing")
        layout = LargeLayout(self.home.path / "large", [b"nothing"])
        wanted = add_sparse_layer(layout, SIZE)
        with DockerRegistry() as registry, DockerRegistry() as other:
            repo = registry.host + "/demo/app"
            self.assertLess(self.measured("push", f"oci:{layout.folder}:v1", repo), MOST_KIBIBYTES)
            self.assertEqual(self.data("resolve_digest", repo + ":v1")["digest"], wanted)
            back = self.home.path / "back"
            self.assertLess(self.measured("pull", repo + ":v1", f"oci:{back}"), MOST_KIBIBYTES)
            self.assertEqual(self.names_in(back), {"v1": wanted})
            self.assertLess(self.measured("copy", repo + ":v1", other.host + "/demo/app"), MOST_KIBIBYTES)
            self.assertEqual(self.data("resolve_digest", other.host + "/demo/app:v1")["digest"], wanted)


if __name__ == "__main__":
    unittest.main()
