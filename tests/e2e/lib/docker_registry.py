"""A real docker-registry (distribution 2.8) on loopback, started as a plain child process with a
configuration of the test's own; the package's system service is never used."""

import functools
import http.server
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading

from dockerhub_process import wait_until

USER = "tester"
PASSWORD = "canary-password-of-the-real-registry"

_CONFIGURATION = """version: 0.1
log:
  level: info
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: {data}
  delete:
    enabled: true
http:
  addr: 127.0.0.1:0
  secret: of-this-test
{more}"""


def need_tools(test):
    """The tests cannot pass without these programs, so a machine without them fails."""
    for tool in ("docker-registry", "skopeo"):
        test.assertIsNotNone(shutil.which(tool), f"{tool} is not installed: run scripts/test")


class DockerRegistry:
    """more: YAML that is added to the configuration, {folder} being the registry's own folder; files: texts
    that are put there; auth: what clients have to log in with, or None."""

    def __init__(self, more="", auth=None, files=None):
        self._folder = tempfile.TemporaryDirectory(prefix="dockerhub-registry-")
        self.folder = pathlib.Path(self._folder.name)
        self.auth = auth
        data = self.folder / "data"
        data.mkdir()
        for name, text in (files or {}).items():
            (self.folder / name).write_text(text)
        configuration = self.folder / "config.yml"
        configuration.write_text(
            _CONFIGURATION.format(data=data, more=more.replace("{folder}", str(self.folder)))
        )
        self._log = self.folder / "registry.log"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                ["docker-registry", "serve", str(configuration)], stdout=log, stderr=log
            )
        self.port = wait_until(self._listening, "docker-registry to listen")
        self.authority = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.authority}"

    def _listening(self):
        text = self._log.read_text(errors="replace")
        if self._process.poll() is not None:
            raise AssertionError(f"docker-registry ended:\n{text}")
        found = re.search(r"listening on 127\.0\.0\.1:(\d+)", text)
        return int(found[1]) if found else None

    @property
    def data(self):
        """Where blobs are kept: docker/registry/v2/blobs/..."""
        return self.folder / "data"

    def close(self):
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    # ---- forms

    @classmethod
    def open(cls):
        return cls()

    @classmethod
    def with_password(cls):
        entry = subprocess.run(
            ["htpasswd", "-Bbn", USER, PASSWORD], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        return cls(
            "auth:\n  htpasswd:\n    realm: tests\n    path: {folder}/htpasswd\n",
            auth=f"{USER}:{PASSWORD}", files={"htpasswd": entry},
        )

    @classmethod
    def with_tokens(cls, realm, service, issuer, certificate, auth):
        """Tokens of another service, whose certificate is in that file."""
        return cls(
            "auth:\n  token:\n"
            f"    realm: {realm}\n    service: {service}\n    issuer: {issuer}\n"
            f"    rootcertbundle: {certificate}\n",
            auth=auth,
        )

    @classmethod
    def with_redirects(cls, target):
        """Blob reads are sent to target, the URL of a place that serves this registry's data folder."""
        return cls(f"middleware:\n  storage:\n    - name: redirect\n      options:\n        baseurl: {target}\n")

    # ---- skopeo, the foreign client

    def skopeo(self, *arguments, check=True):
        return subprocess.run(
            ["skopeo", "--insecure-policy", *map(str, arguments)],
            check=check, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def push(self, source, name):
        """Copies an image with all of its platforms from a source in skopeo's spelling."""
        credentials = ["--dest-creds", self.auth] if self.auth else []
        self.skopeo(
            "copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", *credentials,
            source, f"docker://{self.authority}/{name}",
        )

    def raw_manifest(self, name):
        credentials = ["--creds", self.auth] if self.auth else []
        return self.skopeo(
            "inspect", "--raw", "--tls-verify=false", *credentials, f"docker://{self.authority}/{name}"
        ).stdout


class FileServer:
    """Serves a folder over HTTP and remembers the headers of every request."""

    def __init__(self, folder):
        self.requests = []
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self):
                outer.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                super().do_GET()

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
