"""Revision 2026-07-28 over HTTP: what a request has to say, questions as results, streams of changes."""

import base64
import json

from http_case import FixtureCase, HttpCase
from http_process import BOTH, MODERN, wait_until

PARSE, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
HEADER_MISMATCH, MISSING_CAPABILITY, UNSUPPORTED_VERSION = -32020, -32021, -32022
META = "io.modelcontextprotocol/"


class RulesTest(FixtureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_for_all()

    @classmethod
    def start_for_all(cls):
        from http_process import HttpServer
        server = HttpServer(cls.home, ["--allow-unauthenticated"], {"MCP_TOOL_MODE": "verbose"})
        cls.addClassCleanup(server.stop)
        return server

    def refused(self, answer, status, code, request_id=1):
        self.assertEqual(answer.status, status, answer.body)
        message = answer.json()
        self.assertEqual(message["error"]["code"], code, message)
        self.assertEqual(message["id"], request_id)
        return message["error"]

    def send(self, message, **changed):
        headers = self.server.modern_headers(message)
        for name, value in changed.items():
            name = name.replace("_", "-")
            headers.pop(next((each for each in headers if each.lower() == name), name), None)
            if value is not None:
                headers[name] = value
        return self.server.request("POST", "/mcp", message, headers)

    def test_discovery_tells_who_answers_and_how_long_it_is_true(self):
        result = self.server.modern("server/discover").result()
        self.assertEqual(result["resultType"], "complete")
        self.assertEqual(result["supportedVersions"], [MODERN])
        self.assertTrue(result["capabilities"]["resources"]["subscribe"])
        self.assertEqual(result["_meta"][META + "serverInfo"]["name"], "dockerhub-mcp")
        self.assertEqual((result["cacheScope"], type(result["ttlMs"])), ("private", int))

    def test_every_list_says_how_long_it_is_true(self):
        for method in ("tools/list", "prompts/list", "resources/list", "resources/templates/list"):
            result = self.server.modern(method).result()
            self.assertEqual(result["resultType"], "complete")
            self.assertGreaterEqual(result["ttlMs"], 0)
            self.assertEqual(result["cacheScope"], "private")

    def test_what_a_request_has_to_say_of_itself(self):
        for missing in ("protocolVersion", "clientCapabilities"):
            message = self.server.modern_message("tools/list")
            del message["params"]["_meta"][META + missing]
            self.refused(self.send(message), 400, INVALID_PARAMS)
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        self.refused(self.send(message), 400, INVALID_PARAMS)

    def test_headers_that_say_something_else_are_refused(self):
        call = self.server.modern_message("tools/call", {"name": "test_simple_text", "arguments": {}})
        for changed in ({"mcp_method": "tools/list"}, {"mcp_method": None}, {"mcp_name": "greet"},
                        {"mcp_name": None}, {"mcp_name": "=?base64?!!?="},
                        {"mcp_protocol_version": "2025-11-25"}):
            with self.subTest(changed):
                self.refused(self.send(call, **changed), 400, HEADER_MISMATCH)
        wrapped = "=?base64?" + base64.b64encode(b"test_simple_text").decode() + "?="
        self.assertEqual(self.send(call, mcp_name=wrapped).status, 200)

    def test_arguments_are_mirrored_where_the_schema_says_so(self):
        call = self.server.modern_message("tools/call", {"name": "test_x_mcp_header",
                                                         "arguments": {"region": "eu"}})
        self.assertEqual(self.send(call, mcp_param_region="eu").status, 200)
        self.refused(self.send(call, mcp_param_region="us"), 400, HEADER_MISMATCH)
        self.refused(self.send(call), 400, HEADER_MISMATCH)

    def test_another_version_is_refused_with_those_that_are_served(self):
        message = self.server.modern_message(
            "server/discover", meta={META + "protocolVersion": "2030-01-01"})
        error = self.refused(self.send(message, mcp_protocol_version="2030-01-01"), 400,
                             UNSUPPORTED_VERSION)
        self.assertEqual(error["data"], {"supported": [MODERN], "requested": "2030-01-01"})

    def test_methods_of_the_older_revisions_are_gone(self):
        for method in ("initialize", "ping", "logging/setLevel", "resources/subscribe", "nonsense"):
            self.refused(self.send(self.server.modern_message(method)), 404, NO_METHOD)

    def test_bodies_that_are_no_message(self):
        headers = {"Content-Type": "application/json", "Accept": BOTH, "MCP-Protocol-Version": MODERN}
        for body, status, code in (("{", 400, PARSE), ("[]", 400, INVALID_REQUEST),
                                   ("[" * 200 + "]" * 200, 400, INVALID_REQUEST),
                                   (b'{"a":"\xff"}', 400, PARSE)):
            answer = self.server.request("POST", "/mcp", body, headers)
            self.refused(answer, status, code, None)
        text = self.server.request("POST", "/mcp", "{}", {**headers, "Content-Type": "text/plain"})
        self.assertEqual(text.status, 415)
        self.assertEqual(self.server.request("PUT", "/mcp", "{}", headers).status, 405)

    def test_a_notification_is_accepted_without_a_word(self):
        answer = self.send({"jsonrpc": "2.0", "method": "notifications/cancelled",
                            "params": {"requestId": 1, "_meta": {META + "protocolVersion": MODERN}}})
        self.assertEqual((answer.status, answer.body), (202, b""))

    def test_a_capability_that_the_client_lacks_is_named(self):
        answer = self.server.modern("tools/call", {"name": "test_missing_capability", "arguments": {}})
        error = self.refused(answer, 400, MISSING_CAPABILITY)
        self.assertEqual(error["data"]["requiredCapabilities"], {"sampling": {}})

    def test_log_lines_come_only_to_who_asked_for_them(self):
        params = {"name": "test_logging_tool", "arguments": {}}
        self.assertEqual(len(self.server.modern("tools/call", params).messages()), 1)
        told = self.server.modern("tools/call", params, meta={META + "logLevel": "info"}).messages()
        self.assertEqual(told[0]["method"], "notifications/message")
        self.assertIn("result", told[-1])

    def test_a_missing_resource_is_a_wrong_parameter(self):
        answer = self.server.modern("resources/read", {"uri": "test://nowhere"})
        self.assertEqual(answer.error()["code"], INVALID_PARAMS)
        self.assertEqual(answer.error()["data"]["uri"], "test://nowhere")

    # ---------------------------------------------------------------------------- questions

    def ask(self, tool, more=None, capabilities=None, arguments=None):
        return self.server.modern("tools/call", {"name": tool, "arguments": arguments or {},
                                                 **(more or {})},
                                  capabilities={"elicitation": {}} if capabilities is None
                                  else capabilities)

    def test_a_question_is_a_result_and_its_answer_a_new_request(self):
        asked = self.ask("test_input_required_result_elicitation").result()
        self.assertEqual(asked["resultType"], "input_required")
        self.assertNotIn("ttlMs", asked)
        question = asked["inputRequests"]["user_name"]
        self.assertEqual(question["method"], "elicitation/create")
        answer = {"inputResponses": {"user_name": {"action": "accept", "content": {"name": "Ada"}}},
                  "requestState": asked["requestState"]}
        done = self.ask("test_input_required_result_elicitation", answer).result()
        self.assertEqual(done["content"][0]["text"], "Hello, Ada!")

    def test_a_state_that_was_changed_or_is_of_another_call_is_refused(self):
        tool = "test_input_required_result_request_state"
        state = self.ask(tool).result()["requestState"]
        answer = {"confirm": {"action": "accept", "content": {"ok": True}}}
        for bad in (state[:-2] + ("AA" if state[-2:] != "AA" else "BB"), state + "x", "x", state[1:]):
            answered = self.ask(tool, {"requestState": bad, "inputResponses": answer})
            self.assertEqual(answered.error()["code"], INVALID_PARAMS)
        other = self.ask("test_input_required_result_tampered_state",
                         {"requestState": state, "inputResponses": answer})
        self.assertEqual(other.error()["code"], INVALID_PARAMS)
        good = self.ask(tool, {"requestState": state, "inputResponses": answer}).result()
        self.assertIn("state-ok", good["content"][0]["text"])

    def test_consent_is_the_exact_name_and_works_once(self):
        tool, arguments = "confirm_delete", {"filename": "a.txt"}
        asked = self.ask(tool, arguments=arguments).result()
        (key, question), = asked["inputRequests"].items()
        self.assertIn("a.txt", question["params"]["message"])

        def confirm(typed, state=asked["requestState"], action="accept"):
            return self.ask(tool, {"requestState": state, "inputResponses": {
                key: {"action": action, "content": {"confirm": typed}}}}, arguments=arguments)

        done = confirm("a.txt").result()
        self.assertEqual(done["content"][0]["text"], "Deleted a.txt.")
        self.assertEqual(confirm("a.txt").error()["code"], INVALID_PARAMS)
        for typed, action in (("b.txt", "accept"), ("a.txt", "decline"), (True, "accept")):
            fresh = self.ask(tool, arguments=arguments).result()["requestState"]
            refused = confirm(typed, fresh, action).result()
            self.assertTrue(refused["isError"], refused)
            self.assertEqual(refused["structuredContent"]["error"]["type"], "ApprovalError")

    def test_who_cannot_be_asked_is_refused(self):
        result = self.ask("confirm_delete", capabilities={}).result()
        self.assertEqual(result["structuredContent"]["error"]["type"], "ApprovalError")

    # ------------------------------------------------------------------------------ streams

    def test_a_stream_tells_what_was_asked_for_and_nothing_else(self):
        stream = self.server.modern_stream("subscriptions/listen", {"notifications": {
            "promptsListChanged": True, "resourceSubscriptions": ["test://watched-resource", "x:y"]}},
            request_id="listen-1")
        self.addCleanup(stream.close)
        first = stream.message()
        self.assertEqual(first["method"], "notifications/subscriptions/acknowledged")
        self.assertEqual(first["params"]["notifications"], {
            "promptsListChanged": True, "resourceSubscriptions": ["test://watched-resource"]})
        for tool in ("test_trigger_tool_change", "test_trigger_prompt_change"):
            self.server.modern("tools/call", {"name": tool, "arguments": {}})
        changed = stream.message()
        self.assertEqual(changed["method"], "notifications/prompts/list_changed")
        self.assertEqual(changed["params"]["_meta"], {META + "subscriptionId": "listen-1"})
        self.server.modern("tools/call", {"name": "test_trigger_resource_change", "arguments": {}})
        updated = stream.message()
        self.assertEqual(updated["method"], "notifications/resources/updated")
        self.assertEqual(updated["params"]["uri"], "test://watched-resource")

    def test_a_stream_needs_a_client_that_reads_streams(self):
        message = self.server.modern_message("subscriptions/listen", {"notifications": {}})
        self.assertEqual(self.send(message, accept="application/json").status, 406)

    def test_a_resource_is_watched_as_long_as_somebody_listens(self):
        def watched():
            told = self.server.modern("tools/call",
                                      {"name": "test_trigger_resource_change", "arguments": {}})
            return told.result()["content"][0]["text"]

        wait_until(lambda: watched() == "Told of 0 watched resources.")
        stream = self.server.modern_stream("subscriptions/listen", {"notifications": {
            "resourceSubscriptions": ["test://watched-resource"]}})
        stream.message()
        self.assertEqual(watched(), "Told of 1 watched resources.")
        stream.close()
        wait_until(lambda: watched() == "Told of 0 watched resources.")


class TaskTest(FixtureCase):
    CAPABLE = {"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}}

    def setUp(self):
        self.server = self.start()

    def call(self, tool, arguments=None, capabilities=None):
        return self.server.modern("tools/call", {"name": tool, "arguments": arguments or {}},
                                  capabilities=self.CAPABLE if capabilities is None else capabilities)

    def about(self, method, task, **params):
        message = self.server.modern_message(method, {"taskId": task, **params},
                                             capabilities=self.CAPABLE)
        headers = {**self.server.modern_headers(message), "Mcp-Name": task}
        return self.server.request("POST", "/mcp", message, headers)

    def until(self, task, *statuses):
        states = []

        def reached():
            states.append(self.about("tasks/get", task).result())
            return states[-1]["status"] in statuses

        wait_until(reached)
        return states[-1]

    def test_a_call_that_takes_long_becomes_a_task(self):
        begun = self.call("slow_compute", {"seconds": 1.5}).result()
        self.assertEqual((begun["resultType"], begun["status"]), ("task", "working"))
        done = self.until(begun["taskId"], "completed")
        self.assertEqual(done["result"]["content"][0]["text"], "Computed.")

    def test_a_short_one_does_not_and_nor_does_that_of_a_client_without_tasks(self):
        self.assertEqual(self.call("greet", {"name": "Ada"}).result()["resultType"], "complete")
        waited = self.call("slow_compute", {"seconds": 1.5}, capabilities={}).result()
        self.assertEqual(waited["resultType"], "complete")

    def test_what_goes_wrong_in_a_tool_completes_it_and_a_broken_module_fails_it(self):
        failing = self.call("failing_job").result()["taskId"]
        breaking = self.call("protocol_error_job").result()["taskId"]
        self.assertTrue(self.until(failing, "completed", "failed")["result"]["isError"])
        broken = self.until(breaking, "completed", "failed")
        self.assertEqual((broken["status"], broken["error"]["code"]), ("failed", -32603))

    def test_a_task_that_is_cancelled_ends(self):
        task = self.call("slow_compute", {"seconds": 60}).result()["taskId"]
        self.assertEqual(self.about("tasks/cancel", task).result()["resultType"], "complete")
        self.until(task, "cancelled")
        self.assertEqual(self.about("tasks/cancel", task).result()["resultType"], "complete")

    def test_questions_of_a_task_are_answered_by_an_update(self):
        task = self.call("confirm_delete", {"filename": "a.txt"}).result()["taskId"]
        asked = self.until(task, "input_required")
        (key, question), = asked["inputRequests"].items()
        self.assertIn("a.txt", question["params"]["message"])
        self.about("tasks/update", task, inputResponses={
            key: {"action": "accept", "content": {"confirm": "a.txt"}}})
        done = self.until(task, "completed")
        self.assertEqual(done["result"]["content"][0]["text"], "Deleted a.txt.")

    def test_unknown_tasks_and_clients_without_the_extension_are_refused(self):
        self.assertEqual(self.about("tasks/get", "0" * 32).error()["code"], INVALID_PARAMS)
        message = self.server.modern_message("tasks/get", {"taskId": "x"})
        answer = self.server.request("POST", "/mcp", message,
                                     {**self.server.modern_headers(message), "Mcp-Name": "x"})
        self.assertEqual((answer.status, answer.error()["code"]), (400, MISSING_CAPABILITY))


class StreamEndTest(HttpCase):
    def test_a_stream_gets_its_last_answer_when_the_server_ends(self):
        server = self.start()
        stream = server.modern_stream("subscriptions/listen",
                                      {"notifications": {"toolsListChanged": True}}, request_id=9)
        stream.message()
        server.process.terminate()
        last = stream.message()
        self.assertEqual((last["id"], last["result"]["resultType"]), (9, "complete"))
        self.assertIsNone(stream.message())
        stream.close()

    def test_closing_the_connection_ends_the_call(self):
        server = self.start("--allow-unauthenticated")
        stream = server.modern_stream(
            "tools/call", {"name": "demo", "arguments": {
                "action": "slow", "params": {"steps": 10000, "milliseconds": 1000}}},
            meta={"progressToken": 1})
        stream.message()

        def running():
            return "dockerhub_http_answering 1\n" not in server.request("GET", "/metrics").body.decode()

        self.assertTrue(running())
        stream.close()
        wait_until(lambda: not running())

    def test_a_module_that_comes_is_told(self):
        import shutil
        from mcp_process import FIXTURE, CLI, DEADLINE
        import signal
        import subprocess
        server = self.start()
        stream = server.modern_stream("subscriptions/listen",
                                      {"notifications": {"toolsListChanged": True}})
        stream.message()
        copy = self.home.plugins / FIXTURE.name
        shutil.copyfile(FIXTURE, copy)
        copy.chmod(0o644)
        subprocess.run([CLI, "plugin", "trust", copy], env=self.home.environment(), check=True,
                       capture_output=True, timeout=DEADLINE)
        server.process.send_signal(signal.SIGHUP)
        self.assertEqual(stream.message()["method"], "notifications/tools/list_changed")
        names = {tool["name"] for tool in server.modern("tools/list").result()["tools"]}
        self.assertIn("mcp_fixture", names)
        stream.close()


class ModeTest(HttpCase):
    def names(self, *arguments, environment=None):
        server = self.start(*arguments, environment=environment)
        return server, [tool["name"] for tool in server.modern("tools/list").result()["tools"]]

    def test_each_mode_shows_the_actions_in_its_way(self):
        server, names = self.names("--tool-mode", "verbose", "--allow-unauthenticated")
        self.assertIn("demo_echo", names)
        self.assertNotIn("demo", names)
        said = server.modern("tools/call", {"name": "demo_echo", "arguments": {"text": "hi"}})
        self.assertEqual(said.result()["structuredContent"]["data"], {"text": "hi"})
        planned = server.modern("tools/call", {"name": "demo_write", "arguments": {
            "key": "k", "value": "v", "_dry_run": True}}).result()
        self.assertTrue(planned["structuredContent"].get("dry_run"), planned)
        _, names = self.names("--tool-mode", "both")
        self.assertLessEqual({"demo", "demo_echo"}, set(names))

    def test_three_tools_find_and_call_all_actions(self):
        server, names = self.names(environment={"MCP_TOOL_MODE": "dynamic"})
        self.assertEqual(names, ["search_actions", "describe_action", "call_action"])

        def call(name, arguments):
            return server.modern("tools/call", {"name": name, "arguments": arguments}).result()

        found = call("search_actions", {"query": "echo"})["structuredContent"]["data"]["actions"]
        self.assertEqual(found[0]["tool"], "demo")
        about = call("describe_action", {"tool": "demo", "action": "echo"})
        self.assertIn("text", json.dumps(about["structuredContent"]))
        said = call("call_action", {"tool": "demo", "action": "echo", "params": {"text": "hi"}})
        self.assertEqual(said["structuredContent"]["data"], {"text": "hi"})
        for wrong in ({"tool": "nothing"}, {"tool": "demo", "action": "nothing"}):
            self.assertTrue(call("call_action", wrong)["isError"])

    def test_what_is_filtered_out_cannot_be_called_either(self):
        server, names = self.names(environment={"MCP_DISABLED_TOOLS": "demo.echo"})
        refused = server.modern_call("echo", {"text": "hi"}).result()
        self.assertEqual(refused["structuredContent"]["error"]["type"], "UnknownAction")
        self.assertNotIn("echo", refused["structuredContent"]["error"]["hint"])
        described = server.modern_call("describe", {}).result()["structuredContent"]["data"]["actions"]
        self.assertNotIn("echo", [action["action"] for action in described])
        self.assertIn("fail", [action["action"] for action in described])
        server, names = self.names("--tools", "hub_admin")
        self.assertEqual(names, ["hub_admin"])
        self.assertEqual(server.modern_call("echo", {"text": "hi"}).error()["code"], INVALID_PARAMS)
