"""10,000 small requests through the client's pool, beside ApacheBench, on one nginx in one run: the two
take turns. Prints requests a second, medians of the turns, and the ratio.

usage: http_pool.py BENCH_POOL [TURNS]
"""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

from beside_nginx import free_port, nginx

REQUESTS = 10_000
BODY = "x" * 200


def pool(program, url):
    """Requests a second by the number of threads."""
    done = subprocess.run(
        [program, "--benchmark_format=json"], env={**os.environ, "DOCKERHUB_BENCH_URL": url},
        stdout=subprocess.PIPE, check=True, text=True,
    )
    found = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        if row.get("error_occurred"):
            raise SystemExit(row["error_message"])
        found[row["threads"]] = row["items_per_second"]
    return found


def apache_bench(url, connections):
    done = subprocess.run(
        ["ab", "-q", "-k", "-n", str(REQUESTS), "-c", str(connections), url],
        capture_output=True, check=True, text=True,
    )
    return float(re.search(r"Requests per second:\s+([\d.]+)", done.stdout).group(1))


def main():
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    found = {1: ([], []), 8: ([], [])}
    with tempfile.TemporaryDirectory() as name, \
            nginx(pathlib.Path(name) / "nginx", port, port, f'location / {{ return 200 "{BODY}"; }}'):
        for _ in range(turns):
            ours = pool(sys.argv[1], url)
            for connections, (of_pool, of_ab) in found.items():
                of_pool.append(ours[connections])
                of_ab.append(apache_bench(url, connections))
    for connections, (of_pool, of_ab) in found.items():
        ours, theirs = statistics.median(of_pool), statistics.median(of_ab)
        print(f"{connections} at once: pool {ours:,.0f} a second ({min(of_pool):,.0f} to {max(of_pool):,.0f}), "
              f"ab {theirs:,.0f}, ratio {ours / theirs:.2f}")


main()
