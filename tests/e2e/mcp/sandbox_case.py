"""The server with the modules for Docker Hub, on a sandbox."""

import json

from dockerhub_process import wait_until
from mcp_case import McpCase
from sandbox_process import WithSandbox


class SandboxCase(WithSandbox, McpCase):
    arguments = ()

    def setUp(self):
        super().setUp()
        self.server = self.on_sandbox(*self.arguments)

    def on_sandbox(self, *arguments):
        return self.connected(*arguments, environment=self.sandbox.environment)

    def content(self, uri, server=None):
        response = (server or self.server).request("resources/read", {"uri": uri})
        self.assertIn("result", response, response)
        contents = response["result"]["contents"]
        self.assertEqual([part["uri"] for part in contents], [uri])
        return contents[0]

    def data(self, uri):
        content = self.content(uri)
        self.assertEqual(content["mimeType"], "application/json")
        return json.loads(content["text"])

    def values(self, ref, name, value="", **known):
        response = self.server.request("completion/complete", {
            "ref": ref, "argument": {"name": name, "value": value}, "context": {"arguments": known}})
        self.assertIn("result", response, response)
        return response["result"]["completion"]["values"]

    def offered(self, *args, **known):
        """Values where some are expected: the server waits a second for Docker Hub, which may be too short once."""
        return wait_until(lambda: self.values(*args, **known), f"values for {args}")
