"""Questions of the server to the client: consent to destructive actions, input, the model, the roots."""

from mcp_case import FIXTURE, PROBE, McpCase

FORM = {"elicitation": {}}
GATE = "--allow-destructive"


class ConsentTest(McpCase):
    modules = (PROBE,)

    def begin_delete(self, *arguments, capabilities=FORM, key="note \u202e1"):
        server = self.connected(*arguments, capabilities=capabilities)
        server.call("write", {"key": key, "value": "v"})
        return server, server.begin_call("delete", {"key": key})

    def test_a_closed_gate_refuses_without_asking(self):
        server, request_id = self.begin_delete()
        error = self.assert_tool_error(server.response(request_id)["result"],
                                       "DestructiveOperationError")
        self.assertIn("DOCKERHUB_ALLOW_DESTRUCTIVE", error["message"] + error["hint"])
        self.assertFalse(server.call("read", {"key": "note \u202e1"})["isError"])

    def test_the_gate_opens_by_the_environment_too(self):
        server = self.connected(capabilities=FORM,
                                environment={"DOCKERHUB_ALLOW_DESTRUCTIVE": "true"})
        server.call("write", {"key": "a", "value": "v"})
        request_id = server.begin_call("delete", {"key": "a"})
        server.answer(server.question("elicitation/create"),
                      {"action": "accept", "content": {"confirm": "a"}})
        self.assertFalse(server.response(request_id)["result"]["isError"])

    def test_an_argument_never_opens_the_gate(self):
        server = self.connected(capabilities=FORM)
        result = server.call("delete", {"key": "a"}, allow_destructive=True)
        self.assert_tool_error(result, "ParameterError")

    def test_consent_is_the_exact_name_of_what_dies(self):
        server, request_id = self.begin_delete(GATE, key="n1")
        question = server.question("elicitation/create")["params"]
        self.assertIn("n1", question["message"])
        schema = question["requestedSchema"]
        self.assertEqual(schema["required"], ["confirm"])
        self.assertEqual(set(schema["properties"]), {"confirm"})
        self.assertEqual(schema["properties"]["confirm"]["type"], "string")
        self.assertIn("n1", schema["properties"]["confirm"]["description"])

    def test_the_exact_name_lets_the_action_run(self):
        server, request_id = self.begin_delete(GATE, key="n1")
        server.answer(server.question("elicitation/create"),
                      {"action": "accept", "content": {"confirm": "n1"}})
        result = server.response(request_id)["result"]
        self.assertEqual(result["structuredContent"]["data"], {"deleted": "n1"})
        self.assertTrue(server.call("read", {"key": "n1"})["isError"])

    def test_anything_else_does_not(self):
        for answer in ({"action": "decline"}, {"action": "cancel"}, {"action": "accept"},
                       {"action": "accept", "content": {"confirm": "N1"}},
                       {"action": "accept", "content": {"confirm": "n1 "}},
                       {"action": "accept", "content": {"confirm": True}},
                       {"action": "decline", "content": {"confirm": "n1"}}, {}):
            with self.subTest(answer):
                server, request_id = self.begin_delete(GATE, key="n1")
                server.answer(server.question("elicitation/create"), answer)
                self.assert_tool_error(server.response(request_id)["result"], "ApprovalError")
                self.assertFalse(server.call("read", {"key": "n1"})["isError"])

    def test_where_nothing_has_a_name_a_box_is_ticked(self):
        for answer, runs in ((True, True), (False, False), ("true", False), ("yes", False)):
            with self.subTest(answer):
                server = self.connected(GATE, capabilities=FORM)
                request_id = server.begin_call("clear", tool="probe_module")
                question = server.question("elicitation/create")
                schema = question["params"]["requestedSchema"]
                self.assertEqual(schema["properties"]["confirm"]["type"], "boolean")
                server.answer(question, {"action": "accept", "content": {"confirm": answer}})
                result = server.response(request_id)["result"]
                self.assertEqual(result["isError"], not runs, result)

    def test_an_error_or_no_object_as_answer_is_no_consent(self):
        for body in ({"error": {"code": -1, "message": "no"}}, {"result": 7}, {"result": []}):
            with self.subTest(body):
                server, request_id = self.begin_delete(GATE, key="n1")
                question = server.question("elicitation/create")
                server.send({"jsonrpc": "2.0", "id": question["id"], **body})
                self.assert_tool_error(server.response(request_id)["result"], "ApprovalError")

    def test_a_client_that_cannot_ask_gets_a_refusal(self):
        for capabilities in ({}, {"elicitation": {"url": {}}}, {"elicitation": None}):
            with self.subTest(capabilities):
                server, request_id = self.begin_delete(GATE, capabilities=capabilities, key="n1")
                self.assert_tool_error(server.response(request_id)["result"], "ApprovalError")
                self.assertFalse(server.call("read", {"key": "n1"})["isError"])

    def test_the_operator_can_lift_the_question(self):
        server = self.connected(GATE, environment={"DOCKERHUB_CONFIRM": "never"})
        server.call("write", {"key": "n1", "value": "v"})
        self.assertFalse(server.call("delete", {"key": "n1"})["isError"])

    def test_a_dry_run_asks_nothing(self):
        server = self.connected(capabilities=FORM)
        server.call("write", {"key": "n1", "value": "v"})
        self.assertFalse(server.call("delete", {"key": "n1"}, dry_run=True)["isError"])
        self.assertFalse(server.call("read", {"key": "n1"})["isError"])

    def test_an_answer_counts_once(self):
        server, request_id = self.begin_delete(GATE, key="n1")
        question = server.question("elicitation/create")
        accept = {"action": "accept", "content": {"confirm": "n1"}}
        server.answer(question, accept)
        server.answer(question, accept)
        self.assertFalse(server.response(request_id)["result"]["isError"])
        server.call("write", {"key": "n1", "value": "v"})
        again = server.begin_call("delete", {"key": "n1"})
        second = server.question("elicitation/create")
        self.assertNotEqual(second["id"], question["id"])
        server.answer(second, {"action": "decline"})
        self.assert_tool_error(server.response(again)["result"], "ApprovalError")

    def test_a_cancelled_call_takes_its_question_back(self):
        server, request_id = self.begin_delete(GATE, key="n1")
        question = server.question("elicitation/create")
        server.notify("notifications/cancelled", {"requestId": request_id})
        notice = server.notification("notifications/cancelled")
        self.assertEqual(notice["params"]["requestId"], question["id"])
        server.answer(question, {"action": "accept", "content": {"confirm": "n1"}})
        self.assertFalse(server.call("read", {"key": "n1"})["isError"])

    def test_the_time_limit_of_a_call_bounds_the_wait_for_consent(self):
        server = self.connected(GATE, capabilities=FORM)
        server.call("write", {"key": "n1", "value": "v"})
        self.assertTrue(server.call("delete", {"key": "n1"}, timeout_ms=50)["isError"])
        self.assertFalse(server.call("read", {"key": "n1"})["isError"])

    def test_the_end_of_input_ends_open_questions_at_once(self):
        server, request_id = self.begin_delete(GATE, key="n1")
        server.question("elicitation/create")
        server.close_input()
        self.assertEqual(server.end(timeout=4), 0)


class InputTest(McpCase):
    modules = (FIXTURE, PROBE)

    def test_a_form_is_filled_in_by_the_user(self):
        server = self.connected(capabilities={"elicitation": {"form": {}, "url": {}}})
        request_id = server.begin_call("ask")
        question = server.question("elicitation/create")
        self.assertEqual(question["params"]["message"], "What is your name?")
        self.assertEqual(question["params"]["requestedSchema"]["required"], ["name"])
        server.answer(question, {"action": "accept", "content": {"name": "Ada"}})
        self.assertEqual(server.response(request_id)["result"]["structuredContent"]["data"],
                         {"greeting": "Hello, Ada!"})

    def test_all_kinds_of_fields_reach_the_client_unchanged(self):
        server = self.connected(capabilities=FORM)
        request_id = server.begin_call("test_elicitation_sep1330_enums", tool="mcp_fixture")
        question = server.question("elicitation/create")
        fields = question["params"]["requestedSchema"]["properties"]
        self.assertEqual(fields["legacyEnum"]["enumNames"],
                         ["Option One", "Option Two", "Option Three"])
        self.assertEqual(fields["titledMulti"]["items"]["anyOf"][0],
                         {"const": "value1", "title": "First Choice"})
        server.answer(question, {"action": "decline"})
        text = server.response(request_id)["result"]["content"][0]["text"]
        self.assertIn("action=decline", text)

    def test_a_client_without_forms_is_told_so(self):
        result = self.connected().call("ask")
        self.assert_tool_error(result, "CapabilityError")

    def test_the_user_is_sent_to_a_url(self):
        server = self.connected(capabilities={"elicitation": {"form": {}, "url": {}}})
        ids = set()
        for _ in range(2):
            request_id = server.begin_call("visit", tool="probe_module")
            question = server.question("elicitation/create")
            self.assertEqual(question["params"]["mode"], "url")
            self.assertEqual(question["params"]["url"], "https://example.com/login")
            ids.add(question["params"]["elicitationId"])
            server.answer(question, {"action": "accept"})
            self.assertEqual(server.response(request_id)["result"]["structuredContent"]["data"],
                             {"action": "accept"})
        self.assertEqual(len(ids), 2)

    def test_a_client_that_opens_no_urls_is_told_so(self):
        server = self.connected(capabilities=FORM)
        self.assert_tool_error(server.call("visit", tool="probe_module"), "CapabilityError")

    def test_an_answer_without_a_known_action_is_an_error(self):
        server = self.connected(capabilities=FORM)
        request_id = server.begin_call("ask")
        server.answer(server.question("elicitation/create"), {"action": "maybe"})
        self.assertTrue(server.response(request_id)["result"]["isError"])

    def test_the_model_of_the_client_is_asked(self):
        server = self.connected(capabilities={"sampling": {}})
        request_id = server.begin_call("test_sampling", {"prompt": "Say hi"}, tool="mcp_fixture")
        question = server.question("sampling/createMessage")
        self.assertEqual(question["params"]["messages"][0]["content"]["text"], "Say hi")
        self.assertEqual(question["params"]["maxTokens"], 100)
        server.answer(question, {"role": "assistant", "model": "m",
                                 "content": {"type": "text", "text": "hi"}})
        self.assertEqual(server.response(request_id)["result"]["content"][0]["text"],
                         "LLM response: hi")

    def test_the_roots_of_the_client_are_asked_for(self):
        server = self.connected(capabilities={"roots": {}})
        request_id = server.begin_call("test_input_required_result_list_roots", tool="mcp_fixture")
        server.answer(server.question("roots/list"), {"roots": [{"uri": "file:///srv"}]})
        self.assertIn("file:///srv", server.response(request_id)["result"]["content"][0]["text"])

    def test_only_what_was_declared_is_asked(self):
        server = self.connected()
        for tool in ("test_sampling", "test_input_required_result_list_roots"):
            params = {"prompt": "x"} if tool == "test_sampling" else None
            with self.subTest(tool):
                result = server.call(tool, params, tool="mcp_fixture")
                self.assert_tool_error(result, "CapabilityError")
        result = server.call("test_input_required_result_capabilities", tool="mcp_fixture")
        self.assertFalse(result["isError"], result)

    def test_questions_of_several_calls_do_not_meet(self):
        server = self.connected(capabilities=FORM)
        ids = [server.begin_call("ask") for _ in range(8)]
        questions = [server.question("elicitation/create") for _ in ids]
        self.assertEqual(len({question["id"] for question in questions}), len(ids))
        for number, question in enumerate(reversed(questions)):
            server.answer(question, {"action": "accept", "content": {"name": "n%d" % number}})
        greetings = {server.response(i)["result"]["structuredContent"]["data"]["greeting"]
                     for i in ids}
        self.assertEqual(greetings, {"Hello, n%d!" % number for number in range(len(ids))})
