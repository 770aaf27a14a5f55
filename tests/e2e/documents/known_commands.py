"""Whether the commands that a document shows are there, as the help of the programs tells it."""

import re
import shlex

from cli_test import CliTest

# Stands in the usage lines of actions alone: those of the commands that are built in are drawn more freely.
OF_AN_ACTION = " [--parameter value ...]"


def matched(usage, words):
    """The words behind the command's own, and the names of the positionals, if this usage line is the command's."""
    told = usage.removeprefix("dockerhub [options] ").removesuffix(OF_AN_ACTION).split()
    fixed = [word for word in told if word[0] not in "<["]
    if [word.replace("_", "-").removeprefix("hub-") for word in words[:len(fixed)]] != fixed:
        return None
    return words[len(fixed):], told[len(fixed):]


# Two places that one word may fill, and what parts it.
JOINED = {("<namespace>", "<repository>"): "/", ("<repo>", "<tag>"): ":"}


def apart(given, places):
    """The values with such words as two."""
    words = []
    for word in given:
        mark = JOINED.get(tuple(places[len(words):len(words) + 2]))
        at = word.find("/") if mark == "/" else word.rfind(":") if mark and "@" not in word else -1
        is_joined = at >= 0 and word[0] != "@" and (mark == "/" or "/" not in word[at:])
        words += [word[:at], word[at + 1:]] if is_joined else [word]
    return words


class KnownCommands(CliTest):
    def setUp(self):
        super().setUp()
        self.everywhere = self.ok("--help").out  # the options that every action takes

    def assert_is_known(self, line):
        """A line that starts a program of ours: its words, its options, and how many values it takes."""
        self.program, *words = shlex.split(line)
        told = self.ok(*words, "--help").out
        self.program = "dockerhub"
        self.assertIn("Usage: dockerhub", told)
        usages = re.findall(r"(?:Usage: | {7})(dockerhub \[options\] .*)", told)
        if usages:
            told += self.everywhere
        values, options, words = [], set(), iter(words)
        for word in words:
            if not re.match(r"--?[a-z]", word):
                values.append(word)
                continue
            option, _, value = word.partition("=")
            self.assertRegex(told, rf"(?<![\w-]){re.escape(option)}(?![\w-])")
            options.add(option)
            if not value and re.search(rf"^ +(-\w, )?{re.escape(option)}(, --[a-z-]+)? (<|[A-Z]{{2}})", told, re.M):
                next(words)
        self.assert_fit(values, options, usages)

    def assert_fit(self, values, options, usages):
        """The values have places, and no place that has to be filled is empty."""
        for usage in usages:
            found = usage.endswith(OF_AN_ACTION) and matched(usage, values)
            if not found:
                continue
            given, places = apart(*found), found[1]
            self.assertLessEqual(len(given), len(places), usage)
            empty = {f"--{place[1:-1]}" for place in places[len(given):] if place[0] == "<"}
            self.assertLessEqual(empty, options, usage)
