"""What the benchmarks that stand beside nginx share: an nginx that stands for Docker Hub with one repository of 5 KB,
another that passes requests on to it, the client mcp_load, and the table with its goals."""

import json
import re
import socket
import subprocess
import time

# A line of nginx's configuration may have 4 KiB: half of the text, twice.
REPOSITORY = {"name": "app", "namespace": "acme", "star_count": 5, "is_private": False,
              "description": "An application", "full_description": "$half$half"}
HALF = "x" * 2400

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


class OurServer(Running):
    """A server of ours on a port of 127.0.0.1 that the system picked."""

    def __init__(self, words, environment):
        super().__init__([*words, "--port", "0"], environment, stderr=subprocess.PIPE, text=True)
        self.port = next((int(found.group(1)) for text in self.process.stderr
                          if (found := re.search(r"listening on http://[^:]+:(\d+)", text))), None)
        if self.port is None:
            raise SystemExit(f"{words[0]} did not start")


def nginx(folder, port, stub, location):
    """stub: the port of the one that PROXY asks."""
    folder.mkdir()
    path = folder / "nginx.conf"
    path.write_text(NGINX.format(folder=folder, port=port, stub=stub, location=location))
    running = Running(["/usr/sbin/nginx", "-p", folder, "-c", path], None)
    wait_for(port)
    return running


def load(client, environment, *words):
    """What mcp_load measured; every call has to be good."""
    done = subprocess.run([client, *map(str, words)], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"mcp_load {words[0]}: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    if found["errors"]:
        raise SystemExit(f"{found['errors']} calls failed: {words}")
    return {**found, "rate": found["calls"] / found["seconds"] if found["seconds"] else 0}


def get_request(folder, path):
    """The file of a request for mcp_load."""
    file = folder / "get-request"
    file.write_text(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return file


def ms(found, key):
    return f"{found[key] / 1000:.2f} ms"


def tell(names, rows):
    """Prints the table. rows: the cells of each, and of each goal in it whether it holds. The status of the program."""
    print("| measure | goal | " + " | ".join(names) + " | ratio |\n| --- | --- |" + " ---: |" * (len(names) + 1))
    missed = []
    for cells, goals in rows:
        print("| " + " | ".join(cells) + " |")
        if not all(goals):
            missed.append(f"{cells[0]}: {cells[2]} where the goal is {cells[1]}")
    if missed:
        print("missed: " + "; ".join(missed))
    return 1 if missed else 0
