"""`dockerhub hub_registry push`, `pull` and `copy` of a large image beside skopeo's, on real docker-registries in
one run: the two take turns, each time with an empty folder and empty registries. Prints medians, peak memory and
the ratios; ends with status 1 when a median is above skopeo's, or a peak not below its goal
(docs/performance.md).

usage: registry_transfer.py BIN_DIRECTORY [MEBIBYTES [RUNS]]
"""

import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e" / "lib"), str(ROOT / "tests" / "e2e" / "registry")]

from docker_registry import DockerRegistry  # noqa: E402 (the path is set above)
from images import CONFIG, LAYER, MANIFEST, encoded  # noqa: E402

MEBIBYTE = 1024 * 1024
MOST_TIME = 1.0  # of skopeo's
MOST_MEMORY = 40  # MiB


def make_layout(folder, mebibytes):
    """One image with one layer of bytes that do not compress, in gzip's form: skopeo packs what is not."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')

    def blob(media_type, body):
        name = hashlib.sha256(body).hexdigest()
        (blobs / name).write_bytes(body)
        return {"mediaType": media_type, "digest": f"sha256:{name}", "size": len(body)}

    source, plain = random.Random(1), hashlib.sha256()
    with gzip.GzipFile(blobs / "layer", "wb", compresslevel=0, mtime=0) as layer:
        for _ in range(mebibytes):
            piece = source.randbytes(MEBIBYTE)
            plain.update(piece)
            layer.write(piece)
    with open(blobs / "layer", "rb") as layer:
        name = hashlib.file_digest(layer, "sha256").hexdigest()
    os.rename(blobs / "layer", blobs / name)
    config = {"architecture": "amd64", "os": "linux", "config": {},
              "rootfs": {"type": "layers", "diff_ids": ["sha256:" + plain.hexdigest()]}}
    manifest = encoded({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": blob(CONFIG, encoded(config)),
        "layers": [{"mediaType": LAYER, "digest": f"sha256:{name}", "size": (blobs / name).stat().st_size}],
    })
    entry = {**blob(MANIFEST, manifest), "annotations": {"org.opencontainers.image.ref.name": "v1"}}
    (folder / "index.json").write_bytes(json.dumps({"schemaVersion": 2, "manifests": [entry]}).encode())


def measured(command, environment):
    """(seconds, MiB) of one process."""
    done = subprocess.run(["/usr/bin/time", "-f", "%e %M", *map(str, command)], env=environment, check=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds, kibibytes = done.stderr.splitlines()[-1].split()
    return float(seconds), int(kibibytes) / 1024


def tell(what, found):
    """Prints what was found and gives the goals that were missed."""
    medians, peaks = {}, {}
    for name, runs in found.items():
        times = [seconds for seconds, _ in runs]
        medians[name] = statistics.median(times)
        peaks[name] = max(memory for _, memory in runs)
        print(f"{what} {name:10} median {medians[name]:6.2f} s  {min(times):.2f} to {max(times):.2f} s  "
              f"peak {peaks[name]:.1f} MiB")
    ratio = medians["dockerhub"] / medians["skopeo"]
    print(f"{what} dockerhub / skopeo: {ratio:.2f}")
    missed = [f"{what}: time {ratio:.3f} is above {MOST_TIME:.3f}"] if ratio > MOST_TIME else []
    if peaks["dockerhub"] >= MOST_MEMORY:
        missed.append(f"{what}: {peaks['dockerhub']:.1f} MiB is not below {MOST_MEMORY} MiB")
    return missed


def commands(binary, folder, image, copied):
    """What each does in one turn, in this order. image, copied: in two registries."""
    layout, back = f"oci:{folder}/layout:v1", f"oci:{folder}/back:v1"
    skopeo = ["skopeo", "--insecure-policy", "--tmpdir", folder, "copy"]
    from_plain, to_plain = "--src-tls-verify=false", "--dest-tls-verify=false"
    return {
        "skopeo": {
            "push": [*skopeo, to_plain, layout, f"docker://{image}"],
            "pull": [*skopeo, from_plain, f"docker://{image}", back],
            "copy": [*skopeo, from_plain, to_plain, f"docker://{image}", f"docker://{copied}"],
        },
        "dockerhub": {
            "push": [binary, "hub_registry", "push", layout, image],
            "pull": [binary, "hub_registry", "pull", image, back],
            "copy": [binary, "hub_registry", "copy", image, copied],
        },
    }


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve() / "dockerhub")
    mebibytes = int(sys.argv[2]) if len(sys.argv) > 2 else 512
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    found = {what: {"skopeo": [], "dockerhub": []} for what in ("push", "pull", "copy")}
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        folder = pathlib.Path(folder)
        make_layout(folder / "layout", mebibytes)
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        for _ in range(runs):
            for name in ("skopeo", "dockerhub"):
                with DockerRegistry() as registry, DockerRegistry() as other:
                    turn = commands(binary, folder, f"{registry.host}/demo/app:v1", f"{other.host}/demo/app:v1")[name]
                    for what, command in turn.items():
                        found[what][name].append(measured(command, environment))
                        if what == "pull":  # nobody needs it, and the copy takes as much again
                            shutil.rmtree(folder / "back")
    missed = [miss for what, of_both in found.items() for miss in tell(what, of_both)]
    if missed:
        print("missed: " + ", ".join(missed))
    return 1 if missed else 0


sys.exit(main())
