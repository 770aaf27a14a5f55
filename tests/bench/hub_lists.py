"""Long lists of Docker Hub, at a sandbox: `hub_repos list` with all pages of 10,000 repositories beside
`curl | jq` doing the same pages, and the plan of a clean-up of 10,000 tags. Prints medians and peak memory.

usage: hub_lists.py BIN_DIRECTORY [COUNT [RUNS]]
"""

import datetime
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e" / "lib"))
BIN = pathlib.Path(sys.argv[1])
os.environ["DOCKERHUB_PREFIX"] = str(BIN.parent)

from sandbox_process import Sandbox  # noqa: E402 (the path is set above)

COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 5


def measured(command, environment):
    """(seconds, MiB, lines of output) of a command; of a shell with all that it starts, the largest of them."""
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(["/usr/bin/time", "-f", "%e %M", *map(str, command)], env=environment, check=True,
                              stdout=out, stderr=subprocess.PIPE, text=True)
        out.seek(0)
        lines = sum(1 for _ in out)
    seconds, kibibytes = done.stderr.splitlines()[-1].split()
    return float(seconds), int(kibibytes) / 1024, lines


def tell(what, runs):
    times = [seconds for seconds, _, _ in runs]
    median = statistics.median(times)
    print(f"{what:34} median {median:6.2f} s  {min(times):.2f} to {max(times):.2f} s  "
          f"{COUNT / median:8.0f} items/s  peak {max(memory for _, memory, _ in runs):.1f} MiB")


def days_ago(days):
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def lists_of_repositories(sandbox, environment):
    for number in range(COUNT):
        sandbox.add_tags(f"sandbox-guest/app-{number:05}", [{"name": "latest", "content": "one"}])
    url = sandbox.urls["hub"] + "/v2/namespaces/sandbox-guest/repositories?page_size=100&page="
    script = (f'for page in $(seq 1 {(COUNT + 99) // 100}); do curl -s "{url}$page" | jq -c ".results[]"; done')
    commands = {
        "hub_repos list": [BIN / "dockerhub", "-o", "ndjson", "--all-pages", "hub_repos", "list", "sandbox-guest"],
        "curl | jq, page by page": ["sh", "-c", script],
    }
    found = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            found[name].append(measured(command, environment))
            assert found[name][-1][2] == COUNT, (name, found[name][-1])
    for name, runs in found.items():
        tell(name, runs)


def plans_of_tags(sandbox, environment):
    sandbox.add_tags("sandbox/crowd", [
        {"name": f"build-{number:05}", "content": str(number // 3), "platforms": 3 if number % 10 == 0 else 1,
         "pushed": days_ago(number // 20), "pulled": days_ago(number // 30)}
        for number in range(COUNT)
    ])
    rules = ["hub_repos", "cleanup", "sandbox", "crowd", "--older-than", "90d", "--keep-newest", "100", "--untagged"]
    for name, form in (("cleanup, rows", "table"), ("cleanup, one plan to store", "data")):
        tell(name, [measured([BIN / "dockerhub", "-q", "-o", form, *rules], environment) for _ in range(RUNS)])


def main():
    with Sandbox("--set", "hub_limit=1000000") as sandbox, tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "HOME": home, **sandbox.environment}
        plans_of_tags(sandbox, environment)
        lists_of_repositories(sandbox, environment)


main()
