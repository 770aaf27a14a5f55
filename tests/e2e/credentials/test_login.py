"""Logging in to Docker Hub and to registries: what is asked, what is verified, and where a log-in is kept."""

import base64
import http.server
import json
import pathlib
import shutil
import subprocess
import threading
import unittest

from docker_registry import BasicRegistry
from dockerhub_process import Terminal, wait_until
from login_case import KEEPER, LoginCase
from sandbox_process import header_of


class Hub(LoginCase):
    def test_every_kind_of_secret_is_verified_kept_and_used(self):
        cases = (
            ("sandbox", self.sandbox.secret(), "pat"),
            ("sandbox-org", self.sandbox.secret("sandbox-org"), "oat"),
            ("sandbox-guest", self.sandbox.users["sandbox-guest"]["password"], "password"),
        )
        for user, secret, kind in cases:
            with self.subTest(kind):
                done = self.log_in(user, secret, "--yes", "-o", "data")
                told = json.loads(done.out)
                self.assertEqual((told["user"], told["kind"]), (user, kind))
                self.assertNotIn(secret, done.out + done.err)
                self.assertEqual(self.files_with(secret, user), [self.own])
                self.assert_private(self.own)
                self.assert_private(self.home.config / "accounts.json")
                self.assertEqual(self.data("whoami")["identity"], user)
                current = [row for row in self.data("auth-status") if row["current"]]
                self.assertEqual([(row["user"], row["kind"]) for row in current], [(user, kind)])
                self.ok("logout")
                self.assertEqual(self.files_with(secret, user), [])
        self.assertIs(self.data("whoami")["authenticated"], False)
        self.refused(4, "auth-status")

    def test_what_is_refused_is_not_kept(self):
        for secret in ("wrong-password", "dckr_pat_Wrong0000000000000000000000"):
            done = self.refused(4, "login", "--user", "sandbox", "--password-stdin", stdin=secret)
            self.assertIn("nothing was stored", done.err)
            self.assertNotIn(secret, done.err)
            self.assertEqual(self.files_with(secret, "sandbox"), [])

    def test_nothing_secret_is_taken_from_the_command_line(self):
        for arguments in (
            ["--password", "canary-secret"],
            ["-p", "canary-secret"],
            ["--password-stdin=canary-secret"],
            ["--user", "dckr_pat_canary-secret"],
            ["dckr_oat_canary-secret"],
        ):
            done = self.refused(2, "login", *arguments)
            self.assertIn("--password-stdin", done.err)
            self.assertNotIn("canary-secret", done.err + done.out)
        done = self.refused(2, "account", "add", "work", "dckr_pat_canary-secret")
        self.assertNotIn("canary-secret", done.err)
        self.assertEqual(self.sandbox.journal("hub"), [])

    def test_without_terminal_it_says_how(self):
        self.assertIn("--password-stdin", self.refused(2, "login", "--user", "sandbox").err)
        done = self.refused(2, "login", "--password-stdin", stdin="x")
        self.assertIn("--user", done.err)

    def test_a_second_factor_needs_somebody_to_ask(self):
        password = self.sandbox.users["sandbox-2fa"]["password"]
        done = self.refused(4, "login", "--user", "sandbox-2fa", "--password-stdin", stdin=password)
        self.assertIn("access token", done.err)
        self.assertEqual(self.files_with(password, "sandbox-2fa"), [])

    def test_another_users_log_in_is_replaced_with_consent_only(self):
        self.log_in("sandbox", self.sandbox.secret())
        before = self.own.read_bytes()
        other = self.sandbox.secret("sandbox-guest")
        done = self.refused(6, "login", "--user", "sandbox-guest", "--password-stdin", stdin=other)
        self.assertIn("sandbox", done.err)
        self.assertEqual(self.own.read_bytes(), before)
        self.log_in("sandbox", self.sandbox.secret())  # his own may be renewed
        self.log_in("sandbox-guest", other, "--yes")
        self.assertEqual([row["account"] for row in self.data("account", "list")], ["sandbox-guest"])

    def test_a_variable_counts_before_it_and_that_is_said(self):
        self.environment |= {"DOCKER_HUB_USER": "sandbox-guest",
                             "DOCKER_HUB_TOKEN": self.sandbox.secret("sandbox-guest")}
        done = self.log_in("sandbox", self.sandbox.secret())
        self.assertIn("DOCKER_HUB_TOKEN", done.err)
        self.assertEqual(self.data("whoami")["identity"], "sandbox-guest")
        self.assertEqual(self.data("--as", "sandbox", "whoami")["identity"], "sandbox")

    def test_it_goes_to_no_other_hub(self):
        self.log_in("sandbox", self.sandbox.secret())
        elsewhere = {**self.environment, "DOCKERHUB_URL": self.sandbox.urls["registry"]}
        done = self.run_program("-o", "data", "whoami", environment=elsewhere)
        self.assertIs(json.loads(done.out)["authenticated"], False, done)

    def test_it_is_not_for_a_registry_that_another_source_names(self):
        registry = self.environment.pop("DOCKER_REGISTRY_URL")
        del self.environment["DOCKER_REGISTRY_AUTH_URL"]
        self.home.write_config(f"registry:\n  url: {registry}\n")
        done = self.log_in("sandbox", self.sandbox.secret())
        self.assertIn(registry, done.err)
        self.assertEqual(self.data("whoami")["identity"], "sandbox")
        self.sandbox.clear_journal()
        self.refused(4, "registry", "list-tags", "sandbox/private")
        self.assertFalse([entry for entry in self.sandbox.journal("auth")
                          if header_of(entry, "Authorization")])

    def test_files_of_a_newer_format_stay_as_they_are(self):
        self.home.config.mkdir(parents=True)
        for name in ("accounts.json", "logins.json"):
            file = self.home.config / name
            file.write_text('{"version":2}\n')
            file.chmod(0o600)
            done = self.refused(2, "login", "--user", "sandbox", "--password-stdin",
                                stdin=self.sandbox.secret())
            self.assertIn("newer version", done.err)
            self.assertEqual(file.read_text(), '{"version":2}\n')
            file.unlink()


class OnTerminal(LoginCase):
    def setUp(self):
        super().setUp()
        self.home.environment.update(self.environment)
        self.terminal = Terminal(self.home)
        self.addCleanup(self.terminal.close)

    def command(self, arguments):
        self.terminal.type(f"{self.binary} {arguments}; echo code=$?\n")

    def test_a_password_is_asked_for_and_not_shown(self):
        self.command("login")
        self.terminal.wait_for("User: ")
        self.terminal.type("sandbox-guest\n")
        self.terminal.wait_for("(not shown): ")
        password = self.sandbox.users["sandbox-guest"]["password"]
        self.terminal.type(password + "\n")
        screen = self.terminal.wait_for("\ncode=0\n")
        self.assertNotIn(password, screen)
        self.assertEqual(self.data("whoami")["identity"], "sandbox-guest")

    def test_with_a_second_factor_a_token_is_kept_in_place_of_the_password(self):
        password = self.sandbox.users["sandbox-2fa"]["password"]
        self.command("login --user sandbox-2fa")
        self.terminal.wait_for("(not shown): ")
        self.terminal.type(password + "\n")
        self.terminal.wait_for("Code of the second factor: ")
        self.terminal.type("123456\n")
        self.terminal.wait_for("Type yes to go on: ")
        self.terminal.type("yes\n")
        screen = self.terminal.wait_for("\ncode=0\n")
        self.assertNotIn(password, screen)
        self.assertNotIn("dckr_pat_", screen)
        self.assertEqual(self.files_with(password, "sandbox-2fa"), [])
        who = self.data("whoami")
        self.assertEqual((who["identity"], who["credential_kind"]), ("sandbox-2fa", "pat"))


class Keeping(LoginCase):
    def test_the_helper_of_docker_keeps_it(self):
        self.install("docker-credential-keeper", KEEPER)
        config = self.docker_config({"credsStore": "keeper"})
        before = config.read_bytes()
        secret = self.sandbox.secret()
        done = self.log_in("sandbox", secret)
        self.assertIn("docker-credential-keeper", done.out)
        kept = self.bin / "kept"
        self.assertEqual(json.loads(kept.read_text())["Secret"], secret)
        self.assertEqual(self.data("whoami")["identity"], "sandbox")
        self.assertEqual(self.files_with(secret, "sandbox"), [kept])
        self.assertEqual(config.read_bytes(), before)
        self.assertLessEqual(set((self.bin / "arguments").read_text().split()), {"get", "store", "erase"})
        self.ok("logout")
        self.assertFalse(kept.exists())

    def test_completion_starts_no_helper(self):
        self.install("docker-credential-keeper", KEEPER)
        self.docker_config({"credsStore": "keeper"})
        self.log_in("sandbox", self.sandbox.secret())
        (self.bin / "arguments").unlink()
        self.environment["DOCKERHUB_COMPLETION_TIME"] = "60s"
        # A helper may ask for a password; what everybody may know is offered without.
        wait_until(lambda: self.ok("complete", "--", "repos", "get", "sandbox", "mu").out == "multi\t\n", "names")
        self.assertEqual(self.ok("complete", "--", "repos", "get", "sandbox", "pri").out, "")
        self.assertFalse((self.bin / "arguments").exists())

    def test_config_json_keeps_it_where_docker_has_one(self):
        config = self.docker_config({"psFormat": "table"})
        secret = self.sandbox.secret()
        done = self.log_in("sandbox", secret)
        self.assertIn("unencrypted", done.err)
        self.assertEqual(self.files_with(secret, "sandbox"), [config])
        self.assert_private(config)
        registry = self.sandbox.urls["registry"].removeprefix("http://")
        told = json.loads(config.read_text())
        self.assertEqual(told["psFormat"], "table")
        self.assertEqual(base64.b64decode(told["auths"][registry]["auth"]).decode(), f"sandbox:{secret}")

    def test_own_file_keeps_it_where_that_is_asked_for(self):
        config = self.docker_config({})
        self.log_in("sandbox", self.sandbox.secret(), "--own-file")
        self.assertEqual(self.files_with(self.sandbox.secret(), "sandbox"), [self.own])
        self.assertEqual(config.read_text(), "{}")

    def test_what_moves_leaves_no_copy(self):
        config = self.docker_config({"psFormat": "table"})
        secret = self.sandbox.secret()
        self.log_in("sandbox", secret)
        self.log_in("sandbox", secret, "--own-file")
        self.assertEqual(self.files_with(secret, "sandbox"), [self.own])
        self.assertEqual(self.data("whoami")["identity"], "sandbox")
        self.assertEqual(json.loads(config.read_text()), {"psFormat": "table", "auths": {}})

    def test_another_docker_keeps_what_it_has(self):
        config = self.docker_config({"psFormat": "table"})
        keeper = self.install("docker-credential-keeper", KEEPER)
        secret = self.sandbox.secret()
        for other in ({"psFormat": "table"}, {"credsStore": "keeper"}):
            with self.subTest(other=other):
                config.write_text(json.dumps(other))
                self.log_in("sandbox", secret)
                kept = self.files_with(secret, "sandbox")
                self.environment["DOCKER_CONFIG"] = str(self.home.path / "nothing-there")
                done = self.log_in("sandbox", secret)
                self.assertIn("stays there", done.err)
                self.assertEqual(self.files_with(secret, "sandbox"), sorted({*kept, self.own}))
                del self.environment["DOCKER_CONFIG"]
                self.ok("logout")
                (keeper.parent / "kept").unlink(missing_ok=True)
                config.write_text("{}")

    def test_another_docker_config_does_not_hide_it(self):
        config = self.docker_config({"psFormat": "table"})
        secret = self.sandbox.secret()
        self.log_in("sandbox", secret)
        other = self.home.path / "other"
        other.mkdir()
        (other / "config.json").write_text("{}")
        self.environment["DOCKER_CONFIG"] = str(other)
        self.assertEqual(self.data("whoami")["identity"], "sandbox")
        self.assertIn(str(config), self.ok("auth-status").out)
        self.assertIn(str(config), self.ok("logout").err)
        self.assertEqual(self.files_with(secret, "sandbox"), [])

    def test_dockers_name_of_docker_hub(self):
        # Spelled as older programs did, which Docker would find, too.
        config = self.docker_config({"auths": {"docker.io": {"auth": "c2FuZGJveDpvbGQ="}}})
        self.environment["DOCKER_REGISTRY_URL"] = "https://registry-1.docker.io"
        del self.environment["DOCKER_REGISTRY_AUTH_URL"]
        secret = self.sandbox.secret()
        self.log_in("sandbox", secret, "--host", "https://index.docker.io/v1")
        auths = json.loads(config.read_text())["auths"]
        self.assertEqual(list(auths), ["https://index.docker.io/v1/"])
        told = base64.b64decode(auths["https://index.docker.io/v1/"]["auth"]).decode()
        self.assertEqual(told, f"sandbox:{secret}")
        self.assertEqual(self.data("whoami")["identity"], "sandbox")
        self.ok("logout", "--host", "Docker.IO:443")
        self.assertEqual(json.loads(config.read_text())["auths"], {})

    def test_a_helper_that_is_gone_stops_nobody(self):
        helper = self.install("docker-credential-keeper", KEEPER)
        self.docker_config({"credsStore": "keeper"})
        self.log_in("sandbox", self.sandbox.secret())
        helper.unlink()
        done = self.ok("-o", "data", "whoami")
        self.assertIs(json.loads(done.out)["authenticated"], False)
        self.assertIn("docker-credential-keeper", done.err)
        self.assertIn("docker-credential-keeper", self.refused(2, "--as", "sandbox", "whoami").err)
        self.assertIn("docker-credential-keeper", self.ok("logout").err)
        self.assertEqual(self.data("account", "list"), [])

    def test_nothing_is_done_for_a_dry_run(self):
        self.log_in("sandbox", self.sandbox.secret())
        before = self.own.read_bytes()
        for arguments in (["login", "--user", "sandbox", "--password-stdin"], ["logout"],
                          ["account", "remove", "sandbox", "--yes"]):
            done = self.refused(2, *arguments, "--dry-run", stdin="x")
            self.assertIn("--dry-run", done.err)
        self.assertEqual(self.own.read_bytes(), before)
        self.assertEqual(self.data("whoami")["identity"], "sandbox")

    def test_logging_out_says_what_still_counts(self):
        self.log_in("sandbox", self.sandbox.secret())
        self.environment |= {"DOCKER_HUB_USER": "sandbox-guest",
                             "DOCKER_HUB_TOKEN": self.sandbox.secret("sandbox-guest")}
        self.assertIn("DOCKER_HUB_TOKEN", self.ok("logout").err)

    def test_a_helper_that_fails_is_said_and_nothing_is_recorded(self):
        self.install("docker-credential-keeper", KEEPER.replace("cat > \"$here/kept\"", "exit 3"))
        self.docker_config({"credsStore": "keeper"})
        done = self.refused(2, "login", "--user", "sandbox", "--password-stdin",
                            stdin=self.sandbox.secret())
        self.assertIn("docker-credential-keeper", done.err)
        self.assertEqual(self.data("account", "list"), [])


class Registry(LoginCase):
    def test_basic(self):
        registry = BasicRegistry()
        self.addCleanup(registry.stop)
        user, password = registry.credentials.split(":")
        image = f"{registry.host}/demo/app"
        self.refused(4, "registry", "list-tags", image)
        wrong = self.refused(4, "login", "--host", registry.host, "-u", user, "--password-stdin",
                             stdin="wrong")
        self.assertIn("nothing was stored", wrong.err)
        self.log_in(user, password, "--host", registry.host)
        self.refused(3, "registry", "list-tags", image)  # logged in; there is no such repository
        self.ok("logout", "--host", registry.host)
        self.refused(4, "registry", "list-tags", image)
        self.assertIn("nobody is logged in", self.refused(3, "logout", registry.host).err)

    def test_logging_out_takes_every_copy_away(self):
        registry = BasicRegistry()
        self.addCleanup(registry.stop)
        user, password = registry.credentials.split(":")
        config = self.docker_config({"psFormat": "table"})
        self.log_in(user, password, "--host", registry.host)
        self.log_in(user, password, "--host", registry.host, "--own-file")
        self.assertEqual(self.files_with(password, user), sorted([config, self.own]))
        self.ok("logout", "--host", registry.host)
        self.assertEqual(self.files_with(password, user), [])
        self.refused(4, "registry", "list-tags", f"{registry.host}/demo/app")

    def test_tokens(self):
        host = self.sandbox.urls["registry"].removeprefix("http://")
        image = f"{host}/sandbox/private"
        self.refused(4, "registry", "list-tags", image)
        done = self.log_in("sandbox", self.sandbox.secret(), "--host", host)
        self.assertIn(self.sandbox.urls["auth"] + "/token", done.out)
        self.assertEqual(self.ok("registry", "list-tags", image).out, "latest\n")


class _ForeignRealm(http.server.BaseHTTPRequestHandler):
    """A registry at 127.0.0.1 that sends log-ins to localhost."""

    def do_GET(self):
        authorization = self.headers.get("Authorization", "")
        self.server.seen.append((self.headers["Host"], self.path, authorization))
        if self.path.startswith("/token"):
            self._reply(200, b'{"token":"good"}')
        elif authorization == "Bearer good":
            self._reply(200, b"{}")
        else:
            realm = f"http://localhost:{self.server.server_address[1]}/token"
            self._reply(401, b"{}", f'Bearer realm="{realm}",service="s"')

    def _reply(self, status, body, challenge=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ForeignRealm(LoginCase):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _ForeignRealm)
        self.server.seen = []
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"

    def log_ins(self):
        return [host for host, _, authorization in self.server.seen if authorization.startswith("Basic")]

    def test_is_asked_for_shown_and_recorded(self):
        arguments = ("login", "--host", self.host, "--user", "ann", "--password-stdin")
        done = self.refused(6, *arguments, stdin="canary-secret")
        self.assertIn("http://localhost", done.err)
        self.assertEqual(self.log_ins(), [])
        self.assertFalse(self.own.exists())
        done = self.ok(*arguments, "--yes", stdin="canary-secret")
        self.assertIn("http://localhost", done.out)
        self.assertIn(f"{self.host}=localhost", (self.home.config / "config.yaml").read_text())
        self.assertEqual(len(self.log_ins()), 1)
        self.ok(*arguments, stdin="canary-secret")


class DockersHelper(LoginCase):
    """The other side: Docker, played by this test and by our own login, keeps its log-ins with us."""

    def setUp(self):
        super().setUp()
        # The script that is installed beside the program, called through a link, as from another folder of the PATH.
        shipped = pathlib.Path(__file__).resolve().parents[3] / "frontends/cli/docker-credential-dockerhub"
        folder = self.home.path / "installed"
        folder.mkdir()
        script = folder / shipped.name
        shutil.copyfile(shipped, script)
        script.chmod(0o755)
        (folder / "dockerhub").symlink_to(self.binary)
        self.script = self.bin / shipped.name
        self.script.symlink_to(script)

    def helper(self, verb, text="", code=0):
        done = self.run_as("credential-helper", verb, stdin=text)
        self.assertEqual(done.code, code, done)
        return done.out

    def test_speaks_the_protocol(self):
        server = "https://index.docker.io/v1/"
        login = {"ServerURL": server, "Username": "ann", "Secret": 'canary-"secret\u00e9'}
        self.assertEqual(self.helper("get", server, code=1), "credentials not found in native keychain\n")
        self.helper("store", json.dumps(login))
        self.assert_private(self.own)
        self.assertEqual(json.loads(self.helper("get", server + "\n")), login)
        self.helper("store", json.dumps({**login, "ServerURL": "r.example", "Username": "<token>"}))
        self.assertEqual(json.loads(self.helper("list")), {server: "ann", "r.example": "<token>"})
        self.assertEqual(json.loads(self.helper("get", "r.example"))["Username"], "<token>")
        self.helper("erase", server)
        self.helper("erase", server)
        self.assertEqual(json.loads(self.helper("list")), {"r.example": "<token>"})

    def test_is_what_docker_runs(self):
        login = {"ServerURL": "r.example", "Username": "ann", "Secret": "canary-secret"}
        self.helper("store", json.dumps(login))
        done = subprocess.run([self.script, "get"], input=b"r.example",
                              env={**self.home.environment, **self.environment},
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=True)
        self.assertEqual(json.loads(done.stdout), login)

    def test_loses_nothing_of_several_that_write_at_once(self):
        servers = [f"r{number}.example" for number in range(4)]
        running = []
        for server in servers:
            process = self.start("credential-helper", "store", environment=self.environment,
                                 stdin=subprocess.PIPE)
            process.stdin.write(json.dumps({"ServerURL": server, "Username": "ann", "Secret": "x"}).encode())
            process.stdin.close()
            running.append(process)
        for process in running:
            self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(sorted(json.loads(self.helper("list"))), servers)

    def test_refuses_what_is_no_login(self):
        for text in ("canary-secret", "[]", '{"ServerURL":"r.example"}', '{"Secret":"canary-secret"}'):
            done = self.refused(2, "credential-helper", "store", stdin=text)
            self.assertNotIn("canary-secret", done.err + done.out)
        self.assertFalse(self.own.exists())

    def test_keeps_a_user_with_a_colon(self):
        login = {"ServerURL": "r.example", "Username": "a:b", "Secret": "c:d"}
        self.helper("store", json.dumps(login))
        self.assertEqual(json.loads(self.helper("get", "r.example")), login)

    def test_keeps_what_login_gives_it(self):
        self.docker_config({"credsStore": "dockerhub"})
        self.log_in("sandbox", self.sandbox.secret())
        self.assertEqual(self.files_with(self.sandbox.secret(), "sandbox"), [self.own])
        self.assertEqual(self.data("whoami")["identity"], "sandbox")


if __name__ == "__main__":
    unittest.main()
