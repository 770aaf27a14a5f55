"""Says aloud whether the messages of the other tests are checked against the published schema."""

import unittest

import message_schema


class MessageSchemaTest(unittest.TestCase):
    def test_the_published_schema_is_at_hand(self):
        if not message_schema.FOLDER:
            self.skipTest("DOCKERHUB_SPECS is not set: NO message was checked against the schema")
        message_schema.check({"jsonrpc": "2.0", "id": 1, "result": {}}, {1: "ping"})

    @unittest.skipUnless(message_schema.FOLDER, "needs the schema")
    def test_a_message_of_a_wrong_form_is_found(self):
        wrong = {"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "without schema"}]}}
        with self.assertRaises(Exception):
            message_schema.check(wrong, {1: "tools/list"})
