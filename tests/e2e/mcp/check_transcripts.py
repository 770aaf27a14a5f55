"""Checks what dockerhub-mcp said to clients from npm (client_server.mjs wrote it down): the argument is a folder with
one folder for each server, which holds the lines of either side."""

import json
import pathlib
import sys

import message_schema
from message_schema import Sent


def messages(path):
    """What stands behind the last end of a line was cut by the end of the client, which may come before the first."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().split("\n")[:-1]]


def check(folder):
    sent = Sent()
    for message in messages(folder / "client"):
        sent.add(message)
    answers = messages(folder / "server")
    for message in answers:
        message_schema.check(message, sent)
    return len(answers)


if __name__ == "__main__":
    checked = sum(check(folder) for folder in pathlib.Path(sys.argv[1]).iterdir())
    print(f"{checked} messages")
    sys.exit(0 if checked else "nothing was written down")
