"""Calls by the names of the Python package 0.2.0, and by every other name that a parameter has: they send what a
call by the present names sends. Against the sandbox, over MCP."""

import json
import os
import pathlib
import sys
import unittest

from cli_test import CliTest
from mcp_process import Home, Server
from sandbox_process import WithSandbox

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
OLD = [
    line.replace("!", "").split() for line in
    (SOURCE / "tests" / "unit" / "hub_modules" / "actions-0.2.0.txt").read_text().splitlines() if not line.startswith("#")
]
TOOLS = sorted({row[0] for row in OLD})
# Examples name a registry that is not there.
HOST = "registry.example.com:5000/"
# What the kind of a parameter does not tell.
VALUES = {
    "from_date": "2026-01-01T00:00:00Z", "to_date": "2026-02-01T00:00:00Z", "expires_at": "2030-01-01T00:00:00Z",
    "scopes": ["scope-image-pull"], "rules": ["v.*"], "tags": ["v1"], "last": "a", "from_repo": "sandbox/single",
    "resources": [{"type": "TYPE_REPO", "path": "sandbox-org/tools", "scopes": ["scope-image-pull"]}],
    "manifest": {"schemaVersion": 2}, "final_chunk": "x", "severity": "critical",
    "restricted_images": {"enabled": True, "allow_official_images": True, "allow_verified_publishers": True},
}
# They tell what the process knows.
SILENT = {"hub_admin rate_limit", "hub_admin whoami"}
LOG_INS = {"/v2/auth/token", "/token", "/v2/"}
SEND_THE_SAME = {"hub_auth create_token", "hub_registry api_version"}


def value_for(name, schema, example):
    if name in example:
        return example[name]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    samples = {"integer": schema.get("minimum", 1), "number": 0, "boolean": True, "array": ["a"], "object": {}}
    return VALUES.get(name, samples.get(kind, "sample"))


class NamesTest(WithSandbox, CliTest):
    sandbox_arguments = ("--set", "hub_limit=1000000", "--set", "signed_in_pull_limit=0")

    def setUp(self):
        super().setUp()
        self.actions = {}
        for tool in TOOLS:
            for action in self.data(tool, "describe")["actions"]:
                action["example"] = json.loads(json.dumps(action["examples"][0]).replace(HOST, ""))
                self.actions[f"{tool} {action['action']}"] = action
        folder = Home()
        self.addCleanup(folder.remove)
        given = {**self.environment, "DOCKERHUB_CONFIRM": "never", "DOCKERHUB_ALLOW_DESTRUCTIVE": "true"}
        self.server = Server(folder, [], given)
        self.addCleanup(self.server.__exit__)
        self.server.initialize()

    def sent(self, name, params):
        """What a call sends but for log-ins on the way, and the error that it answers."""
        tool, action = name.split()
        self.sandbox.reset()
        result = self.server.call(action, params, tool=tool)
        requests = [
            (one["method"], one["path"], one.get("query"), json.dumps(one.get("body"), sort_keys=True))
            for one in self.sandbox.journal() if name in SEND_THE_SAME or one["path"] not in LOG_INS
        ]
        return requests, (result["structuredContent"] or {}).get("error") if result["isError"] else None

    def value(self, action, name):
        """A value of a parameter by any of its names."""
        present = action["aliases"].get(name, name)
        return value_for(present, action["params"]["properties"][present], action["example"])


class OldNames(NamesTest):
    def test_are_understood_in_calls_of_all_81_actions(self):
        self.assertEqual(len(OLD), 81)
        parameters = 0
        for tool, name, _, *names in OLD:
            action = self.actions[f"{tool} {name}"]
            required = {one.rstrip("*"): self.value(action, one.rstrip("*")) for one in names if one.endswith("*")}
            everything = {one.rstrip("*"): self.value(action, one.rstrip("*")) for one in names}
            parameters += len(everything)
            for params in (required, everything):
                requests, error = self.sent(f"{tool} {name}", params)
                # A change of nothing at all is refused now.
                if params is required and error and error["message"].startswith("at least one of"):
                    continue
                with self.subTest(tool=tool, action=name, params=params):
                    if f"{tool} {name}" in SILENT:
                        self.assertIsNone(error)
                    else:
                        self.assertTrue(requests, error)
        print(f"calls by the names of 0.2.0: {len(OLD)} actions, {parameters} parameters", file=sys.stderr)
        self.assertGreater(parameters, 200)


class OtherNames(NamesTest):
    def test_send_what_the_parameters_own_names_send(self):
        count = 0
        for name, action in self.actions.items():
            for present in sorted(set(action["aliases"].values())):
                params = {**action["example"], present: self.value(action, present)}
                # What the first call has learned (tokens, analyses) is not asked for again.
                self.sent(name, params)
                by_name, error = self.sent(name, params)
                for alias in (one for one, meant in action["aliases"].items() if meant == present):
                    renamed = {alias if key == present else key: value for key, value in params.items()}
                    with self.subTest(action=name, alias=alias):
                        self.assertTrue(by_name, error)
                        self.assertEqual(self.sent(name, renamed)[0], by_name)
                    count += 1
        print(f"other names of parameters that were called by: {count}", file=sys.stderr)
        self.assertGreater(count, 40)


if __name__ == "__main__":
    unittest.main()
