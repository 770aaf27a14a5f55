"""The revisions with sessions over HTTP."""

from http_case import FixtureCase
from http_process import BOTH, HttpServer, wait_until


class SessionTest(FixtureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HttpServer(cls.home, ["--allow-unauthenticated"], {"MCP_TOOL_MODE": "verbose"})
        cls.addClassCleanup(cls.server.stop)

    def call(self, session, tool, arguments=None, meta=None):
        params = {"name": tool, "arguments": arguments or {}}
        if meta:
            params["_meta"] = meta
        return session.post("tools/call", params, 5)

    def test_a_session_begins_with_a_handshake_and_ends_when_the_client_says_so(self):
        session = self.server.session()
        self.assertRegex(session.id, "^[0-9a-f]{32}$")
        self.assertEqual(session.welcome["protocolVersion"], "2025-11-25")
        self.assertEqual(session.post("ping", request_id=2).result(), {})
        ended = self.server.request("DELETE", "/mcp", headers=session.headers)
        self.assertEqual(ended.status, 204)
        gone = session.post("ping", request_id=3)
        self.assertEqual((gone.status, gone.error()["code"]), (404, -32001))

    def test_what_has_no_session_or_a_wrong_one_is_refused(self):
        session = self.server.session()
        message = session.message("ping")
        headers = {"Content-Type": "application/json", "Accept": BOTH}
        for more, status in (({}, 400), ({"Mcp-Session-Id": "0" * 32}, 404)):
            self.assertEqual(self.server.request("POST", "/mcp", message, {**headers, **more}).status,
                             status)

    def test_a_second_handshake_in_a_session_is_refused(self):
        session = self.server.session()
        again = session.post("initialize", {"protocolVersion": "2025-11-25"}, 7)
        self.assertEqual((again.status, again.error()["code"]), (400, -32600))

    def test_headers_of_a_request(self):
        session = self.server.session()
        message = session.message("ping")
        for changed, status in (({"Accept": "application/json"}, 406),
                                ({"Content-Type": "text/plain"}, 415),
                                ({"MCP-Protocol-Version": "1999-01-01"}, 400)):
            self.assertEqual(session.send(message, **changed).status, status)

    def test_only_one_revision_has_batches(self):
        batch = [{"jsonrpc": "2.0", "id": i, "method": "ping"} for i in (1, 2)]
        old = self.server.session(version="2025-03-26")
        self.assertEqual({m["id"] for m in old.send(batch).json()}, {1, 2})
        new = self.server.session(version="2025-06-18")
        self.assertEqual(new.send(batch).status, 400)

    def test_an_array_has_a_bounded_number_of_messages(self):
        session = self.server.session(version="2025-03-26")
        batch = [{"jsonrpc": "2.0", "id": i, "method": "ping"} for i in range(1, 66)]
        self.assertEqual(len(session.send(batch[:64]).json()), 64)
        refused = session.send(batch)
        self.assertEqual((refused.status, refused.error()["code"]), (400, -32600))
        self.assertIn("send fewer at a time", refused.error()["message"])

    def test_one_stream_a_session(self):
        session = self.server.session()
        stream = session.listen()
        self.assertEqual(stream.response.status, 200)
        second = session.listen()
        self.assertEqual(second.response.status, 409)
        second.close()
        stream.close()

        def again():
            listened = session.listen()
            status = listened.response.status
            listened.close()
            return status == 200

        wait_until(again)

    def test_changes_come_on_the_stream(self):
        session = self.server.session()
        stream = session.listen()
        self.addCleanup(stream.close)
        self.assertEqual(session.post("resources/subscribe", {"uri": "test://watched-resource"},
                                      3).result(), {})
        self.call(session, "test_trigger_resource_change")
        updated = stream.message()
        self.assertEqual(updated["method"], "notifications/resources/updated")
        self.assertEqual(updated["params"], {"uri": "test://watched-resource"})
        session.post("resources/unsubscribe", {"uri": "test://watched-resource"}, 4)
        self.call(session, "test_trigger_tool_change")
        self.assertEqual(stream.message()["method"], "notifications/tools/list_changed")

    def test_progress_comes_before_the_answer_in_the_same_stream(self):
        session = self.server.session()
        messages = self.call(session, "test_tool_with_progress", meta={"progressToken": "t"}).messages()
        self.assertEqual([m["params"]["progress"] for m in messages[:-1]], [0, 50, 100])
        self.assertEqual(messages[-1]["id"], 5)

    def test_a_question_comes_in_the_stream_of_its_call_and_is_answered_by_a_post(self):
        session = self.server.session({"elicitation": {}})
        stream = session.stream("tools/call", {"name": "test_elicitation",
                                               "arguments": {"message": "Who?"}}, 6)
        question = stream.message()
        self.assertEqual(question["method"], "elicitation/create")
        answered = session.send({"jsonrpc": "2.0", "id": question["id"], "result": {
            "action": "accept", "content": {"username": "ada", "email": "a@example.org"}}})
        self.assertEqual((answered.status, answered.body), (202, b""))
        result = stream.message()["result"]
        self.assertIn('"username":"ada"', result["content"][0]["text"])
        stream.close()

    def test_two_sessions_do_not_see_each_others_questions(self):
        first = self.server.session({"elicitation": {}})
        second = self.server.session({"elicitation": {}})
        stream = first.stream("tools/call", {"name": "test_elicitation",
                                             "arguments": {"message": "Who?"}}, 6)
        question = stream.message()
        answer = {"jsonrpc": "2.0", "id": question["id"],
                  "result": {"action": "decline"}}
        second.send(answer)
        first.send({**answer, "result": {"action": "cancel"}})
        self.assertIn("action=cancel", stream.message()["result"]["content"][0]["text"])
        stream.close()
