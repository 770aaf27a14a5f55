"""docs/from-dockerhub-api.md says of every action, variable and flag of the Python package what became of it, and
it is so."""

import os
import pathlib
import re
import sys
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


def last_column(pattern):
    """Name and what stands behind the fate."""
    return dict(re.findall(rf"^\| `({pattern})` \| [^|]+? \| ?(.*?) ?\|$", PAGE, re.M))


# Of the flags that are there and want one.
VALUES = {
    "--transport": ["stdio"], "-t": ["stdio"], "--host": ["127.0.0.1"], "--port": ["0"],
    "--token-jwks-uri": ["https://issuer.example/keys"], "--token-issuer": ["https://issuer.example"],
    "--token-audience": ["a"], "--token-algorithm": ["RS256"], "--token-public-key": ["key.pem"],
    "--token-secret": ["env:SHARED"], "--required-scopes": ["a"], "--remote-auth-servers": ["https://issuer.example"],
    "--remote-base-url": ["https://hub.example"],
    "--auth-type": ["none"], "--tools": ["hub_admin"], "--toolsets": ["hub_admin"],
    "--disabled-tools": ["hub_admin"], "--disabled-toolsets": ["hub_admin"],
}


# Of the flags that are refused, those that took no value.
ALONE = {"--enable-delegation", "--openapi-use-token"}


def section(title, level):
    """The text under a heading, to the next one that is as high."""
    return re.search(rf"^{level} {title}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)", PAGE, re.M | re.S)[1]


def listed_actions():
    """"module action" to what the page says of its change. "module all" is a row for all of a module."""
    found = {}
    for title, text in re.findall(r"^### ([a-z_, ]+)\n(.*?)(?=^### |\Z)", section("Actions", "##"), re.M | re.S):
        modules = title.split(", ")
        for names, change in re.findall(r"^\| ([`a-z_0-9, ]+) \| (.+?) \|", text, re.M):
            for name in re.findall(r"[a-z_0-9][a-z_0-9 ]*", names):
                given = [modules[0], name.strip()] if len(modules) == 1 else name.split()
                # "`rate_limit`, `whoami`" of one module: the second has the module of the first.
                module = given[0] if len(given) == 2 else module
                found[f"{module} {given[-1]}"] = change
    return {name: change for name, change in found.items() if not name.endswith(" action")}


def changes():
    """The rows that tell of a change: what, how it is now, and why."""
    text = section("Behaviour", "##") + section("Actions", "##")
    rows_of = re.findall(r"^\| (.+?) \| (.+?) \| ?(.*?) ?\|$", text, re.M)
    return [row for row in rows_of if row[2] != "why" and set(row[0]) != {"-"}]


class Reasons(unittest.TestCase):
    def test_stand_beside_each_change_of_what_was_there_before(self):
        known = [row for row in changes() if not re.match(r"new\b", row[1])]
        self.assertGreater(len(known), 50)
        self.assertEqual([row for row in known if len(row[2].split()) < 2], [])

    def test_stand_beside_each_variable_that_is_no_longer_what_it_was(self):
        rows_of = re.findall(r"^\| `([A-Z][A-Z_]+)` \| (.+?) \| ?(.*?) ?\|$", section("Variables", "##"), re.M)
        self.assertEqual({name for name, _, _ in rows_of}, set(Variables.FATES))
        ended = [row for row in rows_of if row[1].startswith(("stops the start", "not read", "refused"))]
        self.assertGreater(len(ended), 20)
        self.assertEqual([row for row in ended if len(row[2].split()) < 4], [])
        # What a setting is now stands first, and behind it the reason.
        changed = [row for row in rows_of if row[1].startswith("setting ") and row[2]]
        self.assertGreater(len(changed), 3)
        self.assertEqual([row for row in changed if not re.search(r"(:|, since) \w+ \w+", row[2])], [])


class Actions(CliTest):
    """0.2.0 had 81; its list is the one that the test of compatibility holds the modules against."""

    OLD = [
        line.replace("!", "").split()
        for line in (SOURCE / "tests" / "unit" / "hub_modules" / "actions-0.2.0.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    LISTED = listed_actions()
    RULE = "Only those that changed. An action that is not listed takes and answers what it did."

    def setUp(self):
        super().setUp()
        self.actions = {}
        for tool in sorted({row[0] for row in self.OLD}):
            for action in self.data(tool, "describe")["actions"]:
                self.actions[f"{tool} {action['action']}"] = action

    def test_of_old_have_a_row_or_are_covered_by_the_rule(self):
        self.assertEqual(len(self.OLD), 81)
        self.assertIn(self.RULE, section("Actions", "##"))
        counts = {"rows": 0, "rule": 0}
        for tool, name, _, *parameters in self.OLD:
            action = self.actions[f"{tool} {name}"]
            if f"{tool} {name}" in self.LISTED or f"{tool} all" in self.LISTED:
                counts["rows"] += 1
                continue
            counts["rule"] += 1
            with self.subTest(tool=tool, action=name):
                # What 0.2.0 took, and no more.
                self.assertEqual(set(action["params"]["properties"]), {one.rstrip("*") for one in parameters})
                required = {one[:-1] for one in parameters if one.endswith("*")}
                self.assertEqual(set(action["params"].get("required", [])), required)
        print(f"actions of 0.2.0: {counts['rows']} with a row, {counts['rule']} as they were", file=sys.stderr)
        self.assertEqual(sum(counts.values()), 81)

    def test_that_are_listed_are_there(self):
        names = {name for name in self.LISTED if not name.endswith(" all")}
        self.assertGreater(len(names), 40)
        self.assertLessEqual(names, set(self.actions))

    def test_that_are_new_are_listed_as_new(self):
        old = {f"{tool} {name}" for tool, name, *_ in self.OLD}
        told = {name for name, change in self.LISTED.items() if re.match(r"new\b", change)}
        self.assertEqual(told, set(self.actions) - old)


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

    def test_have_one_of_the_known_fates(self):
        known = (r"^(setting `[a-z._]+`|toggle of `[a-z_]+`|stops the start|not read|refused|"
                 r"refused in a file, else a warning|read by `dockerhub`)$")
        for name, fate in self.FATES.items():
            self.assertRegex(fate, known, name)


class Server(ProgramTest):
    program = "dockerhub-mcp"

    def test_does_not_start_with_a_variable_that_it_cannot_honour(self):
        for name, fate in Variables.FATES.items():
            value = "true" if name == "ENABLE_DELEGATION" else "1"
            is_gone = fate.startswith(("stops the start", "not read", "refused"))
            done = self.run_program(environment={name: value} if is_gone else {})
            self.assertEqual(done.code, 2 if fate in ("stops the start", "refused") else 0, (name, done))
            if fate.startswith(("not read", "refused")):
                self.assertEqual(f"{name} is not read any more" in done.err, fate.startswith("refused"), (name, done))

    def test_says_what_to_do_instead_of_a_variable_that_it_refuses(self):
        instead = last_column("[A-Z][A-Z_]+")
        refused = [name for name, fate in Variables.FATES.items() if fate.startswith("refused")]
        self.assertEqual(len(refused), 12)
        settings = self.home.work / "settings.env"
        for name in refused:
            settings.write_text(f"{name}=1\n")
            settings.chmod(0o600)
            in_file = self.run_program("--env-file", settings)
            self.assertEqual(in_file.code, 2, (name, in_file))
            for done in (in_file, self.run_program(environment={name: "1"})):
                self.assertIn(f"{name} is not read any more", done.err)
                self.assertIn(instead[name], done.err)

    def test_has_the_flags_that_the_page_says(self):
        told = dict(rows("--?[a-z-]+"))
        self.assertEqual(sorted(told), sorted(name for name in KNOWN if name[0] == "-"))
        instead = last_column("--?[a-z-]+")
        for flag, fate in told.items():
            if fate == "there":
                done = self.run_program(flag, *VALUES.get(flag, []), environment={"SHARED": "a secret"})
                self.assertEqual(done.code, 0, (flag, done))
                continue
            self.assertEqual(fate, "refused", flag)
            done = self.run_program(flag, *([] if flag in ALONE else ["canary-value"]))
            self.assertEqual(done.code, 2, (flag, done))
            self.assertIn(f"{flag}: is not an option of this program. {instead[flag]}", done.err)
            self.assertGreater(len(instead[flag].split()), 5, flag)
            self.assertNotIn("canary-value", done.err)


if __name__ == "__main__":
    unittest.main()
