"""Every sh block of the guides runs as it stands there: the blocks below one heading in one shell, one after the
other (blocks.py).
"""

import json
import unittest

from blocks import SOURCE, Blocks, add_tests, sections
from docker_registry import BasicRegistry


class CommandLine(Blocks):
    PAGE = SOURCE / "docs" / "cli.md"

    # What the blocks need that they do not make themselves, by heading.

    def built(self):
        self.app()
        self.sure("pull", "sandbox/multi", f"oci:{self.home.work}/build:latest")
        self.home.write("README.md", "# App\n\nSee [the guide](docs/guide.md).\n")

    def old_tags(self):
        self.app("v1.0.0", "v1.0.1", "old", "nightly-1")
        self.sandbox.add_tags("sandbox-org/app", [{"name": "pr-17", "pushed": "2020-01-01T00:00:00Z"}])

    def team(self):
        self.app()
        self.home.write("members.csv", "member,role,teams\nsandbox-member,member,developers\n")

    def taker_of_secrets(self):
        """In place of gh: takes the secret, and says nothing."""
        self.stand_in("gh", f"cat > {self.home.path}/handed-over\n")

    def tokens(self):
        self.app()
        self.taker_of_secrets()

    def daily(self):
        self.app("old")
        self.sure("repos", "create", "sandbox-org", "alpine")
        self.home.write("mirror.yaml", f"to: {self.registry.host}/mirror\nrepositories: [{{from: library/alpine}}]\n")
        self.home.write("README.md", "# App\n")
        self.typed()

    def typed(self):
        """What a person consents to on the terminal."""
        self.environment["DOCKERHUB_CONFIRM"] = "never"

    def secrets_to_hand_over(self):
        self.taker_of_secrets()
        self.typed()

    def stored_accounts(self):
        """One secret for all of them, and nothing but what is stored counts."""
        self.registry.stop()
        self.registry = type("Own", (BasicRegistry,), {"credentials": f"sandbox:{self.password}"})()
        self.addCleanup(self.registry.stop)
        for name in ("DOCKER_HUB_USER", "DOCKER_HUB_TOKEN"):
            self.environment.pop(name)
        self.replaced.insert(0, (r"\bacme\b", "sandbox"))

    def old_tag(self):
        self.app("old")
        self.typed()

    def servers(self):
        """In place of npx the server that is there; and one over HTTP."""
        self.stand_in("npx", "exec dockerhub-mcp\n")
        where = self.serve("dockerhub-mcp", "--transport", "streamable-http", "--port", "0")
        self.replaced.append(("http://127.0.0.1:8000", where))

    PREPARED = {
        "Release an image": built,
        "Clean up": old_tags,
        "Give a team access": team,
        "Rotate CI's token": tokens,
        "Short forms": daily,
        "What is shown once": secrets_to_hand_over,
        "Logging in": stored_accounts,
        "MCP": servers,
        "Requests of one's own": old_tag,
        "Watching a list": old_tag,
        "Commands of your own": old_tag,
    }


class Rest(Blocks):
    PAGE = SOURCE / "docs" / "rest.md"

    def server(self):
        where = self.serve("dockerhub-rest", "--port", "0", "--allow-destructive")
        self.replaced += [("http://127.0.0.1:8080", where), (r"(?m)^dockerhub-rest\b.*$", "")]
        self.app("old", "1.5.0")
        self.environment["URL"] = where
        self.environment["TOKEN"] = (self.home.state / "rest-bearer").read_text().strip()

    def server_and_blob(self):
        platforms = self.sure("registry", "list-platforms", "library/alpine", "-o", "ndjson").out.splitlines()
        image = json.loads(platforms[0])["digest"]
        manifest = self.sure("registry", "get-manifest", "library/alpine", image, "-o", "data")
        self.environment["DIGEST"] = json.loads(manifest.out)["layers"][0]["digest"]
        self.server()

    PREPARED = {**dict.fromkeys(("The REST server", "Tasks", "Consent"), server), "Blobs": server_and_blob}


class OtherTools(Blocks):
    PAGE = SOURCE / "docs" / "from-other-tools.md"

    def old_tags(self):
        self.app("v1.0.0", "old", "nightly-1")
        self.sandbox.add_tags("sandbox-org/app", [{"name": "pr-17", "pushed": "2020-01-01T00:00:00Z"}])

    def released(self):
        self.app("1.5.0")

    def taker_of_secrets(self):
        self.stand_in("gh", f"cat > {self.home.path}/handed-over\n")

    def old_tag(self):
        self.app("old")

    def mirror(self):
        self.home.write("mirror.yaml", f"to: {self.registry.host}/mirror\nrepositories: [{{from: library/alpine}}]\n")

    PREPARED = {
        "1. Old tags go by a plan": old_tags,
        "2. One tag goes, and no other": released,
        "5. A token is changed without being seen": taker_of_secrets,
        "6. Safe in the hands of an agent": old_tag,
        "8. A mirror that is exact": mirror,
        "9. Scripts can rely on it": released,
    }


CASES = (CommandLine, Rest, OtherTools)
for each in CASES:
    add_tests(each)


class Preparations(unittest.TestCase):
    def test_are_of_headings_that_are_there(self):
        for case in CASES:
            self.assertEqual(set(case.PREPARED) - {heading for heading, _ in sections(case.PAGE)}, set())


if __name__ == "__main__":
    unittest.main()
