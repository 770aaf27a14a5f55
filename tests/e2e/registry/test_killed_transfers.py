"""A push and a pull that are killed (SIGKILL) at random moments, then done again: the result is right, and in
between nothing wrong has a name. DOCKERHUB_KILLS says how often; without it 10 times each.
Only a kill in the middle counts: after the first request that was answered, before the result had its name."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from docker_registry import DockerRegistry
from dockerhub_process import DEADLINE, wait_until
from transfer_case import LargeLayout, TransferTest, blobs_of

MIB = 1024 * 1024
KILLS = int(os.environ.get("DOCKERHUB_KILLS", "10"))
MOST_TRIES = 20 + 5 * KILLS


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

    def begun(self, *arguments):
        """A process that runs the action, whose first request was answered."""
        before = self.answered()
        process = subprocess.Popen(
            [self.binary, "hub_registry", *map(str, arguments)], cwd=self.home.work,
            env={**self.home.environment, **self.environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        wait_until(lambda: self.answered() > before or process.poll() is not None, "the first answer")
        return process

    def killed_at(self, moment, *arguments):
        """Kills the action so long after its first answer; true: the kill is what ended it."""
        process = self.begun(*arguments)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        return process.returncode == -signal.SIGKILL

    def answered(self):
        return sum(len(self.registry.sent(method)) for method in ("GET", "HEAD", "POST"))

    def kill_on_the_way(self, what, whole, kill):
        """kill(number, moment) until it hit the middle so often; `whole`: seconds that it takes."""
        hit = tries = 0
        latest = whole  # sooner where the machine has become quicker than it was when the time was taken
        while hit < KILLS and tries < MOST_TRIES:
            if kill(tries, self.chance.uniform(0, latest)):
                hit += 1
                latest = min(whole, latest * 1.25)
            else:
                latest *= 0.8
            tries += 1
        print(f"{hit} {what} were killed on their way, in {tries} tries", flush=True)
        self.assertEqual(hit, KILLS)

    def time_of(self, arguments):
        """Seconds from the first answer that the quickest of a few takes: arguments(number)."""
        times = []
        for number in range(3):
            process = self.begun(*arguments(number))
            start = time.monotonic()
            self.assertEqual(process.wait(DEADLINE), 0)
            times.append(time.monotonic() - start)
        return min(times)

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

    def pushed_again(self, *arguments):
        """The push once more; docker-registry, while it still writes the tag of the killed one, answers 500 for it."""
        def pushed():
            done = self.run_action(*arguments)
            return None if '"HTTP 500 for HEAD' in done.err else done

        done = wait_until(pushed, "the end of the killed push at the registry")
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)["data"]

    def test_push(self):
        def kill(number, moment):
            name = f"demo/app{number}"
            arguments = ["push", self.source, f"{self.registry.host}/{name}", "--chunk-mib", "1"]
            killed = self.killed_at(moment, *arguments)
            has_name = self.assert_tagged_whole(name)
            self.assertEqual(self.pushed_again(*arguments)["digest"], self.image.digest)
            self.assertTrue(self.assert_tagged_whole(name))
            return killed and not has_name

        whole = self.time_of(lambda number: (
            "push", self.source, f"{self.registry.host}/demo/whole{number}", "--chunk-mib", "1"))
        self.kill_on_the_way("pushes", whole, kill)

    def test_pull(self):
        repo = self.registry.host + "/demo/app:v1"

        def kill(number, moment):
            back = self.home.path / f"back{number}"
            killed = self.killed_at(moment, "pull", repo, f"oci:{back}")
            has_name = (back / "index.json").exists()
            if (back / "blobs").exists():
                names = blobs_of(back)
                if has_name:
                    self.assertEqual(names, blobs_of(self.image.folder))
                    self.assertEqual(self.names_in(back), {"v1": self.image.digest})
            self.assertEqual(self.data("pull", repo, f"oci:{back}")["digest"], self.image.digest)
            self.same_blobs(self.image.folder, back)
            self.assertEqual(self.names_in(back), {"v1": self.image.digest})
            self.assertEqual(json.loads((back / "oci-layout").read_text()), {"imageLayoutVersion": "1.0.0"})
            self.assertEqual(self.leftovers(back), [])
            shutil.rmtree(back)
            return killed and not has_name

        self.data("push", self.source, repo)
        whole = self.time_of(lambda number: ("pull", repo, f"oci:{self.home.path}/whole{number}"))
        self.kill_on_the_way("pulls", whole, kill)


if __name__ == "__main__":
    unittest.main()
