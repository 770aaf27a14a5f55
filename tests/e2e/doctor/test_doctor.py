"""`dockerhub doctor`: each fault is found, says what to do, and takes no longer than it may."""

import base64
import json
import signal
import socket
import unittest

from cli_test import PluginTest
from dockerhub_process import wait_until
from sandbox_process import WithSandbox


def silent_server(test):
    """A listener that takes connections and says nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    test.addCleanup(listener.close)
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


class DoctorTest(WithSandbox, PluginTest):
    def setUp(self):
        super().setUp()
        self.environment = {**self.sandbox.environment, "DOCKER_SCOUT_URL": self.sandbox.urls["hub"]}

    def diagnose(self, code=0, *options, **environment):
        done = self.run_program("-o", "json", *options, "doctor",
                                environment={**self.environment, **environment})
        self.assertEqual(done.code, code, done)
        result = json.loads(done.out)["data"]
        for finding in result["findings"]:
            self.assertEqual(finding["level"] == "ok", not finding.get("hint"), f"what to do about it: {finding}")
        return result

    def found(self, result, check, level=None):
        return [one for one in result["findings"]
                if one["check"] == check and level in (None, one["level"])]


class Healthy(DoctorTest):
    def test_every_subject_is_looked_at(self):
        result = self.diagnose()
        self.assertTrue(result["healthy"])
        for check in ("configuration", "dns", "connection", "api", "clock", "credential", "modules",
                      "disk", "trail"):
            self.assertTrue(self.found(result, check), check)
        self.assertEqual(self.found(result, "credential")[0]["level"], "ok")
        self.assertEqual(self.found(result, "clock")[0]["level"], "ok")

    def test_a_table_for_people(self):
        lines = self.ok("doctor", environment=self.environment).out.splitlines()
        self.assertTrue(any(line.startswith("ok\tcredential\t") for line in lines), lines)

    def test_offline_asks_nobody(self):
        self.sandbox.clear_journal()
        done = self.ok("-o", "data", "doctor", "--offline", environment=self.environment)
        self.assertEqual(self.sandbox.journal(), [])
        self.assertFalse([one for one in json.loads(done.out)["findings"] if one["check"] == "dns"])

    def test_no_secret_in_it(self):
        secrets = [secret["secret"] for user in self.sandbox.users.values() for secret in user["secrets"]]
        done = self.run_program("-o", "json", "doctor", environment=self.environment)
        for secret in secrets:
            self.assertNotIn(secret, done.out + done.err)


class Remarkable(DoctorTest):
    """What is no fault, and yet not as it usually is."""

    def test_a_module_that_is_switched_off(self):
        found = self.found(self.diagnose(DEMOTOOL="false"), "modules", "note")
        self.assertEqual([one["subject"] for one in found], ["demo"])
        self.assertIn("DEMOTOOL", found[0]["message"])

    def test_servers_that_are_not_verified(self):
        found = self.found(self.diagnose(DOCKERHUB_SSL_VERIFY="false"), "configuration", "warning")
        self.assertIn("NOT verified", found[0]["message"])

    def test_a_trail_without_entries(self):
        found = self.found(self.diagnose(DOCKERHUB_TRAIL="true"), "trail", "note")
        self.assertIn("nothing was recorded yet", found[0]["message"])


class LogIns(DoctorTest):
    """The files with log-ins for registries."""

    def look(self, text, mode=0o600):
        file = self.home.write("config.json", text)
        file.chmod(mode)
        result = self.diagnose(DOCKER_CONFIG=str(self.home.work))
        return [one for one in self.found(result, "credential") if one["subject"] == str(file)]

    def test_what_is_in_a_file_is_told_without_its_secrets(self):
        encoded = base64.b64encode(b"me:canary-password").decode()
        found = self.look(json.dumps({"auths": {"r.example.com": {"auth": encoded}}}))
        self.assertEqual([one["level"] for one in found], ["ok"])
        self.assertIn("r.example.com", found[0]["message"])
        self.assertNotIn(encoded, json.dumps(found))
        self.assertNotIn("canary", json.dumps(found))

    def test_a_file_that_others_may_read(self):
        found = self.look('{"auths": {"r.example.com": {"auth": "bWU6c2VjcmV0LXdvcmQ="}}}', 0o644)
        self.assertEqual([one["level"] for one in found], ["ok", "warning"])
        self.assertIn("chmod 600", found[1]["hint"])

    def test_a_broken_file(self):
        found = self.look("{")
        self.assertEqual([one["level"] for one in found], ["warning"])
        self.assertTrue(found[0]["hint"])

    def test_a_helper_that_is_not_there(self):
        found = self.look('{"credHelpers": {"r.example.com": "no-such-helper"}}')
        self.assertEqual([one["level"] for one in found], ["ok", "warning"])
        self.assertIn("docker-credential-no-such-helper", found[1]["message"])

    def test_no_file_is_no_fault(self):
        result = self.diagnose()
        self.assertIn("no file with log-ins for registries",
                      [one["message"] for one in self.found(result, "credential", "ok")])


class Faults(DoctorTest):
    def problem(self, check, *options, **environment):
        result = self.diagnose(1, *options, **environment)
        self.assertFalse(result["healthy"])
        found = self.found(result, check, "problem")
        self.assertTrue(found, result)
        return found[0]

    def test_wrong_configuration(self):
        config = self.home.write_config("log:\n  lvel: info\n")
        self.assertIn(f"{config}:2", self.problem("configuration")["message"])

    def test_unknown_name(self):
        self.assertIn("nowhere.invalid",
                      self.problem("dns", DOCKERHUB_URL="https://nowhere.invalid")["subject"])

    def test_nobody_listens(self):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.problem("connection", DOCKER_REGISTRY_URL=f"http://127.0.0.1:{nobody.getsockname()[1]}")

    def test_no_tls(self):
        address = self.sandbox.urls["registry"].split("//")[1]
        self.problem("tls", DOCKER_REGISTRY_URL=f"https://{address}")

    def test_server_with_a_fault(self):
        self.sandbox.fault("status", listener="hub", method="GET", status=503)
        self.assertIn("503", self.problem("api")["message"])

    def test_refused_credential(self):
        found = self.problem("credential", DOCKER_HUB_TOKEN="not-the-password")
        self.assertNotIn("not-the-password", json.dumps(found))

    def test_broken_trail(self):
        folder = self.home.state / "trail"
        environment = {"DOCKERHUB_TRAIL": "true"}
        self.ok("demo", "write", "k", "v", environment=environment)
        (folder / "head.json").unlink()
        self.problem("trail", **environment)

    def test_module_that_is_none(self):
        (self.folder / "bad.so").write_text("this is no library")
        self.assertIn("bad.so", self.problem("modules", DOCKERHUB_PLUGIN_PATH=str(self.folder))["subject"])

    def test_silent_server_takes_no_longer_than_it_may(self):
        _, url = silent_server(self)
        self.problem("api", "--timeout", "300ms", DOCKERHUB_URL=url)

    def test_it_can_be_interrupted(self):
        listener, url = silent_server(self)
        process = self.start("-o", "json", "doctor", environment={**self.environment, "DOCKERHUB_URL": url})
        taken = []
        listener.settimeout(60)
        wait_until(lambda: taken.append(listener.accept()) or taken, "a connection")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        taken[0][0].close()


if __name__ == "__main__":
    unittest.main()
