"""The examples in the help of each built-in command run as they stand there: those of one command in one home, one
after the other (blocks.py).
"""

import json
import re
import unittest

from blocks import SOURCE, Blocks
from cli_test import CliTest

# All but help itself, which stands last.
COMMANDS = re.findall(r'^    \{"([a-z-]+)", "\1[ "]',
                      (SOURCE / "frontends" / "cli" / "commands.hpp").read_text(), re.M)[:-1]

# Lines that do not run here, and why.
NOT_RUN = {
    "dockerhub login": "asks on a terminal",
    "dockerhub login --host ghcr.io --user ann": "asks on a terminal, for a log-in elsewhere",
}
# Lines that end with another exit code than 0.
CODES = {
    "dockerhub logout --host ghcr.io": 3,  # nobody is logged in there
}


def examples(text):
    """The command lines below the heading at the end of a help."""
    found = re.search(r"^Examples:\n((?:  \S.*\n)+)(?:\n|\Z)", text, re.M)
    return [line.strip() for line in found.group(1).splitlines()] if found else []


class HelpExamples(Blocks):
    def run_example(self, line, code=0):
        done = self.shell(line)
        self.assertEqual(done.returncode, code, f"{line}\n{done.stdout}")

    # What the examples need that they do not make themselves, by command.

    def nobody(self):
        """Nothing but what is stored counts. One secret for all accounts."""
        for name in ("DOCKER_HUB_USER", "DOCKER_HUB_TOKEN"):
            self.environment.pop(name)
        self.replaced.insert(0, (r"\bacme\b", "sandbox"))
        self.home.write("token", self.password)

    def logged_in(self):
        self.nobody()
        self.run_example("dockerhub login --user acme --password-stdin < token")
        self.run_example("dockerhub account add work --user ann --password-stdin < token")

    def login_of_docker(self):
        login = {"ServerURL": self.registry.host, "Username": "ann", "Secret": "canary-secret"}
        self.home.write("login.json", json.dumps(login))

    def calls(self):
        call = {"tool": "hub_repos", "action": "list", "params": {"namespace": "library"}}
        self.home.write("calls.ndjson", json.dumps(call) + "\n")

    def tags(self):
        self.app("old")

    def folder_of_fish(self):
        (self.home.path / ".config" / "fish" / "completions").mkdir(parents=True)

    PREPARED = {
        "login": nobody,
        "logout": logged_in,
        "auth-status": logged_in,
        "account": nobody,
        "credential-helper": login_of_docker,
        "batch": calls,
        "alias": tags,
        "api": tags,
        "completion": folder_of_fish,
    }


def add_test(command):
    def run(self):
        lines = examples(self.ok(command, "--help").out)
        self.assertTrue(lines, f"`dockerhub {command} --help` has no examples")
        self.PREPARED.get(command, lambda _: None)(self)
        for line in lines:
            if line not in NOT_RUN:
                self.run_example(line, CODES.get(line, 0))
    setattr(HelpExamples, "test_of_" + command.replace("-", "_"), run)


for each in COMMANDS:
    add_test(each)


class Lists(CliTest):
    def test_name_what_is_there(self):
        section = self.ok("--help").out.split("\nThis program:\n")[1].split("\n\n")[0]
        told = set(re.findall(r"^  ([a-z-]+)", section, re.M))
        self.assertEqual(told, {*COMMANDS, "help"})
        lines = {line for command in COMMANDS for line in examples(self.ok(command, "--help").out)}
        self.assertEqual((set(NOT_RUN) | set(CODES)) - lines, set())
        self.assertEqual(set(HelpExamples.PREPARED) - set(COMMANDS), set())


if __name__ == "__main__":
    unittest.main()
