"""Names that strangers chose: what hides in them is shown to the model, and they are named as from outside."""

import json

from sandbox_case import SandboxCase

UNSEEN = ("\x1b", "\u202e", "\a", "\r")


class OutsideNamesTest(SandboxCase):
    def read(self, listener, tool, action, params, *fields):
        """The data of an answer whose names attack a terminal."""
        self.sandbox.fault("hostile_names", listener=listener)
        result = self.server.call(action, params, tool=tool)
        self.assertFalse(result["isError"], result)
        envelope = result["structuredContent"]
        self.assertLessEqual(set(fields), set(envelope["from_outside"]), envelope["from_outside"])
        shown = json.dumps(envelope["data"], ensure_ascii=False)
        self.assertIn("\\u202e", shown, "nothing hostile came")
        return envelope["data"]

    def assert_visible(self, name):
        for hidden in UNSEEN:
            self.assertNotIn(hidden, name)
        self.assertIn("\\u202e", name)

    def test_of_tags_at_docker_hub(self):
        repository = {"namespace": "sandbox", "repository": "multi"}
        tags = self.read("hub", "hub_repos", "list_tags", repository, "name")["results"]
        for tag in tags:
            self.assert_visible(tag["name"])
        self.assert_visible(self.read("hub", "hub_repos", "get_tag", {**repository, "tag": "1.0"}, "name")["name"])

    def test_of_tags_in_a_registry(self):
        for tag in self.read("registry", "hub_registry", "list_tags", {"repo": "sandbox/multi"}, "tags")["tags"]:
            self.assert_visible(tag)

    def test_of_what_a_search_finds(self):
        for found in self.read("hub", "hub_repos", "search", {"query": "sandbox", "size": 3}, "name")["results"]:
            self.assert_visible(found["name"])

    def test_of_entries_of_an_audit_log(self):
        params = {"account": "sandbox-org", "page_size": 5}
        for entry in self.read("hub", "hub_audit", "logs", params, "name", "actor")["logs"]:
            self.assert_visible(entry["name"])
