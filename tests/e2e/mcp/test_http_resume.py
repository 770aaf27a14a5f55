"""Clients of the revisions with sessions that lose their connection and come back with Last-Event-ID."""

from http_case import FixtureCase
from http_process import HttpServer


class ResumeTest(FixtureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HttpServer(cls.home, ["--allow-unauthenticated"], {"MCP_TOOL_MODE": "verbose"})
        cls.addClassCleanup(cls.server.stop)

    def ask(self, session):
        """A call that goes on until its question is answered: its stream, and the question."""
        stream = session.stream("tools/call", {"name": "test_elicitation",
                                               "arguments": {"message": "Who?"}}, 6)
        self.addCleanup(stream.close)
        question = stream.message()
        self.assertEqual(question["method"], "elicitation/create")
        return stream, question

    @staticmethod
    def decline(session, question):
        return session.send({"jsonrpc": "2.0", "id": question["id"], "result": {"action": "decline"}})

    def resumed(self, session, last_event):
        stream = session.listen(last_event)
        self.addCleanup(stream.close)
        self.assertEqual(stream.response.status, 200)
        return stream

    def messages(self, stream):
        found = []
        while (message := stream.message()) is not None:
            found.append(message)
        return found

    def test_the_answer_to_a_call_whose_connection_broke_is_not_lost(self):
        session = self.server.session({"elicitation": {}})
        stream, question = self.ask(session)
        stream.close()
        self.assertEqual(self.decline(session, question).status, 202)
        messages = self.messages(self.resumed(session, stream.last_id))
        self.assertEqual([message["id"] for message in messages], [6])
        self.assertIn("action=decline", messages[0]["result"]["content"][0]["text"])

    def test_a_call_that_still_runs_goes_on_where_the_client_comes_back(self):
        session = self.server.session({"elicitation": {}})
        broken, question = self.ask(session)
        back = self.resumed(session, broken.last_id)
        self.assertIsNone(broken.message(), "a stream has one connection")
        self.decline(session, question)
        self.assertEqual([message["id"] for message in self.messages(back)], [6])

    def test_nothing_is_missed_and_nothing_comes_twice(self):
        session = self.server.session()
        stream = session.stream("tools/call", {"name": "test_tool_with_progress", "arguments": {},
                                               "_meta": {"progressToken": "t"}}, 5)
        self.assertEqual(stream.message()["params"]["progress"], 0)
        stream.close()
        messages = self.messages(self.resumed(session, stream.last_id))
        self.assertEqual([message["params"]["progress"] for message in messages[:-1]], [50, 100])
        self.assertEqual(messages[-1]["id"], 5)

    def test_a_client_may_come_back_more_than_once(self):
        session = self.server.session({"elicitation": {}})
        stream, question = self.ask(session)
        stream.close()
        self.decline(session, question)
        for _ in range(2):
            back = self.resumed(session, stream.last_id)
            self.assertEqual(len(self.messages(back)), 1)

    def test_who_has_seen_all_of_a_stream_is_told_not_to_come_back(self):
        session = self.server.session()
        stream = session.stream("tools/call", {"name": "test_tool_with_progress", "arguments": {},
                                               "_meta": {"progressToken": "t"}}, 5)
        self.addCleanup(stream.close)
        self.assertEqual(self.messages(stream)[-1]["id"], 5)
        back = session.listen(stream.last_id)
        self.addCleanup(back.close)
        self.assertEqual((back.response.status, back.response.read()), (204, b""))

    def test_notices_of_the_time_between_are_not_lost(self):
        session = self.server.session()
        session.post("resources/subscribe", {"uri": "test://watched-resource"}, 3)
        stream = session.listen()
        self.assertEqual(stream.event(empty=True), ("", ""))
        stream.close()
        session.post("tools/call", {"name": "test_trigger_resource_change", "arguments": {}}, 5)
        back = self.resumed(session, stream.last_id)
        self.assertEqual(back.message()["method"], "notifications/resources/updated")

    def test_a_stream_begins_with_an_id_where_the_revision_says_so(self):
        for version, primed in (("2025-11-25", True), ("2025-06-18", False)):
            session = self.server.session({"elicitation": {}}, version=version)
            stream = session.stream("tools/call", {"name": "test_elicitation",
                                                   "arguments": {"message": "Who?"}}, 6)
            self.addCleanup(stream.close)
            name, data = stream.event(empty=True)
            self.assertEqual((name, data == ""), ("", primed), version)
            self.assertIsNotNone(stream.last_id)

    def test_ids_of_other_sessions_and_of_nobody_are_refused(self):
        owner = self.server.session({"elicitation": {}})
        stranger = self.server.session({"elicitation": {}})
        stream, question = self.ask(owner)
        beside, _ = self.ask(stranger)
        mark, number, event = beside.last_id.split("-")
        for wrong in (stream.last_id, "x", "0", f"{mark}-{number}", f"{mark}-{int(number) + 5}-1",
                      f"{mark}-{number}-{int(event) + 9}", beside.last_id + "x"):
            with self.subTest(wrong):
                refused = stranger.listen(wrong)
                self.addCleanup(refused.close)
                self.assertEqual(refused.response.status, 400)
                self.assertIn(b"Last-Event-ID", refused.response.read())
        self.decline(owner, question)
        self.assertEqual(stream.message()["id"], 6)

    def test_an_id_without_its_session_is_nothing(self):
        session = self.server.session({"elicitation": {}})
        stream, _ = self.ask(session)
        self.server.request("DELETE", "/mcp", headers=session.headers)
        gone = session.listen(stream.last_id)
        self.addCleanup(gone.close)
        self.assertEqual(gone.response.status, 404)

    def test_revision_2026_07_28_has_no_ids(self):
        stream = self.server.modern_stream("tools/call", {"name": "test_tool_with_progress",
                                                          "arguments": {}}, meta={"progressToken": "t"})
        self.addCleanup(stream.close)
        self.assertEqual(len(self.messages(stream)), 4)
        self.assertIsNone(stream.last_id)
