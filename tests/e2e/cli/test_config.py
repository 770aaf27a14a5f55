"""`dockerhub config`: what is in force, where it comes from, and changes of the user's file."""

import json
import unittest

from cli_test import CliTest

SECRET = "dckr_pat_canary0123456789"


class Show(CliTest):
    def rows(self, *arguments, **options):
        return {row["key"]: row for row in self.data("config", "show", *arguments, **options)}

    def test_each_value_and_where_it_comes_from(self):
        self.home.system_config.write_text("log:\n  format: json\n  level: error\n")
        config = self.home.write_config("log:\n  level: info\n")
        rows = self.rows(environment={"DOCKERHUB_TIMEOUT": "90"})
        self.assertEqual(rows["log.format"]["origin"], f"system file {self.home.system_config}:2")
        self.assertEqual(rows["log.level"]["value"], "info")
        self.assertEqual(rows["log.level"]["origin"], f"user file {config}:2")
        self.assertEqual(rows["call.timeout"]["value"], "90s")
        self.assertEqual(rows["call.timeout"]["origin"], "environment DOCKERHUB_TIMEOUT")
        self.assertEqual(rows["hub.url"]["origin"], "default")

    def test_origins_are_a_column_that_is_asked_for(self):
        line = next(line for line in self.ok("config", "show").out.splitlines() if "hub.url" in line)
        self.assertEqual(line.split("\t"), ["hub.url", "https://hub.docker.com"])
        line = next(line for line in self.ok("config", "show", "--origin").out.splitlines()
                    if "hub.url" in line)
        self.assertEqual(line.split("\t")[2], "default")

    def test_secrets_are_never_shown(self):
        environment = {"DOCKER_HUB_TOKEN": SECRET, "DOCKERHUB_LOG_FILE": f"/tmp/{SECRET}"}
        for arguments in (["show"], ["show", "--origin"], ["get", "account.secret"], ["get", "log.file"]):
            for output in ("table", "json", "data"):
                done = self.ok("-o", output, "config", *arguments, environment=environment)
                self.assertNotIn(SECRET, done.out + done.err)
        self.assertEqual(self.rows(environment=environment)["account.secret"]["value"], "***redacted***")

    def test_get_gives_the_value_alone(self):
        self.assertEqual(self.ok("config", "get", "hub.url").out, "https://hub.docker.com\n")
        self.assertIn("Did you mean hub.url?", self.refused(2, "config", "get", "hub.ur").err)

    def test_an_option_adds_hosts_without_tls(self):
        done = self.ok("--plain-http", "b.lan:5000,c.lan", "config", "--plain-http", "d.lan", "get", "http.plain_hosts",
                       environment={"DOCKERHUB_PLAIN_HTTP_HOSTS": "a.lan"})
        self.assertEqual(done.out, "a.lan,b.lan:5000,c.lan,d.lan\n")
        self.assertIn("--plain-http", self.refused(2, "--plain-http", "http://a.lan", "config", "show").err)

    def test_path_lists_the_files_weakest_first(self):
        self.home.write_config("log:\n  level: info\n")
        rows = self.data("config", "path")
        self.assertEqual([row["file"] for row in rows], ["system file", "user file"])
        self.assertEqual(rows[1]["state"], "read")


class Set(CliTest):
    def config(self):
        return (self.home.config / "config.yaml").read_text()

    def test_a_value_is_written_and_comments_stay(self):
        self.home.write_config("# mine\nlog:\n  level: info  # for now\n")
        self.ok("config", "set", "log.level", "debug")
        self.assertEqual(self.config(), "# mine\nlog:\n  level: debug  # for now\n")
        self.assertEqual(self.ok("-q", "config", "get", "output.format").out, "table\n")
        self.ok("config", "unset", "log.level")
        self.assertEqual(self.config(), "# mine\nlog:\n")

    def test_a_dry_run_is_refused_and_changes_nothing(self):
        self.home.write_config("log:\n  level: info\n")
        for arguments in (("set", "log.level", "debug"), ("unset", "log.level")):
            self.assertIn("--dry-run", self.refused(2, "--dry-run", "config", *arguments).err)
        self.assertEqual(self.config(), "log:\n  level: info\n")

    def test_a_bad_value_changes_nothing(self):
        self.assertIn("did you mean debug?", self.refused(2, "config", "set", "log.level", "debg").err)
        self.assertFalse((self.home.config / "config.yaml").exists())

    def test_a_secret_comes_from_a_file_or_standard_input_only(self):
        done = self.refused(2, "config", "set", "account.secret", SECRET)
        self.assertNotIn(SECRET, done.out + done.err)
        self.refused(2, "config", "set", "account.secret")
        done = self.refused(2, "config", "set", "http.https_proxy", f"http://ann:{SECRET}@proxy:3128")
        self.assertNotIn(SECRET, done.out + done.err)
        self.ok("config", "set", "account.secret", "-", stdin=SECRET + "\n")
        self.assertEqual(self.config(), f"account:\n  secret: {SECRET}\n")
        self.assertEqual((self.home.config / "config.yaml").stat().st_mode & 0o777, 0o600)
        self.home.write("token", "other-secret-value\n")
        self.ok("config", "set", "account.secret", "@token")
        self.assertIn("other-secret-value", self.config())

    def test_what_overrides_it_is_told(self):
        done = self.ok("config", "set", "log.level", "info", environment={"DOCKERHUB_LOG_LEVEL": "error"})
        self.assertIn("overridden by environment DOCKERHUB_LOG_LEVEL", done.err)


class Validate(CliTest):
    def test_good_ones_are_valid(self):
        self.assertEqual(self.ok("config", "validate").out, "valid\n")
        self.assertEqual(self.data("config", "validate"), {"valid": True, "warnings": []})

    def test_a_mistake_is_named_with_file_and_line(self):
        config = self.home.write_config("log:\n  lvel: info\n")
        self.assertIn(f"{config}:2", self.refused(2, "config", "validate").err)

    def test_a_section_of_an_absent_module_is_a_warning(self):
        self.home.write_config("modules:\n  nobody:\n    x: 1\n")
        self.assertIn("nobody", self.ok("config", "validate").err)

    def test_usage(self):
        self.assertIn("set KEY [VALUE]", self.ok("config").out)
        self.assertIn("Did you mean `config show`?", self.refused(2, "config", "shw").err)
        self.assertIn("needs KEY", self.refused(2, "config", "get").err)
        self.assertIn("Unexpected argument", self.refused(2, "config", "path", "x").err)


class Log(CliTest):
    def test_request_ids_stand_in_errors_and_in_the_log(self):
        log = self.home.path / "log" / "a.log"
        environment = {"DOCKERHUB_LOG_FILE": str(log), "DOCKERHUB_LOG_FORMAT": "json",
                       "DOCKERHUB_LOG_LEVEL": "info"}
        done = self.refused(1, "-o", "json", "demo", "fail", environment=environment)
        self.ok("demo", "echo", "x", environment=environment)
        error = json.loads(done.err)["error"]
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        self.assertEqual([line["level"] for line in lines], ["notice", "info"])
        self.assertEqual(lines[0]["request_id"], error["request_id"])
        self.assertIn("ApiError", lines[0]["message"])
        self.assertEqual(log.stat().st_mode & 0o777, 0o600)
        self.assertEqual(log.parent.stat().st_mode & 0o777, 0o700)

    def test_a_log_file_that_cannot_be_written_stops_the_start(self):
        (self.home.path / "taken").mkdir()
        done = self.refused(2, "demo", "echo", "x",
                            environment={"DOCKERHUB_LOG_FILE": str(self.home.path / "taken")})
        self.assertIn("log.file cannot be written", done.err)


if __name__ == "__main__":
    unittest.main()
