"""Starts the docker-registry of Debian (distribution 2.8.2) on loopback: the registry we did not write.

Four forms: open, with Basic authentication, with tokens, and with blob reads that are redirected to
another origin. Each process has its own configuration, data and port, and ends with the object; the
service that the package brings is never used.
"""

import functools
import http.server
import json
import pathlib
import re
import subprocess
import tempfile
import threading

from dockerhub_process import wait_until


class DockerRegistry:
    """An open registry. `host` is "127.0.0.1:PORT", `url` the same with its scheme, `repository` a name
    that may be pushed to. `tls`: the paths of a certificate and its key; None: plain HTTP."""

    repository = "demo/app"

    def __init__(self, tls=None):
        self._folder = tempfile.TemporaryDirectory(prefix="docker-registry-")
        self.path = pathlib.Path(self._folder.name)
        self.data = self.path / "data"
        self.data.mkdir()
        self._log = self.path / "log"
        self._access_log = self.path / "access-log"
        configuration = self.path / "configuration.yml"
        told = {**self._common(), **self.configuration()}
        if tls:
            told["http"]["tls"] = dict(zip(("certificate", "key"), map(str, tls)))
        configuration.write_text(json.dumps(told))
        # The access log goes to its standard output, all else to the other.
        with open(self._log, "wb") as log, open(self._access_log, "wb") as access_log:
            self.process = subprocess.Popen(
                ["docker-registry", "serve", str(configuration)],
                stdin=subprocess.DEVNULL, stdout=access_log, stderr=log,
                env={"PATH": "/usr/bin:/bin", "HOME": str(self.path), "OTEL_TRACES_EXPORTER": "none"},
            )
        self.host = wait_until(self._listening, "docker-registry to listen")
        self.url = f"{'https' if tls else 'http'}://{self.host}"

    def _common(self):
        return {
            "version": "0.1",
            "log": {"level": "info", "accesslog": {"disabled": False}},
            "storage": {"filesystem": {"rootdirectory": str(self.data)}, "delete": {"enabled": True}},
            "http": {"addr": "127.0.0.1:0", "secret": "of tests"},
        }

    def configuration(self):
        """What a form adds to the common configuration."""
        return {}

    def _listening(self):
        log = self._log.read_text(errors="replace")
        if self.process.poll() is not None:
            raise AssertionError(f"docker-registry ended at once:\n{log}")
        found = re.search(r"listening on (127\.0\.0\.1:[0-9]+)", log)
        return found and found.group(1)

    def sent(self, method):
        """Paths of the requests with that method so far; answers without a body are logged before they
        are sent."""
        return re.findall(rf'\] "{method} (\S+) HTTP/', self._access_log.read_text(errors="replace"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self._folder.cleanup()


class BasicRegistry(DockerRegistry):
    """Wants the user "tester" with the password "of-tests"."""

    credentials = "tester:of-tests"

    def configuration(self):
        file = self.path / "htpasswd"
        user, password = self.credentials.split(":")
        made = subprocess.run(["htpasswd", "-Bbn", user, password], stdout=subprocess.PIPE, check=True)
        file.write_bytes(made.stdout)
        return {"auth": {"htpasswd": {"realm": "docker-registry of tests", "path": str(file)}}}


class TokenRegistry(DockerRegistry):
    """Takes tokens of a sandbox that was started with `arguments(certificate)`."""

    SERVICE = "registry.of.tests"
    ISSUER = "issuer of tests"

    @classmethod
    def arguments(cls, certificate):
        return ["--sign-for", cls.SERVICE, cls.ISSUER, "--certificate-out", str(certificate)]

    def __init__(self, realm, certificate):
        self._token = {"realm": realm, "service": self.SERVICE, "issuer": self.ISSUER,
                       "rootcertbundle": str(certificate)}
        super().__init__()

    def configuration(self):
        return {"auth": {"token": self._token}}


class _Files(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.server.requests.append((self.command, self.path, dict(self.headers.items())))
        super().end_headers()

    def log_message(self, *_):
        pass


class RedirectRegistry(DockerRegistry):
    """Redirects blob reads to a file server; `requests` are those that came there: (method, path,
    headers)."""

    def configuration(self):
        handler = functools.partial(_Files, directory=str(self.data))
        self._files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.requests = self._files.requests = []
        threading.Thread(target=self._files.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        port = self._files.server_address[1]
        redirect = {"name": "redirect", "options": {"baseurl": f"http://127.0.0.1:{port}/"}}
        return {"middleware": {"storage": [redirect]}}

    def stop(self):
        super().stop()
        self._files.shutdown()
        self._files.server_close()
