"""One running dockerhub-mcp, spoken to line by line.

Every wait has a deadline and ends as soon as what is waited for is there. All that the program wrote is
kept, so that a test can look through it at its end.
"""

import collections
import json
import os
import pathlib
import queue
import shutil
import subprocess
import tempfile
import threading

import known_manifests
from message_schema import Sent

BUILD = pathlib.Path(os.environ["DOCKERHUB_BUILD_DIR"])
PREFIX = pathlib.Path(os.environ.get("DOCKERHUB_PREFIX") or BUILD)
SERVER = PREFIX / "bin" / "dockerhub-mcp"
CLI = PREFIX / "bin" / "dockerhub"
FIXTURE = BUILD / "tests" / "modules" / "mcp_fixture.so"
PROBE = BUILD / "tests" / "e2e" / "mcp" / "probe_module.so"

DEADLINE = 240  # seconds; what is expected takes far less, but machines and sanitizers may be slow
END = object()


class Home:
    """A home directory of its own, with modules in it that are trusted."""

    def __init__(self, modules=()):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="dockerhub-mcp-test-"))
        self.plugins = self.path / "plugins"
        self.plugins.mkdir(mode=0o755)
        known_manifests.share(self.path)
        for module in modules:
            copy = self.plugins / module.name
            shutil.copyfile(module, copy)
            copy.chmod(0o644)
            subprocess.run([CLI, "plugin", "trust", copy], env=self.environment(), check=True,
                           capture_output=True, timeout=DEADLINE)

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items()
                if name in ("PATH", "LANG", "LD_LIBRARY_PATH") or name.endswith("SAN_OPTIONS")}
        return {**kept, "HOME": str(self.path), "XDG_CONFIG_HOME": str(self.path / "config"),
                "XDG_DATA_HOME": str(self.path / "data"), "XDG_RUNTIME_DIR": str(self.path),
                "DOCKERHUB_PLUGIN_PATH": str(self.plugins), **more}

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """The program, with pipes. Use as a context manager."""

    def __init__(self, home, arguments=(), environment=None):
        self.lines = []          # every line of standard output, as bytes
        self.sent = Sent()       # our requests
        self._queue = queue.Queue()
        self._seen = collections.deque()  # messages that were read while another was waited for
        self._last_id = 0
        self._stderr = []
        self.process = subprocess.Popen(
            [SERVER, *arguments], env=home.environment(**(environment or {})), cwd=home.path,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._threads = [threading.Thread(target=self._read_output, daemon=True),
                         threading.Thread(target=self._read_errors, daemon=True)]
        for thread in self._threads:
            thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE)
        for thread in self._threads:
            thread.join(DEADLINE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    def _read_output(self):
        for line in self.process.stdout:
            self.lines.append(line)
            self._queue.put(line)
        self._queue.put(END)

    def _read_errors(self):
        for line in self.process.stderr:
            self._stderr.append(line)

    def stderr(self):
        """All of standard error; after the program's end."""
        self._threads[1].join(DEADLINE)
        return b"".join(self._stderr).decode("utf-8", "replace")

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        self.sent.add(message)
        self.send_bytes(json.dumps(message).encode() + b"\n")

    def _next(self):
        line = self._queue.get(timeout=DEADLINE)
        if line is END:
            raise EOFError("the server closed its output: " + self.stderr())
        return json.loads(line)

    def wait_for(self, wanted):
        """The first message for which wanted(message); others stay to be waited for."""
        for index, message in enumerate(self._seen):
            if wanted(message):
                del self._seen[index]
                return message
        while True:
            message = self._next()
            if wanted(message):
                return message
            self._seen.append(message)

    def message(self):
        """The next message, whatever it is."""
        return self.wait_for(lambda message: True)

    def response(self, request_id):
        return self.wait_for(lambda m: "method" not in m and isinstance(m, dict)
                             and m.get("id") == request_id)

    def notification(self, method):
        return self.wait_for(lambda m: m.get("method") == method and "id" not in m)

    def question(self, method):
        """A request of the server."""
        return self.wait_for(lambda m: m.get("method") == method and "id" in m)

    def seen(self, method):
        """Notifications of that method that came so far while others were waited for."""
        return [m for m in self._seen if m.get("method") == method]

    def begin(self, method, params=None, request_id=None):
        """Sends a request; gives its id."""
        if request_id is None:
            self._last_id += 1
            request_id = self._last_id
        message = {"jsonrpc": "2.0", "id": request_id, "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)
        return request_id

    def request(self, method, params=None):
        return self.response(self.begin(method, params))

    def notify(self, method, params=None):
        message = {"jsonrpc": "2.0", "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)

    def answer(self, question, result=None, error=None):
        body = {"error": error} if error is not None else {"result": result}
        self.send({"jsonrpc": "2.0", "id": question["id"], **body})

    def initialize(self, version="2025-11-25", capabilities=None):
        response = self.request("initialize", {
            "protocolVersion": version, "capabilities": capabilities or {},
            "clientInfo": {"name": "test", "version": "1"}})
        self.notify("notifications/initialized")
        return response["result"]

    def begin_call(self, action, params=None, tool="demo", meta=None, **more):
        arguments = {"action": action, **more}
        if params is not None:
            arguments["params"] = params
        body = {"name": tool, "arguments": arguments}
        if meta is not None:
            body["_meta"] = meta
        return self.begin("tools/call", body)

    def call(self, action, params=None, tool="demo", **more):
        return self.response(self.begin_call(action, params, tool, **more))["result"]

    def close_input(self):
        self.process.stdin.close()

    def end(self, timeout=DEADLINE):
        """Waits for the program's end; gives its exit code."""
        return self.process.wait(timeout)
