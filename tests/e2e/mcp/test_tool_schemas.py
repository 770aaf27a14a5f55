"""What the modules list in every mode: schemas within what all clients and model services take, names and
sizes within their limits."""

import json

from mcp_case import McpCase

MODES = ("condensed", "verbose", "both", "dynamic")
KIB = 1024

# What a schema may hold so that no known client or model service refuses it.
WORDS = {"type", "properties", "required", "items", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern",
         "description", "default"}
TYPES = {"string", "integer", "number", "boolean", "array", "object"}
ONLY_OF = {"properties": {"object"}, "required": {"object"}, "items": {"array"}, "enum": {"string"},
           "minimum": {"integer", "number"}, "maximum": {"integer", "number"}, "minLength": {"string"},
           "maxLength": {"string"}, "pattern": {"string"}}

# Cursor drops a tool when its name and the server's are longer together; the server is usually called so.
MOST_WITH_SERVER, SERVER = 60, "dockerhub"
MOST_OF_A_PROPERTY = 64


def listed(tools):
    return json.dumps({"tools": tools}, separators=(",", ":"), ensure_ascii=False).encode()


class ToolSchemasTest(McpCase):
    def listed(self, mode, version="2025-11-25"):
        server = self.connected(version=version, environment={"MCP_TOOL_MODE": mode, "DEMOTOOL": "false"})
        return server.request("tools/list")["result"]["tools"]

    def each(self):
        for mode in MODES:
            for tool in self.listed(mode):
                with self.subTest(mode=mode, tool=tool["name"]):
                    yield tool

    def assert_safe(self, schema, where):
        self.assertLessEqual(set(schema), WORDS, where)
        self.assertIn(schema.get("type"), TYPES, where)
        for word, types in ONLY_OF.items():
            if word in schema:
                self.assertIn(schema["type"], types, f"{where}: {word}")
        for choice in schema.get("enum", ()):
            self.assertIsInstance(choice, str, where)
        if schema["type"] == "array":
            self.assert_safe(schema["items"], where + ".items")
        if schema["type"] == "object":
            self.assert_safe_properties(schema, where)

    def assert_safe_properties(self, schema, where):
        self.assertLessEqual(set(schema.get("required", ())), set(schema["properties"]), where)
        for name, each in schema["properties"].items():
            self.assertLessEqual(len(name), MOST_OF_A_PROPERTY, where)
            self.assert_safe(each, where + "." + name)

    def test_every_input_schema_is_an_object_of_plain_types(self):
        for tool in self.each():
            self.assertEqual(tool["inputSchema"]["type"], "object")
            self.assert_safe(tool["inputSchema"], tool["name"])

    def test_names_fit_beside_that_of_the_server(self):
        for tool in self.each():
            self.assertRegex(tool["name"], r"^[A-Za-z0-9_-]+$")
            self.assertLessEqual(len(SERVER + tool["name"]), MOST_WITH_SERVER)

    def test_names_are_unique(self):
        for mode in MODES:
            names = [tool["name"] for tool in self.listed(mode)]
            self.assertEqual(len(names), len(set(names)), mode)

    def test_the_output_schema_is_the_envelope_as_a_plain_object(self):
        for tool in self.each():
            self.assert_safe(tool["outputSchema"], tool["name"] + " outputSchema")
            self.assertEqual(tool["outputSchema"]["type"], "object")
            self.assertEqual(set(tool["outputSchema"]["properties"]), {"status_code"})

    def test_older_revisions_have_no_output_schema(self):
        for version in ("2024-11-05", "2025-03-26"):
            for mode in MODES:
                for tool in self.listed(mode, version):
                    self.assertNotIn("outputSchema", tool)

    def test_the_lists_are_small(self):
        condensed = self.listed("condensed")
        self.assertEqual(len(condensed), 9)
        self.assertLess(len(listed(condensed)), 12_000)
        self.assertLess(len(listed(self.listed("dynamic"))), 2 * KIB)

    def test_the_instructions_are_short_and_tell_how_to_go_on(self):
        for mode in MODES:
            server = self.start(environment={"MCP_TOOL_MODE": mode, "DEMOTOOL": "false"})
            text = server.initialize()["instructions"]
            self.assertLess(len(text.encode()), 2 * KIB, mode)
            for word in ("dry_run", "page", "fields", "cut", "from_outside", "strangers", "timeout_ms", "[destructive]"):
                self.assertIn(word, text, mode)
