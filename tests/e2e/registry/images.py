"""An image of several platforms with attestations, as an OCI layout that skopeo reads: made here, so that
its digests are known. Deterministic."""

import gzip
import hashlib
import io
import json
import pathlib
import tarfile

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
IN_TOTO = "application/vnd.in-toto+json"

PLATFORMS = (("linux", "amd64", None), ("linux", "arm64", "v8"), ("linux", "arm", "v7"))


def digest(body):
    return "sha256:" + hashlib.sha256(body).hexdigest()


def encoded(value):
    return json.dumps(value, separators=(",", ":")).encode()


class Layout:
    """folder: an OCI layout with the index under the tag v1. note: stands in the configs, where it is given."""

    def __init__(self, folder, note=None):
        self.note = note
        self.folder = pathlib.Path(folder)
        (self.folder / "blobs" / "sha256").mkdir(parents=True)
        self.platforms = {}
        entries = []
        for name in PLATFORMS:
            entries.append(self._image(*name))
        entries.append(self._attestation(entries[0]["digest"]))
        self.index = encoded({"schemaVersion": 2, "mediaType": INDEX, "manifests": entries})
        tagged = {
            **self._blob(INDEX, self.index),
            "annotations": {"org.opencontainers.image.ref.name": "v1"},
        }
        (self.folder / "index.json").write_bytes(encoded({"schemaVersion": 2, "manifests": [tagged]}))
        (self.folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        self.digest = digest(self.index)

    def _blob(self, media_type, body):
        name = digest(body)
        (self.folder / "blobs" / "sha256" / name.split(":")[1]).write_bytes(body)
        return {"mediaType": media_type, "digest": name, "size": len(body)}

    @staticmethod
    def _layer(text):
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w") as archive:
            file = tarfile.TarInfo("platform")
            file.size = len(text)
            archive.addfile(file, io.BytesIO(text))
        return plain.getvalue()

    def _image(self, system, architecture, variant):
        plain = self._layer(f"{system}/{architecture}/{variant or ''}".encode())
        config = {
            "created": "2026-01-01T00:00:00Z",
            "os": system,
            "architecture": architecture,
            "config": {"Env": ["PATH=/bin"], "Cmd": ["/bin/true"]},
            "rootfs": {"type": "layers", "diff_ids": [digest(plain)]},
            "history": [{"created_by": "a test"}],
        }
        if self.note:
            config["created_note"] = self.note
        platform = {"os": system, "architecture": architecture}
        if variant:
            config["variant"] = platform["variant"] = variant
        described = self._blob(CONFIG, encoded(config))
        manifest = encoded({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": described,
            "layers": [self._blob(LAYER, gzip.compress(plain, mtime=0))],
        })
        entry = {**self._blob(MANIFEST, manifest), "platform": platform}
        self.platforms["/".join(filter(None, (system, architecture, variant)))] = {
            "digest": entry["digest"], "config": config, "config_digest": described["digest"],
        }
        return entry

    def _attestation(self, subject):
        statement = encoded({
            "_type": "https://in-toto.io/Statement/v0.1",
            "predicateType": "https://spdx.dev/Document",
            "subject": [{"name": "pkg:docker/app", "digest": {"sha256": subject.split(":")[1]}}],
            "predicate": {"spdxVersion": "SPDX-2.3"},
        })
        layer = self._blob(IN_TOTO, statement)
        layer["annotations"] = {"in-toto.io/predicate-type": "https://spdx.dev/Document"}
        unknown = {"os": "unknown", "architecture": "unknown"}
        config = encoded({**unknown, "config": {}, "rootfs": {"type": "layers", "diff_ids": [layer["digest"]]}})
        manifest = encoded({
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": self._blob(CONFIG, config), "layers": [layer],
        })
        return {
            **self._blob(MANIFEST, manifest),
            "annotations": {
                "vnd.docker.reference.type": "attestation-manifest",
                "vnd.docker.reference.digest": subject,
            },
            "platform": unknown,
        }
