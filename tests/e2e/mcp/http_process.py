"""One running dockerhub-mcp over HTTP, and clients of it."""

import http.client
import json
import re
import socket
import subprocess
import threading
import time

import message_schema
from mcp_process import DEADLINE, SERVER

MODERN = "2026-07-28"
BOTH = "application/json, text/event-stream"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=DEADLINE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(DEADLINE)
        self.sock.connect(str(self.path))


class Answer:
    """A whole answer. sent: the message that it answers; its messages are then of the published form."""

    def __init__(self, response, sent=None):
        request = isinstance(sent, dict) and {"id", "method"} <= set(sent)
        self.sent = {sent["id"]: sent["method"]} if request else {}
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def messages(self):
        """The messages of an event stream, or the one message of a JSON answer."""
        messages = [self.json()] if not self.is_stream() else [
            json.loads(line[6:]) for line in self.body.decode().splitlines()
            if line.startswith("data: ")]
        for message in messages:
            message_schema.check(message, self.sent)
        return messages

    def is_stream(self):
        return self.headers.get("Content-Type", "").startswith("text/event-stream")

    def result(self):
        return self.messages()[-1]["result"]

    def error(self):
        return self.messages()[-1]["error"]


class Stream:
    """An answer that is read event by event."""

    def __init__(self, connection, response):
        self.connection, self.response = connection, response

    def event(self):
        """The next event as (name, data); comments are passed over. None at the end."""
        name, data = "", None
        while True:
            line = self.response.readline().decode()
            if line == "":
                return None
            line = line.rstrip("\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                data = line[6:]
            elif line == "" and data is not None:
                return name, data

    def message(self):
        event = self.event()
        if event is None:
            return None
        message = json.loads(event[1])
        message_schema.check(message, {})
        return message

    def close(self):
        # The response holds the socket open by itself.
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.response.close()
        self.connection.close()


class HttpServer:
    def __init__(self, home, arguments=(), environment=None):
        self.home = home
        arguments = list(arguments)
        if "--listen" not in arguments and "--port" not in arguments:
            arguments += ["--port", "0"]
        if "--transport" not in arguments:
            arguments += ["--transport", "streamable-http"]
        self.process = subprocess.Popen(
            [SERVER, *arguments], cwd=home.path, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=home.environment(XDG_STATE_HOME=str(home.path / "state"), **(environment or {})))
        self._errors = []
        self._listening = threading.Event()
        self.where = None
        self._thread = threading.Thread(target=self._read_errors, daemon=True)
        self._thread.start()
        if not self._listening.wait(DEADLINE) or self.where is None:
            raise RuntimeError("the server did not start: " + self.stderr())

    def _read_errors(self):
        for line in self.process.stderr:
            self._errors.append(line.decode())
            found = re.match(r"dockerhub-mcp: listening on (\S+)", self._errors[-1])
            if found:
                self.where = found.group(1)
                self._listening.set()
        self._listening.set()

    def stderr(self):
        self._thread.join(DEADLINE)
        return "".join(self._errors)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(DEADLINE)
        self._thread.join(DEADLINE)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def bearer(self):
        return (self.home.path / "state" / "dockerhub" / "mcp-bearer").read_text().strip()

    def connect(self):
        if self.where.startswith("unix:"):
            return UnixConnection(re.sub(r"/(mcp|sse)$", "", self.where[5:]))
        host, port = re.match(r"http://(.*):(\d+)/", self.where).groups()
        return http.client.HTTPConnection(host.strip("[]"), int(port), timeout=DEADLINE)

    def open(self, method, path, body=None, headers=None):
        connection = self.connect()
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        connection.request(method, path, body=body, headers=headers or {})
        return connection, connection.getresponse()

    def request(self, method, path, body=None, headers=None):
        connection, response = self.open(method, path, body, headers)
        try:
            return Answer(response, sent=body)
        finally:
            connection.close()

    # ------------------------------------------------------------------ revision 2026-07-28

    @staticmethod
    def modern_message(method, params=None, capabilities=None, meta=None, request_id=1):
        about = {"io.modelcontextprotocol/protocolVersion": MODERN,
                 "io.modelcontextprotocol/clientCapabilities": capabilities or {}, **(meta or {})}
        return {"jsonrpc": "2.0", "id": request_id, "method": method,
                "params": {**(params or {}), "_meta": about}}

    @staticmethod
    def modern_headers(message, bearer=None):
        params = message.get("params", {})
        headers = {"Content-Type": "application/json", "Accept": BOTH,
                   "MCP-Protocol-Version": MODERN, "Mcp-Method": message["method"]}
        name = params.get("uri") if message["method"] == "resources/read" else params.get("name")
        if name is not None:
            headers["Mcp-Name"] = name
        if bearer:
            headers["Authorization"] = "Bearer " + bearer
        return headers

    def modern(self, method, params=None, bearer=None, **more):
        message = self.modern_message(method, params, **more)
        return self.request("POST", "/mcp", message, self.modern_headers(message, bearer))

    def modern_call(self, action, params=None, tool="demo", bearer=None, capabilities=None,
                    meta=None, more=None, **arguments):
        body = {"name": tool, "arguments": {"action": action, "params": params or {}, **arguments},
                **(more or {})}
        return self.modern("tools/call", body, bearer, capabilities=capabilities, meta=meta)

    def modern_stream(self, method, params=None, bearer=None, **more):
        message = self.modern_message(method, params, **more)
        return Stream(*self.open("POST", "/mcp", message, self.modern_headers(message, bearer)))

    # ------------------------------------------------------------------------ older revisions

    def session(self, capabilities=None, bearer=None, version="2025-11-25"):
        return LegacySession(self, capabilities or {}, bearer, version)


class LegacySession:
    def __init__(self, server, capabilities, bearer, version):
        self.server = server
        self.headers = {"Content-Type": "application/json", "Accept": BOTH}
        if bearer:
            self.headers["Authorization"] = "Bearer " + bearer
        answer = self.post("initialize", {"protocolVersion": version, "capabilities": capabilities,
                                          "clientInfo": {"name": "test", "version": "1"}})
        self.welcome = answer.result()
        self.id = answer.headers["Mcp-Session-Id"]
        self.headers["Mcp-Session-Id"] = self.id
        self.headers["MCP-Protocol-Version"] = self.welcome["protocolVersion"]
        self.last_id = 1
        assert self.send({"jsonrpc": "2.0", "method": "notifications/initialized"}).status == 202

    def message(self, method, params=None, request_id=1):
        message = {"jsonrpc": "2.0", "id": request_id, "method": method}
        if params is not None:
            message["params"] = params
        return message

    def send(self, message, **headers):
        return self.server.request("POST", "/mcp", message, {**self.headers, **headers})

    def post(self, method, params=None, request_id=1):
        return self.send(self.message(method, params, request_id))

    def stream(self, method, params=None, request_id=1):
        return Stream(*self.server.open("POST", "/mcp", self.message(method, params, request_id),
                                        self.headers))

    def listen(self):
        return Stream(*self.server.open("GET", "/mcp", None,
                                        {**self.headers, "Accept": "text/event-stream"}))


def wait_until(condition):
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("did not happen in time")
        time.sleep(0.01)
