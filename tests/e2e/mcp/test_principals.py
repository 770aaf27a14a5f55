"""What one caller began belongs to it: states of questions, tasks, and its name in the trail."""

import json

from http_case import HttpCase
from mcp_case import McpCase
from mcp_process import FIXTURE

INVALID_PARAMS = -32602
ASKS = "test_input_required_result_elicitation"
CAPABLE = {"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}}


def writers(folder):
    """Who wrote which key, as the trail has it."""
    entries = [json.loads(line) for line in (folder / "trail.ndjson").read_text().splitlines()]
    return {entry["params"]["key"]: entry["principal"] for entry in entries if entry.get("action") == "write"}


class TwoCallersTest(HttpCase):
    modules = (FIXTURE,)
    ADA, BOB, READER = (letter * 20 for letter in "abr")

    def setUp(self):
        tokens = self.home.path / "tokens.json"
        everything = ["dockerhub:read", "dockerhub:write", "dockerhub:destructive"]
        tokens.write_text(json.dumps({
            self.ADA: {"client_id": "ada", "scopes": everything},
            self.BOB: {"client_id": "bob", "scopes": everything},
            self.READER: {"client_id": "ada", "scopes": ["dockerhub:read"]}}))
        tokens.chmod(0o600)
        self.trail = self.home.path / ("trail of " + self.id().rpartition(".")[2])
        self.server = self.start(environment={
            "AUTH_TYPE": "static", "DOCKERHUB_STATIC_TOKENS_FILE": str(tokens),
            "MCP_TOOL_MODE": "verbose", "DOCKERHUB_ALLOW_DESTRUCTIVE": "true",
            "DOCKERHUB_TRAIL": "true", "DOCKERHUB_TRAIL_DIR": str(self.trail)})

    def call(self, bearer, tool, arguments=None, more=None, capabilities=None):
        return self.server.modern("tools/call", {"name": tool, "arguments": arguments or {}, **(more or {})},
                                  bearer=bearer, capabilities=capabilities or {"elicitation": {}})

    def about(self, bearer, method, task, **params):
        message = self.server.modern_message(method, {"taskId": task, **params}, capabilities=CAPABLE)
        headers = {**self.server.modern_headers(message, bearer), "Mcp-Name": task}
        return self.server.request("POST", "/mcp", message, headers)

    def test_a_state_is_good_for_the_caller_that_was_asked(self):
        asked = self.call(self.ADA, ASKS).result()
        answer = {"requestState": asked["requestState"], "inputResponses": {
            "user_name": {"action": "accept", "content": {"name": "Ada"}}}}
        for other in (self.BOB, self.READER):
            with self.subTest(other[0]):
                self.assertEqual(self.call(other, ASKS, more=answer).error()["code"], INVALID_PARAMS)
        done = self.call(self.ADA, ASKS, more=answer).result()
        self.assertEqual(done["content"][0]["text"], "Hello, Ada!")

    def test_a_consent_is_good_for_the_caller_that_was_asked(self):
        arguments = {"key": "k"}
        self.assertFalse(self.call(self.ADA, "demo_write", {**arguments, "value": "v"}).result()["isError"])
        asked = self.call(self.ADA, "demo_delete", arguments).result()
        (key, _), = asked["inputRequests"].items()
        consent = {"requestState": asked["requestState"], "inputResponses": {
            key: {"action": "accept", "content": {"confirm": "k"}}}}
        self.assertEqual(self.call(self.BOB, "demo_delete", arguments, consent).error()["code"], INVALID_PARAMS)
        self.assertFalse(self.call(self.ADA, "demo_delete", arguments, consent).result()["isError"])

    def test_a_task_is_nothing_to_another_caller(self):
        task = self.call(self.ADA, "slow_compute", {"seconds": 60}, capabilities=CAPABLE).result()["taskId"]
        for other in (self.BOB, self.READER):
            for method, params in (("tasks/get", {}), ("tasks/update", {"inputResponses": {}}),
                                   ("tasks/cancel", {})):
                with self.subTest(method + " by " + other[0]):
                    refused = self.about(other, method, task, **params).error()
                    self.assertEqual(refused["code"], INVALID_PARAMS)
        self.assertEqual(self.about(self.ADA, "tasks/get", task).result()["status"], "working")
        self.about(self.ADA, "tasks/cancel", task)

    def test_the_trail_names_who_called(self):
        for bearer, key in ((self.ADA, "of-ada"), (self.BOB, "of-bob")):
            written = self.call(bearer, "demo_write", {"key": key, "value": "v"}).result()
            self.assertFalse(written["isError"], written)
        session = self.server.session(bearer=self.BOB)
        session.post("tools/call", {"name": "demo_write", "arguments": {"key": "old", "value": "v"}}, 2)
        self.assertEqual(writers(self.trail), {"of-ada": "ada", "of-bob": "bob", "old": "bob"})


class OneCallerTest(McpCase):
    def test_the_trail_names_who_called(self):
        trail = self.home.path / "trail"
        server = self.connected(environment={"DOCKERHUB_TRAIL": "true", "DOCKERHUB_TRAIL_DIR": str(trail)})
        self.assertFalse(server.call("write", {"key": "k", "value": "v"})["isError"])
        self.assertEqual(writers(trail), {"k": "stdio"})
