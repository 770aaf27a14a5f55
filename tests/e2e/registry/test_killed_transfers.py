"""A push and a pull that are killed (SIGKILL) at random moments, then done again: the result is right, and in
between nothing wrong has a name. DOCKERHUB_KILLS says how often (10 without it)."""

import json
import os
import random
import signal
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from docker_registry import DockerRegistry
from transfer_case import LargeLayout, TransferTest, blobs_of

MIB = 1024 * 1024
KILLS = int(os.environ.get("DOCKERHUB_KILLS", "10"))


class Killed(TransferTest):
    def setUp(self):
        super().setUp()
        self.registry = DockerRegistry()
        self.addCleanup(self.registry.stop)
        self.chance = random.Random()
        seed = self.chance.randrange(1 << 32)
        print(f"seed {seed}", flush=True)
        self.chance.seed(seed)
        layers = [random.Random(number).randbytes(6 * MIB + number) for number in range(4)]
        self.image = LargeLayout(self.home.path / "image", layers)
        self.source = f"oci:{self.image.folder}:v1"

    def killed_at(self, moment, *arguments):
        """Runs the action and kills it after that time; true: it was still there."""
        process = subprocess.Popen(
            [self.binary, "hub_registry", *map(str, arguments)], cwd=self.home.work,
            env={**self.home.environment, **self.environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(moment)
            return False
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True

    def time_of(self, *arguments):
        start = time.monotonic()
        self.data(*arguments)
        return time.monotonic() - start

    def read(self, path):
        try:
            with urllib.request.urlopen(urllib.request.Request(
                    self.registry.url + path, headers={"Accept": "application/vnd.oci.image.manifest.v1+json"})) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            self.assertEqual(error.code, 404)
            return None

    def assert_tagged_whole(self, name):
        """A tag that is there names the image, of which everything is there."""
        manifest = self.read(f"/v2/{name}/manifests/v1")
        if manifest is None:
            return False
        self.assertEqual(manifest, self.image.manifest)
        for blob in blobs_of(self.image.folder) - {self.image.digest}:
            file = self.image.folder / "blobs" / blob.replace(":", "/")
            self.assertEqual(self.read(f"/v2/{name}/blobs/{blob}"), file.read_bytes())
        return True

    def test_push(self):
        whole = self.time_of("push", self.source, self.registry.host + "/demo/whole", "--chunk-mib", "1")
        hit = 0
        for number in range(KILLS):
            name = f"demo/app{number}"
            arguments = ["push", self.source, f"{self.registry.host}/{name}", "--chunk-mib", "1"]
            hit += self.killed_at(self.chance.uniform(0, whole), *arguments)
            self.assert_tagged_whole(name)
            self.assertEqual(self.data(*arguments)["digest"], self.image.digest)
            self.assertTrue(self.assert_tagged_whole(name))
        print(f"{hit} of {KILLS} pushes were killed on their way", flush=True)
        self.assertGreater(hit, 0)

    def test_pull(self):
        repo = self.registry.host + "/demo/app:v1"
        self.data("push", self.source, repo)
        whole = self.time_of("pull", repo, f"oci:{self.home.path}/whole")
        hit = 0
        for number in range(KILLS):
            back = self.home.path / f"back{number}"
            hit += self.killed_at(self.chance.uniform(0, whole), "pull", repo, f"oci:{back}")
            if (back / "blobs").exists():
                names = blobs_of(back)
                if (back / "index.json").exists():
                    self.assertEqual(names, blobs_of(self.image.folder))
                    self.assertEqual(self.names_in(back), {"v1": self.image.digest})
            self.assertEqual(self.data("pull", repo, f"oci:{back}")["digest"], self.image.digest)
            self.same_blobs(self.image.folder, back)
            self.assertEqual(self.names_in(back), {"v1": self.image.digest})
            self.assertEqual(json.loads((back / "oci-layout").read_text()), {"imageLayoutVersion": "1.0.0"})
            self.assertEqual(self.leftovers(back), [])
        print(f"{hit} of {KILLS} pulls were killed on their way", flush=True)
        self.assertGreater(hit, 0)


if __name__ == "__main__":
    unittest.main()
