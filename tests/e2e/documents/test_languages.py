"""Who looks at the blocks of the guides: a page that has one in a language that nobody looks at there fails. What is
read here is JSON, YAML and the grammar of the shell; what runs does so in the test that is named."""

import json
import pathlib
import re
import subprocess
import unittest

import yaml  # Debian: python3-yaml

from blocks import SOURCE

TESTS = pathlib.Path(__file__).resolve().parents[1]
PAGES = ("*.md", "docs/**/*.md", "examples/**/*.md")
PLAIN = {"", "text"}  # what no program reads

# The test that runs the blocks, by page and language. Of the sh blocks of other pages the grammar is looked at.
RUN = {
    ("docs/cli.md", "sh"): "documents/test_blocks.py",
    ("docs/cli.md", "fish"): "cli/test_completion.py",
    ("docs/rest.md", "sh"): "documents/test_blocks.py",
    ("docs/rest.md", "ts"): "rest/test_client.py",
    ("docs/from-other-tools.md", "sh"): "documents/test_blocks.py",
}


def blocks():
    """(page, language, text) of every block, also of those in a list."""
    for pattern in PAGES:
        for page in sorted(SOURCE.glob(pattern)):
            for indent, language, text in re.findall(r"^( *)```(\S*).*\n((?:.*\n)*?) *```$", page.read_text(), re.M):
                lines = [line.removeprefix(indent) for line in text.splitlines(keepends=True)]
                yield str(page.relative_to(SOURCE)), language, "".join(lines)


def read_shell(text):
    """A <name> stands for a word of the reader's."""
    script = re.sub(r"<([a-z]+)>", r"\1", text)
    done = subprocess.run(["bash", "-n", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0 or done.stderr:
        raise ValueError(done.stderr)


READERS = {"json": json.loads, "yaml": yaml.safe_load, "sh": read_shell}


def texts():
    """(page, language, text) of all that is read; the scripts of a page are one, which is quicker."""
    scripts = {}
    for page, language, text in blocks():
        if language == "sh":
            scripts[page] = scripts.get(page, "") + text
        elif language in READERS:
            yield page, language, text
    for page, text in scripts.items():
        yield page, "sh", text


class Languages(unittest.TestCase):
    def test_of_all_blocks_are_looked_at(self):
        for page, language in sorted({(page, language) for page, language, _ in blocks()}):
            with self.subTest(page=page):
                self.assertTrue(language in PLAIN or language in READERS or (page, language) in RUN,
                                f"nobody looks at the blocks in {language!r}")

    def test_that_are_read_have_no_mistake(self):
        seen = set()
        for page, language, text in texts():
            with self.subTest(page=page, text=text):
                READERS[language](text)
            seen.add(language)
        self.assertEqual(seen, set(READERS))

    def test_that_run_are_there_and_in_the_test_that_is_named(self):
        present = {(page, language) for page, language, _ in blocks()}
        for (page, language), test in RUN.items():
            with self.subTest(page=page, language=language):
                self.assertIn((page, language), present)
                self.assertIn(pathlib.Path(page).name, (TESTS / test).read_text())


if __name__ == "__main__":
    unittest.main()
