"""The MCP server under load, with flat memory; and killed at any moment, after which it starts again as if
nothing had been."""

import json
import os
import pathlib
import random
import sys
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / part) for part in ("mcp", "lib")]

import message_schema  # noqa: E402
from mcp_process import FIXTURE, Home, Server  # noqa: E402

CALLS = 20_000
IN_FLIGHT = 32
KILLS = 100
CHECKED = 50  # one of so many answers is looked at in whole, which takes longer than to make it


def resident_kib(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


class Load(unittest.TestCase):
    def setUp(self):
        self.home = Home([FIXTURE])
        self.addCleanup(self.home.remove)

    def run_calls(self, server, count):
        waiting = set()
        for number in range(count):
            if len(waiting) == IN_FLIGHT:
                self.take_one(server, waiting)
            action, params = (("echo", {"text": f"call {number}", "times": 1}),
                              ("list", {"count": 50}),
                              ("fail", {"message": "on request"}))[number % 3]
            waiting.add(server.begin_call(action, params))
        while waiting:
            self.take_one(server, waiting)

    def take_one(self, server, waiting):
        answer = server.wait_for(lambda message: message.get("id") in waiting)
        self.assertIn("result", answer)
        waiting.remove(answer["id"])

    def test_memory_stays_flat(self):
        with Server(self.home) as server:
            server.initialize()
            self.run_calls(server, CALLS // 4)
            warm = resident_kib(server.process)
            self.run_calls(server, CALLS)
            grown = resident_kib(server.process) - warm
            # A leak of one small answer a call would be some 20 MiB.
            self.assertLess(grown, 4096, f"grew by {grown} KiB in {CALLS} calls")
            for line in server.lines[::CHECKED]:
                message_schema.check(json.loads(line), server.sent)

    def test_killed_at_any_moment_starts_again(self):
        dice = random.Random(int(os.environ.get("DOCKERHUB_TEST_SEED", "1")))
        for _ in range(KILLS):
            with Server(self.home) as server:
                server.initialize()
                begun = dice.randrange(20)
                for _ in range(begun):
                    server.begin_call("list", {"count": 200})
                for _ in range(dice.randrange(begun + 1)):
                    server.message()
                server.process.kill()
                server.process.wait(30)
        with Server(self.home) as server:
            server.initialize()
            self.assertFalse(server.call("echo", {"text": "still here"}).get("isError", False))


if __name__ == "__main__":
    unittest.main()
