"""How often the command line logs in when it is run again and again."""

import json
import os
import threading
import unittest

from dockerhub_process import DEADLINE, ProgramTest
from sandbox_process import Sandbox
from scripted_server import ScriptedServer, answer

JSON = [("Content-Type", "application/json")]
RUNS = int(os.environ.get("DOCKERHUB_TEST_RUNS", "30"))


class Hub:
    """Docker Hub as far as a list of repositories needs it; tokens are numbered."""

    def __init__(self):
        self.log_ins = 0
        self.revoked = set()
        self.log_in_waits_for = None  # an event
        self._lock = threading.Lock()
        self.server = ScriptedServer(self._reply)

    def _reply(self, request):
        if request.path == "/v2/auth/token":
            if self.log_in_waits_for:
                self.log_in_waits_for.wait(DEADLINE)
            with self._lock:
                self.log_ins += 1
                return answer(200, json.dumps({"token": f"token-number-{self.log_ins}"}), JSON)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token or token in self.revoked:
            return answer(401, '{"detail":"no valid token"}', JSON)
        return answer(200, '{"count":0,"results":[]}', JSON)


class TokenTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.hub = Hub()
        self.addCleanup(self.hub.server.close)
        self.run_folder = self.home.path / "run"
        self.run_folder.mkdir(mode=0o700)

    def environment_of(self, user="ann", **more):
        return {
            "DOCKERHUB_URL": self.hub.server.url,
            "DOCKER_HUB_USER": user,
            "DOCKER_HUB_TOKEN": f"secret-of-{user}",
            "XDG_RUNTIME_DIR": str(self.run_folder),
            **more,
        }

    def list(self, **environment):
        done = self.run_program(
            "hub_repos", "list", "--namespace", "shop", environment=self.environment_of(**environment)
        )
        self.assertEqual(done.code, 0, done)
        return done


class ManyRuns(ProgramTest):
    """Against the sandbox, whose journal counts; without its limit of requests a minute."""

    def test_a_script_logs_in_once(self):
        sandbox = Sandbox("--set", f"hub_limit={100 * RUNS}")
        self.addCleanup(sandbox.stop)
        folder = self.home.path / "run"
        folder.mkdir(mode=0o700)
        environment = {**sandbox.environment, "XDG_RUNTIME_DIR": str(folder)}
        for _ in range(RUNS):
            done = self.run_program("hub_repos", "list", "--namespace", "sandbox", environment=environment)
            self.assertEqual(done.code, 0, done)
        asked = [(entry["path"], entry["status"]) for entry in sandbox.journal("hub")]
        self.assertEqual(asked.count(("/v2/auth/token", 200)), 1)
        self.assertEqual(asked.count(("/v2/namespaces/sandbox/repositories", 200)), RUNS)


class BetweenRuns(TokenTest):
    def test_each_account_has_its_own_token(self):
        for _ in range(2):
            for user in ("ann", "bob"):
                self.list(user=user)
        self.assertEqual(self.hub.log_ins, 2)

    def test_without_the_folder_or_with_the_setting_nothing_is_kept(self):
        for _ in range(2):
            self.list(XDG_RUNTIME_DIR="")
            self.list(DOCKERHUB_TOKEN_CACHE="false")
        self.assertEqual(self.hub.log_ins, 4)
        self.assertEqual(list(self.run_folder.iterdir()), [])

    def test_a_revoked_token_is_replaced_for_all_runs(self):
        self.list()
        self.hub.revoked.add("token-number-1")
        for _ in range(3):
            self.list()
        self.assertEqual(self.hub.log_ins, 2)

    def test_the_files_show_nothing_and_are_for_this_user_alone(self):
        self.list()
        folder = self.run_folder / "dockerhub"
        self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
        files = list(folder.iterdir())
        self.assertTrue(files)
        for file in files:
            self.assertEqual(file.stat().st_mode & 0o777, 0o600, file)
            content = file.read_bytes()
            for canary in (b"token-number-1", b"secret-of-ann", b"ann", self.hub.server.authority.encode()):
                self.assertNotIn(canary, content, file)

    def test_a_folder_of_others_is_not_used_and_said_once(self):
        folder = self.run_folder / "dockerhub"
        folder.mkdir()
        folder.chmod(0o755)
        done = self.list()
        self.assertEqual(done.err.count("tokens are not kept between runs"), 1, done)
        self.assertEqual(list(folder.iterdir()), [])

    def test_runs_at_the_same_time_log_in_once(self):
        self.hub.log_in_waits_for = threading.Event()
        running = [
            self.start("hub_repos", "list", "--namespace", "shop", environment=self.environment_of())
            for _ in range(6)
        ]
        self.hub.log_in_waits_for.set()
        for process in running:
            _, err = process.communicate(timeout=DEADLINE)
            self.assertEqual(process.returncode, 0, err)
        self.assertEqual(self.hub.log_ins, 1)


if __name__ == "__main__":
    unittest.main()
