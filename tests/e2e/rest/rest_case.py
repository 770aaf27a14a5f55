"""A running dockerhub-rest on a sandbox, and requests to it."""

import http.client
import json
import re
import socket
import threading
import urllib.parse

from dockerhub_process import DEADLINE, ProgramTest
from sandbox_process import WithSandbox, request


class Asking:
    """where: the address that is asked. tls: the context for it where that is https."""

    tls = None

    def ask(self, method, path, body=None, token=None, **headers):
        """headers: with _ for -, as If_None_Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = "Bearer " + token
        return request(method, self.where + path, body, named, self.tls)


class RestServer(Asking):
    """where: its address, as it says itself."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self._listening = threading.Event()
        self.where = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        if not self._listening.wait(DEADLINE) or self.where is None:
            raise AssertionError("the server did not start: " + "".join(self.said))

    def _read(self):
        for line in self.process.stderr:
            self.said.append(line.decode())
            found = re.match(r"dockerhub-rest: listening on (\S+)", self.said[-1])
            if found:
                self.where = found.group(1)
                self._listening.set()
        self._listening.set()

    def open(self, path):
        """A list line by line, of which nothing is read yet."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.where).netloc, timeout=DEADLINE)
        connection.connect()
        # So that the list is longer than what the system keeps for its reader.
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        connection.request("GET", path, headers={"Accept": "application/x-ndjson", "Connection": "close"})
        return connection.getresponse()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(DEADLINE)
        self._thread.join(DEADLINE)
        return code


class RestCase(WithSandbox, ProgramTest):
    program = "dockerhub-rest"

    def serve(self, *arguments, **environment):
        process = self.start("--port", "0", *arguments, environment={**self.environment, **environment})
        server = RestServer(process)
        self.addCleanup(server.stop)
        return server

    def bearer(self):
        return (self.home.state / "rest-bearer").read_text().strip()

    def data(self, answer, status=200):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        return answer.json()["data"]

    def problem(self, answer, status):
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        return problem

    def error(self, answer, status, kind):
        error = self.problem(answer, status)["error"]
        self.assertEqual(error["type"], kind, error)
        return error

    def tokens(self, **clients):
        """A file of tokens: name=(effect, more members of the row); each token is its name's, 20 letters long."""
        rows = {self.token(name): {"client_id": name, "scopes": ["dockerhub:" + effect], **more}
                for name, (effect, more) in clients.items()}
        path = self.home.write("tokens.json", json.dumps(rows))
        return {"DOCKERHUB_REST_AUTH_TYPE": "static", "DOCKERHUB_REST_STATIC_TOKENS_FILE": str(path)}

    @staticmethod
    def token(name):
        return (name * 20)[:20]
