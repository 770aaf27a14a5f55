"""The pipelines of examples/ci: YAML that names its jobs, commands of ours that exist, and no secret in any of them."""

import os
import pathlib
import re
import unittest

import yaml  # Debian: python3-yaml
from known_commands import KnownCommands

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
FOLDER = SOURCE / "examples" / "ci"


def texts(node):
    """Every text in a document."""
    if isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str):
        yield node


def commands(document):
    """Every line of it that starts our program, from there on, without what the shell does with its output."""
    for text in texts(document):
        for line in text.splitlines():
            found = re.search(r"(?:^|\| )(dockerhub .*)", line)
            if found:
                yield re.sub(r" > \S+$", "", found.group(1))


class Pipelines(KnownCommands):
    def documents(self):
        found = {page.name: yaml.safe_load(page.read_text()) for page in FOLDER.glob("*.yml")}
        self.assertEqual(set(found), {"github-actions.yml", "gitlab-ci.yml"})
        return found

    def test_have_jobs(self):
        found = self.documents()
        self.assertIn("steps", found["github-actions.yml"]["jobs"]["release"])
        gitlab = found["gitlab-ci.yml"]
        jobs = {name: job for name, job in gitlab.items() if isinstance(job, dict) and "script" in job}
        self.assertGreater(len(jobs), 2)
        self.assertEqual({job["stage"] for job in jobs.values()} - set(gitlab["stages"]), set())

    def test_call_commands_that_exist_with_options_that_they_have(self):
        count = 0
        for name, document in self.documents().items():
            for line in commands(document):
                with self.subTest(name=name, line=line):
                    self.assert_is_known(line)
                count += 1
        self.assertGreater(count, 8)

    def test_hold_no_secret_and_the_keyless_one_asks_for_none(self):
        for page in FOLDER.glob("*.yml"):
            self.assertNotRegex(page.read_text(), r"dckr_|--password |TOKEN: ['\"]?\w")
        keyless = self.documents()["github-actions.yml"]
        self.assertEqual(keyless["permissions"]["id-token"], "write")
        self.assertIn("DOCKERHUB_OIDC_CONNECTIONID", keyless["env"])
        self.assertNotIn("secrets.", (FOLDER / "github-actions.yml").read_text())


if __name__ == "__main__":
    unittest.main()
