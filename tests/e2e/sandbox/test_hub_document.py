"""The management API against Docker's own document: every operation is answered, with a status and a body
that the document knows. DOCKERHUB_SPECS names the folder with hub-openapi.yaml."""

import json
import time

from outside import SPECS, main, specification
from sandbox_case import HubTest

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
REPOSITORY = {"namespace": "sandbox-org", "repository": "tools"}
ORG = {"org_name": "sandbox-org", "name": "sandbox-org"}
TEAM = {**ORG, "group_name": "developers"}
RESOURCE = {"type": "TYPE_REPO", "path": "sandbox-org/*", "scopes": ["scope-image-pull"]}

# Null where the document forgot to allow it; the service does send it.
NULLABLE = {"next", "previous", "expires_at", "variant", "os_version"}
# What the service is known to send in another type than the document draws.
OTHERWISE = {"v2"}

PASSWORD, TOKEN, SCIM, NOBODY = range(4)

# Operation; who asks; values of the path, "=NAME" for what was kept before; query or body; status; what
# to keep of the answer: (name, member).
CALLS = [
    ("post /v2/users/login", NOBODY, {}, {"username": "sandbox-2fa", "password": "sandbox-password"}, 401,
     ("second", "login_2fa_token")),
    ("post /v2/users/2fa-login", NOBODY, {}, {"login_2fa_token": "=second", "code": "123456"}, 200, None),
    ("post /v2/auth/token", NOBODY, {}, {"identifier": "sandbox", "secret": "sandbox-password"}, 200, None),
    ("post /v2/access-tokens", PASSWORD, {}, {"token_label": "x", "scopes": ["repo:read"],
                                              "expires_at": "2099-01-01T00:00:00Z"}, 201, ("pat", "uuid")),
    ("get /v2/access-tokens", PASSWORD, {}, None, 200, None),
    ("get /v2/access-tokens/{uuid}", PASSWORD, {"uuid": "=pat"}, None, 200, None),
    ("patch /v2/access-tokens/{uuid}", PASSWORD, {"uuid": "=pat"}, {"is_active": False}, 200, None),
    ("delete /v2/access-tokens/{uuid}", PASSWORD, {"uuid": "=pat"}, None, 204, None),
    ("get /v2/auditlogs/{account}/actions", TOKEN, {"account": "sandbox-org"}, None, 200, None),
    ("get /v2/auditlogs/{account}", TOKEN, {"account": "sandbox-org"}, None, 200, None),
    ("get /v2/orgs/{name}/settings", TOKEN, ORG, None, 200, None),
    ("put /v2/orgs/{name}/settings", TOKEN, ORG, {"restricted_images": {
        "enabled": True, "allow_official_images": True, "allow_verified_publishers": False}}, 200, None),
    ("post /v2/orgs/{name}/access-tokens", TOKEN, ORG, {"label": "x", "resources": [RESOURCE]}, 201,
     ("oat", "id")),
    ("get /v2/orgs/{name}/access-tokens", TOKEN, ORG, None, 200, None),
    ("get /v2/orgs/{org_name}/access-tokens/{access_token_id}", TOKEN,
     {**ORG, "access_token_id": "=oat"}, None, 200, None),
    ("patch /v2/orgs/{org_name}/access-tokens/{access_token_id}", TOKEN,
     {**ORG, "access_token_id": "=oat"}, {"label": "y"}, 200, None),
    ("delete /v2/orgs/{org_name}/access-tokens/{access_token_id}", TOKEN,
     {**ORG, "access_token_id": "=oat"}, None, 204, None),
    ("get /v2/namespaces/{namespace}/repositories/{repository}/tags", TOKEN, REPOSITORY, None, 200, None),
    ("head /v2/namespaces/{namespace}/repositories/{repository}/tags", TOKEN, REPOSITORY, None, 200, None),
    ("get /v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", TOKEN,
     {**REPOSITORY, "tag": "latest"}, None, 200, None),
    ("head /v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", TOKEN,
     {**REPOSITORY, "tag": "latest"}, None, 200, None),
    ("patch /v2/namespaces/{namespace}/repositories/{repository}/immutabletags", TOKEN, REPOSITORY,
     {"immutable_tags": True, "immutable_tags_rules": ["v.*"]}, 200, None),
    ("post /v2/namespaces/{namespace}/repositories/{repository}/immutabletags/verify", TOKEN, REPOSITORY,
     {"regex": "l.*"}, 200, None),
    ("get /v2/orgs/{org_name}/groups/{group_name}", TOKEN, TEAM, None, 200, ("team", "id")),
    ("post /v2/repositories/{namespace}/{repository}/groups", TOKEN, REPOSITORY,
     {"group_id": "=team", "permission": "admin"}, 200, None),
    ("get /v2/namespaces/{namespace}/repositories", TOKEN, REPOSITORY, None, 200, None),
    ("post /v2/namespaces/{namespace}/repositories", TOKEN, REPOSITORY,
     {"name": "fresh", "namespace": "sandbox-org", "registry": "docker.io"}, 201, None),
    ("get /v2/namespaces/{namespace}/repositories/{repository}", TOKEN, REPOSITORY, None, 200, None),
    ("head /v2/namespaces/{namespace}/repositories/{repository}", TOKEN, REPOSITORY, None, 200, None),
    ("get /v2/orgs/{org_name}/members", TOKEN, ORG, None, 200, None),
    ("get /v2/orgs/{org_name}/members/export", TOKEN, ORG, None, 200, None),
    ("put /v2/orgs/{org_name}/members/{username}", TOKEN, {**ORG, "username": "sandbox-member"},
     {"role": "editor"}, 200, None),
    ("delete /v2/orgs/{org_name}/members/{username}", TOKEN, {**ORG, "username": "sandbox-member-12"},
     None, 204, None),
    ("get /v2/orgs/{org_name}/groups", TOKEN, ORG, None, 200, None),
    ("post /v2/orgs/{org_name}/groups", TOKEN, ORG, {"name": "testers"}, 201, None),
    ("put /v2/orgs/{org_name}/groups/{group_name}", TOKEN, TEAM, {"name": "developers"}, 200, None),
    ("patch /v2/orgs/{org_name}/groups/{group_name}", TOKEN, TEAM, {"description": "x"}, 200, None),
    ("post /v2/orgs/{org_name}/groups/{group_name}/members", TOKEN, TEAM, {"member": "sandbox-editor"}, 200,
     None),
    ("get /v2/orgs/{org_name}/groups/{group_name}/members", TOKEN, TEAM, None, 200, None),
    ("delete /v2/orgs/{org_name}/groups/{group_name}/members/{username}", TOKEN,
     {**TEAM, "username": "sandbox-editor"}, None, 204, None),
    ("delete /v2/orgs/{org_name}/groups/{group_name}", TOKEN, TEAM, None, 204, None),
    ("post /v2/invites/bulk", TOKEN, {}, {"org": "sandbox-org", "invitees": ["a@example.com", "none"]}, 202,
     None),
    ("get /v2/orgs/{org_name}/invites", TOKEN, ORG, None, 200, ("invites", "data")),
    ("patch /v2/invites/{id}/resend", TOKEN, {"id": "=invite"}, None, 204, None),
    ("delete /v2/invites/{id}", TOKEN, {"id": "=invite"}, None, 204, None),
    ("get /v2/scim/2.0/ServiceProviderConfig", SCIM, {}, None, 200, None),
    ("get /v2/scim/2.0/ResourceTypes", SCIM, {}, None, 200, None),
    ("get /v2/scim/2.0/ResourceTypes/{name}", SCIM, {"name": "User"}, None, 200, None),
    ("get /v2/scim/2.0/Schemas", SCIM, {}, None, 200, None),
    ("get /v2/scim/2.0/Schemas/{id}", SCIM, {"id": USER}, None, 200, None),
    ("get /v2/scim/2.0/Users", SCIM, {}, None, 200, None),
    ("post /v2/scim/2.0/Users", SCIM, {}, {"schemas": [USER], "userName": "b@example.com"}, 201,
     ("user", "id")),
    ("get /v2/scim/2.0/Users/{id}", SCIM, {"id": "=user"}, None, 200, None),
    ("put /v2/scim/2.0/Users/{id}", SCIM, {"id": "=user"}, {"schemas": [USER], "enabled": True}, 200, None),
]


class Document:
    """The document with its references followed and its slips mended."""

    def __init__(self):
        import yaml  # Debian: python3-yaml

        self.whole = yaml.safe_load((SPECS / "hub-openapi.yaml").read_text())

    def operations(self):
        methods = ("get", "head", "post", "put", "patch", "delete")
        return {f"{method} {path}": operation for path, item in self.whole["paths"].items()
                for method, operation in item.items() if method in methods}

    def follow(self, node):
        while "$ref" in node:
            target = self.whole
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def answers(self, operation):
        return {str(status): self.follow(answer) for status, answer in operation["responses"].items()}

    def schema(self, node):
        """As JSON Schema."""
        node = dict(self.follow(node))
        for key in ("example", "examples", "description", "title"):
            node.pop(key, None)
        if not isinstance(node.get("required", []), list):
            del node["required"]
        if node.get("type") == "object":
            node.pop("items", None)
        if "properties" in node:
            node["properties"] = {name: self.member(name, value)
                                  for name, value in node["properties"].items() if name not in OTHERWISE}
        for key in ("items", "additionalProperties"):
            if isinstance(node.get(key), dict):
                node[key] = self.schema(node[key])
        if "allOf" in node:
            node["allOf"] = [self.schema(part) for part in node["allOf"]]
        return node

    def member(self, name, value):
        schema = self.schema(value)
        if schema.pop("nullable", False) or name in NULLABLE:
            return {"anyOf": [{"type": "null"}, schema]}
        return schema


class Documented(HubTest):
    def setUp(self):
        super().setUp()
        self.sandbox.set(drawn_shapes=True)
        self.document = Document()
        self.kept = {}

    def resolve(self, value):
        if isinstance(value, str) and value.startswith("="):
            return self.kept[value[1:]]
        return value

    def headers(self, who):
        if who == NOBODY:
            return {"Content_Type": "application/json"}
        if who == SCIM:
            return {"Authorization": "Bearer " + self.sandbox.environment["DOCKERHUB_SCIM_TOKEN"],
                    "Content_Type": "application/scim+json"}
        secret = self.sandbox.users["sandbox"]["password"] if who == PASSWORD else None
        return {"Authorization": self.bearer(secret=secret), "Content_Type": "application/json"}

    def ask(self, operation, who, values, body):
        method, path = operation.split()
        path = path.format(**{name: self.resolve(value) for name, value in values.items()})
        if body is not None:
            body = json.dumps({name: self.resolve(value) for name, value in body.items()}).encode()
        return self.hub(method.upper(), path, body, **self.headers(who))

    def content(self, operation, status):
        documented = self.document.answers(self.document.operations()[operation])
        self.assertIn(str(status), documented, operation)
        return documented[str(status)].get("content", {})

    def check(self, operation, answer):
        import jsonschema  # Debian: python3-jsonschema

        content = self.content(operation, answer.status)
        for media_type, form in content.items():
            if answer.body and media_type != "text/csv":
                self.assertEqual(answer.headers["Content-Type"], media_type)
                jsonschema.validate(answer.json(), self.document.schema(form["schema"]))

    def test_every_operation_answers_as_it_is_documented(self):
        for operation, who, values, body, status, keep in CALLS:
            with self.subTest(operation=operation):
                answer = self.ask(operation, who, values, body)
                self.assert_status(status, answer)
                self.check(operation, answer)
                if keep:
                    self.kept[keep[0]] = answer.json()[keep[1]]
                if keep and keep[0] == "invites":
                    self.kept["invite"] = self.kept["invites"][0]["id"]
        self.assertEqual({call[0] for call in CALLS}, set(self.document.operations()))
        print(f"{len(CALLS)} of {len(self.document.operations())} operations of the document")

    def test_refusals_have_documented_bodies(self):
        rows = [("get /v2/access-tokens/{uuid}", PASSWORD, {"uuid": "none"}, None, 404),
                ("post /v2/access-tokens", PASSWORD, {}, {"token_label": "", "scopes": []}, 400),
                ("get /v2/access-tokens", NOBODY, {}, None, 401),
                ("get /v2/orgs/{org_name}/members", NOBODY, ORG, None, 401),
                ("get /v2/orgs/{name}/settings", TOKEN, {"name": "library"}, None, 403),
                ("post /v2/orgs/{org_name}/groups", TOKEN, ORG, {"name": "owners"}, 400),
                ("get /v2/scim/2.0/Users/{id}", SCIM, {"id": "none"}, None, 404),
                ("post /v2/scim/2.0/Users", SCIM, {}, {"schemas": []}, 400),
                ("get /v2/scim/2.0/Users", NOBODY, {}, None, 401)]
        for operation, who, values, body, status in rows:
            with self.subTest(operation=operation):
                answer = self.assert_status(status, self.ask(operation, who, values, body))
                self.check(operation, answer)

    def operations_with(self, status):
        return {name for name, operation in self.document.operations().items() if status in self.document.answers(operation)}

    def test_what_is_there_already_has_the_documented_body_of_a_conflict(self):
        user = {"schemas": [USER], "userName": "sandbox-guest@example.invalid"}
        self.assert_status(201, self.ask("post /v2/scim/2.0/Users", SCIM, {}, user))
        seats = len(self.sandbox.state()["organizations"]["sandbox-org"]["members"])
        self.sandbox.set(seats=seats)
        rows = {"post /v2/invites/bulk": (TOKEN, {"org": "sandbox-org", "invitees": ["one-too-many@example.com"]}),
                "post /v2/scim/2.0/Users": (SCIM, user)}
        # The document has it at a replacement too, which has no name to be in conflict with.
        self.assertEqual(self.operations_with("409"), {*rows, "put /v2/scim/2.0/Users/{id}"})
        for operation, (who, body) in rows.items():
            with self.subTest(operation=operation):
                answer = self.assert_status(409, self.ask(operation, who, {}, body))
                self.check(operation, answer)
                (media_type, form), = self.content(operation, 409).items()
                self.assertEqual(answer.headers["Content-Type"], media_type)
                self.assertTrue(answer.json()["detail"])
                self.assertLessEqual(set(answer.json()), self.members_of(form["schema"]))
        # The last is SCIM's, which says its status and what kind of message it is.
        self.assertEqual((answer.json()["status"], answer.json()["schemas"]),
                         ("409", ["urn:ietf:params:scim:api:messages:2.0:Error"]))

    def members_of(self, node):
        node = self.document.follow(node)
        return set(node.get("properties", ())).union(*(self.members_of(part) for part in node.get("allOf", ())))

    def test_one_request_too_many_has_the_documented_body_and_headers(self):
        account = {"account": "sandbox-org"}
        rows = ["get /v2/auditlogs/{account}", "get /v2/auditlogs/{account}/actions"]
        self.assertEqual(self.operations_with("429"), set(rows))
        limit = 3
        self.sandbox.set(hub_limit=limit)
        headers = self.headers(TOKEN)
        for left in range(limit - 1, -1, -1):
            answer = self.assert_status(200, self.hub("GET", "/v2/auditlogs/sandbox-org", **headers))
            self.assertEqual(answer.headers["X-RateLimit-Remaining"], str(left))
            self.assertNotIn("Retry-After", answer.headers)
        for operation in rows:
            with self.subTest(operation=operation):
                method, path = operation.split()
                answer = self.assert_status(429, self.hub(method.upper(), path.format(**account), **headers))
                form = self.content(operation, 429)["application/json"]
                self.assertEqual(answer.headers["Content-Type"], "application/json")
                self.assertEqual(answer.json(), form["examples"]["response"]["value"])
                wait = int(answer.headers["Retry-After"])
                self.assertTrue(0 < wait <= 60, wait)
                self.assertEqual(answer.headers["X-RateLimit-Limit"], str(limit))
                self.assertEqual(answer.headers["X-RateLimit-Remaining"], "0")
                self.assertAlmostEqual(int(answer.headers["X-RateLimit-Reset"]), time.time() + wait, delta=20)
        self.sandbox.fault("rate_limited", listener="hub", seconds=7)
        told = self.assert_status(429, self.hub("GET", "/v2/auditlogs/sandbox-org", **headers))
        self.assertEqual((told.headers["Retry-After"], set(told.json())), ("7", {"detail", "error"}))


if __name__ == "__main__":
    main("Docker's document", specification("hub-openapi.yaml"))
