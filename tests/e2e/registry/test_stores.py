"""Images on the disk in every form: what skopeo writes we push, what we pull skopeo reads, and archives that mean harm
are refused before anything is sent."""

import io
import json
import tarfile
import unittest

from docker_registry import DockerRegistry
from skopeo import Skopeo
from transfer_case import LargeLayout, TransferTest, blobs_of, digest


class StoresOnDisk(TransferTest):
    def setUp(self):
        super().setUp()
        self.registry = DockerRegistry()
        self.addCleanup(self.registry.stop)
        self.repo = self.registry.host + "/demo/app"
        self.skopeo = Skopeo()
        self.addCleanup(self.skopeo.close)
        self.image = LargeLayout(self.home.path / "image", [b"a layer" * 1000, b"another"])

    def archive(self, name, files):
        """A tar archive of (name, bytes) or of tarfile.TarInfo."""
        path = self.home.path / name
        with tarfile.open(path, "w") as archive:
            for file in files:
                if isinstance(file, tarfile.TarInfo):
                    archive.addfile(file)
                    continue
                info = tarfile.TarInfo(file[0])
                info.size = len(file[1])
                archive.addfile(info, io.BytesIO(file[1]))
        return path

    def layout_files(self):
        folder = self.layout.folder
        return [(str(file.relative_to(folder)), file.read_bytes())
                for file in sorted(folder.rglob("*")) if file.is_file()]

    def test_what_skopeo_writes_is_pushed(self):
        for form, place in (("oci-archive", "a.tar"), ("dir", "dir")):
            self.skopeo.copy(f"oci:{self.layout.folder}:v1", f"{form}:{self.home.path / place}")
            pushed = self.data("push", f"{form}:{self.home.path / place}", f"{self.repo}:{form}")
            self.assertEqual(pushed["digest"], self.layout.digest, form)
            self.assertEqual(self.skopeo.inspect(f"{self.repo}:{form}", "--raw"), self.layout.index)

    def test_what_we_pull_skopeo_reads(self):
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        for form, place in (("oci-archive", "a.tar"), ("dir", "dir")):
            self.data("pull", self.repo + ":v1", f"{form}:{self.home.path / place}")
            theirs = self.home.path / f"theirs-{form}"
            self.skopeo.copy(f"{form}:{self.home.path / place}", f"oci:{theirs}:v1")
            self.same_blobs(self.layout.folder, theirs)
        self.assertEqual([file.name for file in self.home.path.iterdir() if "partial" in file.name], [])

    def test_what_docker_save_writes_is_pushed(self):
        saved = self.home.path / "saved.tar"
        self.skopeo.run("copy", f"oci:{self.image.folder}:v1", f"docker-archive:{saved}:team/app:v7")
        pushed = self.data("push", f"docker-archive:{saved}:team/app:v7", self.repo)
        self.assertEqual(pushed["reference"], "v7")
        whole = self.data("push", f"docker-archive:{saved}:docker.io/team/app:v7", self.repo + ":whole")
        self.assertEqual(whole["digest"], pushed["digest"])
        error = self.error(2, "push", f"docker-archive:{saved}:quay.test/team/app:v7", self.repo)
        self.assertIn("no tag", error["message"])
        config = self.skopeo.inspect_config(self.repo + ":v7")
        self.assertEqual(config["rootfs"]["diff_ids"], [digest(b"a layer" * 1000), digest(b"another")])
        self.data("verify", self.repo + ":v7")

    def test_a_packed_archive_is_read(self):
        path = self.home.path / "packed.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, body in self.layout_files():
                info = tarfile.TarInfo(name)
                info.size = len(body)
                archive.addfile(info, io.BytesIO(body))
        self.assertEqual(self.data("push", f"oci-archive:{path}:v1", self.repo)["digest"], self.layout.digest)

    def test_a_file_that_is_there_is_not_written_over(self):
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        path = self.home.write("letter", "dear")
        error = self.error(2, "pull", self.repo + ":v1", f"oci-archive:{path}")
        self.assertIn("exists", error["message"])
        self.assertEqual(path.read_text(), "dear")

    def test_archives_that_mean_harm_are_refused(self):
        link = tarfile.TarInfo("blobs/sha256/" + "0" * 64)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        files = self.layout_files()
        for name, more in (("out", ("../../x", b"y")), ("root", ("/etc/x", b"y")), ("link", link), ("twice", files[0])):
            path = self.archive(name, [*files, more])
            self.error(2, "push", f"oci-archive:{path}:v1", self.repo)
        self.assertEqual(self.registry.sent("POST"), [])

    def test_a_blob_that_was_changed_is_not_tagged(self):
        files = self.layout_files()
        large = max(range(len(files)), key=lambda i: len(files[i][1]) if files[i][0].startswith("blobs") else 0)
        name, body = files[large]
        files[large] = (name, body[:-1] + bytes([body[-1] ^ 1]))
        path = self.archive("changed.tar", files)
        self.assertIn("digest mismatch", self.error(1, "push", f"oci-archive:{path}:v1", self.repo)["message"])
        self.assertFalse(self.data("resolve_digest", self.repo + ":v1")["exists"])

    def test_images_go_through_an_archive_from_one_registry_to_another(self):
        for tag in ("v1", "v2"):
            self.data("push", f"oci:{self.layout.folder}:v1", f"{self.repo}:{tag}")
        archive = f"oci-archive:{self.home.path / 'images.tar'}"
        exported = self.data("export", f"{self.repo}:v1,{self.repo}:v2", archive)["images"]
        self.assertEqual([one["tag"] for one in exported], [f"{self.repo}:v1", f"{self.repo}:v2"])
        other = DockerRegistry()
        self.addCleanup(other.stop)
        imported = self.data("import", archive, f"{other.host}/mirror")["images"]
        self.assertEqual([one["image"] for one in imported], [f"{other.host}/mirror/demo/app@{self.layout.digest}"] * 2)
        for tag in ("v1", "v2"):
            self.assertEqual(self.skopeo.inspect(f"{other.host}/mirror/demo/app:{tag}", "--raw"), self.layout.index)
        one = self.data("import", f"{archive}:{self.repo}:v1", f"{other.host}/flat", "--flat")["images"]
        self.assertEqual([image["repository"] for image in one], ["flat/app"])

    def test_one_tag_of_a_folder_goes_and_no_other(self):
        self.data("push", f"oci:{self.image.folder}:v1", self.repo + ":v1")
        folder = self.home.path / "images"
        for tag in ("one", "two", "three"):
            self.data("pull", self.repo + ":v1", f"oci:{folder}:{tag}")
        blobs = blobs_of(folder)

        def names():
            listed = json.loads((folder / "index.json").read_text())["manifests"]
            return sorted(entry["annotations"]["org.opencontainers.image.ref.name"] for entry in listed)

        untag = ("--allow-destructive", "--yes", "untag", f"oci:{folder}:two")
        self.assertEqual(self.run_program(*untag[1:], environment=self.environment).code, 6, "the gate is closed")
        self.assertEqual(self.run_program("--dry-run", *untag, environment=self.environment).code, 0)
        self.assertEqual(names(), ["one", "three", "two"])
        done = self.run_program(*untag, environment=self.environment)
        self.assertEqual(done.code, 0, done)
        self.assertIn("garbage is not collected", done.err)
        self.assertIn(f"(oci:{folder})", done.err, "what was agreed to names the folder")
        self.assertEqual(names(), ["one", "three"])
        for tag in ("one", "three"):
            self.data("push", f"oci:{folder}:{tag}", f"{self.repo}:{tag}")
        self.assertIn("'two'", self.error(2, "push", f"oci:{folder}:two", self.repo + ":two")["message"])
        self.assertEqual(blobs_of(folder), blobs)
        self.assertEqual(self.run_program(*untag, environment=self.environment).code, 2, "it is gone")

    def test_tags_of_several_images_move(self):
        tags = ("v1", "v2")
        folder = f"oci:{self.home.path / 'images'}"
        target = DockerRegistry()
        self.addCleanup(target.stop)
        for image in (self.layout, self.image):
            for tag in tags:
                self.data("push", f"oci:{image.folder}:v1", f"{self.repo}:{tag}")
            self.data("export", ",".join(f"{self.repo}:{tag}" for tag in tags), folder)
            imported = self.data("import", folder, f"{target.host}/mirror")["images"]
            self.assertEqual([one["digest"] for one in imported], [image.digest] * 2)
        self.assertEqual([one["replaced"] for one in imported], [self.layout.digest] * 2)

    def test_one_image_of_a_folder_is_imported_by_its_whole_name(self):
        for tag, image in (("v1", self.layout), ("v2", self.image)):
            self.data("push", f"oci:{image.folder}:v1", f"{self.repo}:{tag}")
        folder = f"oci:{self.home.path / 'images'}"
        self.data("export", f"{self.repo}:v1,{self.repo}:v2", folder)
        target = DockerRegistry()
        self.addCleanup(target.stop)
        imported = self.data("import", f"{folder}:{self.repo}:v2", f"{target.host}/mirror")["images"]
        self.assertEqual([(one["reference"], one["digest"]) for one in imported], [("v2", self.image.digest)])

    def test_what_is_exported_and_imported_has_names(self):
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        two = f"{self.repo}:v1,{self.repo}:v2"
        self.assertIn("several", self.error(2, "export", two, f"oci:{self.home.path / 'new'}:v1")["message"])
        self.assertIn("no repository", self.error(2, "import", f"oci:{self.layout.folder}", self.registry.host)["message"])

    def test_a_folder_for_one_image_takes_no_two(self):
        place = self.home.path / "dir"
        two = f"{self.repo}:v1,{self.repo}:v2"
        self.assertIn("one image", self.error(2, "export", two, f"dir:{place}")["message"])
        self.assertFalse(place.exists())
        self.assertEqual(self.registry.sent("GET") + self.registry.sent("HEAD"), [])

    def test_two_images_are_not_imported_under_one_tag(self):
        other = DockerRegistry()
        self.addCleanup(other.stop)
        theirs = f"{other.host}/demo/app"
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        self.data("push", f"oci:{self.image.folder}:v1", theirs + ":v1")
        archive = f"oci-archive:{self.home.path / 'images.tar'}"
        self.data("export", f"{self.repo}:v1,{theirs}:v1", archive)
        target = DockerRegistry()
        self.addCleanup(target.stop)
        for options in ([], ["--flat"]):
            error = self.error(2, "import", archive, f"{target.host}/mirror", *options)
            self.assertEqual(error["parameter"], "store")
            self.assertIn(f"{theirs}:v1", error["message"])
        self.assertEqual(target.sent("POST") + target.sent("PUT"), [])
        one = self.data("import", f"{archive}:{theirs}:v1", f"{target.host}/mirror")["images"]
        self.assertEqual([image["digest"] for image in one], [self.image.digest])

    def test_an_archive_has_nothing_of_a_call_that_failed(self):
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        self.data("push", f"oci:{self.image.folder}:v1", self.repo + ":v2")
        archive = self.home.path / "images.tar"
        parts = self.home.path / "images.tar.dockerhub-partial"
        self.data("pull", self.repo + ":v1", f"oci:{parts}")
        (parts / "index.json").unlink()
        self.data("pull", self.repo + ":v2", f"oci-archive:{archive}")
        with tarfile.open(archive) as made:
            names = {name for name in made.getnames() if name.startswith("blobs/")}
        self.assertEqual(names, {f"blobs/{name.replace(':', '/')}" for name in blobs_of(self.image.folder)})

    def test_a_script_gets_the_image_alone(self):
        done = self.run_program("push", f"oci:{self.layout.folder}:v1", self.repo, environment=self.environment)
        self.assertEqual(done.out, f"{self.repo}@{self.layout.digest}\n")

    def test_a_dry_run_writes_nothing(self):
        self.data("push", f"oci:{self.layout.folder}:v1", self.repo + ":v1")
        self.data("pull", self.repo + ":v1", f"oci-archive:{self.home.path / 'a.tar'}", options=("--dry-run",))
        self.data("pull", self.repo + ":v1", f"dir:{self.home.path / 'dir'}", options=("--dry-run",))
        self.assertEqual(sorted(file.name for file in self.home.path.iterdir() if file.name in ("a.tar", "dir")), [])


if __name__ == "__main__":
    unittest.main()
