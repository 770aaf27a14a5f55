"""packaging/server.json, the server's entry for registries of MCP servers: the rules of the published format (revision
2025-12-11, whose schema no package brings along), this version, and variables and options that the server knows."""

import json
import os
import pathlib
import re
import subprocess
import unittest

from dockerhub_process import PREFIX

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
ENTRY = json.loads((SOURCE / "packaging" / "server.json").read_text())

# The members that the format has, by object; those with a star are needed.
MEMBERS = {
    "server": {"$schema", "name*", "title", "description*", "version*", "repository", "websiteUrl", "icons", "packages",
               "remotes", "_meta"},
    "package": {"registryType*", "identifier*", "transport*", "version", "registryBaseUrl", "fileSha256", "runtimeHint",
                "runtimeArguments", "packageArguments", "environmentVariables"},
    "input": {"name*", "description", "isRequired", "isSecret", "format", "default", "choices", "placeholder", "value",
              "variables"},
}
MEMBERS["argument"] = MEMBERS["input"] | {"type*", "isRepeated", "valueHint"}
FORMATS = {"string", "number", "boolean", "filepath"}


class ServerJson(unittest.TestCase):
    def check_members(self, kind, given):
        known = {name.rstrip("*") for name in MEMBERS[kind]}
        needed = {name[:-1] for name in MEMBERS[kind] if name.endswith("*")}
        self.assertLessEqual(set(given), known)
        self.assertLessEqual(needed, set(given))

    def test_the_entry_has_the_form_that_is_published(self):
        self.check_members("server", ENTRY)
        self.assertRegex(ENTRY["$schema"],
                         r"^https://static\.modelcontextprotocol\.io/schemas/2025-12-11/server\.schema\.json$")
        self.assertRegex(ENTRY["name"], r"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$")
        self.assertTrue(3 <= len(ENTRY["name"]) <= 200)
        for member in ("title", "description"):
            self.assertTrue(1 <= len(ENTRY[member]) <= 100, member)

    def test_packages_have_it_too(self):
        self.assertTrue(ENTRY["packages"])
        for package in ENTRY["packages"]:
            self.check_members("package", package)
            self.assertEqual(package["transport"], {"type": "stdio"})
            for kind, inputs in (("argument", package["packageArguments"]), ("input", package["environmentVariables"])):
                for given in inputs:
                    self.check_members(kind, given)
                    self.assertIn(given.get("format", "string"), FORMATS)
                    self.assertIsInstance(given.get("default", ""), str)
                    self.assertIn(given.get("default", ""), given.get("choices", [given.get("default", "")]))

    def test_no_secret_has_a_value_and_tokens_are_secrets(self):
        for given in ENTRY["packages"][0]["environmentVariables"]:
            self.assertEqual("TOKEN" in given["name"], given.get("isSecret", False), given)
            self.assertFalse(given.get("isSecret") and {"value", "default"} & set(given))

    def test_the_version_is_that_of_the_program(self):
        said = subprocess.run([PREFIX / "bin" / "dockerhub-mcp", "--version"], capture_output=True, text=True,
                              check=True).stdout
        version = re.search(r"\d+\.\d+\.\d+", said).group()
        self.assertEqual(ENTRY["version"], version)
        for package in ENTRY["packages"]:
            # Of an image the tag is the version, and there is no member for it.
            self.assertNotIn("version", package)
            self.assertTrue(package["identifier"].endswith(":" + version))

    def test_options_and_variables_are_known_to_the_server(self):
        told = subprocess.run([PREFIX / "bin" / "dockerhub-mcp", "--help"], capture_output=True, text=True,
                              check=True).stdout
        settings = (SOURCE / "docs" / "configuration.md").read_text()
        for package in ENTRY["packages"]:
            for argument in package["packageArguments"]:
                self.assertRegex(told, rf"{argument['name']}\b")
            for variable in package["environmentVariables"]:
                self.assertIn(f"`{variable['name']}`", settings)


if __name__ == "__main__":
    unittest.main()
