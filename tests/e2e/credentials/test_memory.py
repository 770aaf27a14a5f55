"""What of a secret can be found in a program after its last use, and what others may see of a server."""

import base64
import json
import os
import pathlib
import re
import subprocess
import unittest

from dockerhub_process import BUILD, PREFIX, Home
from scripted_server import ScriptedServer, answer

JSON = [("Content-Type", "application/json")]
SECRETS = {
    "account": "canary-of-the-account-0123",
    "scim": "canary-of-scim-provisioning-4567",
    "login": "canary-of-the-registry-login-89ab",
    "hub token": "canary-hub-token-cdef-0123456789",
    "pull token": "canary-pull-token-fedc-9876543210",
    "job token": "canary-token-of-the-job-13579bdf",
    "identity": "canary-identity-of-the-job-02468ace",
    "access token": "canary-access-token-of-docker-fdb97531",
}


def readable_memory(pid):
    """The private, readable parts of a process's memory: what a core file has."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            fields = line.split()
            name = fields[5] if len(fields) > 5 else ""
            if not fields[1].startswith("rw") or name in ("[vvar]", "[vsyscall]"):
                continue
            begin, end = (int(part, 16) for part in fields[0].split("-"))
            memory.seek(begin)
            try:
                yield name, memory.read(end - begin)
            except OSError:
                continue  # a part that has no pages


class AfterTheLastUse(unittest.TestCase):
    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.close)
        self.server = ScriptedServer(self._reply)
        self.addCleanup(self.server.close)
        self.seen = []

    def _reply(self, request):
        authorization = request.headers.get("authorization", "")
        self.seen.append(authorization)
        if request.path.startswith("/job"):
            return answer(200, json.dumps({"value": SECRETS["identity"]}), JSON)
        if request.path == "/oauth/token":
            self.seen.append(request.body.decode())
            return answer(200, json.dumps({"access_token": SECRETS["access token"], "expires_in": 300}), JSON)
        if request.path == "/v2/auth/token":
            self.seen.append(json.loads(request.body)["secret"])
            return answer(200, json.dumps({"token": SECRETS["hub token"]}), JSON)
        if request.path == "/token":
            return answer(200, json.dumps({"token": SECRETS["pull token"], "expires_in": 300}), JSON)
        if authorization.startswith("Bearer "):
            return answer(200, "{}", JSON)
        challenge = f'Bearer realm="{self.server.url}/token",service="s",scope="repository:a:pull"'
        return answer(401, "{}", [("WWW-Authenticate", challenge)])

    def test_nothing_of_a_secret_is_left(self):
        docker = self.home.path / ".docker"
        docker.mkdir()
        login = base64.b64encode(f"bob:{SECRETS['login']}".encode()).decode()
        (docker / "config.json").write_text(json.dumps({"auths": {self.server.authority: {"auth": login}}}))
        (docker / "config.json").chmod(0o600)
        self.home.write_config(f"account:\n  scim_token: {SECRETS['scim']}\nhub:\n  url: {self.server.url}\n")
        env_file = self.home.write("named.env", f"DOCKER_HUB_USER=ann\nDOCKER_HUB_TOKEN={SECRETS['account']}\n"
                                                f"DOCKERHUB_URL={self.server.url}\n")
        run = self.home.path / "run"
        run.mkdir(mode=0o700)
        journey = self._start(
            DOCKERHUB_ENV_FILE=str(env_file), JOURNEY_REGISTRY=self.server.url, XDG_RUNTIME_DIR=str(run)
        )
        self._search(journey, used=("account", "login", "hub token", "pull token"))

    def test_nothing_of_a_secret_of_the_environment_and_the_user_file_is_left(self):
        self.home.write_config(f"account:\n  secret: {SECRETS['login']}\n")
        journey = self._start(
            DOCKER_HUB_USER="ann", DOCKER_HUB_TOKEN=SECRETS["account"], DOCKERHUB_URL=self.server.url,
            DOCKERHUB_SCIM_TOKEN=SECRETS["scim"], JOURNEY_REGISTRY=self.server.url,
        )
        environment = pathlib.Path(f"/proc/{journey.pid}/environ").read_bytes()
        for name, secret in SECRETS.items():
            self.assertNotIn(secret.encode(), environment, name)
        self._search(journey, used=("account", "scim", "hub token", "pull token"))

    def test_nothing_of_what_a_helper_gave_is_left(self):
        docker = self.home.path / ".docker"
        docker.mkdir()
        (docker / "config.json").write_text(json.dumps({"credHelpers": {self.server.authority: "canary"}}))
        (docker / "config.json").chmod(0o600)
        helper = self.home.path / "bin" / "docker-credential-canary"
        helper.parent.mkdir()
        told = self.home.path / "told"
        helper.write_text(f"#!/bin/sh\ncat /proc/$$/environ /proc/$$/cmdline >'{told}'\nread -r host\n"
                          f"echo '{json.dumps({'Username': 'bob', 'Secret': SECRETS['login']})}'\n")
        helper.chmod(0o755)
        journey = self._start(
            DOCKER_HUB_USER="ann", DOCKER_HUB_TOKEN=SECRETS["account"], DOCKERHUB_URL=self.server.url,
            DOCKERHUB_SCIM_TOKEN=SECRETS["scim"], JOURNEY_REGISTRY=self.server.url,
            PATH=f"{helper.parent}:{self.home.environment['PATH']}",
        )
        self._search(journey, used=("account", "scim", "login", "hub token", "pull token"))
        # What the program that was started was given, by which others might read it.
        given = told.read_bytes()
        self.assertIn(b"HOME=", given)
        self.assertIn(b"docker-credential-canary", given)
        for name, secret in SECRETS.items():
            self.assertNotIn(secret.encode(), given, name)

    def test_nothing_of_a_stored_account_nor_of_the_log_ins_beside_it_is_left(self):
        self.home.config.mkdir(parents=True)
        server = f"{self.server.url}/accounts/work"
        account = {"name": "work", "user": "bob", "kind": "password", "kept_in": "logins.json", "server": server,
                   "urls": {"hub.url": self.server.url, "registry.url": self.server.url}}
        login, other = (base64.b64encode(f"bob:{SECRETS[name]}".encode()).decode() for name in ("login", "account"))
        for name, text in {
            "accounts.json": {"version": 1, "current": "work", "accounts": [account]},
            "logins.json": {"version": 1, "auths": {server: {"auth": login}, "other.example": {"auth": other}}},
        }.items():
            file = self.home.config / name
            file.write_text(json.dumps(text) + "\n")
            file.chmod(0o600)
        journey = self._start(DOCKERHUB_URL=self.server.url, JOURNEY_REGISTRY=self.server.url)
        self._search(journey, used=("login", "hub token", "pull token"))

    def test_nothing_of_a_keyless_login_is_left(self):
        journey = self._start(
            DOCKER_HUB_USER="example", DOCKERHUB_OIDC_CONNECTIONID="0b2f6c1e-1111-4222-8333-944445555666",
            ACTIONS_ID_TOKEN_REQUEST_URL=f"{self.server.url}/job?version=1",
            ACTIONS_ID_TOKEN_REQUEST_TOKEN=SECRETS["job token"], DOCKERHUB_IDENTITY_URL=self.server.url,
            DOCKERHUB_URL=self.server.url, DOCKERHUB_SCIM_TOKEN=SECRETS["scim"], JOURNEY_REGISTRY=self.server.url,
            DOCKER_REGISTRY_URL=self.server.url, DOCKER_REGISTRY_AUTH_URL=f"{self.server.url}/token",
        )
        self._search(journey, used=("job token", "identity", "access token", "scim"))

    def _start(self, **environment):
        # Bound at its start, as what is installed is: binding at the first call saves registers on the stack,
        # with what was copied last.
        journey = subprocess.Popen(
            [BUILD / "test-bin" / "secret_journey"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**self.home.environment, "LD_BIND_NOW": "1", **environment},
        )
        self.addCleanup(journey.wait)
        self.addCleanup(journey.stdin.close)
        self.addCleanup(journey.stdout.close)
        self.addCleanup(journey.kill)
        self.assertEqual(journey.stdout.readline(), b"done\n")
        return journey

    def _search(self, journey, used):
        sent = " ".join(self.seen)
        for login in re.findall("Basic ([^ ]+)", sent):
            sent += base64.b64decode(login).decode()
        for name in used:
            if name not in ("hub token", "pull token"):  # which a log-in gives, and an answer shows to be used
                self.assertIn(SECRETS[name], sent, f"{name}: was never used, so this test shows nothing")
        try:
            parts = list(readable_memory(journey.pid))
        except PermissionError as problem:
            self.skipTest(f"the memory of a child may not be read here: {problem}")
        self.assertTrue(any(name == "[heap]" for name, _ in parts))
        forms = {}
        for name, secret in SECRETS.items():
            forms[name] = secret.encode()
            for user in ("bob", "example"):
                login = base64.b64encode(f"{user}:{secret}".encode())
                forms[f"{name} of {user} as base64"] = login[len(user) // 3 * 4 + 4:-4]
        found = [
            f"{what} in {where or 'anonymous memory'}: ...{part[max(part.find(form) - 60, 0):part.find(form) + 60]!r}"
            for where, part in parts for what, form in forms.items() if form in part
        ]
        self.assertEqual(found, [], "\n".join(found))


class OfAServer(unittest.TestCase):
    def test_others_see_neither_environment_nor_memory_nor_core_files(self):
        home = Home()
        self.addCleanup(home.close)
        server = subprocess.Popen(
            [PREFIX / "bin" / "dockerhub-mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=home.work,
            env={**home.environment, "DOCKER_HUB_USER": "ann", "DOCKER_HUB_TOKEN": SECRETS["account"]},
        )
        self.addCleanup(server.wait)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.stdin.close)
        self.addCleanup(server.kill)
        server.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        server.stdin.flush()
        self.assertTrue(server.stdout.readline())
        folder = pathlib.Path(f"/proc/{server.pid}")
        limit = next(line for line in (folder / "limits").read_text().splitlines() if "core file" in line)
        self.assertEqual(limit.split()[4:6], ["0", "0"], limit)
        self.assertNotIn(SECRETS["account"].encode(), (folder / "cmdline").read_bytes())
        # Memory that is not to be dumped belongs to root, whoever runs the program.
        self.assertEqual((folder / "mem").stat().st_uid, 0)
        if os.geteuid() != 0:
            for name in ("mem", "environ"):
                with self.assertRaises(PermissionError):
                    (folder / name).read_bytes()
        else:
            self.assertNotIn(SECRETS["account"].encode(), (folder / "environ").read_bytes())


if __name__ == "__main__":
    unittest.main()
