"""What holds for every operation of the OpenAPI document, as the running server gives it, against the sandbox."""

import http.client
import json
import urllib.parse

from dockerhub_process import DEADLINE
from example_names import in_sandbox
from openapi_calls import operations
from rest_case import RestCase

# It fails on purpose, and nothing of it is at Docker Hub.
FAILING_TOOL = "demo"

# The sandbox has not what their examples name.
ABSENT = {"hub_registry.get_blob", "hub_registry.upload_status"}

# Their examples leave out what makes a call of them a destructive one.
DESTRUCTIVE_IN_PART = {"hub_registry.mirror", "hub_repos.update", "hub_scim.update_user"}

ORDER = {None: 0, "read": 1, "write": 2, "destructive": 3}


class Answered:
    def __init__(self, request, response):
        self.request = request
        self.status = response.status
        self.type = response.headers["Content-Type"]
        self.text = response.read()

    def problem(self):
        return json.loads(self.text) if self.type == "application/problem+json" else {}

    def error(self):
        return self.problem().get("error", {})

    def __repr__(self):
        return f"{self.request!r}\n{self.status} {self.text[:1000]!r}"


class PropertiesTest(RestCase):
    def begin(self, *arguments):
        """A server, what its document has (reads first), and one connection for everything."""
        self.server = self.serve(*arguments, DOCKER_HUB_TOKEN=self.sandbox.users["sandbox"]["password"],
                                 DOCKERHUB_REST_REQUESTS_PER_SECOND="0")
        self.token = self.bearer()
        document = self.server.ask("GET", "/openapi.json", token=self.token).json()
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.server.where).netloc, timeout=DEADLINE)
        self.addCleanup(self.connection.close)
        every = sorted(operations(document), key=lambda one: ORDER[one.effect])
        self.examples = {one.action: self.named(one.examples()[0]) for one in every if one.examples()}
        made = self.server.ask("POST", "/v1/tools/hub_repos/create", {"namespace": "sandbox-org", "name": "app"},
                               token=self.token)
        self.data(made, 201)
        self.sandbox.clear_journal()
        return every

    def named(self, example):
        return json.loads(in_sandbox(json.dumps(example), self.sandbox.urls["registry"].removeprefix("http://")))

    def right(self, operation):
        return operation.as_described(self.examples.get(operation.action, {}))

    def send(self, request):
        headers = {"Authorization": "Bearer " + self.token}
        body = request.body()
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body).encode()
        self.connection.request(request.method, request.target(), body=body, headers=headers)
        return Answered(request, self.connection.getresponse())

    def methods_sent(self):
        """What came to Docker Hub and the registries, but for log-ins."""
        return {one["method"] for one in self.sandbox.journal() if one["path"] != "/v2/auth/token"}

    def test_what_keeps_to_the_document_is_done_or_refused_by_whom_it_is_meant_for(self):
        for operation in self.begin():
            if operation.tool == FAILING_TOOL:
                continue
            answer = self.send(self.right(operation))
            with self.subTest(operation.id):
                self.assertLess(answer.status, 500, answer)
                if operation.effect == "read" and operation.action not in ABSENT:
                    self.assertEqual(answer.status, 200, answer)
                elif operation.effect == "destructive" and operation.action not in DESTRUCTIVE_IN_PART:
                    self.assertEqual((answer.status, answer.error().get("type")),
                                     (403, "DestructiveOperationError"), answer)
                elif answer.status == 400:
                    self.assertIn("status_code", answer.error(), answer)
        self.assertNotIn("DELETE", self.methods_sent())

    def test_each_wrong_value_is_named_and_nothing_is_sent(self):
        count = 0
        for operation in self.begin():
            if operation.tool == "server":
                continue
            for request in operation.each_wrong(self.right(operation)):
                count += 1
                answer = self.send(request)
                with self.subTest(operation.id, parameter=request.wrong, how=request.how):
                    self.assertEqual((answer.status, answer.type), (400, "application/problem+json"), answer)
                    self.assertIn(request.wrong, answer.error().get("parameter", ""), answer)
        self.assertGreater(count, 2000)
        self.assertEqual(self.methods_sent(), set())

    def test_with_an_open_gate_what_destroys_waits_for_consent(self):
        waiting = [one for one in self.begin("--allow-destructive")
                   if one.effect == "destructive" and one.tool != FAILING_TOOL
                   and one.action not in DESTRUCTIVE_IN_PART]
        self.assertGreater(len(waiting), 20)
        for operation in waiting:
            answer = self.send(self.right(operation))
            with self.subTest(operation.id):
                self.assertEqual(answer.status, 409, answer)
                self.assertTrue(answer.problem()["approval"]["text"], answer)
        self.assertLessEqual(self.methods_sent(), {"GET", "HEAD"})
