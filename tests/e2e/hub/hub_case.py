"""Calls to the modules for Docker Hub, and the server that they reach."""

import json
import urllib.parse

from cli_test import CliTest
from scripted_server import ScriptedServer, answer

JSON = [("Content-Type", "application/json")]
TOKEN = "canary-hub-token-0123456789"

# Parameters that never stand on a command line.
SECRETS = {"code", "login_2fa_token", "password", "secret"}


def secrets_of(action, without=""):
    """The environment that gives an action, as `describe` tells it, its secret parameters."""
    names = SECRETS & set(action["params"]["properties"]) - {without}
    return {"DOCKERHUB_PARAM_" + name.upper(): "a-secret-of-the-test" for name in names}


def ok(value, status=200):
    return answer(status, json.dumps(value), JSON)


def error_of(done):
    """The error of a call; what was consented to may stand before it."""
    return json.loads(done.err.splitlines()[-1])["error"]


def query_of(request):
    """The query of a request as pairs, decoded."""
    return dict(urllib.parse.parse_qsl(request.target.partition("?")[2], keep_blank_values=True))


def without_each(case, tools):
    """Every call of these tools that lacks one required parameter: tool, action, that parameter, the others."""
    for tool in tools:
        for action in case.data(tool, "describe")["actions"]:
            for name in action["params"].get("required", ()):
                given = {other: value for other, value in action["examples"][0].items() if other != name}
                yield tool, action["action"], name, given


class HubTest(CliTest):
    """replies: "METHOD /path" to the bytes of an answer, or a function of the request."""

    def setUp(self):
        super().setUp()
        self.replies = {}
        self.server = ScriptedServer(self._reply)
        self.addCleanup(self.server.close)
        self.environment = {"DOCKERHUB_URL": self.server.url, "DOCKERHUB_JWT": TOKEN}

    def _reply(self, request):
        reply = self.replies.get(f"{request.method} {request.path}", ok({"detail": "no such thing"}, 404))
        return reply(request) if callable(reply) else reply

    def sent(self):
        """What was asked: ["METHOD target", ...]."""
        return [f"{request.method} {request.target}" for request in self.server.requests]

    def body(self, index=-1):
        return json.loads(self.server.requests[index].body)

    def call(self, tool, action, params=None, *options, **environment):
        secrets = {name: value for name, value in environment.items() if name.isupper()}
        return self.run_program(
            "-o", "json", *options, tool, action, "--params", json.dumps(params or {}),
            environment={**self.environment, **secrets},
        )

    def envelope(self, *arguments, code=0, **environment):
        done = self.call(*arguments, **environment)
        self.assertEqual(done.code, code, done)
        return json.loads(done.out)

    def error(self, code, *arguments, **environment):
        done = self.call(*arguments, **environment)
        self.assertEqual(done.code, code, done)
        return error_of(done)
