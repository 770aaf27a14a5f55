"""`dockerhub hub_registry inspect` beside `skopeo inspect`, from process start to exit, on one real
docker-registry in one run: the two take turns. Prints medians, spreads, peak memory and the ratios;
ends with status 1 when a ratio is above its goal (docs/performance.md).

usage: registry_inspect.py BIN_DIRECTORY [RUNS]
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

MOST_TIME = 1 / 3  # of skopeo's
MOST_MEMORY = 0.7

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e" / "lib"), str(ROOT / "tests" / "e2e" / "registry")]

from docker_registry import DockerRegistry  # noqa: E402 (the path is set above)
from images import Layout  # noqa: E402
from skopeo import Skopeo  # noqa: E402


def run(command, environment):
    """Seconds of one process."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def peak_memory(command, environment):
    """In MiB. A child counts what its parent had when it was made, so a small program starts it."""
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command], env=environment, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    return int(done.stderr.splitlines()[-1]) / 1024


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve() / "dockerhub")
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as folder, DockerRegistry() as registry:
        skopeo = Skopeo()
        layout = Layout(pathlib.Path(folder) / "layout")
        reference = f"{registry.host}/demo/app"
        skopeo.copy(f"oci:{layout.folder}:v1", f"docker://{reference}:v1")
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "DOCKER_REGISTRY_URL": registry.url}
        commands = {
            "skopeo": ["skopeo", "--insecure-policy", "inspect", "--tls-verify=false", f"docker://{reference}:v1"],
            "dockerhub": [binary, "hub_registry", "inspect", "--repo", reference, "--reference", "v1"],
        }
        found = {name: [] for name in commands}
        for turn in range(runs + 5):
            for name, command in commands.items():
                taken = run(command, environment)
                if turn >= 5:  # the first ones warm the page cache
                    found[name].append(taken)
        skopeo.close()
        memories = {name: peak_memory(command, environment) for name, command in commands.items()}
    times = {}
    for name, taken in found.items():
        milliseconds = sorted(1000 * seconds for seconds in taken)
        times[name] = statistics.median(milliseconds)
        quartiles = milliseconds[len(taken) // 4], milliseconds[3 * len(taken) // 4]
        print(f"{name:10} median {times[name]:6.2f} ms  quartiles {quartiles[0]:.2f} to {quartiles[1]:.2f} ms"
              f"  peak {memories[name]:.1f} MiB")
    ratios = {
        "time": (times["dockerhub"] / times["skopeo"], MOST_TIME),
        "memory": (memories["dockerhub"] / memories["skopeo"], MOST_MEMORY),
    }
    told = ", ".join(f"{name} {ratio:.2f}" for name, (ratio, _) in ratios.items())
    print(f"dockerhub / skopeo: {told}")
    missed = [f"{name} {ratio:.3f} is above {most:.3f}"
              for name, (ratio, most) in ratios.items() if ratio > most]
    if missed:
        print("missed: " + ", ".join(missed))
    return 1 if missed else 0


sys.exit(main())
