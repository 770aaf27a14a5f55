"""dockerhub-rest against a Docker Hub that remembers."""

import concurrent.futures
import json
import re
import signal
import socket
import threading
import urllib.parse

from dockerhub_process import DEADLINE, wait_until
from rest_case import RestCase
from scripted_server import ScriptedServer, answer

TAGS = "/v1/hub_repos/sandbox/tags/tags"
TOOL = "/v1/tools/hub_repos/"
PLACE = {"namespace": "sandbox", "repository": "tags"}


class ReadsTest(RestCase):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def test_one_action_has_three_ways(self):
        get = self.data(self.server.ask("GET", TAGS + "?page_size=3"))
        self.assertEqual(len(get["results"]), 3)
        self.assertEqual(self.data(self.server.ask("GET", TOOL + "list_tags?namespace=sandbox&repository=tags&page_size=3")), get)
        self.assertEqual(self.data(self.server.ask("POST", TOOL + "list_tags", {**PLACE, "page_size": 3})), get)

    def test_options_of_lists(self):
        data = self.data(self.server.ask("GET", TAGS + "?_max_items=12&_fields=name"))
        self.assertEqual([list(item) for item in data["results"]], [["name"]] * 12)

    def test_what_the_client_has_is_not_sent_again(self):
        first = self.server.ask("GET", "/v1/hub_repos/sandbox/multi")
        again = self.server.ask("GET", "/v1/hub_repos/sandbox/multi", If_None_Match=first.headers["ETag"])
        self.assertEqual((again.status, again.body), (304, b""))
        other = self.server.ask("GET", "/v1/hub_repos/sandbox/single", If_None_Match=first.headers["ETag"])
        self.assertEqual(self.data(other)["name"], "single")

    def test_a_list_comes_line_by_line(self):
        answer = self.server.ask("GET", TAGS, Accept="application/x-ndjson")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/x-ndjson"))
        lines = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual(len({line["name"] for line in lines}), 25)
        missing = self.server.ask("GET", "/v1/hub_repos/sandbox/nothing/tags", Accept="application/x-ndjson")
        self.problem(missing, 404)

    def test_who_asks_for_no_body_gets_no_list(self):
        answer = self.server.ask("HEAD", TAGS, Accept="application/x-ndjson")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/json"))
        self.assertEqual(len([one for one in self.sandbox.journal("hub") if one["path"].endswith("/tags")]), 1)

    def test_a_list_waits_for_a_slow_client_and_not_for_one_that_has_gone(self):
        whole = "/v1/tools/demo/list?count=100000"
        slow, gone = self.server.open(whole), self.server.open(whole)
        self.assertEqual(json.loads(slow.readline())["number"], 1)
        gone.readline()
        self.data(self.server.ask("GET", TAGS))
        self.assertEqual(self.streams(), 2)
        gone.close()
        wait_until(lambda: self.streams() == 1, "the end of a stream whose client has gone")
        numbers = [json.loads(line)["number"] for line in slow.read().splitlines()]
        self.assertEqual(numbers, list(range(2, 100001)))

    def streams(self):
        metrics = self.server.ask("GET", "/metrics").body.decode()
        return int(re.search(r"^dockerhub_http_streams (\d+)", metrics, re.MULTILINE).group(1))

    def test_what_is_wrong_is_a_problem(self):
        missing = self.error(self.server.ask("GET", "/v1/hub_repos/sandbox/nothing"), 404, "ParameterError")
        self.assertEqual(missing["status_code"], 404)
        wrong = self.error(self.server.ask("GET", TAGS + "?page_sise=3"), 400, "ParameterError")
        self.assertIn("page_size", wrong["hint"] + wrong["message"])
        self.error(self.server.ask("POST", TOOL + "lst", {}), 404, "UnknownAction")
        self.error(self.server.ask("POST", "/v1/tools/hub_repo/list", {}), 404, "UnknownTool")
        self.problem(self.server.ask("GET", "/v1/hub_repos/a/b/c/d/e"), 404)
        self.problem(self.server.ask("POST", TOOL + "list", "{", Content_Type="application/json"), 400)
        self.problem(self.server.ask("POST", TOOL + "list", "x", Content_Type="text/plain"), 415)
        refused = self.server.ask("PUT", TAGS)
        self.problem(refused, 405)
        self.assertEqual(refused.headers["Allow"], "GET")
        self.assertEqual(self.server.ask("GET", TOOL + "create").headers["Allow"], "POST")

    def test_it_tells_what_there_is(self):
        tools = {tool["name"]: tool for tool in self.server.ask("GET", "/v1").json()["tools"]}
        self.assertIn("hub_registry", tools)
        described = self.data(self.server.ask("GET", tools["hub_repos"]["href"]))
        self.assertIn("list_tags", [action["action"] for action in described["actions"]])
        document = self.server.ask("GET", "/openapi.json").json()
        self.assertEqual(document["openapi"], "3.1.0")
        resource = document["paths"]["/v1/hub_repos/{namespace}/{repository}/tags"]["get"]
        self.assertEqual(resource["x-effect"], "read")
        ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn("/v1/approvals/{id}", document["paths"])
        tag = self.server.ask("GET", "/openapi.json").headers["ETag"]
        self.assertEqual(self.server.ask("GET", "/openapi.json", If_None_Match=tag).status, 304)
        self.assertTrue(self.server.ask("GET", "/openapi.yaml").body.startswith(b'openapi: "3.1.0"'))

    def test_it_tells_how_it_is(self):
        self.assertEqual(self.server.ask("GET", "/health").json()["status"], "ok")
        self.assertEqual(self.server.ask("GET", "/health/ready").status, 200)
        self.assertIn(b"dockerhub_http_connections", self.server.ask("GET", "/metrics").body)

    def test_pages_of_strangers_are_kept_away(self):
        self.problem(self.server.ask("GET", TAGS, Origin="https://evil.example"), 403)
        self.problem(self.server.ask("GET", TAGS, Host="evil.example"), 403)

    def test_it_ends_when_it_is_told(self):
        self.assertEqual(self.server.stop(), 128 + signal.SIGTERM)


class EndTest(RestCase):
    """What runs when the server is told to end: a call that waits for Docker Hub until the test lets it go on."""

    def setUp(self):
        super().setUp()
        self.goes_on = threading.Event()
        found = answer(200, json.dumps({"name": "app"}), [("Content-Type", "application/json")])
        self.hub = ScriptedServer(lambda request: [self.goes_on, found] if self.is_held(request) else found)
        self.addCleanup(self.hub.close)
        self.environment = {"DOCKERHUB_URL": self.hub.url, "DOCKERHUB_JWT": "some-token"}

    @staticmethod
    def is_held(request):
        return request.path.endswith("/repositories/app")

    @staticmethod
    def refuses(server):
        where = urllib.parse.urlsplit(server.where)
        try:
            socket.create_connection((where.hostname, where.port), DEADLINE).close()
        except ConnectionRefusedError:
            return True
        except ConnectionResetError:  # it waited to be taken when the socket was closed
            return False
        return False

    def test_what_runs_is_answered_and_nobody_else_is_let_in(self):
        server = self.serve()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answered = pool.submit(server.ask, "GET", "/v1/hub_repos/sandbox/app")
            try:
                wait_until(lambda: any(map(self.is_held, self.hub.requests)), "the call to be at Docker Hub")
                server.process.send_signal(signal.SIGTERM)
                wait_until(lambda: self.refuses(server), "new connections to be refused")
                self.assertIsNone(server.process.poll(), "the call still runs")
                self.assertFalse(answered.done())
            finally:
                self.goes_on.set()
            self.assertEqual(self.data(answered.result())["name"], "app")
        self.assertEqual(server.process.wait(DEADLINE), 128 + signal.SIGTERM)


class CallersTest(RestCase):
    NEW = {"namespace": "sandbox-org", "name": "app"}

    def test_without_a_log_in_everybody_reads_and_who_has_the_bearer_writes(self):
        server = self.serve()
        self.error(server.ask("POST", TOOL + "create", self.NEW), 403, "PolicyError")
        self.problem(server.ask("GET", TAGS, token="wrong-bearer-of-the-test"), 401)
        self.data(server.ask("POST", TOOL + "create", self.NEW, token=self.bearer()), 201)

    def test_read_only_is_for_everybody(self):
        server = self.serve("--read-only")
        self.error(server.ask("POST", TOOL + "create", self.NEW, token=self.bearer()), 403, "PolicyError")
        self.assertNotIn(TOOL + "create", server.ask("GET", "/openapi.json").json()["paths"])

    def test_scopes_say_what_a_token_may_do(self):
        server = self.serve(**self.tokens(reader=("read", {}), writer=("write", {})))
        self.problem(server.ask("GET", TAGS), 401)
        self.data(server.ask("GET", TAGS, token=self.token("reader")))
        refused = server.ask("POST", TOOL + "create", self.NEW, token=self.token("reader"))
        self.problem(refused, 403)
        self.assertIn("dockerhub:write", refused.headers["WWW-Authenticate"])
        self.data(server.ask("POST", TOOL + "create", self.NEW, token=self.token("writer")), 201)

    def test_what_would_be_open_to_others_does_not_start(self):
        for arguments in (("--host", "0.0.0.0"), ("--confirm", "other-principal")):
            done = self.run_program("--port", "0", *arguments, environment=self.environment)
            self.assertEqual(done.code, 2, done)
            self.assertIn("DOCKERHUB_REST_AUTH_TYPE", done.err)


class ConsentTest(RestCase):
    OPEN = "--allow-destructive"

    def setUp(self):
        super().setUp()
        self.sandbox.add_tags("sandbox/app", [{"name": name} for name in ("v1", "v2", "v3")])

    @staticmethod
    def tag(name):
        return "/v1/hub_repos/sandbox/app/tags/" + name

    def left(self, server, token):
        data = self.data(server.ask("GET", "/v1/hub_repos/sandbox/app/tags", token=token))
        return {tag["name"] for tag in data["results"]}

    def test_the_gate_is_closed(self):
        server = self.serve()
        self.error(server.ask("DELETE", self.tag("v1"), token=self.bearer()), 403, "DestructiveOperationError")
        self.data(server.ask("DELETE", self.tag("v1") + "?_dry_run=true", token=self.bearer()))
        self.assertEqual(self.left(server, self.bearer()), {"v1", "v2", "v3"})

    def test_a_second_request_with_the_token_does_it_once(self):
        server = self.serve(self.OPEN)
        token = self.bearer()
        approval = self.problem(server.ask("DELETE", self.tag("v1"), token=token), 409)["approval"]
        self.assertIn("v1", approval["text"])
        self.error(server.ask("DELETE", self.tag("v2"), token=token, Confirm=approval["id"]), 403, "ApprovalError")
        self.assertEqual(server.ask("DELETE", self.tag("v1"), token=token, Confirm=approval["id"]).status, 200)
        self.assertEqual(self.left(server, token), {"v2", "v3"})
        self.error(server.ask("DELETE", self.tag("v1"), token=token, Confirm=approval["id"]), 403, "ApprovalError")

    def test_approvals_are_not_for_everybody_to_see_and_a_dry_run_uses_none_up(self):
        server = self.serve(self.OPEN)
        token = self.bearer()
        approval = self.problem(server.ask("DELETE", self.tag("v1"), token=token), 409)["approval"]
        self.assertEqual(server.ask("GET", "/v1/approvals").json()["approvals"], [])
        (listed,) = server.ask("GET", "/v1/approvals", token=token).json()["approvals"]
        self.assertEqual(listed["id"], approval["id"])
        self.problem(server.ask("DELETE", self.tag("v1"), Confirm=approval["id"]), 403)
        self.data(server.ask("DELETE", self.tag("v1") + "?_dry_run=true", token=token, Confirm=approval["id"]))
        self.assertEqual(server.ask("DELETE", self.tag("v1"), token=token, Confirm=approval["id"]).status, 200)

    def test_another_caller_has_to_agree(self):
        trail = self.home.path / "trail"
        kept = {"DOCKERHUB_TRAIL": "true", "DOCKERHUB_TRAIL_DIR": str(trail)}
        server = self.serve(self.OPEN, "--confirm", "other-principal", **kept, **self.tokens(
            alice=("destructive", {}), bob=("destructive", {}), robot=("destructive", {"confirm": "never"})))
        alice, bob = self.token("alice"), self.token("bob")
        approval = self.problem(server.ask("DELETE", self.tag("v1"), token=alice), 409)["approval"]
        self.problem(server.ask("DELETE", self.tag("v1"), token=alice, Confirm=approval["id"]), 409)
        path = "/v1/approvals/" + approval["id"]
        self.error(server.ask("POST", path, {"approve": True}, token=alice), 403, "ApprovalError")
        (waits,) = server.ask("GET", "/v1/approvals", token=bob).json()["approvals"]
        self.assertEqual((waits["id"], waits["principal"], waits["text"]), (approval["id"], "alice", approval["text"]))
        self.assertEqual(server.ask("POST", path, {"approve": True}, token=bob).status, 200)
        self.assertEqual(server.ask("DELETE", self.tag("v1"), token=alice, Confirm=approval["id"]).status, 200)
        self.assertEqual(server.ask("DELETE", self.tag("v2"), token=self.token("robot")).status, 200)
        self.assertEqual(self.left(server, bob), {"v3"})
        entries = [json.loads(line) for line in (trail / "trail.ndjson").read_text().splitlines()[1:]]
        approved, used = [entry for entry in entries if entry.get("event") == "consent"]
        self.assertEqual((approved["decision"], used["decision"]), ("approved", "used"))
        for entry in (approved, used):
            who_and_what = [entry[name] for name in ("principal", "caller", "action")]
            self.assertEqual(who_and_what, ["bob", "alice", "delete_tag"])
        (done,) = [entry for entry in entries if entry["request_id"] == used["request_id"] and "kind" in entry]
        self.assertEqual((done["principal"], done["outcome"]), ("alice", "ok"))


class RepeatsTest(RestCase):
    def test_a_write_under_a_key_is_done_once(self):
        server = self.serve()
        new = {"namespace": "sandbox-org", "name": "app"}

        def create(body, key="one"):
            return server.ask("POST", TOOL + "create", body, token=self.bearer(), Idempotency_Key=key)

        first, again = create(new), create(new)
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertEqual(again.body, first.body)
        self.assertEqual((first.headers["Idempotency-Replayed"], again.headers["Idempotency-Replayed"]), (None, "true"))
        sent = [one for one in self.sandbox.journal("hub") if one["method"] == "POST" and "repositories" in one["path"]]
        self.assertEqual(len(sent), 1)
        self.problem(create({**new, "name": "other"}), 422)
        self.assertNotEqual(create(new, key="two").status, 201)

    def test_two_at_once_under_a_key_are_one(self):
        server = self.serve()
        self.sandbox.fault("latency", listener="hub", method="POST", path="/v2/.*repositories.*", interval_ms=500)
        new = {"namespace": "sandbox-org", "name": "app"}

        def create(_):
            return server.ask("POST", TOOL + "create", new, token=self.bearer(), Idempotency_Key="one").status

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(create, range(2)))
        self.assertIn(statuses, ([201, 201], [201, 409]))
        sent = [one for one in self.sandbox.journal("hub") if one["method"] == "POST" and "repositories" in one["path"]]
        self.assertEqual(len(sent), 1)

    def test_what_is_shown_once_is_not_shown_again(self):
        secrets = [one["secret"] for one in self.sandbox.users["sandbox"]["secrets"]]
        password = next(one for one in secrets if not one.startswith("dckr_"))
        server = self.serve(DOCKER_HUB_TOKEN=password)

        def create():
            return server.ask("POST", "/v1/tools/hub_auth/create_pat", {"token_label": "ci", "scopes": ["repo:read"]},
                              token=self.bearer(), Idempotency_Key="one")

        made = self.data(create(), 201)["token"]
        again = create()
        self.assertEqual(again.status, 201)
        self.assertNotIn(made, again.body.decode())
        self.assertIn("shown once", again.json()["warnings"][0])
