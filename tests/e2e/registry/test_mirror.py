"""mirror: repositories made the same as others, what it costs, and what goes from the targets."""

import json
import unittest

from docker_registry import DockerRegistry
from fake_registry import FakeRegistry
from registry_test import RegistryTest
from sandbox_process import Sandbox
from skopeo import Skopeo
from transfer_case import LargeLayout, TransferTest


class MirrorTest(TransferTest):
    def setUp(self):
        super().setUp()
        self.source = DockerRegistry()
        self.addCleanup(self.source.stop)
        self.target = DockerRegistry()
        self.addCleanup(self.target.stop)
        self.skopeo = Skopeo()
        self.addCleanup(self.skopeo.close)

    def push(self, tag, layers):
        image = LargeLayout(self.home.path / f"image-{tag}-{len(layers[0])}", layers)
        self.data("push", f"oci:{image.folder}:v1", f"{self.source.host}/demo/app:{tag}")
        return image.digest

    def rules(self, target=None, **rule):
        config = {"repositories": [{"from": f"{self.source.host}/demo/app",
                                    "to": f"{(target or self.target).host}/copy/app", **rule}]}
        return "@" + str(self.home.write("mirror.yaml", json.dumps(config)))

    def states(self, *arguments, code=0, **options):
        done = self.run_action("mirror", *arguments, **options)
        self.assertEqual(done.code, code, done)
        self.answer = json.loads(done.out)["data"]
        return {row["to"].rsplit(":", 1)[1]: row["state"] for row in self.answer["images"]}


class Mirrors(MirrorTest):
    def test_has_what_the_rules_take_and_the_second_run_copies_nothing(self):
        digests = {tag: self.push(tag, [tag.encode()]) for tag in ("1.0", "1.1", "1.2", "latest", "old")}
        rules = self.rules(tags=["1.*", "latest"], newest=2)
        self.assertEqual(self.states(rules), {"1.1": "copied", "1.2": "copied", "latest": "copied"})
        self.assertEqual(sorted(self.skopeo.tags(f"{self.target.host}/copy/app")), ["1.1", "1.2", "latest"])
        reads = len([path for path in self.source.sent("GET") if "/manifests/" in path and "sha256-" not in path])
        self.assertEqual(self.states(rules), {"1.1": "same", "1.2": "same", "latest": "same"})
        again = len([path for path in self.source.sent("GET") if "/manifests/" in path and "sha256-" not in path])
        self.assertEqual(again, reads, "only HEAD")
        moved = self.push("1.2", [b"another 1.2"])
        self.assertEqual(self.states(rules)["1.2"], "copied")
        self.assertEqual(self.data("resolve_digest", f"{self.target.host}/copy/app:1.2")["digest"], moved)
        self.assertNotEqual(moved, digests["1.2"])

    def test_a_dry_run_tells_what_it_would_cost(self):
        self.push("1.0", [b"a layer"])
        states = self.states(self.rules(), options=("--dry-run",))
        self.assertEqual(states, {"1.0": "to copy"})
        self.assertEqual(self.answer["cost"]["pulls"], 0)
        self.assertGreater(self.answer["cost"]["bytes"], len(b"a layer"))
        self.assertEqual(self.target.sent("POST"), [])

    def test_some_platforms_are_the_same_as_long_as_their_index_is(self):
        self.data("push", f"oci:{self.layout.folder}:v1", f"{self.source.host}/demo/app:1")
        rules = self.rules(platforms=["linux/amd64"])
        self.assertEqual(self.states(rules), {"1": "copied"})
        index = json.loads(self.skopeo.inspect(f"{self.target.host}/copy/app:1", "--raw"))
        self.assertEqual(index["manifests"][0]["digest"], self.layout.platforms["linux/amd64"]["digest"])
        self.assertEqual(self.states(rules), {"1": "same"})

    def test_what_cannot_be_done_keeps_nothing_else(self):
        self.push("1.0", [b"one"])
        self.push("1.1", [b"two"])
        broken = FakeRegistry()
        self.addCleanup(broken.stop)

        def refuse(_, request):
            if request.command == "PUT" and request.path.endswith("/manifests/1.0"):
                request.reply(403, b"{}")
                return True
            return False
        broken.hook = refuse
        self.assertEqual(self.states(self.rules(broken), code=9), {"1.0": "failed", "1.1": "copied"})
        self.assertTrue(next(row for row in self.answer["images"] if row["state"] == "failed")["error"])

    def test_prune_needs_the_gate_and_deletes_what_is_left_out(self):
        self.push("1.0", [b"one"])
        self.push("1.1", [b"two"])
        target = FakeRegistry()
        self.addCleanup(target.stop)
        self.states(self.rules(target))
        rules = self.rules(target, tags=["1.1"])
        self.error(6, "mirror", rules, "--prune")
        self.assertEqual(self.states(rules, "--prune", options=("--dry-run",)), {"1.1": "same", "1.0": "to delete"})
        self.assertEqual(set(target.repository("copy/app").tags), {"1.0", "1.1"})
        states = self.states(rules, "--prune", options=("--allow-destructive", "--yes"))
        self.assertEqual(states, {"1.1": "same", "1.0": "deleted"})
        self.assertEqual(set(target.repository("copy/app").tags), {"1.1"})

    def test_wrong_rules_are_told(self):
        error = self.error(2, "mirror", self.rules(tag=["x"]))
        self.assertEqual(error["parameter"], "config")
        self.assertIn("tag", error["message"])


class OfDockers(RegistryTest):
    def test_counts_no_pull_where_nothing_is_new(self):
        sandbox = Sandbox()
        self.addCleanup(sandbox.stop)
        self.environment.update(sandbox.environment)
        target = DockerRegistry()
        self.addCleanup(target.stop)
        rules = "@" + str(self.home.write("mirror.yaml", json.dumps(
            {"to": f"{target.host}/mirror", "repositories": [{"from": "sandbox/multi", "tags": ["1.*"]}]})))
        plan = self.data("mirror", rules, options=("--dry-run",))
        self.assertEqual((plan["cost"]["pulls"], plan["cost"]["is_exact"]), (len(plan["images"]), False))
        self.assertGreater(len(plan["images"]), 1)
        self.data("mirror", rules)
        before = sandbox.state()["registry"]["sandbox/multi"]["pulls"]
        self.assertGreater(before, 0)
        states = {row["state"] for row in self.data("mirror", rules)["images"]}
        self.assertEqual(states, {"same"})
        self.assertEqual(sandbox.state()["registry"]["sandbox/multi"]["pulls"], before)


if __name__ == "__main__":
    unittest.main()
