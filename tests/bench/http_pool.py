"""10,000 small requests through the client's pool, beside ApacheBench, on one nginx in one run: the two
take turns. Prints requests a second, medians of the turns, and the ratio.

usage: http_pool.py BENCH_POOL [TURNS]
"""

import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

REQUESTS = 10_000
BODY = "x" * 200

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 "{body}"; }} }}
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def start_nginx(folder, port):
    path = folder / "nginx.conf"
    path.write_text(CONFIGURATION.format(folder=folder, port=port, body=BODY))
    server = subprocess.Popen(["/usr/sbin/nginx", "-p", str(folder), "-c", str(path)])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return server
        except OSError:
            time.sleep(0.02)
    raise SystemExit("nginx does not answer")


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
    with tempfile.TemporaryDirectory() as name:
        server = start_nginx(pathlib.Path(name), port)
        try:
            found = {1: ([], []), 8: ([], [])}
            for _ in range(turns):
                ours = pool(sys.argv[1], url)
                for connections, (of_pool, of_ab) in found.items():
                    of_pool.append(ours[connections])
                    of_ab.append(apache_bench(url, connections))
        finally:
            server.terminate()
            server.wait()
    for connections, (of_pool, of_ab) in found.items():
        ours, theirs = statistics.median(of_pool), statistics.median(of_ab)
        print(f"{connections} at once: pool {ours:,.0f} a second ({min(of_pool):,.0f} to {max(of_pool):,.0f}), "
              f"ab {theirs:,.0f}, ratio {ours / theirs:.2f}")


main()
