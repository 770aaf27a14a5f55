"""Every action with valid parameters, few of them and all of them, against Prism: a server made from Docker's
own document, which judges each request. Needs DOCKERHUB_SPECS (the folder with hub-openapi.yaml) and tests/npm."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading

from cli_test import CliTest
from dockerhub_process import DEADLINE, wait_until
from hub_case import SECRETS, ok, secrets_of, without_each
from mcp_process import Home, Server
from outside import NPM, SPECS, main, package, specification
from scripted_server import ScriptedServer, answer

TOOLS = ("hub_auth", "hub_repos", "hub_org", "hub_teams", "hub_audit", "hub_scim")

# Not in Docker's document.
UNDOCUMENTED = {"hub_repos update", "hub_repos push_readme", "hub_repos delete_tag", "hub_repos search", "hub_org list_orgs", "hub_repos cleanup"}
# Made of several operations of the document.
COMPOSED = {"hub_auth rotate_pat", "hub_org report", "hub_org sync", "hub_teams sync"}
# Where the row's example would not do: Docker's document has the pattern of a repository name for
# regular expressions, and a replaced user is read first.
PARAMETERS = {
    "hub_repos verify_immutable_tags": {"regex": "v1", "namespace": "acme", "repository": "app"},
    "hub_repos set_immutable_tags": {"namespace": "acme", "repository": "app", "enabled": True, "rules": ["v1"]},
    "hub_scim update_user": {"user_id": "u", "given_name": "Ada", "family_name": "L", "active": True},
}

# Values for parameters that no example gives, where the schema alone does not lead to one.
VALUES = {
    "expires_at": "2099-01-31T00:00:00Z", "from_date": "2025-01-31T00:00:00Z", "to_date": "2025-02-01T00:00:00+01:00",
    # Docker's document has it as a number where it means a text.
    "search": "7",
    "email": "ada@example.com",
    "user_name": "ada@example.com",
    "resources": [{"type": "TYPE_REPO", "path": "acme/app", "scopes": ["scope-image-pull"]}],
}
# Where not all parameters go together: each of these calls has what the others have not. None: without it.
TOGETHER = {
    "hub_org update_settings": [
        {"restricted_images": None},
        {"restricted_images_enabled": None, "allow_official_images": None, "allow_verified_publishers": None,
         "restricted_images": {"enabled": True, "allow_official_images": True, "allow_verified_publishers": False}},
    ],
    # Following does not end by itself.
    "hub_audit logs": [{"follow": False}],
}


def value_of(name, schema):
    if name in VALUES:
        return VALUES[name]
    if "enum" in schema:
        return schema["enum"][-1]
    kinds = {"boolean": True, "integer": max(2, schema.get("minimum", 2)), "string": "x", "array": ["x"]}
    return kinds[schema["type"]]


def all_of(name, action, params):
    """Calls of an action that have each of its parameters among them."""
    properties = action["params"]["properties"]
    whole = {**{one: value_of(one, schema) for one, schema in properties.items()
                if one not in params and schema["type"] != "object"}, **params}
    calls = [{one: value for one, value in {**whole, **other}.items() if value is not None} for other in TOGETHER.get(name, [{}])]
    missing = set(properties) - set().union(*calls)
    assert not missing, f"{name}: nothing is known to give for {missing}"
    return calls


def looks_first(tool, action, params):
    """Whether a read that shows what the call would mean stands before its request."""
    return action == "set_immutable_tags" or (tool == "hub_audit" and "action" in params)


def repaired(text):
    """Docker's document without the three defects that stop Prism: the last is a CSV that it draws as objects."""
    text = text.replace('- $ref: "#/components/responses/team_repo"', "- type: object")
    text = text.replace("- BearerAuth:", "- bearerAuth:")
    as_text = r"\1              schema:\n                type: string\n                example: Name,Username\n"
    text, count = re.subn(r"(            text/csv:\n)(?: {14}.*\n)+", as_text, text)
    assert count == 1, "the document has no CSV any more, or another one"
    return text


class Prism:
    def __init__(self, folder):
        document = pathlib.Path(folder) / "hub-openapi.yaml"
        document.write_text(repaired((SPECS / "hub-openapi.yaml").read_text()))
        self.process = subprocess.Popen(
            ["node", str(NPM / "@stoplight" / "prism-cli" / "dist" / "index.js"), "mock", "-h", "127.0.0.1", "-p", "0", str(document)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        self.port = self._port()
        self.log = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _read(self):
        for line in self.process.stdout:
            self.log.append(line)

    def received(self):
        """Methods and paths of the requests that its log tells."""
        found = (re.search(r"\[HTTP SERVER\] (\w+) (\S+) .*Request received", re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in list(self.log))
        return [f"{one[1].upper()} {one[2]}" for one in found if one]

    def _port(self):
        told = ""
        for line in self.process.stdout:
            told += line
            found = re.search(r"Prism is listening on http://127\.0\.0\.1:(\d+)", line)
            if found:
                return int(found[1])
        raise AssertionError(f"Prism did not start:\n{told}")

    def close(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=DEADLINE)
        self._reader.join()
        self.process.stdout.close()


class PrismTest(CliTest):
    """Calls that reach Prism; `replies`, "METHOD /path" to a value, are answered in place of its examples."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="dockerhub-prism-")
        cls.addClassCleanup(folder.cleanup)
        cls.prism = Prism(folder.name)
        cls.addClassCleanup(cls.prism.close)

    def setUp(self):
        super().setUp()
        self.judged = []
        self.replies = {}
        self.server = ScriptedServer(self._pass_on)
        self.addCleanup(self.server.close)
        self.environment = {"DOCKERHUB_URL": self.server.url, "DOCKERHUB_JWT": "some-token-0123456789"}

    def _pass_on(self, request):
        """Hands a request to Prism and keeps what Prism finds wrong with it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.prism.port, timeout=DEADLINE)
        try:
            headers = {name: value for name, value in request.headers.items() if name not in ("host", "connection")}
            connection.request(request.method, request.target, body=request.body or None, headers=headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        found = json.loads(response.headers.get("sl-violations", "[]"))
        wrong = [one for one in found if one["location"][0] == "request"]
        self.judged.append((f"{request.method} {request.target}", response.status, wrong, body))
        if (reply := self.replies.get(f"{request.method} {request.path}")) is not None:
            return ok(reply, response.status)
        kept = [("Content-Type", response.headers["Content-Type"])] if response.headers["Content-Type"] else []
        return answer(response.status, b"" if request.method == "HEAD" else body, kept)

    def call(self, tool, action, params):
        """action: as `describe` tells it."""
        given = {name: value for name, value in params.items() if name not in SECRETS}
        self.judged.clear()
        return self.run_program(
            "-o", "json", "--yes", "--allow-destructive", tool, action["action"], "--params", json.dumps(given),
            environment={**self.environment, **secrets_of(action)},
        )

    def assert_taken(self):
        for request, status, wrong, body in self.judged:
            self.assertEqual(wrong, [], request)
            self.assertLess(status, 400, (request, body))


class Documented(PrismTest):
    def actions(self):
        for tool in TOOLS:
            for action in self.data(tool, "describe")["actions"]:
                name = f"{tool} {action['action']}"
                if name not in UNDOCUMENTED | COMPOSED:
                    yield tool, action, PARAMETERS.get(name, action["examples"][0])

    def test_requests_with_all_parameters_are_those_of_dockers_document(self):
        seen = parameters = 0
        for tool, action, params in self.actions():
            for given in all_of(f"{tool} {action['action']}", action, params):
                with self.subTest(tool=tool, action=action["action"], given=given):
                    done = self.call(tool, action, given)
                    self.assertIn(done.code, (0, 10), done)  # 10: one that ends soon is a condition
                    self.assertGreater(len(self.judged), 0, done)
                    self.assert_taken()
            seen += 1
            parameters += len(action["params"]["properties"])
        print(f"actions that Prism took with all of their parameters: {seen}, parameters: {parameters}", file=sys.stderr)
        self.assertEqual(seen, 54)

    def test_requests_are_those_of_dockers_document(self):
        seen = 0
        for tool, action, params in self.actions():
            done = self.call(tool, action, params)
            with self.subTest(tool=tool, action=action["action"]):
                self.assertEqual(len(self.judged), 2 if looks_first(tool, action["action"], params) else 1, done)
                self.assert_taken()
            seen += 1
        print(f"actions that Prism took: {seen}", file=sys.stderr)
        self.assertEqual(seen, 54)


class Composed(PrismTest):
    """Lists are told here, since those of Prism's examples lead to nothing; every request is judged by Prism."""

    MEMBERS = [
        {"username": "root", "email": "root@example.com", "role": "Owner", "groups": ["owners"]},
        {"username": "ada", "email": "ada@example.com", "role": "Member", "groups": ["dev"]},
        {"username": "bob", "email": "bob@example.com", "role": "Member", "groups": []},
    ]

    def setUp(self):
        super().setUp()
        # {"username": "ada"}, without a signature: whose tokens they are.
        self.environment["DOCKERHUB_JWT"] = "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImFkYSJ9.c2ln"
        self.replies = {
            "GET /v2/orgs/acme/members": {"count": 3, "next": None, "previous": None, "results": self.MEMBERS},
            "GET /v2/orgs/acme/invites": {"data": []},
            "POST /v2/invites/bulk": {"invitees": {"invitees": [{"invitee": "grace", "status": "invited"}]}},
            "GET /v2/orgs/acme/groups/dev/members": {"count": 1, "next": None, "previous": None, "results": self.MEMBERS[2:]},
        }

    def taken(self, tool, action, params):
        """What a call sent without a word of Prism's against it."""
        row = next(one for one in self.data(tool, "describe")["actions"] if one["action"] == action)
        done = self.call(tool, row, params)
        self.assertEqual(done.code, 0, done)
        self.assert_taken()
        self.called.add(f"{tool} {action}")
        return [request.partition("?")[0] for request, *_ in self.judged]

    def test_requests_are_those_of_dockers_document(self):
        self.called = set()
        uuid = "b30bbf97-506c-4ecd-aabc-842f3cb484fb"
        old = {"uuid": uuid, "token_label": "ci", "scopes": ["repo:read"], "token": "", "expires_at": None}
        self.replies[f"GET /v2/access-tokens/{uuid}"] = old
        self.replies["POST /v2/access-tokens"] = {**old, "uuid": "new", "token": "dckr_pat_of-the-test"}
        begun = [f"GET /v2/access-tokens/{uuid}", "POST /v2/access-tokens", "POST /v2/auth/token"]
        for fate, last in (("delete", "DELETE"), ("deactivate", "PATCH")):
            given = {"uuid": uuid, "old_token": fate, "expires_at": "2099-01-31T00:00:00Z"}
            self.assertEqual(self.taken("hub_auth", "rotate_pat", given), [*begun, f"{last} /v2/access-tokens/{uuid}"])

        self.assertEqual(self.taken("hub_org", "report", {"org": "acme"}), ["GET /v2/orgs/acme/members"] * 2)

        sent = self.taken("hub_org", "sync", {"org": "acme", "remove": True, "rows": [
            {"member": "root"}, {"member": "ada", "role": "editor", "teams": ["ops"]},
            {"member": "grace", "role": "member", "teams": ["dev"]}]})
        self.assertEqual(sorted(sent), [
            "DELETE /v2/orgs/acme/groups/dev/members/ada", "DELETE /v2/orgs/acme/members/bob", "GET /v2/orgs/acme/invites",
            "GET /v2/orgs/acme/members", "GET /v2/orgs/acme/members", "POST /v2/invites/bulk", "POST /v2/orgs/acme/groups/ops/members",
            "PUT /v2/orgs/acme/members/ada"])

        team = "/v2/orgs/acme/groups/dev/members"
        sent = self.taken("hub_teams", "sync", {"org": "acme", "group_name": "dev", "members": ["ada"]})
        self.assertEqual(sent, ["GET " + team, "POST " + team, f"DELETE {team}/bob"])
        self.assertEqual(self.called, COMPOSED)


class Refused(CliTest):
    def test_calls_without_something_that_they_need_are_not_in_the_log_of_prism(self):
        folder = Home()
        self.addCleanup(folder.remove)
        prism = Prism(folder.path)
        self.addCleanup(prism.close)
        server = Server(folder, [], {
            "DOCKERHUB_URL": prism.url, "DOCKERHUB_JWT": "some-token-0123456789", "DOCKERHUB_CONFIRM": "never",
            "DOCKERHUB_ALLOW_DESTRUCTIVE": "true",
        })
        self.addCleanup(server.__exit__)
        server.initialize()
        calls = 0
        for tool, action, name, given in without_each(self, TOOLS):
            result = server.call(action, given, tool=tool)
            self.assertTrue(result["isError"], (tool, action, name))
            self.assertEqual(result["structuredContent"]["error"]["parameter"], name, (tool, action))
            calls += 1
        # Behind those that there could be, one that there is.
        self.assertFalse(server.call("get", {"org": "acme", "group_name": "last"}, tool="hub_teams")["isError"])
        wait_until(prism.received, "a request in the log of Prism")
        self.assertEqual(prism.received(), ["GET /v2/orgs/acme/groups/last"])
        print(f"calls that were refused before Prism: {calls}", file=sys.stderr)
        self.assertGreater(calls, 60)


if __name__ == "__main__":
    main("Prism", specification("hub-openapi.yaml"), package("@stoplight/prism-cli"))
