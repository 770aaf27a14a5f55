"""mirror: repositories made the same as others, what it costs, and what goes from the targets."""

import json
import threading
import time
import unittest

from docker_registry import DockerRegistry
from fake_registry import MANIFEST, FakeRegistry
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

    def errors(self):
        """By the tag, of the last states()."""
        return {row["to"].rsplit(":", 1)[1]: row["error"] for row in self.answer["images"]}


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
        envelope = self.envelope("mirror", self.rules(), options=("--dry-run",))
        self.assertEqual(envelope["outcome"]["is"], "ok")
        self.assertIn(f"It would take 0 counted pulls and at most {self.answer['cost']['bytes']} bytes.",
                      envelope["outcome"]["text"])
        self.assertNotIn("It would take", str(envelope.get("warnings")))

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
        goes = next(row for row in self.answer["images"] if row["state"] == "to delete")
        self.assertEqual((goes["from"], goes["digest"]), (None, target.repository("copy/app").tags["1.0"]))
        self.assertEqual(set(target.repository("copy/app").tags), {"1.0", "1.1"})
        states = self.states(rules, "--prune", options=("--allow-destructive", "--yes"))
        self.assertEqual(states, {"1.1": "same", "1.0": "deleted"})
        self.assertEqual(set(target.repository("copy/app").tags), {"1.1"})

    def test_prune_leaves_a_tag_that_somebody_else_moved_meanwhile(self):
        self.push("1.0", [b"one"])
        self.push("1.1", [b"two"])
        target = FakeRegistry()
        self.addCleanup(target.stop)
        self.states(self.rules(target))
        tags = target.repository("copy/app").tags
        moved = tags["1.1"]
        self.push("1.1", [b"another 1.1"])

        def move(_, request):
            if request.command == "PUT" and "/manifests/" in request.path:
                tags["1.0"] = moved
            return False
        target.hook = move
        rules = self.rules(target, tags=["1.1"])
        states = self.states(rules, "--prune", code=9, options=("--allow-destructive", "--yes"))
        self.assertEqual(states, {"1.1": "copied", "1.0": "failed"})
        self.assertIn("1.0 was moved by somebody else", self.errors()["1.0"])
        self.assertEqual((tags["1.0"], target.asked("DELETE")), (moved, []))

    def test_other_platforms_are_copied_anew(self):
        self.data("push", f"oci:{self.layout.folder}:v1", f"{self.source.host}/demo/app:1")
        one, two = self.rules(platforms=["linux/amd64"]), ["linux/arm64", "linux/amd64"]
        self.assertEqual(self.states(one), {"1": "copied"})
        self.assertEqual(self.states(self.rules(platforms=two)), {"1": "copied"})
        self.assertEqual(self.states(self.rules(platforms=two[::-1])), {"1": "same"})
        self.assertEqual(self.states(self.rules()), {"1": "copied"})
        self.assertEqual(self.states(self.rules(platforms=["linux/amd64"])), {"1": "copied"}, "equal digests")
        everything = list(self.layout.platforms)
        self.assertEqual(self.states(self.rules(platforms=everything)), {"1": "copied"})
        self.assertEqual(self.states(self.rules(platforms=everything)), {"1": "same"})

    def test_tags_of_digests_go_along_and_alone_never(self):
        image = self.push("1.0", [b"one"])
        tag = image.replace(":", "-") + ".sig"
        self.push(tag, [b"a signature"])
        self.assertEqual(self.states(self.rules(referrers=False)), {"1.0": "copied"})
        self.assertEqual(self.skopeo.tags(f"{self.target.host}/copy/app"), ["1.0"])
        other = DockerRegistry()
        self.addCleanup(other.stop)
        self.assertEqual(self.states(self.rules(other)), {"1.0": "copied"})
        self.assertEqual(sorted(self.skopeo.tags(f"{other.host}/copy/app")), ["1.0", tag])

    def signed_again(self, target=None):
        """Rules whose second run copies 0.9, then 1.1 with the tag of its signature, which moves; and tag and digest."""
        image = self.push("1.0", [b"one"])
        tag = image.replace(":", "-") + ".sig"
        self.push(tag, [b"a signature"])
        rules = self.rules(target)
        self.assertEqual(self.states(rules), {"1.0": "copied"})
        self.push("0.9", [b"nine"])
        self.assertEqual(self.push("1.1", [b"one"]), image)
        return rules, tag, self.push(tag, [b"another signature"])

    def test_tags_of_digests_that_move_are_agreed_on_before_the_first_row(self):
        rules, tag, signature = self.signed_again()
        self.assertEqual(self.states(rules), {"0.9": "copied", "1.0": "same", "1.1": "copied"})
        self.assertEqual(self.data("resolve_digest", f"{self.target.host}/copy/app:{tag}")["digest"], signature)

    def test_a_tag_of_a_digest_that_somebody_else_moved_meanwhile_is_left(self):
        target = FakeRegistry()
        self.addCleanup(target.stop)
        rules, tag, _ = self.signed_again(target)
        copy = target.repository("copy/app")

        def move(_, request):
            if request.command == "PUT" and request.path.endswith("/manifests/0.9"):
                copy.tags[tag] = copy.tags["1.0"]
            return False
        target.hook = move
        self.assertEqual(self.states(rules, code=9), {"0.9": "copied", "1.0": "same", "1.1": "failed"})
        self.assertEqual(copy.tags[tag], copy.tags["1.0"])
        self.assertNotIn("1.1", copy.tags)
        self.assertIn(f"{tag} was moved by somebody else", self.errors()["1.1"])

    def test_a_tag_of_a_digest_that_cannot_be_looked_up_again_is_told_with_the_reason(self):
        target = FakeRegistry()
        self.addCleanup(target.stop)
        rules, tag, _ = self.signed_again(target)
        begun = []

        def refuse(_, request):
            if request.command == "PUT" and request.path.endswith("/manifests/0.9"):
                begun.append(request.path)
            if begun and request.command == "HEAD" and request.path.endswith(f"/manifests/{tag}"):
                request.reply(403)
                return True
            return False
        target.hook = refuse
        self.assertEqual(self.states(rules, code=9), {"0.9": "copied", "1.0": "same", "1.1": "failed"})
        error = self.errors()["1.1"]
        self.assertIn(f"{tag} could not be looked up again: HTTP 403", error)
        self.assertNotIn("somebody else", error)

    def test_a_tag_of_a_digest_that_another_copy_failed_to_move_is_told(self):
        target = FakeRegistry()
        self.addCleanup(target.stop)
        rules, tag, signature = self.signed_again(target)
        self.push("1.2", [b"one"])
        refused = []

        def refuse_once(_, request):
            if request.command == "PUT" and request.path.endswith(f"/manifests/{tag}") and not refused:
                refused.append(request.path)
                request.reply(403, b"{}")
                return True
            return False
        target.hook = refuse_once
        states = {"0.9": "copied", "1.0": "same", "1.1": "failed", "1.2": "failed"}
        self.assertEqual(self.states(rules, code=9), states)
        errors = self.errors()
        self.assertIn("HTTP 403", errors["1.1"])
        self.assertRegex(errors["1.2"], f"{tag}.*that one failed")
        states = {"0.9": "same", "1.0": "same", "1.1": "copied", "1.2": "copied"}
        self.assertEqual(self.states(rules), states)
        self.assertEqual(target.repository("copy/app").tags[tag], signature)

    def test_a_signature_of_the_whole_index_is_not_asked_about_where_some_platforms_are_copied(self):
        target = FakeRegistry()
        self.addCleanup(target.stop)
        self.data("push", f"oci:{self.layout.folder}:v1", f"{self.source.host}/demo/app:1")
        tag = self.layout.digest.replace(":", "-") + ".sig"
        signature = self.push(tag, [b"a signature"])
        old = LargeLayout(self.home.path / "old-signature", [b"an old signature"])
        self.data("push", f"oci:{old.folder}:v1", f"{target.host}/copy/app:{tag}")
        tags = target.repository("copy/app").tags
        before = len(target.asked("HEAD", tag))
        self.assertEqual(self.states(self.rules(target, platforms=["linux/amd64"])), {"1": "copied"})
        self.assertEqual((len(target.asked("HEAD", tag)), tags[tag]), (before, old.digest))
        everything = self.rules(target, platforms=list(self.layout.platforms))
        self.assertEqual(self.states(everything), {"1": "copied"})
        self.assertEqual(tags[tag], signature)

    def served(self, answer):
        """A source with 1.0 and 1.1 whose list of tags `answer(request)` sends, and a target that has both."""
        source, target = FakeRegistry(), FakeRegistry()
        self.addCleanup(source.stop)
        self.addCleanup(target.stop)
        for registry, repository in ((source, "demo/app"), (target, "copy/app")):
            for tag in ("1.0", "1.1"):
                image = LargeLayout(self.home.path / f"{repository.replace('/', '-')}-{tag}", [tag.encode()])
                self.data("push", f"oci:{image.folder}:v1", f"{registry.host}/{repository}:{tag}")

        def hook(_, request):
            if request.path.startswith("/v2/demo/app/tags/list"):
                answer(request)
                return True
            return False
        source.hook = hook
        return source, target

    def test_a_list_that_is_not_whole_deletes_nothing(self):
        answers = {
            "goes on elsewhere": lambda request: request.reply(
                200, b'{"tags":["1.0"]}', Link='<http://127.0.0.1:1/v2/demo/app/tags/list?last=1.0>; rel="next"'),
            "goes round": lambda request: request.reply(
                200, b'{"tags":["1.0"]}', Link='</v2/demo/app/tags/list?last=1.0>; rel="next"'),
            "has no tags": lambda request: request.reply(200, b"{}"),
            "is empty": lambda request: request.reply(200, b'{"tags":[]}'),
            "is refused": lambda request: request.reply(403, b"{}"),
        }
        for what, answer in answers.items():
            with self.subTest(what):
                source, target = self.served(answer)
                config = {"repositories": [{"from": f"{source.host}/demo/app", "to": f"{target.host}/copy/app"}]}
                rules = "@" + str(self.home.write("mirror.yaml", json.dumps(config)))
                done = self.run_action("mirror", rules, "--prune", options=("--allow-destructive", "--yes"))
                self.assertEqual(done.code, 9, done)
                rows = json.loads(done.out)["data"]["images"]
                failed = [row for row in rows if row["state"] == "failed"]
                self.assertEqual([row["to"] for row in failed], [f"{target.host}/copy/app"])
                self.assertTrue(failed[0]["error"])
                self.assertEqual(set(target.repository("copy/app").tags), {"1.0", "1.1"})
                self.assertEqual(target.asked("DELETE"), [])

    def test_a_tag_or_rule_that_cannot_be_looked_up_keeps_nothing_else(self):
        source, target = self.served(lambda request: request.reply(200, b'{"tags":["1.0","1.1"]}'))
        listed = source.hook

        def hook(registry, request):
            if request.path in ("/v2/demo/app/manifests/1.0", "/v2/demo/gone/tags/list"):
                request.reply(403, b"{}")
                return True
            return listed(registry, request)
        source.hook = hook
        config = {"to": f"{target.host}/new", "repositories": [
            {"from": f"{source.host}/demo/gone"}, {"from": f"{source.host}/demo/app"}]}
        done = self.run_action("mirror", "@" + str(self.home.write("mirror.yaml", json.dumps(config))))
        self.assertEqual(done.code, 9, done)
        rows = json.loads(done.out)["data"]["images"]
        self.assertEqual([(row["to"].split("/", 1)[1], row["state"]) for row in rows],
                         [("new/demo/gone", "failed"), ("new/demo/app:1.0", "failed"), ("new/demo/app:1.1", "copied")])

    def test_two_rules_with_one_target_are_refused(self):
        config = {"to": f"{self.target.host}/copy", "repositories": [
            {"from": f"{self.source.host}/demo/app"},
            {"from": f"{self.source.host}/demo/other", "to": f"{self.target.host}/copy/demo/app"}]}
        error = self.error(2, "mirror", "@" + str(self.home.write("mirror.yaml", json.dumps(config))))
        self.assertIn("another one", error["message"])

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
        self.assertEqual((plan["cost"]["pulls"], plan["cost"]["pulls_are_exact"]), (len(plan["images"]), False))
        self.assertGreater(len(plan["images"]), 1)
        self.data("mirror", rules)
        before = sandbox.state()["registry"]["sandbox/multi"]["pulls"]
        self.assertGreater(before, 0)
        states = {row["state"] for row in self.data("mirror", rules)["images"]}
        self.assertEqual(states, {"same"})
        self.assertEqual(sandbox.state()["registry"]["sandbox/multi"]["pulls"], before)

    def test_counts_no_pull_for_hundreds_of_tags_that_did_not_change(self):
        tags = [f"v{number:03}" for number in range(300)]
        sandbox = Sandbox()
        self.addCleanup(sandbox.stop)
        sandbox.add_tags("sandbox/many", [{"name": tag, "content": "of all"} for tag in tags])
        self.environment.update(sandbox.environment)
        target = FakeRegistry()
        self.addCleanup(target.stop)

        def mirrored(**rule):
            rules = {"repositories": [{"from": "sandbox/many", "to": f"{target.host}/copy/many", **rule}]}
            told = self.data("mirror", "@" + str(self.home.write("mirror.yaml", json.dumps(rules))))
            return {row["to"].rsplit(":", 1)[1]: row["state"] for row in told["images"]}
        self.assertEqual(mirrored(tags=tags[:1]), {tags[0]: "copied"})
        # The others name the same image, so that this is what copies of them would leave.
        copy = target.repository("copy/many")
        copy.tags.update(dict.fromkeys(tags, copy.tags[tags[0]]))
        pulls = sandbox.state()["registry"]["sandbox/many"]["pulls"]
        sandbox.clear_journal()
        before = len(target.journal)
        self.assertEqual(mirrored(), dict.fromkeys(tags, "same"))
        asked = [entry for entry in sandbox.journal("registry") if not entry["path"].endswith("/tags/list")]
        looked = [entry for entry in asked if "/manifests/" in entry["path"]]
        self.assertEqual({entry["path"].rsplit("/", 1)[1] for entry in looked}, set(tags))
        self.assertEqual({entry["method"] for entry in looked}, {"HEAD"})
        self.assertEqual([entry["path"] for entry in asked if "/blobs/" in entry["path"]], [])
        self.assertEqual({method for method, *_ in target.journal[before:]}, {"HEAD"})
        self.assertEqual(sandbox.state()["registry"]["sandbox/many"]["pulls"], pulls)

    def test_leaves_pulls_of_a_budget_that_begins_anew_too_late(self):
        sandbox = Sandbox()
        self.addCleanup(sandbox.stop)
        self.environment.update(sandbox.environment)
        sandbox.set(signed_in_pull_limit=50, anonymous_pull_limit=50)
        target = DockerRegistry()
        self.addCleanup(target.stop)
        rules = "@" + str(self.home.write("mirror.yaml", json.dumps(
            {"to": f"{target.host}/mirror", "repositories": [{"from": "sandbox/multi", "tags": ["1.*"]}]})))
        pulls = sandbox.state()["registry"]["sandbox/multi"]["pulls"]
        done = self.run_action("mirror", rules, "--min-remaining", "50")
        self.assertEqual(done.code, 9, done)
        answer = json.loads(done.out)["data"]
        self.assertEqual({row["state"] for row in answer["images"]}, {"failed"})
        self.assertEqual((answer["failed"], answer["cost"]["pulls"]), (len(answer["images"]), 0))
        self.assertEqual(sandbox.state()["registry"]["sandbox/multi"]["pulls"], pulls)
        sandbox.set(signed_in_pull_limit=5000, anonymous_pull_limit=5000)
        copied = self.data("mirror", rules, "--min-remaining", "50")
        manifests = sandbox.state()["registry"]["sandbox/multi"]["pulls"] - pulls
        self.assertEqual({row["state"] for row in copied["images"]}, {"copied"})
        self.assertEqual(copied["cost"]["pulls"], manifests)


class WaitsForDockers(TransferTest):
    """A registry that stands in for Docker's, whose budget of pulls begins anew in the middle of the call."""

    LIMIT, LEFT = 100, 50
    WINDOW = 2  # seconds, as the registry says
    TAGS = ("1.0", "1.1")

    def setUp(self):
        super().setUp()
        self.source, self.target = FakeRegistry(), FakeRegistry()
        for registry in (self.source, self.target):
            self.addCleanup(registry.stop)
        for tag in self.TAGS:
            image = LargeLayout(self.home.path / f"image-{tag}", [tag.encode()])
            self.data("push", f"oci:{image.folder}:v1", f"{self.source.host}/demo/app:{tag}")
        self.environment.update(DOCKERHUB_URL=self.source.url, DOCKER_REGISTRY_URL=self.source.url,
                                DOCKERHUB_LOG_LEVEL="notice")
        self.awaited = set()  # tags that are looked up while the budget is used up; a second later it begins anew
        self.begins = None
        self.told = []  # (method, pulls that are left) of each answer about a manifest
        self.telling = threading.Lock()

    def tell_budget(self, _, request):
        request.__dict__.pop("reply", None)  # of the request before, on this connection
        found = MANIFEST.match(request.target.path)
        if found:
            left = self.left_after(request.command, found.group(2))
            plain = request.reply

            def reply(status, body=b"", **headers):
                plain(status, body, RateLimit_Limit=f"{self.LIMIT};w={self.WINDOW}",
                      RateLimit_Remaining=f"{left};w={self.WINDOW}", **headers)
            request.reply = reply
        return False

    def left_after(self, method, reference):
        with self.telling:
            has_begun = self.begins is not None and time.monotonic() >= self.begins
            if method == "HEAD":
                self.awaited.discard(reference)
            if self.begins is None and not self.awaited:
                self.begins = time.monotonic() + 1
            left = self.LIMIT if has_begun else self.LEFT
            self.told.append((method, left))
            return left

    def wait(self, awaited, *arguments):
        self.awaited = set(awaited)
        self.source.hook = self.tell_budget
        done = self.run_action(*arguments, "--min-remaining", str(self.LEFT))
        self.assertEqual(done.code, 0, done)
        self.assertIn("is used up; going on in", done.err)
        self.assertEqual(self.told[0], ("HEAD", self.LEFT))
        pulls = [left for method, left in self.told if method == "GET"]
        self.assertGreaterEqual(len(pulls), len(awaited))
        self.assertEqual(set(pulls), {self.LIMIT}, "none before the budget began anew")
        self.assertIn(("HEAD", self.LIMIT), self.told, "it looked again after the wait")
        self.assertEqual(set(self.target.repository("copy/app").tags), set(awaited))
        return json.loads(done.out)["data"]

    def test_a_mirror_does_and_goes_on(self):
        rules = {"repositories": [{"from": "demo/app", "to": f"{self.target.host}/copy/app"}]}
        answer = self.wait(self.TAGS, "mirror", "@" + str(self.home.write("mirror.yaml", json.dumps(rules))))
        self.assertEqual({row["state"] for row in answer["images"]}, {"copied"})
        self.assertEqual((answer["copied"], answer["failed"]), (len(self.TAGS), 0))

    def test_a_copy_does_and_goes_on(self):
        self.wait(self.TAGS[:1], "copy", f"demo/app:{self.TAGS[0]}", f"{self.target.host}/copy/app:{self.TAGS[0]}")


class CopiesOfDockers(RegistryTest):
    """What a copy takes of the budget, and leaves of it."""

    def setUp(self):
        super().setUp()
        self.sandbox = Sandbox()
        self.addCleanup(self.sandbox.stop)
        self.environment.update(self.sandbox.environment)
        target = DockerRegistry()
        self.addCleanup(target.stop)
        self.to = f"{target.host}/copy/multi"

    def pulls(self):
        return self.sandbox.state()["registry"]["sandbox/multi"]["pulls"]

    def test_a_dry_run_tells_what_it_would_cost(self):
        before = self.pulls()
        envelope = self.envelope("copy", "sandbox/multi:latest", self.to, options=("--dry-run",))
        counted = self.pulls() - before
        self.assertGreater(counted, 1, "an index and its images")
        cost = envelope["data"]["cost"]
        self.assertEqual((cost["pulls"], cost["bytes"]), (counted, envelope["data"]["would_push"]["bytes"]))
        self.assertIn(f"It would take {counted} counted pulls and at most {cost['bytes']} bytes.",
                      envelope["outcome"]["text"])
        before = self.pulls()
        self.data("copy", "sandbox/multi:latest", self.to)
        self.assertEqual(self.pulls() - before, counted)

    def test_a_dry_run_is_a_table(self):
        done = self.run_program("--dry-run", "copy", "sandbox/multi:latest", self.to + ":1,2", environment=self.environment)
        self.assertEqual(done.code, 0, done)
        lines = [line.split("\t") for line in done.out.splitlines()]
        self.assertEqual({line[0] for line in lines} & {"cost.pulls", "cost.bytes", "would_push.digest"},
                         {"cost.pulls", "cost.bytes", "would_push.digest"})
        for tag in ("1", "2"):
            self.assertIn([tag, ""], lines, "a row for each tag, with what it names now")
        self.assertNotIn("[{", done.out)
        self.assertIn("counted pulls", done.err)

    def test_leaves_pulls_of_a_budget_that_begins_anew_too_late(self):
        self.sandbox.set(signed_in_pull_limit=50, anonymous_pull_limit=50)
        before = self.pulls()
        error = self.error(7, "copy", "sandbox/multi:latest", self.to, "--min-remaining", "50")
        self.assertIn("min_remaining", error["message"])
        self.assertEqual(self.pulls(), before)
        self.sandbox.set(signed_in_pull_limit=5000, anonymous_pull_limit=5000)
        self.data("copy", "sandbox/multi:latest", self.to, "--min-remaining", "50")
        self.assertGreater(self.pulls(), before)


if __name__ == "__main__":
    unittest.main()
