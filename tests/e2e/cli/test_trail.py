"""The audit trail, as an operator sees it."""

import json
import unittest

from cli_test import CliTest

ON = {"DOCKERHUB_TRAIL": "true"}


class Trail(CliTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home.state / "trail"

    def entries(self):
        lines = (self.folder / "trail.ndjson").read_text().splitlines()
        return [json.loads(line) for line in lines[1:]]

    def test_none_is_kept_unless_it_is_asked_for(self):
        self.ok("demo", "write", "k", "v")
        self.assertFalse((self.home.state / "trail").exists())

    def test_one_line_a_write_and_none_for_reads_and_dry_runs(self):
        self.ok("demo", "write", "k", "v", environment=ON)
        self.ok("demo", "echo", "x", environment=ON)
        self.ok("--dry-run", "demo", "write", "k", "v", environment=ON)
        self.refused(6, "demo", "set-active", "acme", "--no-active", environment=ON)
        self.ok("--allow-destructive", "-y", "demo", "set-active", "acme", "--no-active", environment=ON)
        self.refused(3, "--allow-destructive", "-y", "demo", "delete", "nothing", environment=ON)
        entries = self.entries()
        self.assertEqual([(one["action"], one["effect"], one["outcome"]) for one in entries],
                         [("write", "write", "ok"), ("set_active", "destructive", "refused"),
                          ("set_active", "destructive", "ok"), ("delete", "destructive", "failed")])
        self.assertEqual(entries[0]["principal"], "command line")
        self.assertEqual(entries[0]["params"], {"key": "k", "value": "v"})
        self.assertEqual(entries[1]["error"]["type"], "DestructiveOperationError")
        report = self.data("trail", "verify", environment=ON)
        self.assertEqual((report["intact"], report["entries"]), (True, 4))

    def test_it_holds_no_secret(self):
        secret = "dckr_pat_canary0123456789"
        self.ok("demo", "write", "k", f"v {secret}",
                environment={**ON, "DOCKER_HUB_USER": "ann", "DOCKER_HUB_TOKEN": secret})
        self.assertNotIn(secret, (self.folder / "trail.ndjson").read_text())
        self.assertEqual(self.entries()[0]["account"], "ann")

    def test_nothing_is_changed_when_it_cannot_be_recorded(self):
        self.ok("demo", "write", "k", "v", environment=ON)
        (self.folder / "head.json").unlink()
        done = self.refused(2, "demo", "write", "k", "v", environment=ON)
        self.assertIn("head.json is missing", done.err)
        self.assertIn("dockerhub trail verify", done.err)
        self.assertEqual(len(self.entries()), 1)
        self.ok("demo", "echo", "x", environment=ON)

    def test_a_changed_line_is_found(self):
        for _ in range(3):
            self.ok("demo", "write", "k", "v", environment=ON)
        file = self.folder / "trail.ndjson"
        file.write_text(file.read_text().replace('"pid":', '"Pid":', 1))
        report = json.loads(self.refused(1, "-o", "data", "trail", "verify").out)
        self.assertFalse(report["intact"])
        self.assertIn("breaks at entry 1", report["faults"][0])

    def test_another_folder_can_be_verified(self):
        self.ok("demo", "write", "k", "v", environment={**ON, "DOCKERHUB_TRAIL_DIR": str(self.home.path / "x")})
        self.assertEqual(self.data("trail", "verify", self.home.path / "x")["entries"], 1)
        self.assertFalse(self.data("trail", "verify")["exists"])
        self.assertEqual(self.data("trail", "path"), {"enabled": False, "directory": str(self.folder)})


if __name__ == "__main__":
    unittest.main()
