"""docs/from-other-tools.md: the commands of ours in its tables are there, and each of the ten reasons is ticked with
commands that test_blocks.py runs."""

import re
import unittest

from blocks import SOURCE, sections
from known_commands import KnownCommands

PAGE = SOURCE / "docs" / "from-other-tools.md"
TOOLS = ["hub-tool", "regctl and regsync", "crane", "skopeo", "oras", "docker-pushrm"]
OURS = r"`(dockerhub[ -][^`]*)`"


def part(heading):
    """The text under a heading, to the next one of its level or above."""
    text = PAGE.read_text()
    level = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    return re.split(rf"^#{{1,{len(level[1])}}} ", text[level.end():], maxsplit=1, flags=re.M)[0]


def rows(tool):
    """The cells of each row of a tool's table."""
    lines = re.findall(r"^\| (.*) \|$", part(tool), re.M)
    return [[cell.strip() for cell in f" {line} ".split(" | ")] for line in lines[2:]]


class Tables(KnownCommands):
    def test_call_commands_that_exist_with_what_they_take(self):
        shown = {line for tool in TOOLS for row in rows(tool) for line in re.findall(OURS, " ".join(row[1:]))}
        self.assertGreater(len(shown), 50)
        for line in sorted(shown):
            with self.subTest(line=line):
                self.assert_is_known(line)

    def test_have_our_command_beside_theirs(self):
        for tool in TOOLS:
            self.assertGreater(len(rows(tool)), 3, tool)
            for row in rows(tool):
                self.assertEqual(len(row), 3, row)
                self.assertRegex(row[1], f"^{OURS}$")

    def test_say_what_is_not_here(self):
        for tool in TOOLS:
            self.assertIn("\nNot here: ", part(tool), tool)


class Reasons(unittest.TestCase):
    TICKED = [(heading, part(heading)) for heading, _ in sections(PAGE)]

    def test_are_ten_with_commands(self):
        self.assertEqual([heading.split(".")[0] for heading, _ in self.TICKED], [str(n) for n in range(1, 11)])
        for heading, text in self.TICKED:
            self.assertRegex(text, r"(?m)^(\S+=\S+ )?dockerhub ", heading)

    def test_are_done_or_say_what_is_missing(self):
        for heading, text in self.TICKED:
            self.assertEqual(len(re.findall(r"\*\*Done(?:\.\*\*|\*\*;)|\*\*In part:\*\*\s\S", text)), 1, heading)


if __name__ == "__main__":
    unittest.main()
