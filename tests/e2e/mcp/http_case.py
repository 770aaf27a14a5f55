"""What the tests of the server over HTTP share."""

import unittest

from http_process import HttpServer
from mcp_process import FIXTURE, Home


class HttpCase(unittest.TestCase):
    modules = ()

    @classmethod
    def setUpClass(cls):
        cls.home = Home(cls.modules)
        cls.addClassCleanup(cls.home.remove)

    def start(self, *arguments, environment=None):
        server = HttpServer(self.home, arguments, environment)
        self.addCleanup(server.stop)
        return server


class FixtureCase(HttpCase):
    """The fixture module, each action a tool of its own; everybody may do everything."""

    modules = (FIXTURE,)

    def start(self, *arguments, environment=None):
        return super().start("--allow-unauthenticated", *arguments,
                             environment={"MCP_TOOL_MODE": "verbose", **(environment or {})})
