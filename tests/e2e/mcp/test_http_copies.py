"""Two copies of dockerhub-mcp with one Redis: what one asks goes on at the other, and a consent works at one of them."""

from http_case import FixtureCase
from http_process import wait_until
from redis_server import RedisServer

INVALID_PARAMS = -32602
TOOL, ARGUMENTS = "confirm_delete", {"filename": "a.txt"}
ASKS = "test_input_required_result_elicitation"


class CopiesTest(FixtureCase):
    def setUp(self):
        self.redis = RedisServer()
        self.addCleanup(self.redis.stop)
        # The time is one that a slow machine keeps; the key is that of every server of these tests.
        environment = {"DOCKERHUB_STATE": self.redis.url(), "DOCKERHUB_STATE_TIMEOUT": "30s"}
        self.one, self.other = (self.start(environment=environment) for _ in range(2))

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
