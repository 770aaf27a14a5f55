"""Says aloud whether the messages of the other tests are checked against the published schemas: run by itself, it
ends with 77 where they are not."""

import unittest

import message_schema
from message_schema import LEGACY, MODERN, OLDER, SUBSCRIPTION, VERSION, Sent
from outside import main, specification

TOOLS = {"tools": []}
OF_A_RESULT = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"}


def answer(result, request_id=1):
    return {"jsonrpc": "2.0", "id": request_id, "result": result}


def notice(method, **params):
    return {"jsonrpc": "2.0", "method": method, "params": params}


def sent(method="tools/list", modern=False, request_id=1, token=None, **more):
    about = {VERSION: MODERN} if modern else {}
    if token is not None:
        about["progressToken"] = token
    messages = Sent(**more)
    messages.add({"jsonrpc": "2.0", "id": request_id, "method": method, "params": {"_meta": about}})
    return messages


class FormTest(unittest.TestCase):
    def wrong(self, message, about):
        with self.assertRaises(Exception, msg=message):
            message_schema.check(message, about)

    def test_a_result_of_the_right_form_is_taken(self):
        message_schema.check(answer({}), sent("ping"))

    def test_a_result_of_a_wrong_form_is_found(self):
        self.wrong(answer({"tools": [{"name": "without schema"}]}), sent())
        self.wrong([answer(TOOLS), answer({"tools": 1})], sent())
        self.wrong([], sent())
        message_schema.check([answer(TOOLS)], sent())

    def test_results_are_of_the_revision_that_was_asked_in(self):
        message_schema.check(answer({**TOOLS, **OF_A_RESULT}), sent(modern=True))
        self.wrong(answer(TOOLS), sent(modern=True))
        self.wrong(answer({**TOOLS, **OF_A_RESULT}), sent())

    def test_the_handshake_decides_which_of_the_older_ones_it_is(self):
        # Of 2025-11-25, where tasks can be announced.
        tool = {"name": "a", "inputSchema": {"type": "object"}, "icons": [{"src": 7}]}
        messages = sent("initialize")
        hello = {"capabilities": {}, "serverInfo": {"name": "a", "version": "1"}}
        message_schema.check(answer({**hello, "protocolVersion": LEGACY}), messages)
        messages.add({"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
        self.wrong(answer({"tools": [tool]}, 2), messages)
        message_schema.check(answer({**hello, "protocolVersion": OLDER}), messages)
        message_schema.check(answer({"tools": [tool]}, 2), messages)
        message_schema.check(answer({**hello, "protocolVersion": "2024-11-05"}), messages)
        self.wrong(answer({"tools": 1}, 2), messages)

    def test_notices_are_of_the_revision_of_their_request(self):
        progress = notice("notifications/progress", progressToken="t", progress=1)
        for modern in (False, True):
            message_schema.check(progress, sent("tools/call", modern, token="t"))
        self.wrong(notice("notifications/progress", progressToken="t"), sent("tools/call", True, token="t"))
        ended = notice("notifications/elicitation/complete", elicitationId="e")
        message_schema.check(ended, sent())
        self.wrong(ended, sent(modern=True))
        self.wrong(notice("notifications/tools/list_changed", _meta={SUBSCRIPTION: {}}), sent(modern=True))

    def test_the_newest_revision_has_no_questions(self):
        question = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        message_schema.check(question, sent())
        self.wrong(question, sent(modern=True))

    def test_tasks_are_of_the_form_of_their_extension(self):
        task = {"taskId": "a", "status": "working", "createdAt": "2026-01-02T03:04:05Z",
                "lastUpdatedAt": "2026-01-02T03:04:05Z", "ttlMs": 1000, "pollIntervalMs": 100}
        begun, state = ({**task, "resultType": kind} for kind in ("task", "complete"))
        call, get, cancel = (sent(method, modern=True) for method in ("tools/call", "tasks/get", "tasks/cancel"))
        message_schema.check(answer(begun), call)
        message_schema.check(answer(state), get)
        message_schema.check(answer({**state, "status": "completed",
                                      "result": {"resultType": "complete", "content": []}}), get)
        message_schema.check(answer({"resultType": "complete"}), cancel)
        self.wrong(answer(begun), sent(modern=True))
        self.wrong(answer(begun), get)
        for changed in ({"ttlMs": "1000"}, {"status": "done"}, {"createdAt": "today"}, {"result": {"content": []}},
                        {"status": "completed"}, {"status": "completed", "result": {"content": 1}},
                        {"status": "input_required", "inputRequests": {"a": {"method": "none"}}}):
            self.wrong(answer({**state, **changed}), get)
        self.wrong(answer(state), cancel)

    def test_what_could_not_be_read_is_answered_in_every_revision(self):
        error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "no JSON"}}
        for revision in (OLDER, LEGACY, MODERN):
            message_schema.check(error, Sent(revision))
            self.wrong({**error, "error": {"code": "x", "message": "no JSON"}}, Sent(revision))


if __name__ == "__main__":
    main("the schemas of MCP, no message of any test", *(
        specification(f"mcp-schema-{revision}.json") for revision in (OLDER, LEGACY, MODERN)))
