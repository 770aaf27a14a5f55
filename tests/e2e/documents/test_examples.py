"""The examples of docs/actions run as they stand there, against the sandbox.

They name things that nobody's account has; example_names.py says what stands for them in the sandbox, and PREPARED
what has to be there before.
"""

import collections
import json
import os
import pathlib
import re
import shlex
import unittest

from cli_test import CliTest
from example_names import in_sandbox
from sandbox_process import WithSandbox

SOURCE = pathlib.Path(os.environ.get("DOCKERHUB_SOURCE_DIR") or pathlib.Path(__file__).parents[3])
EMPTY = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
UPLOAD = "/v2/team/app/blobs/uploads/5c1f2b3e?_state=x"


def examples():
    """(page, command line) of every example."""
    for page in sorted((SOURCE / "docs" / "actions").glob("hub_*.md")):
        for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.M | re.S):
            for line in block.splitlines():
                yield page.name, line


def examples_by_action():
    """(tool, action) to the command lines below its heading."""
    found = {}
    for page in sorted((SOURCE / "docs" / "actions").glob("hub_*.md")):
        for section in re.split(r"^## ", page.read_text(), flags=re.M)[1:]:
            blocks = re.findall(r"^```sh\n(.*?)^```$", section, re.M | re.S)
            found[page.stem, section.splitlines()[0]] = [line for block in blocks for line in block.splitlines()]
    return found


def name_of(line):
    """"repos list" of "dockerhub --allow-destructive repos list acme"."""
    words = [word for word in shlex.split(line)[1:] if not word.startswith("-")]
    return " ".join(words[:2])


class Contents(unittest.TestCase):
    FOLDER = SOURCE / "docs" / "actions"

    def test_name_each_module_once(self):
        rows = re.findall(r"^\| `(hub_\w+)` \| \[[^]]+\]\((hub_\w+)\.md\) \| "
                          r"\[[^]]+\]\(\.\./modules/(hub_\w+)\.md\) \|$",
                          (self.FOLDER / "README.md").read_text(), re.M)
        modules = sorted(page.stem for page in self.FOLDER.glob("hub_*.md"))
        self.assertEqual(len(modules), 9)
        self.assertEqual(rows, [(module,) * 3 for module in modules])

    def test_lead_from_each_operation_to_the_action_for_it(self):
        rows = re.findall(r"^\| `(\S+)` \| ([A-Z]+) \| \[(hub_\w+) (\w+)\]\((hub_\w+)\.md#(\w+)\) \|$",
                          (self.FOLDER / "operations.md").read_text(), re.M)
        self.assertEqual([row[:2] for row in rows], sorted({row[:2] for row in rows}))
        self.assertGreater(len(rows), 54 + 11)
        for path, method, module, action, page, anchor in rows:
            self.assertEqual((module, action), (page, anchor))
            section = re.split(rf"^## {action}$", (self.FOLDER / f"{page}.md").read_text(), flags=re.M)[1]
            own = re.split(r"^## ", section, flags=re.M)[0]
            self.assertRegex(own, rf"(?m)^- (Request|Route): `{method} {re.escape(path)}`")


class Examples(WithSandbox, CliTest):
    def setUp(self):
        super().setUp()
        secrets = [one["secret"] for one in self.sandbox.users["sandbox"]["secrets"]]
        self.password = next(one for one in secrets if not one.startswith("dckr_"))
        self.environment = {**self.sandbox.environment, "DOCKER_HUB_TOKEN": self.password}
        self.registry = self.sandbox.urls["registry"].removeprefix("http://")
        self.app = f"{self.registry}/sandbox/app"

    def sure(self, *arguments, form="json"):
        """A call that prepares something; gives its answer."""
        done = self.ok("-o", form, "--yes", "--allow-destructive", *arguments, environment=self.environment)
        return json.loads(done.out)

    # What the examples need. Each may give replacements of its own.

    def hub_app(self):
        self.sure("repos", "create", "sandbox-org", "app")

    def team_42(self):
        self.hub_app()
        return {"42": str(self.sure("teams", "get", "sandbox-org", "developers")["data"]["id"])}

    def old_tag(self):
        self.hub_app()
        self.sure("registry", "copy", "sandbox/single", f"{self.registry}/sandbox-org/app:old")

    def old_tag_of_app(self):
        self.sure("registry", "copy", "sandbox/single", f"{self.app}:old")

    def new_team(self):
        self.sure("teams", "delete", "sandbox-org", "developers")

    def one_member(self):
        self.sure("teams", "sync", "sandbox-org", "developers", "sandbox-member")

    def second_factor(self):
        password = self.sandbox.users["sandbox-2fa"]["secrets"][0]["secret"]
        done = self.run_program(
            "-o", "json", "auth", "login", "--params", "-",
            stdin=json.dumps({"username": "sandbox-2fa", "password": password}),
            environment=self.environment,
        )
        self.home.write("login-2fa-token.txt", json.loads(done.out)["data"]["login_2fa_token"])
        self.home.write("code.txt", "123456")

    def own_password(self):
        self.home.write("password.txt", self.password)
        self.home.write("secret.txt", self.password)
        return {"ada": "sandbox"}

    def nobody_yet(self):
        return {"ada": "sandbox-guest"}

    def other_provisioned(self):
        return {"ada@example.com": "ada@example.invalid"}

    def image_of_app(self):
        self.sandbox.set(delete_referenced=True)
        self.sure("registry", "copy", "sandbox/single", f"{self.app}:v1")

    def image_of_alpine(self):
        image = self.sure("inspect", "library/alpine")["data"]
        one = image["platforms"][0]["digest"]
        config = self.sure("registry", "get-manifest", "library/alpine", one)["data"]["config"]["digest"]
        return {EMPTY: config}

    def layout(self):
        self.sure("pull", "sandbox/single", "oci:build:v1")

    def archive(self):
        self.sure("export", "sandbox/single", "oci-archive:images.tar")
        return {"/mirror": "/sandbox"}

    def upload(self):
        return {UPLOAD: self.sure("registry", "start-upload", self.app)["headers"]["Location"]}

    def whole_upload(self):
        begun = self.upload()[UPLOAD]
        sent = self.sure("registry", "upload-chunk", "--repo", self.app, "--location", begun, "--chunk", "{}")
        return {UPLOAD: sent["headers"]["Location"]}

    def blob_in(self, repository):
        begun = self.sure("registry", "start-upload", repository)["headers"]["Location"]
        self.sure("registry", "complete-upload", "--repo", repository, "--location", begun, "--digest", EMPTY,
                  "--final-chunk", "{}")

    def blob_of_app(self):
        self.blob_in(self.app)

    def blob_of_base(self):
        self.blob_in(f"{self.registry}/sandbox/base")

    PREPARED = {
        "auth login": own_password,
        "auth create-token": own_password,
        "auth two-factor-login": second_factor,
        "auth create-oat": hub_app,
        "org bulk-invite": nobody_yet,
        "org sync": nobody_yet,
        "repos set-immutable-tags": hub_app,
        "repos verify-immutable-tags": hub_app,
        "repos assign-group": team_42,
        "repos update": hub_app,
        "repos push-readme": hub_app,
        "repos delete-tag": old_tag,
        "repos cleanup": old_tag,
        "teams create": new_team,
        "teams sync": one_member,
        "scim create-user": other_provisioned,
        "registry inspect": image_of_app,
        "registry get-blob": image_of_alpine,
        "registry check-blob": image_of_alpine,
        "registry list-referrers": image_of_alpine,
        "registry delete-tag": old_tag_of_app,
        "registry delete-manifest": image_of_app,
        "registry delete-blob": blob_of_app,
        "registry upload-chunk": upload,
        "registry complete-upload": whole_upload,
        "registry upload-status": upload,
        "registry cancel-upload": upload,
        "registry mount-blob": blob_of_base,
        "registry push": layout,
        "registry untag-layout": layout,
        "registry import": archive,
    }

    def run_example(self, line):
        prepare = self.PREPARED.get(name_of(line))
        own = (prepare(self) if prepare else None) or {}
        arguments = [in_sandbox(word, self.registry, own) for word in shlex.split(line)[1:]]
        return self.run_program("--yes", *arguments, environment=self.environment)

    def test_all_of_them_run(self):
        count = 0
        for page, line in examples():
            with self.subTest(page=page, line=line):
                self.sandbox.reset()
                for left in self.home.work.iterdir():
                    if left.is_file():
                        left.unlink()
                done = self.run_example(line)
                self.assertEqual(done.code, 0, done)
            count += 1
        self.assertEqual(count, sum(map(len, examples_by_action().values())))

    def test_each_action_has_all_of_its_examples_on_its_page(self):
        written = examples_by_action()
        rows = {}
        for tool in sorted({tool for tool, _ in written}):
            for action in self.data(tool, "describe")["actions"]:
                rows[tool, action["action"]] = len(action["examples"])
        self.assertEqual({name: len(lines) for name, lines in written.items()}, rows)
        self.assertEqual([name for name, count in rows.items() if count == 0], [])
        self.assertEqual(len({tool for tool, _ in rows}), 9)
        # Nothing stands there twice in place of another.
        counts = collections.Counter(line for _, line in examples())
        self.assertEqual([line for line, count in counts.items() if count > 1], [])

    def test_what_is_prepared_is_there(self):
        known = {name_of(line) for _, line in examples()}
        self.assertEqual(set(self.PREPARED) - known, set())


if __name__ == "__main__":
    unittest.main()
