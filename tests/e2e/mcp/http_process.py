"""One running dockerhub-mcp over HTTP, and clients of it."""

import http.client
import json
import re
import signal
import socket
import subprocess
import threading
import time

import canaries
import message_schema
from mcp_process import DEADLINE, SERVER
from message_schema import Sent

MODERN = "2026-07-28"
BOTH = "application/json, text/event-stream"
MESSAGES = ("", "message")  # names of the events that hold one
LONG_TOKEN = 16  # shorter ones may stand in any text


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=DEADLINE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(DEADLINE)
        self.sock.connect(str(self.path))


class Answer:
    """A whole answer. sent: what it answers; messages in it are of the published form, whoever looks at them."""

    def __init__(self, response, sent):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        if self.body and (self.is_stream() or self.is_of("application/json")):
            for message in self.messages():
                first = message[0] if isinstance(message, list) and message else message
                if isinstance(first, dict) and "jsonrpc" in first:
                    message_schema.check(message, sent)

    def json(self):
        return json.loads(self.body)

    def messages(self):
        """The messages of an event stream, or the one message of a JSON answer."""
        if not self.is_stream():
            return [self.json()]
        return [json.loads(line[6:]) for line in self.body.decode().splitlines()
                if line.startswith("data: ") and line != "data: "]

    def is_of(self, media_type):
        return self.headers.get("Content-Type", "").startswith(media_type)

    def is_stream(self):
        return self.is_of("text/event-stream")

    def result(self):
        return self.messages()[-1]["result"]

    def error(self):
        return self.messages()[-1]["error"]


class Stream:
    """An answer that is read event by event. sent: what its messages belong to; received: takes the lines."""

    def __init__(self, connection, response, sent=None, received=None):
        self.connection, self.response = connection, response
        self.sent = Sent() if sent is None else sent
        self.received = [] if received is None else received
        self.last_id = None  # of the events that were read

    def event(self, empty=False):
        """The next event as (name, data); comments are passed over. None at the end.

        empty: also one without data, which says an id and nothing else.
        """
        name, data = "", None
        while True:
            raw = self.response.readline()
            self.received.append(raw)
            line = raw.decode()
            if line == "":
                return None
            line = line.rstrip("\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("id: "):
                self.last_id = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
            elif line == "" and data is not None:
                if data and name in MESSAGES:
                    message_schema.check(json.loads(data), self.sent)
                if data or empty:
                    return name, data
                data = None

    def message(self):
        event = self.event()
        return None if event is None else json.loads(event[1])

    def close(self):
        # The response holds the socket open by itself.
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.response.close()
        self.connection.close()


class HttpServer:
    def __init__(self, home, arguments=(), environment=None):
        self.home = home
        self.tls = None  # the context for clients, where the server speaks TLS
        arguments = list(arguments)
        if "--listen" not in arguments and "--port" not in arguments:
            arguments += ["--port", "0"]
        if "--transport" not in arguments:
            arguments += ["--transport", "streamable-http"]
        self.process = subprocess.Popen(
            [SERVER, *arguments], cwd=home.path, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=home.environment(XDG_STATE_HOME=str(home.path / "state"),
                                 **{**canaries.ENVIRONMENT, **(environment or {})}))
        self.received = []     # what clients read, as bytes
        self.presented = set()  # tokens that clients sent
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
        """Asks it to end, which it does as it says; one that is dead already did not."""
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(DEADLINE)
        self._thread.join(DEADLINE)
        self.process.stdout.close()
        self.process.stderr.close()
        self.look_through()
        assert code == 128 + signal.SIGTERM, f"the server ended with {code}: {self.stderr()}"

    def look_through(self):
        """Nothing that was planted, and no token of a caller, is in what the server said."""
        said = b"\n".join(self.received).decode("utf-8", "replace") + self.stderr()
        for secret in (*canaries.FORMS, *self.presented):
            assert secret not in said, f"the server tells {secret}"

    def bearer(self):
        return (self.home.path / "state" / "dockerhub" / "mcp-bearer").read_text().strip()

    def connect(self):
        if self.where.startswith("unix:"):
            return UnixConnection(re.sub(r"/(mcp|sse)$", "", self.where[5:]))
        scheme, host, port = re.match(r"(https?)://(.*):(\d+)/", self.where).groups()
        if scheme == "https":
            return http.client.HTTPSConnection(host, int(port), timeout=DEADLINE, context=self.tls)
        return http.client.HTTPConnection(host.strip("[]"), int(port), timeout=DEADLINE)

    def open(self, method, path, body=None, headers=None):
        connection = self.connect()
        token = (headers or {}).get("Authorization", "").removeprefix("Bearer ")
        if len(token) >= LONG_TOKEN:
            self.presented.add(token)
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        connection.request(method, path, body=body, headers=headers or {})
        return connection, connection.getresponse()

    def request(self, method, path, body=None, headers=None):
        connection, response = self.open(method, path, body, headers)
        try:
            answer = Answer(response, Sent.over_http(body, headers))
            self.received.append(answer.body)
            return answer
        finally:
            connection.close()

    def stream(self, method, path, body, headers, sent=None):
        sent = Sent.over_http(body, headers) if sent is None else sent
        return Stream(*self.open(method, path, body, headers), sent, self.received)

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
        return self.stream("POST", "/mcp", message, self.modern_headers(message, bearer))

    # ------------------------------------------------------------------------ older revisions

    def session(self, capabilities=None, bearer=None, version="2025-11-25", headers=None):
        return LegacySession(self, capabilities or {}, bearer, version, headers or {})


class LegacySession:
    def __init__(self, server, capabilities, bearer, version, headers):
        """headers: further ones, of the handshake alone."""
        self.server = server
        self.sent = Sent()  # in this session
        self.headers = {"Content-Type": "application/json", "Accept": BOTH}
        if bearer:
            self.headers["Authorization"] = "Bearer " + bearer
        answer = self.send(self.message("initialize", {
            "protocolVersion": version, "capabilities": capabilities,
            "clientInfo": {"name": "test", "version": "1"}}), **headers)
        self.welcome = answer.result()
        self.id = answer.headers["Mcp-Session-Id"]
        self.headers["Mcp-Session-Id"] = self.id
        self.headers["MCP-Protocol-Version"] = self.sent.legacy = self.welcome["protocolVersion"]
        self.last_id = 1
        assert self.send({"jsonrpc": "2.0", "method": "notifications/initialized"}).status == 202

    def message(self, method, params=None, request_id=1):
        message = {"jsonrpc": "2.0", "id": request_id, "method": method}
        if params is not None:
            message["params"] = params
        return message

    def send(self, message, **headers):
        self.sent.add(message)
        return self.server.request("POST", "/mcp", message, {**self.headers, **headers})

    def post(self, method, params=None, request_id=1):
        return self.send(self.message(method, params, request_id))

    def stream(self, method, params=None, request_id=1):
        message = self.message(method, params, request_id)
        self.sent.add(message)
        return self.server.stream("POST", "/mcp", message, self.headers)

    def listen(self, last_event=None):
        headers = {**self.headers, "Accept": "text/event-stream"}
        if last_event is not None:
            headers["Last-Event-ID"] = last_event
        return self.server.stream("GET", "/mcp", None, headers, self.sent)


def wait_until(condition):
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("did not happen in time")
        time.sleep(0.01)
