"""What of a secret can be found in a program after its last use, and what others may see of a server."""

import base64
import json
import os
import pathlib
import re
import socket
import subprocess
import threading
import unittest
import urllib.parse

from authority import Authority
from dockerhub_process import BUILD, DEADLINE, PREFIX, Home, wait_until
from scripted_server import ScriptedServer, TlsServer, answer
from secret_forms import all_forms

JSON = [("Content-Type", "application/json")]
# Each has what is written otherwise in JSON or in an address, as far as it may have that.
SECRETS = {
    "account": 'canary/of "the account"+0123',
    "scim": "canary/of+scim-provisioning=4567",
    "login": 'canary/of+the "registry login" 89ab',
    "hub token": "canary/hub+token-cdef=0123456789",
    "pull token": "canary/pull+token-fedc=9876543210",
    "job token": "canary/token+of-the-job=13579bdf",
    "identity": "canary/identity+of-the-job=02468ace",
    "access token": "canary/access+token-of-docker=fdb97531",
}


def encoded_forms(secret):
    return sorted(form.encode() for form in all_forms(secret))


def found_in(parts):
    """Which secrets are in these parts of memory, (name, bytes) each: "NAME in PART: what is around it"."""
    return [
        f"{name} in {where or 'anonymous memory'}: ...{part[max(part.find(form) - 60, 0):part.find(form) + 60]!r}"
        for where, part in parts for name, secret in SECRETS.items() for form in encoded_forms(secret) if form in part
    ]


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
        self.server = self._serve()
        self.addCleanup(self.server.close)
        self.seen = []
        self.is_asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    def _serve(self):
        return ScriptedServer(self._reply)

    def _reply(self, request):
        authorization = request.headers.get("authorization", "")
        self.seen.append(authorization)
        if request.path.startswith("/job"):
            return answer(200, json.dumps({"value": SECRETS["identity"]}), JSON)
        if request.path == "/oauth/token":
            self.seen.append(urllib.parse.unquote_plus(request.body.decode()))
            return answer(200, json.dumps({"access_token": SECRETS["access token"], "expires_in": 300}), JSON)
        if request.path == "/v2/auth/token":
            self.seen.append(json.loads(request.body)["secret"])
            return answer(200, json.dumps({"token": SECRETS["hub token"]}), JSON)
        if request.path == "/token":
            return answer(200, json.dumps({"token": SECRETS["pull token"], "expires_in": 300}), JSON)
        if authorization.startswith("Bearer "):
            self.is_asked.set()
            return [self.may_answer, answer(200, "{}", JSON)]
        challenge = f'Bearer realm="{self.server.url}/token",service="s",scope="repository:a:pull"'
        return answer(401, "{}", [("WWW-Authenticate", challenge)])

    def test_nothing_of_a_secret_is_left(self):
        self._search(self._start(**self._files()), used=("account", "login", "hub token", "pull token"))

    def test_a_secret_that_is_in_use_is_found(self):
        """Where it is looked for afterwards."""
        self.may_answer.clear()
        self.addCleanup(self.may_answer.set)
        journey = self._launch(**self._files())
        self.assertTrue(self.is_asked.wait(DEADLINE), "nothing was asked")
        found = "\n".join(found_in(self._memory_of(journey)))
        for name in ("account", "scim", "hub token"):
            self.assertIn(f"{name} in [heap]", found)

    def _files(self):
        """Variables of a journey whose secrets stand in files."""
        docker = self.home.path / ".docker"
        docker.mkdir()
        login = base64.b64encode(f"bob:{SECRETS['login']}".encode()).decode()
        (docker / "config.json").write_text(json.dumps({"auths": {self.server.authority: {"auth": login}}}))
        (docker / "config.json").chmod(0o600)
        self.home.write_config(f"account:\n  scim_token: {json.dumps(SECRETS['scim'])}\nhub:\n  url: {self.server.url}\n")
        env_file = self.home.write("named.env", f"DOCKER_HUB_USER=ann\nDOCKER_HUB_TOKEN='{SECRETS['account']}'\n"
                                                f"DOCKERHUB_URL={self.server.url}\n")
        run = self.home.path / "run"
        run.mkdir(mode=0o700)
        return {"DOCKERHUB_ENV_FILE": str(env_file), "JOURNEY_REGISTRY": self.server.url, "XDG_RUNTIME_DIR": str(run)}

    def test_nothing_of_a_secret_of_the_environment_and_the_user_file_is_left(self):
        self.home.write_config(f"account:\n  secret: {json.dumps(SECRETS['login'])}\n")
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
                          f"printf '%s' '{json.dumps({'Username': 'bob', 'Secret': SECRETS['login']})}'\n")
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
        journey = self._launch(**environment)
        self.assertEqual(journey.stdout.readline(), b"done\n")
        return journey

    def _launch(self, **environment):
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
        return journey

    def _memory_of(self, journey):
        try:
            parts = list(readable_memory(journey.pid))
        except PermissionError as problem:
            self.skipTest(f"the memory of a child may not be read here: {problem}")
        self.assertTrue(any(name == "[heap]" for name, _ in parts))
        return parts

    def _search(self, journey, used):
        sent = " ".join(self.seen)
        for login in re.findall("Basic ([^ ]+)", sent):
            sent += base64.b64decode(login).decode()
        for name in used:
            if name not in ("hub token", "pull token"):  # which a log-in gives, and an answer shows to be used
                self.assertIn(SECRETS[name], sent, f"{name}: was never used, so this test shows nothing")
        found = found_in(self._memory_of(journey))
        self.assertEqual(found, [], "\n".join(found))


class AfterTheLastUseOverTls(AfterTheLastUse):
    def _serve(self):
        self.authority = Authority(self.home.path)
        return TlsServer(self._reply, *self.authority.issue("server"))

    def _launch(self, **environment):
        return super()._launch(SSL_CERT_FILE=str(self.authority.certificate), **environment)


class TheSearch(unittest.TestCase):
    def test_finds_each_form_of_a_secret(self):
        for name, secret in SECRETS.items():
            for form in encoded_forms(secret):
                found = found_in([("[heap]", b"before " + form + b" after")])
                self.assertTrue(any(line.startswith(f"{name} in [heap]") for line in found), form)
        self.assertEqual(found_in([("[heap]", b"a canary of nothing")]), [])


class SeenByOthers(unittest.TestCase):
    """By other programs of the same user. Root reads everything, so that there the rights to do so are given up on
    both sides: by the program, which otherwise would have more rights than the one that looks, and by the latter."""

    given_up = "-sys_ptrace,-perfmon,-sys_admin"
    alike = ["setpriv", f"--inh-caps={given_up}", f"--bounding-set={given_up}"] if os.geteuid() == 0 else []

    def start(self, *words, **options):
        process = subprocess.Popen(
            [*self.alike, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options)
        for act in (process.wait, process.stdout.close, process.stdin.close, process.kill):
            self.addCleanup(act)
        return process

    def shows(self, process, name):
        """Whether that file of the process can be opened."""
        return subprocess.run([*self.alike, "sh", "-c", ': <"$0"', f"/proc/{process.pid}/{name}"],
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def is_protected(self, process):
        ordinary = self.start("cat")
        wait_until(lambda: self.shows(ordinary, "environ"), "what any program shows")
        # What it is started by has other rights, and hides itself by them.
        name = pathlib.Path(f"/proc/{process.pid}/comm")
        wait_until(lambda: name.read_text().startswith("dockerhub-"), "the program itself")
        for what in ("environ", "mem"):
            wait_until(lambda: not self.shows(process, what), f"the program to hide {what}")
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text().splitlines()
        core = next(line for line in limits if "core file" in line)
        self.assertEqual(core.split()[4:6], ["0", "0"], core)
        self.assertIsNone(process.poll(), "it runs on")

    def test_a_server_shows_neither_environment_nor_memory_and_leaves_no_core_files(self):
        home = Home()
        self.addCleanup(home.close)
        server = self.start(PREFIX / "bin" / "dockerhub-mcp", cwd=home.work,
                            env={**home.environment, "DOCKER_HUB_USER": "ann", "DOCKER_HUB_TOKEN": SECRETS["account"]})
        server.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        server.stdin.flush()
        self.assertTrue(server.stdout.readline())
        self.is_protected(server)
        for name in ("cmdline", "environ") if os.geteuid() == 0 else ("cmdline",):
            self.assertNotIn(SECRETS["account"].encode(), pathlib.Path(f"/proc/{server.pid}/{name}").read_bytes())

    def test_nor_does_the_process_of_a_module(self):
        """It gets secret parameters of calls."""
        ours, its = socket.socketpair()
        self.addCleanup(ours.close)
        with its:
            process = self.start(PREFIX / "libexec" / "dockerhub" / "dockerhub-plugin-host", "module.so",
                                 pass_fds=(3,), preexec_fn=lambda: os.dup2(its.fileno(), 3))
        self.is_protected(process)


if __name__ == "__main__":
    unittest.main()
