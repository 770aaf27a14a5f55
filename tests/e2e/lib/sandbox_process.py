"""Starts dockerhub-sandbox for tests and talks to its control listener.

    with Sandbox() as sandbox:
        run(..., environment=sandbox.environment)
        sandbox.fault("reset", listener="registry", method="GET", times=1)
        for request in sandbox.journal("registry"): ...

The process ends with the object, and with this process: its standard input is a pipe of ours.
"""

import http.client
import json
import os
import subprocess
import urllib.parse

from dockerhub_process import DEADLINE, PREFIX

BINARY = PREFIX / "bin" / "dockerhub-sandbox"


class Answer:
    """An answer with its whole body; headers by name in any case."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status}\n{self.headers}\n{self.body[:2000]!r}"


def request(method, url, body=None, headers=None, context=None):
    """One request on a connection of its own; redirects are not followed."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(parts.netloc, timeout=DEADLINE, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=DEADLINE)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = dict(headers or {})
    if isinstance(body, (dict, list)):
        body = json.dumps(body)
        headers.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, target, body=body, headers=headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Sandbox:
    """A running sandbox. `urls`, `environment` and `users` are what it told when it was ready."""

    def __init__(self, *arguments):
        assert BINARY.exists(), f"{BINARY} is not built: build the target dockerhub_sandbox_program"
        sanitizers = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE")
        self.process = subprocess.Popen(
            [str(BINARY), "--json", "--exit-with-stdin", *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={"PATH": os.environ.get("PATH", ""),
                 **{name: os.environ[name] for name in sanitizers if name in os.environ}},
        )
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the sandbox ended with {self.process.wait()} before it was ready")
        told = json.loads(line)
        self.urls = told["urls"]
        self.environment = told["environment"]
        self.fault_seed = told["fault_seed"]
        self.users = {user["name"]: user for user in told["users"]}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends the sandbox and gives its exit status."""
        self.process.stdin.close()
        try:
            return self.process.wait(timeout=DEADLINE)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def secret(self, user="sandbox", reach="repo:admin"):
        """The first secret of a user with that reach."""
        return next(one["secret"] for one in self.users[user]["secrets"] if one["reach"] == reach)

    def control(self, method, path, body=None):
        answer = request(method, self.urls["control"] + path, body)
        if answer.status >= 400:
            raise AssertionError(f"{method} {path}: {answer}")
        return answer.json() if answer.body else None

    def journal(self, listener=""):
        """The requests so far. `headers` is a list of pairs, as they were sent."""
        return self.control("GET", f"/journal?listener={listener}")

    def clear_journal(self):
        self.control("DELETE", "/journal")

    def fault(self, kind, **parameters):
        """Adds a fault: listener, method, path or prefix, times, after, and the kind's parameters."""
        return self.control("POST", "/faults", {"kind": kind, **parameters})["ids"][0]

    def hostile_registry(self, elsewhere=""):
        """Repositories, each of which misbehaves in its own way; gives their names."""
        wanted = {"preset": "hostile_registry", "url": elsewhere}
        return self.control("POST", "/faults", wanted)["repositories"]

    def clear_faults(self):
        self.control("DELETE", "/faults")

    def set(self, **settings):
        return self.control("PATCH", "/settings", settings)

    def state(self):
        """What the registries hold: {"registry": {repository: ...}, "second": ...}."""
        return self.control("GET", "/state")

    def add_tags(self, repository, tags):
        """Tags of the Hub's registry: {"name", "content"?, "platforms"?, "pushed"?, "pulled"?} each."""
        self.control("POST", "/tags", {"repository": repository, "tags": tags})

    def reset(self):
        """As after the start."""
        self.control("POST", "/reset")


def header_of(entry, name):
    """The values of a header in an entry of the journal."""
    return [value for key, value in entry["headers"] if key.lower() == name.lower()]


class WithSandbox:
    """Beside a class of tests: a sandbox for all of them, before each as after its start."""

    sandbox_arguments = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sandbox = Sandbox(*cls.sandbox_arguments)
        cls.addClassCleanup(cls.sandbox.stop)

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        self.environment = {**getattr(self, "environment", {}), **self.sandbox.environment}
