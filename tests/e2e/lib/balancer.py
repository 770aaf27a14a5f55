"""Starts an nginx that hands requests to copies of a server by turns. X-Copy in an answer says whose it is."""

import pathlib
import subprocess
import tempfile

from dockerhub_process import wait_until
from redis_server import free_port
from sandbox_process import request

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream copies {{ {copies} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://copies;
      proxy_http_version 1.1;
      proxy_next_upstream off;
      proxy_max_temp_file_size 0;
      proxy_read_timeout 240s;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      add_header X-Copy $upstream_addr always;
    }}
  }}
}}
"""


class Balancer:
    """copies: "host:port" of each. `where`: its address."""

    ATTEMPTS = 5

    def __init__(self, copies):
        self._folder = tempfile.TemporaryDirectory(prefix="nginx-")
        self._copies = " ".join(f"server {copy} max_fails=0;" for copy in copies)
        for _ in range(self.ATTEMPTS):
            if self._launch(free_port()):
                return
        raise AssertionError("nginx did not start")

    def _launch(self, port):
        self.where = f"http://127.0.0.1:{port}"
        path = pathlib.Path(self._folder.name) / "nginx.conf"
        path.write_text(CONFIGURATION.format(folder=self._folder.name, port=port, copies=self._copies))
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", self._folder.name, "-e", "stderr", "-c", str(path)], stdin=subprocess.DEVNULL)
        try:
            wait_until(lambda: self.process.poll() is not None or self._answers(), "nginx to answer")
        except AssertionError:
            self.stop()
            raise
        return self.process.poll() is None

    def _answers(self):
        try:
            return "X-Copy" in request("GET", self.where + "/health").headers
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self._folder.cleanup()
