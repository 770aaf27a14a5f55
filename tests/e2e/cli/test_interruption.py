"""Ctrl-C and SIGTERM."""

import pathlib
import resource
import signal
import subprocess
import time
import unittest

from cli_test import PluginTest
from dockerhub_process import DEADLINE, wait_until


# At once, on a machine that has much to do: what is waited for here takes ten minutes.
AT_ONCE = 60


class Interruption(PluginTest):
    def start_slow(self):
        process = self.start("--verbose", "demo", "slow", "--steps", "10", "--milliseconds", "60000")
        self.wait_until_it_takes_signals(process)
        return process

    @staticmethod
    def signals(process, row):
        """A row of signal bits of the process's status."""
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            mask = next(line for line in status if line.startswith(row + ":"))
        return int(mask.split()[1], 16)

    def wait_until_it_takes_signals(self, process):
        """Both signals are blocked, so that they are taken by the program's own thread."""
        wanted = 1 << (signal.SIGINT - 1) | 1 << (signal.SIGTERM - 1)
        wait_until(lambda: self.signals(process, "SigBlk") & wanted == wanted, "the program's signal mask")

    def test_ctrl_c_cancels_at_once(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start_slow()
            before = time.monotonic()
            process.send_signal(number)
            self.assertEqual(process.wait(DEADLINE), code)
            self.assertLess(time.monotonic() - before, AT_ONCE)

    def test_ctrl_c_ends_waiting_for_standard_input(self):
        process = self.start("demo", "echo", "-", stdin=subprocess.PIPE)
        self.wait_until_it_takes_signals(process)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE), 130)

    def test_ctrl_c_ends_a_list_that_nobody_reads(self):
        process = self.start("demo", "list", "--count", "100000")
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE), 130)

    @unittest.skipIf(resource.getpagesize() > 4096, "no pipe is smaller than a page, and the help fits")
    def test_ctrl_c_ends_help_that_nobody_reads(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start("--help", pipesize=4096)
            self.wait_until_it_takes_signals(process)
            process.send_signal(number)
            self.assertEqual(process.wait(DEADLINE), code)

    def test_second_ctrl_c_ends_a_module_that_goes_on(self):
        module = self.copy("ignores_cancellation.so")
        self.ok("plugin", "trust", module, environment=self.environment)
        process = self.start(
            "ignores-cancellation", "wait", "--milliseconds", "600000", environment=self.environment
        )
        maps = pathlib.Path(f"/proc/{process.pid}/maps")
        wait_until(lambda: "ignores_cancellation" in maps.read_text(), "the module in the process")
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        wait_until(lambda: not self.signals(process, "ShdPnd"), "the first signal to be taken")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(DEADLINE), 130)
        self.assertLess(time.monotonic() - before, AT_ONCE)


if __name__ == "__main__":
    unittest.main()
