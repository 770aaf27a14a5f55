"""dockerhub-rest beside nginx, in one run: requests a second, how long they take, and memory. Prints a table with the
goals; the status is 1 where one is missed.

Our request is a read action (hub_repos get) that fetches 5 KB from an nginx that stands for Docker Hub; nginx with
proxy_pass gets the same from there. The two take turns, and the turn with the median rate counts. A client, which is an
address, may have 64 calls that run: the connections come from four addresses, so that none is near that bound.

usage: rest_speed.py BIN_DIRECTORY MCP_LOAD [SECONDS]
"""

import contextlib
import http.client
import os
import pathlib
import re
import sys
import tempfile

import beside_nginx
from beside_nginx import PROXY, STUB, OurServer, free_port, ms, nginx

BIN, LOAD = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
SECONDS = sys.argv[3] if len(sys.argv) > 3 else "5"
TURNS = 3
CONNECTIONS, ADDRESSES = 64, 4
OPEN = 1000  # connections, of which CONNECTIONS call
ACTION = "/v1/tools/hub_repos/get?namespace=acme&repository=app"
LEAST_OF_NGINX, AIM_OF_NGINX = 0.4, 0.6
MOST_MEMORY, AIM_OF_MEMORY = 60, 30  # MiB


def server(environment):
    return OurServer([BIN / "dockerhub-rest"], environment)


def load(environment, port, request):
    return beside_nginx.load(LOAD, environment, "http", CONNECTIONS, SECONDS, port, request, ADDRESSES)


def in_turns(folder, environment, proxy_port):
    """Of dockerhub-rest and of nginx, what the turn with the median rate gave."""
    ours, proxy = [], []
    (folder / "ours").mkdir()
    our_request = beside_nginx.get_request(folder / "ours", ACTION)
    their_request = beside_nginx.get_request(folder, "/")
    with server(environment) as running:
        for _ in range(TURNS):
            proxy.append(load(environment, proxy_port, their_request))
            ours.append(load(environment, running.port, our_request))
    return [sorted(turns, key=lambda turn: turn["rate"])[TURNS // 2] for turns in (ours, proxy)]


def memory(process, field):
    """MiB. VmRSS: now; VmHWM: the most so far."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"^{field}:\s+(\d+) kB", status, re.M)[1]) / 1024


def quiet_connection(port):
    """Has got one answer and stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", ACTION)
    answer = connection.getresponse()
    if answer.status != 200 or not answer.read():
        raise SystemExit(f"a connection was answered with {answer.status}")
    if connection.sock is None:
        raise SystemExit("the server closes its connections")
    return connection


def at_many_connections(folder, environment):
    """Resident MiB after the start, and the most while all are open and some of them call."""
    with server(environment) as running, contextlib.ExitStack() as opened:
        after_start = memory(running.process, "VmRSS")
        for _ in range(OPEN - CONNECTIONS):
            opened.callback(quiet_connection(running.port).close)
        load(environment, running.port, beside_nginx.get_request(folder, ACTION))
        return after_start, memory(running.process, "VmHWM")


def rows(ours, proxy, after_start, most):
    """The cells of each row, and of each goal in it whether it holds."""
    of_nginx = ours["rate"] / proxy["rate"]
    yield (f"requests a second, {CONNECTIONS} connections",
           f"{LEAST_OF_NGINX} of nginx, aim {AIM_OF_NGINX}", f"{ours['rate']:,.0f}", f"{proxy['rate']:,.0f}",
           f"{of_nginx:.2f}"), [of_nginx >= LEAST_OF_NGINX]
    yield ("their p50, p99", "", f"{ms(ours, 'p50')}, {ms(ours, 'p99')}", f"{ms(proxy, 'p50')}, {ms(proxy, 'p99')}",
           f"{ours['p50'] / proxy['p50']:.2f}, {ours['p99'] / proxy['p99']:.2f}"), []
    yield ("resident after start", "", f"{after_start:.1f} MiB", "", ""), []
    yield (f"most resident, {OPEN:,} connections, {CONNECTIONS} calling",
           f"< {MOST_MEMORY} MiB, aim {AIM_OF_MEMORY}", f"{most:.1f} MiB", "", ""), [most < MOST_MEMORY]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        stub_port, proxy_port = free_port(), free_port()
        environment = {"PATH": os.environ["PATH"], "HOME": name, "DOCKERHUB_URL": f"http://127.0.0.1:{stub_port}",
                       "DOCKERHUB_REST_REQUESTS_PER_SECOND": "0"}
        with nginx(folder / "stub", stub_port, stub_port, STUB), \
                nginx(folder / "front", proxy_port, stub_port, PROXY):
            ours, proxy = in_turns(folder, environment, proxy_port)
            after_start, most = at_many_connections(folder, environment)
    return beside_nginx.tell(["dockerhub-rest", "nginx proxy_pass"], rows(ours, proxy, after_start, most))


sys.exit(main())
