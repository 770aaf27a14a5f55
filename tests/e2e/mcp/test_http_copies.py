"""Two copies of dockerhub-mcp with one Redis: what one asks goes on at the other, and a consent works at one of them."""

import urllib.parse

from balancer import Balancer
from http_case import FixtureCase, HttpCase
from http_process import HttpServer, wait_until
from redis_server import RedisServer
from sandbox_process import WithSandbox

INVALID_PARAMS = -32602
TOOL, ARGUMENTS = "confirm_delete", {"filename": "a.txt"}
ASKS = "test_input_required_result_elicitation"


def sharing(redis):
    """The time is one that a slow machine keeps; the key is that of every server of these tests."""
    return {"DOCKERHUB_STATE": redis.url(), "DOCKERHUB_STATE_TIMEOUT": "30s"}


class CopiesTest(FixtureCase):
    def setUp(self):
        self.redis = RedisServer()
        self.addCleanup(self.redis.stop)
        self.one, self.other = (self.start(environment=sharing(self.redis)) for _ in range(2))

    @staticmethod
    def call(server, tool=TOOL, arguments=None, more=None):
        params = {"name": tool, "arguments": ARGUMENTS if arguments is None else arguments, **(more or {})}
        return server.modern("tools/call", params, capabilities={"elicitation": {}})

    def consent(self):
        """To what the first copy asks."""
        asked = self.call(self.one).result()
        (key, _), = asked["inputRequests"].items()
        return {"requestState": asked["requestState"],
                "inputResponses": {key: {"action": "accept", "content": {"confirm": "a.txt"}}}}

    def test_a_consent_works_once_at_any_of_them(self):
        consent = self.consent()
        done = self.call(self.other, more=consent).result()
        self.assertEqual(done["content"][0]["text"], "Deleted a.txt.")
        for server in (self.one, self.other):
            self.assertEqual(self.call(server, more=consent).error()["code"], INVALID_PARAMS)

    def test_without_redis_no_consent_works_and_all_else_does(self):
        consent = self.consent()
        self.redis.kill()
        for server in (self.one, self.other):
            refused = self.call(server, more=consent)
            self.assertIn("What needs it was not done", refused.body.decode())
            self.assertNotIn("Deleted", refused.body.decode())
            asked = self.call(server, ASKS, {}).result()
            answer = {"inputResponses": {"user_name": {"action": "accept", "content": {"name": "Ada"}}},
                      "requestState": asked["requestState"]}
            self.assertEqual(self.call(server, ASKS, {}, answer).result()["content"][0]["text"], "Hello, Ada!")
            wait_until(lambda: server.request("GET", "/health/ready").json()["shared_state"] == "unreachable")
        self.redis.start()
        done = self.call(self.other, more=consent).result()
        self.assertEqual(done["content"][0]["text"], "Deleted a.txt.")


class Front(HttpServer):
    """The balancer before servers that run, spoken to as one of them is."""

    def __init__(self, copies):
        self.nginx = Balancer([urllib.parse.urlsplit(copy.where).netloc for copy in copies])
        self.where = self.nginx.where + "/mcp"
        self.tls = None
        self.received, self.presented = [], set()

    def stop(self):
        self.nginx.stop()


class BalancedTest(WithSandbox, HttpCase):
    """nginx hands each request to the next copy; the copies delete at one Docker Hub."""

    PLACE = {"namespace": "sandbox", "repository": "app", "tag": "v1"}

    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("v1", "v2")])
        redis = RedisServer()
        self.addCleanup(redis.stop)
        environment = {**self.sandbox.environment, **sharing(redis)}
        gates = ("--allow-unauthenticated", "--allow-destructive")
        copies = [self.start(*gates, environment=environment) for _ in range(2)]
        self.front = Front(copies)
        self.addCleanup(self.front.stop)

    def delete(self, consent=None):
        return self.front.modern_call("delete_tag", self.PLACE, tool="hub_repos", capabilities={"elicitation": {}},
                                      more=consent)

    def tags(self):
        return set(self.sandbox.state()["registry"]["sandbox/app"]["tags"])

    def test_requests_go_to_the_copies_by_turns_and_are_answered_alike(self):
        for method, part in (("server/discover", "capabilities"), ("tools/list", "tools")):
            answers = [self.front.modern(method) for _ in range(4)]
            by = [answer.headers["X-Copy"] for answer in answers]
            self.assertEqual((len(set(by)), by[:2]), (2, by[2:]))
            self.assertEqual([answer.result()[part] for answer in answers[1:]], [answers[0].result()[part]] * 3)

    def test_what_one_copy_asks_is_agreed_to_at_the_other_and_done_once(self):
        asked = self.delete()
        (key, question), = asked.result()["inputRequests"].items()
        self.assertIn("the tag 'v1' of 'sandbox'/'app'", question["params"]["message"])
        self.assertEqual(self.tags(), {"v1", "v2"})
        consent = {"requestState": asked.result()["requestState"], "inputResponses": {
            key: {"action": "accept", "content": {"confirm": "sandbox/app:v1"}}}}
        done = self.delete(consent)
        self.assertFalse(done.result()["isError"], done.body)
        self.assertNotEqual(done.headers["X-Copy"], asked.headers["X-Copy"])
        self.assertEqual(self.tags(), {"v2"})
        # Were it done again it would delete what has that name by now.
        self.sandbox.add_tags("sandbox/app", [{"name": "v1"}])
        refused = [self.delete(consent) for _ in range(2)]
        self.assertEqual(len({answer.headers["X-Copy"] for answer in refused}), 2)
        self.assertEqual([answer.error()["code"] for answer in refused], [INVALID_PARAMS] * 2)
        self.assertEqual(self.tags(), {"v1", "v2"})
