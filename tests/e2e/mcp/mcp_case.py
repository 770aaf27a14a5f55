"""What all tests of the server share: a home with trusted modules, and a look at every message at the
end - one JSON object a line, nothing secret, and of the published form where the schema is at hand."""

import json
import unittest

import canaries
import message_schema
from mcp_process import FIXTURE, PROBE, Home, Server


class McpCase(unittest.TestCase):
    modules = ()

    @classmethod
    def setUpClass(cls):
        cls.home = Home(cls.modules)
        cls.addClassCleanup(cls.home.remove)

    def start(self, *arguments, environment=None):
        server = Server(self.home, arguments, {**canaries.ENVIRONMENT, **(environment or {})})
        self.addCleanup(self.look_through, server)
        self.addCleanup(server.__exit__)
        return server

    def connected(self, *arguments, version="2025-11-25", capabilities=None, environment=None):
        server = self.start(*arguments, environment=environment)
        server.initialize(version, capabilities)
        return server

    def look_through(self, server):
        for line in server.lines:
            self.assertTrue(line.endswith(b"\n"), line)
            message_schema.check(json.loads(line.decode("utf-8")), server.sent)
        everything = b"".join(server.lines).decode() + server.stderr()
        for form in canaries.FORMS:
            self.assertNotIn(form, everything)

    def assert_rpc_error(self, response, code):
        self.assertEqual(response.get("error", {}).get("code"), code, response)
        return response["error"]["message"]

    def assert_tool_error(self, result, error_type):
        self.assertTrue(result["isError"], result)
        error = result["structuredContent"]["error"]
        self.assertEqual(error["type"], error_type, error)
        return error
