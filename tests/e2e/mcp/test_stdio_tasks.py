"""Tasks over standard input and output: calls of the fixture that take long, an export of Docker Hub's audit log, a
cleanup, and a copy."""

import json
import time

from mcp_case import McpCase
from http_process import wait_until
from mcp_process import DEADLINE, FIXTURE
from sandbox_case import SandboxCase

INVALID_PARAMS = -32602
META = "io.modelcontextprotocol/"
TASKS = META + "tasks"


class TaskClient:
    """Asks in revision 2026-07-28, and says that it knows tasks."""

    def ask(self, server, method, params):
        about = {META + "protocolVersion": "2026-07-28",
                 META + "clientCapabilities": {"elicitation": {}, "extensions": {TASKS: {}}}}
        return server.response(server.begin(method, {**params, "_meta": about}))

    def begin_task(self, server, tool, arguments):
        begun = self.ask(server, "tools/call", {"name": tool, "arguments": arguments})["result"]
        self.assertEqual((begun["resultType"], begun["status"]), ("task", "working"), begun)
        self.assertRegex(begun["taskId"], "^[0-9a-f]{32}$")
        return begun

    def until(self, server, task, *statuses):
        """What tasks/get tells when the task has one of these; asked as often as the server wants to be."""
        end = time.monotonic() + DEADLINE
        while True:
            state = self.ask(server, "tasks/get", {"taskId": task["taskId"]})["result"]
            if state["status"] in statuses:
                return state
            self.assertLess(time.monotonic(), end, state)
            time.sleep(state["pollIntervalMs"] / 1000)


class FixtureTasksTest(TaskClient, McpCase):
    modules = (FIXTURE,)

    def setUp(self):
        self.server = self.start(environment={"MCP_TOOL_MODE": "verbose"})

    def test_a_call_that_takes_long_becomes_a_task_and_is_told_when_it_is_asked_for(self):
        task = self.begin_task(self.server, "slow_compute", {"seconds": 1.5})
        self.assertGreater(task["ttlMs"], 0)
        done = self.until(self.server, task, "completed")
        self.assertEqual(done["result"]["content"][0]["text"], "Computed.")
        again = self.ask(self.server, "tasks/get", {"taskId": task["taskId"]})["result"]
        self.assertEqual(again["result"], done["result"])

    def test_other_requests_are_answered_meanwhile_and_a_cancelled_one_ends(self):
        task = self.begin_task(self.server, "slow_compute", {"seconds": 60})
        said = self.ask(self.server, "tools/call", {"name": "greet", "arguments": {"name": "Ada"}})["result"]
        self.assertEqual(said["content"][0]["text"], "Hello, Ada!")
        self.assertIn("result", self.ask(self.server, "tasks/cancel", {"taskId": task["taskId"]}))
        self.until(self.server, task, "cancelled")

    def test_a_question_is_answered_by_an_update(self):
        task = self.begin_task(self.server, "confirm_delete", {"filename": "a.txt"})
        asked = self.until(self.server, task, "input_required")
        (key, question), = asked["inputRequests"].items()
        self.assertIn("a.txt", question["params"]["message"])
        self.ask(self.server, "tasks/update", {"taskId": task["taskId"], "inputResponses": {
            key: {"action": "accept", "content": {"confirm": "a.txt"}}}})
        done = self.until(self.server, task, "completed")
        self.assertEqual(done["result"]["content"][0]["text"], "Deleted a.txt.")

    def test_unknown_tasks_are_refused(self):
        self.assert_rpc_error(self.ask(self.server, "tasks/get", {"taskId": "0" * 32}), INVALID_PARAMS)

    def test_the_end_of_input_ends_what_runs_as_a_task(self):
        self.begin_task(self.server, "slow_compute", {"seconds": 60})
        self.server.close_input()
        self.assertEqual(self.server.end(), 0)


class AuditExportTest(TaskClient, SandboxCase):
    """The log of an organization, 60 entries in pages that are slow to come."""

    arguments = ("--max-result-tokens", "0")
    LOG = "/v2/auditlogs/sandbox-org"

    def setUp(self):
        super().setUp()
        self.sandbox.fault("latency", listener="hub", prefix=self.LOG, interval_ms=600)

    def export(self):
        return self.begin_task(self.server, "hub_audit", {
            "action": "logs", "params": {"account": "sandbox-org", "page_size": 25}, "all_pages": True})

    def pages(self):
        return len([one for one in self.sandbox.journal("hub") if self.LOG in json.dumps(one)])

    def test_an_export_that_takes_long_is_a_task_with_all_that_it_found(self):
        result = self.until(self.server, self.export(), "completed")["result"]
        self.assertFalse(result["isError"], result)
        self.assertEqual(len(result["structuredContent"]["data"]["logs"]), 60)
        self.assertGreater(self.pages(), 1)

    def test_one_that_is_cancelled_asks_docker_hub_for_nothing_more(self):
        self.sandbox.clear_faults()
        self.sandbox.fault("hang", listener="hub", prefix=self.LOG)
        task = self.export()
        self.ask(self.server, "tasks/cancel", {"taskId": task["taskId"]})
        self.until(self.server, task, "cancelled")
        self.assertLessEqual(self.pages(), 1)


class CleanupTest(TaskClient, SandboxCase):
    """Of a repository whose tags are slow to come, and to go."""

    arguments = ("--allow-destructive", "--max-result-tokens", "0")
    REPOSITORY = {"namespace": "sandbox", "repository": "app"}
    TAGS = "/v2/namespaces/sandbox/repositories/app/tags"
    OLD = [f"build-{number}" for number in range(60)]
    DELETIONS_AT_ONCE = 6

    def on_sandbox(self, *arguments):
        return self.connected(*arguments, environment={**self.sandbox.environment, "DOCKERHUB_CONFIRM": "never"})

    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ["kept", *self.OLD]])

    def tags(self):
        return set(self.sandbox.state()["registry"]["sandbox/app"]["tags"])

    def deletions(self):
        return [one for one in self.sandbox.journal("hub") if one["method"] == "DELETE"]

    def plan(self):
        return self.server.call("cleanup", {**self.REPOSITORY, "only": ["build-*"]},
                                tool="hub_repos")["structuredContent"]["data"]

    def test_a_plan_that_takes_long_is_a_task_and_comes_whole(self):
        self.sandbox.fault("latency", listener="hub", prefix=self.TAGS, interval_ms=1500, times=1)
        task = self.begin_task(self.server, "hub_repos", {
            "action": "cleanup", "params": {**self.REPOSITORY, "only": ["build-*"]}})
        result = self.until(self.server, task, "completed")["result"]
        self.assertFalse(result["isError"], result)
        entries = result["structuredContent"]["data"]["entries"]
        self.assertEqual({one["tag"] for one in entries if one["action"] == "delete"}, set(self.OLD))

    def test_one_that_is_carried_out_and_cancelled_deletes_nothing_more(self):
        plan = self.plan()
        self.sandbox.fault("hang", method="DELETE")  # those that are under way are carried out
        task = self.begin_task(self.server, "hub_repos", {
            "action": "cleanup", "params": {**self.REPOSITORY, "plan": plan}})
        wait_until(lambda: len(self.deletions()) == self.DELETIONS_AT_ONCE)
        self.assertIn("result", self.ask(self.server, "tasks/cancel", {"taskId": task["taskId"]}))
        self.until(self.server, task, "cancelled")
        self.sandbox.clear_faults()
        left = self.tags()
        self.assertEqual(len(set(self.OLD) - left), self.DELETIONS_AT_ONCE)
        # It holds nothing any more: another call finds what it left, and carries the same plan out.
        result = self.server.call("cleanup", {**self.REPOSITORY, "plan": plan}, tool="hub_repos")
        self.assertFalse(result["isError"], result)
        self.assertEqual(result["structuredContent"]["data"]["deleted"], len(left & set(self.OLD)))
        self.assertEqual(self.tags(), left - set(self.OLD))


class CopyTest(TaskClient, SandboxCase):
    """Of an image to a repository that is slow."""

    TARGET = "/v2/sandbox-org/made/"

    def copy(self):
        return self.begin_task(self.server, "hub_registry", {
            "action": "copy", "params": {"repo": "sandbox/single:latest", "to": "sandbox-org/made:v1"}})

    def tags(self):
        return set(self.sandbox.state()["registry"].get("sandbox-org/made", {}).get("tags", ()))

    def sent(self):
        return [one for one in self.sandbox.journal("registry") if one["path"].startswith(self.TARGET)]

    def test_one_that_takes_long_is_a_task_and_copies_all(self):
        self.sandbox.fault("latency", listener="registry", prefix=self.TARGET, interval_ms=400)
        result = self.until(self.server, self.copy(), "completed")["result"]
        self.assertFalse(result["isError"], result)
        self.assertEqual(self.tags(), {"v1"})

    def test_one_that_is_cancelled_writes_nothing_more(self):
        self.sandbox.fault("hang", listener="registry", method="POST", prefix=self.TARGET)
        task = self.copy()
        wait_until(lambda: any(one["method"] == "POST" for one in self.sent()))
        self.assertIn("result", self.ask(self.server, "tasks/cancel", {"taskId": task["taskId"]}))
        self.until(self.server, task, "cancelled")
        # When the program has ended, nothing of it can come any more.
        self.server.close_input()
        self.assertEqual(self.server.end(), 0)
        self.assertEqual([one for one in self.sent() if one["method"] in ("PATCH", "PUT")], [])
        self.assertEqual(self.tags(), set())
