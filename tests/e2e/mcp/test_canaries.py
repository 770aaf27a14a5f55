"""What looks for planted secrets at the end of each test finds them; and what a module says that holds one
of them, in any form, is masked in every kind of message."""

import json
import re

import canaries
from http_case import HttpCase
from mcp_case import McpCase
from mcp_process import PROBE
from secret_forms import whole_forms

MASK = "***redacted***"
FORM = {"elicitation": {}}
TOLD = {(name, kind): f"before {text} after" for name, secret in (("token", canaries.TOKEN), ("key", canaries.STATE_KEY))
        for kind, text in whole_forms(secret).items()}


class HttpCanariesTest(HttpCase):
    CALLER = "a-token-that-some-caller-sends"

    def test_a_secret_that_was_told_is_found(self):
        server = self.start()
        self.assertEqual(server.request("GET", "/health", headers={"Authorization": "Bearer " + self.CALLER}).status, 200)
        server.stop()
        for secret in (*canaries.FORMS, self.CALLER):
            for told in (server.received.append, lambda text: server._errors.append(text.decode())):
                with self.subTest(secret):
                    kept = list(server.received), list(server._errors)
                    told(b"data: " + secret.encode())
                    with self.assertRaises(AssertionError):
                        server.look_through()
                    server.received, server._errors = kept


class StdioCanariesTest(McpCase):
    def test_a_secret_that_was_told_is_found(self):
        server = self.connected()
        self.assertEqual(server.request("ping")["result"], {})
        server.close_input()
        server.end()
        for secret in canaries.FORMS:
            with self.subTest(secret):
                notice = {"jsonrpc": "2.0", "method": "notifications/message",
                          "params": {"level": "info", "data": "what is said"}}
                # As it is: JSON would escape what is escaped already.
                server.lines.append(json.dumps(notice).replace("what is said", secret).encode() + b"\n")
                with self.assertRaisesRegex(AssertionError, "unexpectedly found"):
                    self.look_through(server)
                server.lines.pop()


class AnswersTest(McpCase):
    """By line: look_through() then finds what was not masked."""

    modules = (PROBE,)

    def setUp(self):
        super().setUp()
        self.server = self.connected("--allow-destructive", capabilities=FORM)

    def result(self, action, params, masked=True, **options):
        result = self.server.call(action, params, **options)
        self.assertEqual(MASK in json.dumps(result), masked, result)
        return result

    def test_results_and_errors_are_masked(self):
        self.result("echo", {"text": "before nothing after"}, masked=False)
        for form, text in TOLD.items():
            with self.subTest(form):
                self.assertIn(f"before {MASK} after", json.dumps(self.result("echo", {"text": text})))
                self.result("write", {"key": "k", "value": text})
                self.result("write", {"key": "k", "value": text}, dry_run=True)
                self.assertTrue(self.result("fail", {"message": text})["isError"])
                thrown = self.server.response(self.server.begin_call("throw", {"message": text}))
                self.assertIn(f"before {MASK} after", thrown["error"]["message"])

    def test_refusals_are_masked(self):
        for form, text in TOLD.items():
            with self.subTest(form):
                self.assertTrue(self.result("echo", {"text": "x", text: 1})["isError"])
                self.assertTrue(self.result(text, {})["isError"])

    def test_questions_of_the_kernel_are_masked(self):
        for form, text in TOLD.items():
            with self.subTest(form):
                call = self.server.begin_call("set_active", {"account": text, "active": False})
                question = self.server.question("elicitation/create")
                self.assertIn(MASK, question["params"]["message"])
                self.server.answer(question, {"action": "decline"})
                self.assertTrue(self.server.response(call)["result"]["isError"])

    def test_all_that_a_module_says_is_masked(self):
        for form, text in TOLD.items():
            with self.subTest(form):
                call = self.server.begin_call("say", {"text": text}, tool="probe_module",
                                              meta={"progressToken": str(form)})
                question = self.server.question("elicitation/create")
                self.server.answer(question, {"action": "accept", "content": {"name": "x"}})
                result = self.server.response(call)["result"]
                self.assertFalse(result["isError"], result)
                envelope = result["structuredContent"]
                progress, line = (self.server.notification("notifications/" + what) for what in ("progress", "message"))
                for said in (question["params"]["message"], progress["params"]["message"], line["params"]["data"],
                             envelope["data"], envelope["warnings"], envelope["extra"], result["content"]):
                    self.assertIn(f"before {MASK} after", json.dumps(said))

    def test_what_a_module_writes_to_the_log_is_masked(self):
        for form, text in TOLD.items():
            call = self.server.begin_call("say", {"text": text}, tool="probe_module")
            self.server.answer(self.server.question("elicitation/create"), {"action": "decline"})
            self.server.response(call)
        self.server.close_input()
        self.server.end()
        written = re.findall(rf"written: .*before {re.escape(MASK)} after", self.server.stderr())
        self.assertEqual(len(written), len(TOLD))


class HttpAnswersTest(HttpCase):
    """By HTTP, in both eras: look_through() then finds what was not masked."""

    modules = (PROBE,)

    def setUp(self):
        super().setUp()
        self.server = self.start("--allow-unauthenticated", "--allow-destructive")

    def test_answers_are_masked(self):
        for form, text in TOLD.items():
            with self.subTest(form):
                for action, params in (("echo", {"text": text}), ("fail", {"message": text}),
                                       ("throw", {"message": text}), ("write", {"key": "k", "value": text})):
                    # What was thrown is no result, but a fault of the server.
                    (said,) = self.server.modern_call(action, params, capabilities=FORM).messages()
                    self.assertIn(f"before {MASK} after", json.dumps(said))

    def test_questions_that_are_results_are_masked(self):
        for form, text in TOLD.items():
            with self.subTest(form):
                for tool, action, params in (("demo", "set_active", {"account": text, "active": False}),
                                             ("probe_module", "say", {"text": text})):
                    asked = self.server.modern_call(action, params, tool=tool, capabilities=FORM).result()
                    self.assertEqual(asked["resultType"], "input_required", asked)
                    self.assertIn(MASK, json.dumps(asked["inputRequests"]))

    def test_what_comes_over_a_stream_is_masked(self):
        session = self.server.session(FORM)
        for number, (form, text) in enumerate(TOLD.items(), 10):
            with self.subTest(form):
                stream = session.stream("tools/call", {
                    "name": "probe_module", "arguments": {"action": "say", "params": {"text": text}},
                    "_meta": {"progressToken": number}}, number)
                said = {}
                while "id" not in (message := stream.message()) or "method" in message:
                    said[message["method"]] = message["params"]
                    if "id" in message:
                        session.send({"jsonrpc": "2.0", "id": message["id"],
                                      "result": {"action": "accept", "content": {"name": "x"}}})
                stream.close()
                said["result"] = message["result"]
                self.assertLessEqual({"elicitation/create", "notifications/progress", "result"}, set(said))
                for kind, part in said.items():
                    self.assertIn(f"before {MASK} after", json.dumps(part), kind)
