"""docs/from-dockerhub-api.md says of every variable and flag of the Python package what became of it, and it is so."""

import os
import pathlib
import re
import unittest

from cli_test import CliTest
from dockerhub_process import ProgramTest

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
PAGE = (SOURCE / "docs" / "from-dockerhub-api.md").read_text()
KNOWN = [
    word
    for line in (pathlib.Path(__file__).parent / "dockerhub-api-0.2.0.txt").read_text().splitlines()
    for word in line.split()
    if not line.startswith("#")
]


def rows(pattern):
    """Name and fate of each row of the page whose name looks like that."""
    return re.findall(rf"^\| `({pattern})` \| ([^|]+?) \|", PAGE, re.M)


# Of the flags that are there and want one.
VALUES = {
    "--transport": ["stdio"], "-t": ["stdio"], "--host": ["127.0.0.1"], "--port": ["0"],
    "--token-jwks-uri": ["https://issuer.example/keys"], "--token-issuer": ["https://issuer.example"],
    "--token-audience": ["a"], "--token-algorithm": ["RS256"], "--token-public-key": ["key.pem"],
    "--required-scopes": ["a"], "--remote-auth-servers": ["https://issuer.example"],
    "--remote-base-url": ["https://hub.example"],
    "--auth-type": ["none"], "--tools": ["hub_admin"], "--toolsets": ["hub_admin"],
    "--disabled-tools": ["hub_admin"], "--disabled-toolsets": ["hub_admin"],
}


class Variables(CliTest):
    FATES = dict(rows("[A-Z][A-Z_]+"))

    def test_all_have_a_row(self):
        self.assertEqual(sorted(self.FATES), sorted(name for name in KNOWN if name[0] != "-"))

    def test_that_are_settings_are_in_the_table_of_settings(self):
        # A test of its own holds that table against the settings.
        table = (SOURCE / "docs" / "configuration.md").read_text()
        settings = {
            variable: key
            for key, variables in re.findall(r"^\| `([a-z_.]+)` \|[^|]*\|[^|]*\|([^|]*)\|", table, re.M)
            for variable in re.findall(r"`(\w+)`", variables)
        }
        self.assertGreater(len(settings), 40)
        told = {name: fate.split("`")[1] for name, fate in self.FATES.items() if fate.startswith("setting ")}
        self.assertEqual(told, {name: key for name, key in settings.items() if name in self.FATES})

    def test_that_are_toggles_switch_their_module(self):
        told = {name: fate.split("`")[1] for name, fate in self.FATES.items() if fate.startswith("toggle ")}
        self.assertEqual(len(told), 9)
        built = {row["name"] for row in self.data("plugin", "list")} & set(told.values())
        self.assertGreaterEqual(len(built), 8)
        for variable, module in told.items():
            if module in built:
                self.assertEqual(self.data("plugin", "info", module)["toggle"], variable)

    def test_have_one_of_four_fates(self):
        for name, fate in self.FATES.items():
            self.assertRegex(fate, r"^(setting `[a-z._]+`|toggle of `[a-z_]+`|stops the start|not read)$", name)


class Server(ProgramTest):
    program = "dockerhub-mcp"

    def test_does_not_start_with_a_variable_that_it_cannot_honour(self):
        for name, fate in Variables.FATES.items():
            value = "true" if name == "ENABLE_DELEGATION" else "1"
            done = self.run_program(environment={name: value} if fate in ("stops the start", "not read") else {})
            self.assertEqual(done.code, 2 if fate == "stops the start" else 0, (name, done))

    def test_has_the_flags_that_the_page_says(self):
        told = dict(rows("--?[a-z-]+"))
        self.assertEqual(sorted(told), sorted(name for name in KNOWN if name[0] == "-"))
        for flag, fate in told.items():
            done = self.run_program(flag, *VALUES.get(flag, []))
            self.assertEqual(done.code == 0, fate.startswith("there"), (flag, done))


if __name__ == "__main__":
    unittest.main()
