"""How fast text is redacted, by bench_redaction, beside the goal (docs/performance.md); ends with status 1 when
a kind of text misses it.

usage: redaction_goal.py BENCH_REDACTION
"""

import json
import subprocess
import sys

LEAST = 500e6  # bytes a second


def main():
    done = subprocess.run([sys.argv[1], "--benchmark_filter=^redact/", "--benchmark_format=json"],
                          stdout=subprocess.PIPE, check=True)
    rates = {run["name"]: run["bytes_per_second"] for run in json.loads(done.stdout)["benchmarks"]}
    if not rates:
        sys.exit("bench_redaction has no benchmark of that name")
    for name, rate in rates.items():
        print(f"{name:24} {rate / 1e6:6.0f} MB/s")
    missed = [f"{name} {rate / 1e6:.0f} is below {LEAST / 1e6:.0f} MB/s" for name, rate in rates.items() if rate < LEAST]
    if missed:
        print("missed: " + ", ".join(missed))
    return 1 if missed else 0


sys.exit(main())
