"""Two copies of dockerhub-rest behind a real nginx, with a real Redis between them."""

import tempfile
import urllib.parse

from authority import Authority
from balancer import Balancer
from dockerhub_process import wait_until
from redis_server import RedisServer, free_port
from rest_case import Asking, RestCase

TAGS = "/v1/hub_repos/sandbox/app/tags"
TOOL = "/v1/tools/hub_repos/"
KEY = "canary state key of the copies"


class Front(Asking):
    """The balancer, asked as a server is."""

    def __init__(self, copies):
        self.nginx = Balancer([urllib.parse.urlsplit(copy.where).netloc for copy in copies])
        self.where = self.nginx.where


class CopiesCase(RestCase):
    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("v1", "v2", "v3")])

    def redis(self, *options, **more):
        redis = RedisServer(*options, **more)
        self.addCleanup(redis.stop)
        return redis

    @staticmethod
    def sharing(url, **more):
        """The time is one that a slow machine keeps, where a test does not wait for its end."""
        return {"DOCKERHUB_STATE": url, "DOCKERHUB_STATE_KEY": KEY, "DOCKERHUB_STATE_TIMEOUT": "30s", **more}

    def two(self, environment, *arguments):
        self.copies = [self.serve("--allow-destructive", *arguments, **environment) for _ in range(2)]
        front = Front(self.copies)
        self.addCleanup(front.nginx.stop)
        return front

    def delete(self, front, tag, token=None, **headers):
        return front.ask("DELETE", TAGS + "/" + tag, token=token or self.bearer(), **headers)

    def approval(self, front, tag, token=None):
        return self.problem(self.delete(front, tag, token), 409)["approval"]["id"]

    def left(self, front):
        data = self.data(front.ask("GET", TAGS, token=self.bearer()))
        return {tag["name"] for tag in data["results"]}

    def creations(self):
        return len([one for one in self.sandbox.journal("hub")
                    if one["method"] == "POST" and "repositories" in one["path"]])


class SharedTest(CopiesCase):
    NEW = {"namespace": "sandbox-org", "name": "app"}

    def setUp(self):
        super().setUp()
        self.server = self.redis()

    def test_what_one_copy_asks_the_other_one_takes_once(self):
        front = self.two(self.sharing(self.server.url()))
        asked = self.delete(front, "v1")
        token = self.problem(asked, 409)["approval"]["id"]
        done = self.delete(front, "v1", Confirm=token)
        self.assertEqual(done.status, 200, done)
        self.assertNotEqual(done.headers["X-Copy"], asked.headers["X-Copy"])
        self.error(self.delete(front, "v1", Confirm=token), 403, "ApprovalError")
        self.assertEqual(self.left(front), {"v2", "v3"})

    def test_another_caller_agrees_at_another_copy(self):
        callers = self.tokens(alice=("destructive", {}), bob=("destructive", {}))
        front = self.two({**self.sharing(self.server.url()), **callers}, "--confirm", "other-principal")
        alice, bob = self.token("alice"), self.token("bob")
        first, second = self.copies
        approval = self.approval(first, "v1", alice)
        (waits,) = second.ask("GET", "/v1/approvals", token=bob).json()["approvals"]
        self.assertEqual((waits["id"], waits["principal"]), (approval, "alice"))
        agreed = second.ask("POST", "/v1/approvals/" + approval, {"approve": True}, token=bob)
        self.assertEqual(agreed.status, 200, agreed)
        self.problem(first.ask("POST", "/v1/approvals/" + approval, {"approve": False}, token=bob), 409)
        self.assertEqual(self.delete(front, "v1", alice, Confirm=approval).status, 200)

    def test_a_write_under_a_key_is_done_by_one_of_them(self):
        front = self.two(self.sharing(self.server.url()))

        def create(body):
            return front.ask("POST", TOOL + "create", body, token=self.bearer(), Idempotency_Key="one")

        first, again = create(self.NEW), create(self.NEW)
        self.assertEqual((first.status, again.status), (201, 201), again)
        self.assertNotEqual(again.headers["X-Copy"], first.headers["X-Copy"])
        self.assertEqual((again.headers["Idempotency-Replayed"], again.body), ("true", first.body))
        self.assertEqual(self.creations(), 1)
        self.problem(create({**self.NEW, "name": "other"}), 422)

    def test_neither_secrets_nor_what_is_asked_is_kept_in_redis(self):
        secrets = [one["secret"] for one in self.sandbox.users["sandbox"]["secrets"]]
        password = next(one for one in secrets if not one.startswith("dckr_"))
        front = self.two(self.sharing(self.server.url(), DOCKER_HUB_TOKEN=password))

        def create():
            return front.ask("POST", "/v1/tools/hub_auth/create_pat", {"token_label": "ci", "scopes": ["repo:read"]},
                             token=self.bearer(), Idempotency_Key="canary-idempotency-key")

        made = self.data(create(), 201)["token"]
        again = create()
        self.assertEqual(again.status, 201)
        self.assertIn("shown once", again.json()["warnings"][0])
        approval = self.approval(front, "v1")
        dump = self.server.dump()
        self.assertIn(b"dockerhub:1:approval:", dump)
        self.assertIn(b"dockerhub:1:answer:", dump)
        for secret in (made, password, approval, KEY, self.bearer(), "canary-idempotency-key", "delete_tag", "sandbox",
                       "shown once"):
            self.assertNotIn(secret.encode(), dump)

    def test_servers_of_another_account_have_a_state_of_their_own(self):
        one = self.serve("--allow-destructive", **self.sharing(self.server.url()))
        secrets = [each["secret"] for each in self.sandbox.users["sandbox"]["secrets"]]
        different = next(each for each in secrets if each != self.environment.get("DOCKER_HUB_TOKEN"))
        other = self.serve("--allow-destructive", **self.sharing(self.server.url(), DOCKER_HUB_TOKEN=different))
        approval = self.approval(one, "v1")
        self.error(self.delete(other, "v1", Confirm=approval), 403, "ApprovalError")
        self.assertEqual(self.delete(one, "v1", Confirm=approval).status, 200)


class BrokenTest(CopiesCase):
    NEW = SharedTest.NEW

    def state_of(self, server):
        ready = server.ask("GET", "/health/ready")
        return ready.status, ready.json()["status"], ready.json()["shared_state"]

    def wait_for_state(self, *state):
        for copy in self.copies:
            wait_until(lambda: self.state_of(copy) == state, f"{state} of {copy.where}")

    def closed(self, answer):
        error = self.error(answer, 503, "UnsupportedError")
        self.assertIn("What needs it was not done", error["hint"])
        self.assertIn("Retry-After", answer.headers)
        return error

    def test_redis_dies_in_the_middle_and_comes_back(self):
        redis = self.redis()
        front = self.two(self.sharing(redis.url()))
        self.wait_for_state(200, "ok", "reachable")
        approval = self.approval(front, "v1")
        redis.kill()
        for _ in self.copies:
            self.assertEqual(self.left(front), {"v1", "v2", "v3"}, "reads go on")
            self.closed(self.delete(front, "v1", Confirm=approval))
            error = self.closed(self.delete(front, "v2"))
            self.assertIn(f"127.0.0.1:{redis.port}", error["message"])
        self.closed(front.ask("POST", TOOL + "create", self.NEW, token=self.bearer(), Idempotency_Key="one"))
        self.assertEqual(self.creations(), 0)
        self.data(front.ask("POST", TOOL + "create", self.NEW, token=self.bearer()), 201)
        self.wait_for_state(200, "degraded", "unreachable")
        redis.start()
        self.wait_for_state(200, "ok", "reachable")
        self.error(self.delete(front, "v1", Confirm=approval), 403, "ApprovalError")
        fresh = self.approval(front, "v1")
        self.assertEqual(self.delete(front, "v1", Confirm=fresh).status, 200)
        self.assertEqual(self.left(front), {"v2", "v3"})

    def test_redis_is_slow(self):
        redis = self.redis()
        server = self.serve("--allow-destructive", **self.sharing(redis.url(), DOCKERHUB_STATE_TIMEOUT="200ms"))
        self.copies = [server]
        redis.freeze()
        self.addCleanup(redis.thaw)
        error = self.closed(self.delete(server, "v1"))
        self.assertIn("200 ms", error["message"])
        self.assertEqual(self.left(server), {"v1", "v2", "v3"})
        self.wait_for_state(200, "degraded", "unreachable")

    def test_redis_is_not_there_at_the_start(self):
        server = self.serve("--allow-destructive", **self.sharing(f"redis://127.0.0.1:{free_port()}"))
        self.assertIn("warning: the state that the copies of this server share cannot be used", "".join(server.said))
        self.assertEqual(self.left(server), {"v1", "v2", "v3"})
        self.closed(self.delete(server, "v1"))

    def test_what_the_operator_has_to_correct_does_not_start(self):
        redis = self.redis("--requirepass", "right")
        wrong = redis.url(":canary-password@")
        for environment, said in ((self.sharing(wrong), "WRONGPASS"),
                                  (self.sharing(redis.url()), "NOAUTH"),
                                  ({"DOCKERHUB_STATE": wrong}, "DOCKERHUB_STATE_KEY"),
                                  (self.sharing("http://:canary-password@cache"), "rediss://"),
                                  (self.sharing("rediss://cache", SSL_CERT_FILE="/nothing"), "/nothing")):
            done = self.run_program("--port", "0", environment={**self.environment, **environment})
            self.assertEqual(done.code, 2, done)
            self.assertIn(said, done.err)
            self.assertNotIn("canary-password", done.err)


class LogInTest(CopiesCase):
    def test_with_tls_and_a_user_that_may_do_what_is_needed_and_no_more(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        authority = Authority(folder.name)
        commands = ("eval", "time", "get", "set", "del", "hmget", "hset", "hsetnx", "exists", "pexpire", "zadd", "zrem", "zcount",
                    "zscore", "zrangebyscore", "zremrangebyscore")
        redis = self.redis("--user", "default", "off", "--user", "hub", "on", ">canary-password", "~dockerhub:*",
                           *("+" + command for command in commands), tls=authority.issue("redis"))
        front = self.two(self.sharing(redis.url("hub:canary-password@"), SSL_CERT_FILE=str(authority.certificate)))
        approval = self.approval(front, "v1")
        (listed,) = front.ask("GET", "/v1/approvals", token=self.bearer()).json()["approvals"]
        self.assertEqual(listed["id"], approval)
        self.assertEqual(self.delete(front, "v1", Confirm=approval).status, 200)
        done = self.delete(front, "v2", Idempotency_Key="one", Confirm=self.approval(front, "v2"))
        self.assertEqual(done.status, 200, done)
        for copy in self.copies:
            copy.stop()
            self.assertNotIn("canary", "".join(copy.said))
