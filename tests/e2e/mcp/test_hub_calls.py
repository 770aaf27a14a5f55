"""Calls of the modules for Docker Hub as models make them: lists cut by number, and tags that would move."""

import datetime
import re

from sandbox_case import SandboxCase

FORM = {"elicitation": {}}


class ItemsTest(SandboxCase):
    TAGS = {"namespace": "sandbox", "repository": "tags"}

    def names(self, server=None, **options):
        result = (server or self.server).call("list_tags", self.TAGS, tool="hub_repos", **options)
        self.assertFalse(result["isError"], result)
        return [tag["name"] for tag in result["structuredContent"]["data"]["results"]]

    def test_a_list_ends_after_the_number_that_was_asked_for(self):
        everything = self.names(all_pages=True, fields=["name"])
        self.assertGreater(len(everything), len(self.names()), "more than a page")
        for count in (1, 3, len(everything) - 1):
            with self.subTest(count):
                self.assertEqual(self.names(max_items=count, fields=["name"]), everything[:count])

    def test_each_mode_takes_the_number(self):
        expected = self.names(max_items=2)
        verbose = self.on_sandbox("--tool-mode", "verbose").request("tools/call", {
            "name": "dockerhub_get_repository_tags", "arguments": {**self.TAGS, "_max_items": 2}})
        dynamic = self.on_sandbox("--tool-mode", "dynamic").request("tools/call", {
            "name": "call_action", "arguments": {"tool": "hub_repos", "action": "list_tags", "params": self.TAGS,
                                                 "max_items": 2}})
        for response in (verbose, dynamic):
            data = response["result"]["structuredContent"]["data"]
            self.assertEqual([tag["name"] for tag in data["results"]], expected)

    def test_a_number_that_is_none_is_refused(self):
        for wrong in (0, -1, "two", 1.5):
            with self.subTest(wrong):
                result = self.server.call("list_tags", self.TAGS, tool="hub_repos", max_items=wrong)
                error = self.assert_tool_error(result, "ParameterError")
                self.assertIn("max_items", error["message"])

    def test_an_action_that_answers_no_list_refuses_it(self):
        result = self.server.call("get", self.TAGS, tool="hub_repos", max_items=1)
        self.assertEqual(self.assert_tool_error(result, "ParameterError")["parameter"], "max_items")


class LimitsTest(SandboxCase):
    """What an answer's headers say of a limit is kept, by API and account, as long as the process lives."""

    NONE = {"limit": None, "remaining": None, "reset": None}

    def envelope(self, action, params, tool):
        result = self.server.call(action, params, tool=tool)
        self.assertFalse(result["isError"], result)
        return result["structuredContent"]

    def told(self):
        return self.envelope("rate_limit", {}, "hub_admin")["data"]

    def budget(self, api):
        (found,) = [one for one in self.told()["budgets"] if (one["api"], one["account"]) == (api, "sandbox")]
        return found

    def test_before_the_first_answer_nothing_is_known(self):
        self.assertEqual(self.told(), {**self.NONE, "budgets": []})

    def test_what_the_last_answer_said_is_told(self):
        left = []
        for _ in range(2):
            said = self.envelope("list", {"namespace": "sandbox"}, "hub_repos")["rate_limit"]
            self.assertEqual({type(value) for value in said.values()}, {int}, said)
            told = self.told()
            self.assertEqual({key: told[key] for key in said}, said)
            self.assertEqual({key: self.budget("hub")[key] for key in said}, said)
            left.append(said["remaining"])
        self.assertEqual(left[1], left[0] - 1, "the newer one stands there")

    def test_the_registry_has_its_own(self):
        hub = self.envelope("list", {"namespace": "sandbox"}, "hub_repos")["rate_limit"]
        registry = self.envelope("inspect", {"repo": "sandbox/multi", "reference": "latest"}, "hub_registry")
        said = registry["rate_limit"]
        self.assertNotEqual(said["limit"], hub["limit"])
        self.assertEqual({key: self.budget("registry")[key] for key in said}, said)
        self.assertEqual({key: self.budget("hub")[key] for key in hub}, hub)

    def test_it_is_told_when_that_was(self):
        def now():
            return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)

        before = now()
        self.envelope("list", {"namespace": "sandbox"}, "hub_repos")
        after = now()
        observed = self.budget("hub")["observed_at"]
        self.assertRegex(observed, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        at = datetime.datetime.fromisoformat(observed.replace("Z", "+00:00"))
        self.assertLessEqual(before, at)
        self.assertLessEqual(at, after)


class MovedTagTest(SandboxCase):
    COPY = {"repo": "sandbox/multi:1.0", "to": "sandbox/multi:1.1"}

    def digest(self, tag, server=None):
        result = (server or self.server).call("resolve_digest", {"repo": "sandbox/multi", "reference": tag},
                                              tool="hub_registry")
        self.assertFalse(result["isError"], result)
        return result["structuredContent"]["data"]["digest"]

    def on_form(self):
        return self.connected(capabilities=FORM, environment=self.sandbox.environment)

    def test_who_moves_a_tag_is_asked_and_may_decline(self):
        server = self.on_form()
        before = self.digest("1.1")
        self.assertNotEqual(before, self.digest("1.0"))
        call = server.begin_call("copy", self.COPY, tool="hub_registry")
        question = server.question("elicitation/create")
        self.assertIn("1.1", question["params"]["message"])
        self.assertIn(before, question["params"]["message"])
        server.answer(question, {"action": "decline"})
        self.assert_tool_error(server.response(call)["result"], "ApprovalError")
        self.assertEqual(self.digest("1.1"), before)

    def test_a_client_that_cannot_ask_moves_no_tag(self):
        before = self.digest("1.1")
        self.assert_tool_error(self.server.call("copy", self.COPY, tool="hub_registry"), "ApprovalError")
        self.assertEqual(self.digest("1.1"), before)

    def test_after_a_yes_the_tag_is_moved_and_its_old_digest_told(self):
        server = self.on_form()
        made = server.call("copy", {**self.COPY, "to": "sandbox/multi:made-by-a-copy"}, tool="hub_registry")
        self.assertFalse(made["isError"], "a new tag needs no consent")
        before = self.digest("1.1")
        call = server.begin_call("copy", {"repo": "sandbox/multi:1.1", "to": "sandbox/multi:made-by-a-copy"},
                                 tool="hub_registry")
        question = server.question("elicitation/create")
        old = self.digest("made-by-a-copy")
        name, = re.findall(rf"Move (\S+) from {old} to {before}", question["params"]["message"])
        server.answer(question, {"action": "accept", "content": {"confirm": name}})
        result = server.response(call)["result"]
        self.assertFalse(result["isError"], result)
        self.assertEqual(result["structuredContent"]["data"]["replaced"], old)
        self.assertEqual(self.digest("made-by-a-copy"), before)
