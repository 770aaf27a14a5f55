"""Content that goes to a layout byte for byte, because its digest is its contract: where it holds a secret of
this very process, nothing of it gets a name there, however it is written and wherever it was cut."""

import base64
import json
import pathlib
import random
import unittest

from fake_registry import FakeRegistry, digest_of
from secret_forms import whole_forms
from transfer_case import LargeLayout, TransferTest, ask_for_the_log_in, blobs_of

PASSWORD = "canary>>the>>registry??"
EXIT_ERROR = 1


def noise(size, seed):
    return random.Random(seed).randbytes(size)


def forms():
    raw = PASSWORD.encode()
    return {
        **{name: form.encode() for name, form in whole_forms(PASSWORD).items()},
        "within base64": base64.b64encode(b"user " + raw + b" more"),
        "all percent": "".join(f"%{byte:02x}" for byte in raw).encode(),
    }


class WithheldTest(TransferTest):
    def setUp(self):
        super().setUp()
        self.registry = FakeRegistry()
        self.addCleanup(self.registry.stop)
        # A password is known, and looked for, from when it is first needed.
        self.registry.hook = ask_for_the_log_in
        self.log_in(self.registry.host, f"tester:{PASSWORD}")
        self.target = self.home.path / "pulled"
        self.pulls = 0

    def serve(self, *layers, **extra):
        """The registry has an image of these layers; gives it."""
        self.pulls += 1
        image = LargeLayout(self.home.path / f"image{self.pulls}", layers, **extra)
        kept = self.registry.repository("demo/app")
        kept.blobs, kept.manifests, kept.tags = {}, {}, {"v1": image.digest}
        for name in blobs_of(image.folder) - {image.digest}:
            kept.blobs[name] = (image.folder / "blobs" / name.replace(":", "/")).read_bytes()
        kept.manifests[image.digest] = ("application/vnd.oci.image.manifest.v1+json", image.manifest)
        return image

    def pull(self):
        return self.run_action("pull", f"{self.registry.host}/demo/app:v1", f"oci:{self.target}:v1")

    def is_withheld(self, body):
        done = self.pull()
        self.assertEqual(done.code, EXIT_ERROR, done)
        self.assertEqual(done.out, "")
        self.assertIn("withheld", json.loads(done.err)["error"]["message"])
        for form in forms().values():
            self.assertNotIn(form, done.err_bytes)
        self.nothing_of_it_is_there(body)

    def nothing_of_it_is_there(self, body):
        self.assertFalse((self.target / "blobs" / digest_of(body).replace(":", "/")).exists())
        self.assertFalse((self.target / "index.json").exists(), "a layout that lists nothing")
        self.assertEqual(self.leftovers(self.target), [])
        for file in pathlib.Path(self.target).rglob("*"):
            if file.is_file():
                self.assertFalse(any(form in file.read_bytes() for form in forms().values()), file)


class Layers(WithheldTest):
    def test_that_hold_a_password_are_withheld(self):
        for name, form in forms().items():
            with self.subTest(name):
                layer = noise(200_000, 1) + form + noise(100_000, 2)
                self.serve(layer)
                self.is_withheld(layer)

    def test_that_hold_it_over_two_answers_are_withheld(self):
        """The connection ends within it, and the rest comes as the answer to another request."""
        for name, form in forms().items():
            with self.subTest(name):
                layer = noise(100_000, 3) + form + noise(50_000, 4)
                cut = 100_000 + len(form) // 2
                self.serve(layer)
                broken = self.break_off(digest_of(layer), cut)
                self.is_withheld(layer)
                self.assertEqual(len(broken), 1)
                self.assertEqual(self.registry.asked("GET", digest_of(layer))[-1][2]["Range"], f"bytes={cut}-",
                                 "the rest was asked for apart")

    def break_off(self, name, size):
        """The first answer with this blob ends after so many bytes of it."""
        broken = []

        def hook(registry, request):
            if ask_for_the_log_in(registry, request):
                return True
            if request.command != "GET" or name not in request.path or broken:
                return False
            broken.append(request.path)
            blob = registry.repository("demo/app").blobs[name]
            request.reply(200, blob[:size], Content_Length=str(len(blob)), Docker_Content_Digest=name)
            return request.drop()
        self.registry.hook = hook
        return broken

    def test_that_end_with_it_are_withheld(self):
        layer = noise(1000, 5) + PASSWORD.encode()
        self.serve(layer)
        self.is_withheld(layer)

    def test_that_hold_what_only_looks_like_a_secret_are_stored(self):
        layer = noise(70_000, 6) + b"dckr_pat_of_somebody_else_0000000000 " + PASSWORD[:-1].encode() + b"!"
        image = self.serve(layer)
        done = self.pull()
        self.assertEqual(done.code, 0, done)
        self.same_blobs(image.folder, self.target)


class Manifests(WithheldTest):
    def test_that_hold_a_password_are_withheld(self):
        image = self.serve(noise(1000, 7), annotations={"note": f"({PASSWORD})"})
        self.is_withheld(image.manifest)

    def test_a_layout_that_has_images_keeps_them_as_they_are(self):
        first = self.serve(noise(1000, 8))
        self.assertEqual(self.pull().code, 0)
        self.serve(noise(1000, 9) + PASSWORD.encode())
        self.assertEqual(self.pull().code, EXIT_ERROR)
        self.assertEqual(self.names_in(self.target), {"v1": first.digest})


if __name__ == "__main__":
    unittest.main()
