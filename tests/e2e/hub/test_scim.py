"""hub_scim: whose token goes, and that nobody is deactivated by what the caller did not say."""

import re
import unittest

from hub_case import TOKEN, HubTest, ok, query_of

USERS = "/v2/scim/2.0/Users"
USER = USERS + "/u"
SCHEMA = ["urn:ietf:params:scim:schemas:core:2.0:User"]


class Requests(HubTest):
    def test_carry_the_connections_token_and_media_type(self):
        self.replies["GET " + USERS] = ok({"totalResults": 0, "resources": []})
        self.envelope("hub_scim", "list_users", DOCKERHUB_SCIM_TOKEN="canary-scim-token-1")
        self.envelope("hub_scim", "list_users")
        with_token, without = self.server.requests
        self.assertEqual(with_token.headers["authorization"], "Bearer canary-scim-token-1")
        self.assertEqual(with_token.headers["accept"], "application/scim+json")
        self.assertEqual(without.headers["authorization"], "Bearer " + TOKEN)

    def test_make_no_log_in_of_the_account_where_the_token_is_refused(self):
        del self.environment["DOCKERHUB_JWT"]
        self.replies["GET " + USERS] = ok({"detail": "no such token"}, 401)
        self.replies["POST /v2/auth/token"] = ok({"access_token": "canary-access"})
        self.error(4, "hub_scim", "list_users", DOCKERHUB_SCIM_TOKEN="canary-scim-token-1",
                   DOCKER_HUB_USER="ada", DOCKER_HUB_TOKEN="canary-password-1")
        (request,) = self.server.requests
        self.assertEqual((request.method, request.path), ("GET", USERS))
        self.assertEqual(request.headers["authorization"], "Bearer canary-scim-token-1")

    def test_page_by_index_in_either_spelling(self):
        users = [{"id": str(number)} for number in range(250)]

        def page(request):
            query = query_of(request)
            start, count = int(query.get("startIndex", "1")), int(query["count"])
            key = "Resources" if start > 1 else "resources"
            return ok({"totalResults": 250, "startIndex": start, "itemsPerPage": count, key: users[start - 1:start - 1 + count]})

        self.replies["GET " + USERS] = page
        data = self.envelope("hub_scim", "list_users", {}, "--all-pages")["data"]
        self.assertEqual(data["resources"], users)
        self.assertEqual(len(self.sent()), 3)
        self.error(2, "hub_scim", "list_users", {"count": 201})

    def test_keep_a_urn_readable(self):
        self.replies["GET /v2/scim/2.0/Schemas/" + SCHEMA[0]] = ok({"id": SCHEMA[0]})
        self.envelope("hub_scim", "schema", {"schema_id": SCHEMA[0]})


class Rows(HubTest):
    def test_are_those_of_dockers_document_and_none_is_a_patch(self):
        page = self.ok("help", "--markdown", "hub_scim").out
        routes = re.findall(r"^- (?:Request|Route): `([A-Z]+) (\S+)`", page, re.M)
        self.assertEqual(len(routes), len(self.data("hub_scim", "describe")["actions"]))
        self.assertCountEqual([route for route in routes if route[0] != "GET"],
                              [("POST", USERS), ("PUT", USERS + "/{user_id}")])


class Users(HubTest):
    def present(self, **user):
        self.replies["GET " + USER] = ok({"id": "u", "name": {"givenName": "Ada", "familyName": "L"}, **user})
        self.replies["PUT " + USER] = ok({"id": "u"})

    def test_are_created_with_what_is_given(self):
        self.replies["POST " + USERS] = ok({"id": "u"}, 201)
        self.envelope("hub_scim", "create_user", {"user_name": "ada@example.com"})
        self.assertEqual(self.body(), {"schemas": SCHEMA, "userName": "ada@example.com"})
        self.assertEqual(self.server.requests[0].headers["content-type"], "application/scim+json")
        self.envelope(
            "hub_scim", "create_user",
            {"userName": "ada@example.com", "given_name": "Ada", "email": "a@example.com", "active": True},
        )
        self.assertEqual(
            self.body(),
            {
                "schemas": SCHEMA,
                "userName": "ada@example.com",
                "name": {"givenName": "Ada"},
                "emails": [{"value": "a@example.com", "primary": True}],
                "active": True,
            },
        )

    def test_stay_active_when_nothing_is_said_of_it(self):
        self.present(active=True)
        self.envelope("hub_scim", "update_user", {"user_id": "u", "given_name": "Augusta"})
        self.assertEqual(
            self.body(),
            {"schemas": SCHEMA, "name": {"givenName": "Augusta", "familyName": "L"}, "enabled": True, "active": True},
        )

    def test_that_are_deactivated_are_neither_revived_nor_deactivated_in_silence(self):
        for user in ({"active": False}, {}):
            self.present(**user)
            error = self.error(2, "hub_scim", "update_user", {"user_id": "u", "given_name": "Augusta"})
            self.assertEqual(error["parameter"], "active")
        self.assertEqual({line.split(" ")[0] for line in self.sent()}, {"GET"})

    def test_are_deactivated_only_with_gate_and_consent(self):
        self.present(active=True)
        self.error(6, "hub_scim", "update_user", {"user_id": "u", "active": False}, "--yes")
        self.assertEqual(self.sent(), [])
        self.envelope("hub_scim", "update_user", {"user_id": "u", "active": False}, "--yes", "--allow-destructive")
        self.assertEqual((self.body()["enabled"], self.body()["active"]), (False, False))

    def test_are_shown_by_a_dry_run(self):
        self.present(active=True)
        envelope = self.envelope("hub_scim", "update_user", {"user_id": "u", "given_name": "Augusta"}, "--dry-run")
        self.assertEqual(envelope["data"]["would_send"][0]["body"]["enabled"], True)
        self.assertEqual(self.sent(), ["GET " + USER])


if __name__ == "__main__":
    unittest.main()
