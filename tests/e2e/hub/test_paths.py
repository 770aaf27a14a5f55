"""Whatever a parameter holds, a server sees the segments of the route and one of them decodes to the value; or
nothing is sent. For every action of the nine modules and each of its texts, as the sandbox's journal has the
requests. The values are random: DOCKERHUB_TEST_SEED repeats those of a run that failed."""

import json
import os
import random
import re
import sys
import unittest
import urllib.parse

from cli_test import CliTest
from hub_case import HubTest
from mcp_process import Home, Server
from sandbox_process import Sandbox

SEED = int(os.environ.get("DOCKERHUB_TEST_SEED") or random.SystemRandom().randrange(2**32))
PIECES = [
    "/", "?", "#", "%", "%2F", "%2e%2e", "%00", "..", ".", "\\", ";", "&", "=", "@", ":", " ", "\t", "\r\n", "\0", "\x7f",
    "a", "Z", "0", "-", "_", "~", "é", "\u202e", "🐳", "../../v2/users", "x" * 65536,
]
# Each is tried with every text of every action, beside random ones.
ALWAYS = ["a/../b", "..", "a?b=c#d", "100% é 🐳", "a\0b", "Z:\r\n", "x" * 65536]

MODULES = ("hub_admin", "hub_audit", "hub_auth", "hub_org", "hub_registry", "hub_repos", "hub_scim", "hub_scout", "hub_teams")
# Places that the sandbox has, for those of the examples.
PLACES = [
    ("registry.example.com:5000/", ""), ("team/app", "sandbox/app"), ("base/alpine", "sandbox/copied"), ("team/base", "sandbox/single"),
    ('"org": "acme"', '"org": "sandbox-org"'), ('"account": "acme"', '"account": "sandbox-org"'), ('"namespace": "acme"', '"namespace": "sandbox"'),
    ('"group_name": "dev"', '"group_name": "developers"'), ("library/alpine", "sandbox/multi"), ('"3.20"', '"1.0"'),
    ('"username": "ada"', '"username": "sandbox-member"'),
]
# A file; and what has a grammar of its own, in which a slash parts names (see ImageNames).
NOT_HERE = {"store"}
IMAGES = {"repo", "from_repo", "to", "target_repo"}
MARKERS = ["zqmarker", "sha256:" + "5a" * 32, "zqmarker@example.com", "zqmarker.1"]
# Asked along the way, with nothing of the caller's in the path.
BESIDES = {("hub", "/v2/auth/token"), ("token", "/token"), ("registry", "/v2/"), ("scout", "/v1/graphql")}


def random_value(source):
    return "".join(source.choice(PIECES) for _ in range(source.randrange(1, 6)))


def texts(value):
    """Whether something of a parameter is a text, and how to put one there."""
    if isinstance(value, str):
        return lambda text: text
    if isinstance(value, list) and value and isinstance(value[0], str):
        return lambda text: [text, *value[1:]]
    return None


class Sent:
    """A request of the journal: where it went, by segments, and what it asked."""

    def __init__(self, entry):
        self.place = (entry["listener"], entry["path"])
        self.method = entry["method"]
        self.segments = entry["path"].split("/")
        self.query = urllib.parse.parse_qsl(entry.get("query", ""), keep_blank_values=True)

    def fits(self, base, marker, value):
        """The same request as `base`, with the value where that has the marker."""
        if (self.method, self.place[0], len(self.segments)) != (base.method, base.place[0], len(base.segments)):
            return False
        if {name for name, _ in self.query} - {name for name, _ in base.query}:
            return False
        return all(self._same(mine, other, marker, value) for mine, other in zip(self.segments, base.segments))

    @staticmethod
    def _same(mine, other, marker, value):
        if urllib.parse.unquote(other) == marker:
            return mine not in (".", "..") and urllib.parse.unquote(mine) == value
        return mine == other

    def __repr__(self):
        return f"{self.method} {self.place} {self.query}"


class OnSandbox(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sandbox = Sandbox("--set", "hub_limit=1000000", "--set", "signed_in_pull_limit=0")
        cls.addClassCleanup(cls.sandbox.stop)
        cls.folder = Home()
        cls.addClassCleanup(cls.folder.remove)
        print(f"paths: DOCKERHUB_TEST_SEED={SEED}", file=sys.stderr)

    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.calls = self.requests = self.refused = 0

    def serve(self, **environment):
        given = {**self.sandbox.environment, "DOCKERHUB_CONFIRM": "never", "DOCKERHUB_ALLOW_DESTRUCTIVE": "true", **environment}
        server = Server(self.folder, [], given)
        self.addCleanup(server.__exit__)
        server.initialize()
        return server

    def sent_by(self, server, tool, action, params):
        """Whether the call was refused, and its requests."""
        self.sandbox.clear_journal()
        response = server.response(server.begin_call(action, params, tool))
        self.assertIn("result", response, (f"DOCKERHUB_TEST_SEED={SEED}", tool, action, str(response)[:500]))
        self.calls += 1
        entries = [Sent(entry) for entry in self.sandbox.journal()]
        return response["result"].get("isError", False), [entry for entry in entries if entry.place not in BESIDES]

    def examples(self, tool):
        """Name, parameters of an example, and the texts among all parameters, of each action."""
        for action in self.data(tool, "describe")["actions"]:
            example = json.dumps(action["examples"][0])
            for old, new in PLACES:
                example = example.replace(old, new)
            params = json.loads(example)
            given = {}
            for name, schema in action["params"]["properties"].items():
                kind = "" if schema.get("type") == "string" else [""] if schema.get("items", {}).get("type") == "string" else None
                put = texts(params.get(name, kind) or kind)
                if put is not None and name not in NOT_HERE:
                    given[name] = put
            yield action["action"], params, given


class Paths(OnSandbox):
    def base_of(self, server, tool, action, params, name, put):
        """A value that may be there, and what is sent with it and with that of the example."""
        _, without = self.sent_by(server, tool, action, params)
        for marker in MARKERS:
            refused, sent = self.sent_by(server, tool, action, {**params, name: put(marker)})
            if sent or not refused:
                return marker, [*sent, *without]
        return MARKERS[0], without

    def hold(self, server, tool, action, params, name, put):
        marker, base = self.base_of(server, tool, action, params, name, put)
        for value in [*ALWAYS, *(random_value(self.random) for _ in range(3))]:
            refused, sent = self.sent_by(server, tool, action, {**params, name: put(value)})
            self.refused += refused and not sent
            self.requests += len(sent)
            where = (f"DOCKERHUB_TEST_SEED={SEED}", tool, action, name, value[:200])
            if not sent and base:
                self.assertTrue(refused, where)
            for request in sent:
                self.assertTrue(any(request.fits(one, marker, value) for one in base), (*where, request, base))

    def test_have_the_segments_of_their_routes(self):
        server = self.serve()
        for tool in MODULES:
            for action, params, given in self.examples(tool):
                for name, put in given.items():
                    if name not in IMAGES:
                        self.hold(server, tool, action, params, name, put)
        print(f"paths: {self.calls} calls, {self.requests} requests, {self.refused} refused before", file=sys.stderr)
        self.assertGreater(self.requests, 300)
        self.assertGreater(self.refused, 300)

    def test_have_the_segments_of_their_routes_where_scout_is_asked_by_them(self):
        server = self.serve(DOCKER_SCOUT_API="rest")
        for action, params, given in self.examples("hub_scout"):
            for name, put in given.items():
                if name not in IMAGES:
                    self.hold(server, "hub_scout", action, {**params, "org": params.get("org", "sandbox-org")}, name, put)


SEGMENT = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
NAME = rf"{SEGMENT}(?:/{SEGMENT})*"
OF_A_REGISTRY = re.compile(rf"/v2/({NAME})/(?:manifests/[\w.:=+-]+|blobs/[\w.:=+-]+|blobs/uploads/[\w.=-]*|tags/list|referrers/[\w.:=+-]+)")
# A tag at Docker's registry is deleted by Docker Hub.
OF_THE_HUB = re.compile(rf"/v2/namespaces/([a-z0-9]+)/repositories/({SEGMENT})/tags/[\w.-]+")


class ImageNames(OnSandbox):
    """A repository may have slashes. What is sent has a name of the grammar, and it is that of the value."""

    def holds(self, request, value, params):
        listener, path = request.place
        at_hub = OF_THE_HUB.fullmatch(path) if listener == "hub" else None
        if at_hub:
            return self._is_named("/".join(at_hub.groups()), value, params)
        if listener != "registry":
            return value not in urllib.parse.unquote(path) or listener == "cdn"
        found = OF_A_REGISTRY.fullmatch(path)
        return bool(found) and self._is_named(found[1], value, params)

    @staticmethod
    def _is_named(name, value, params):
        known = [text for text in json.dumps(params).split('"') if name in text]
        return bool(known) or name.removeprefix("library/") in value

    def test_have_no_other_segments(self):
        server = self.serve()
        for tool in ("hub_registry", "hub_scout"):
            for action, params, given in self.examples(tool):
                for name in given.keys() & IMAGES:
                    for value in [*ALWAYS, ":", "@", "a/b", "a//b", "sandbox/app/..", *(random_value(self.random) for _ in range(6))]:
                        # Nobody is asked for the address of what looks like another registry.
                        first, slash, _ = value.partition("/")
                        if slash and first.strip(".") and {".", ":"} & set(first):
                            continue
                        refused, sent = self.sent_by(server, tool, action, {**params, name: value})
                        self.refused += refused and not sent
                        self.requests += len(sent)
                        for request in sent:
                            where = (f"DOCKERHUB_TEST_SEED={SEED}", tool, action, name, value[:200], request)
                            self.assertTrue(self.holds(request, value, params), where)
        self.assertGreater(self.requests, 30)
        self.assertGreater(self.refused, 100)


class OnTheCommandLine(HubTest):
    def test_are_never_64_kib_long(self):
        params = self.home.write("params.json", json.dumps({"org": "acme", "group_name": "x" * 65536}))
        done = self.run_program(
            "-o", "json", "hub_teams", "get", "--params", f"@{params}", environment=self.environment
        )
        self.assertEqual(done.code, 2, done)
        self.assertEqual(self.sent(), [])


if __name__ == "__main__":
    unittest.main()
