"""Provisioning: its own bearer and media type, filters, orders, pages, and users that come and go."""

import json
import unittest
import urllib.parse

from sandbox_case import HubTest

BASE = "/v2/scim/2.0"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"


class ScimTest(HubTest):
    def scim(self, method, path, body=None):
        headers = {"Authorization": "Bearer " + self.sandbox.environment["DOCKERHUB_SCIM_TOKEN"]}
        if body is not None:
            headers["Content_Type"] = "application/scim+json"
            body = json.dumps(body).encode()
        answer = self.hub(method, BASE + path, body, **headers)
        self.assertEqual(answer.headers["Content-Type"], "application/scim+json", answer)
        return answer

    def users(self, **query):
        answer = self.scim("GET", "/Users?" + urllib.parse.urlencode(query))
        return self.assert_status(200, answer).json()

    def found(self, text):
        return [user["displayName"] for user in self.users(filter=text, count=200)["resources"]]

    def user(self, name="sandbox-member"):
        return self.users(filter=f'displayName eq "{name}"')["resources"][0]


class Access(ScimTest):
    def test_a_bearer_of_the_hub_does_not_do(self):
        for headers in ({}, {"Authorization": self.bearer()}, {"Authorization": "Bearer wrong"}):
            refused = self.assert_status(401, self.hub("GET", BASE + "/Users", **headers))
            self.assertEqual(refused.headers["Content-Type"], "application/scim+json")
            self.assertEqual((refused.json()["status"], refused.json()["schemas"]),
                             ("401", ["urn:ietf:params:scim:api:messages:2.0:Error"]))

    def test_the_service_describes_itself(self):
        self.assertTrue(self.scim("GET", "/ServiceProviderConfig").json()["filter"]["supported"])
        self.assertEqual(self.scim("GET", "/ResourceTypes").json()["resources"][0]["id"], "User")
        self.assertEqual(self.scim("GET", "/ResourceTypes/User").json()["schema"], USER)
        self.assert_status(404, self.scim("GET", "/ResourceTypes/Group"))
        self.assertEqual(self.scim("GET", "/Schemas").json()["totalResults"], 1)
        self.assertEqual(self.scim("GET", "/Schemas/" + urllib.parse.quote(USER, "")).json()["id"], USER)
        self.assert_status(404, self.scim("GET", "/Schemas/none"))


class Lists(ScimTest):
    def test_pages_by_start_and_count_have_every_user_once(self):
        seen, start = [], 1
        while True:
            page = self.users(startIndex=start, count=4, sortBy="userName")
            seen += [user["userName"] for user in page["resources"]]
            start += page["itemsPerPage"]
            if start > page["totalResults"]:
                break
        self.assertEqual(len(seen), 15)
        self.assertEqual(seen, sorted(set(seen)))
        self.assertEqual(self.users()["itemsPerPage"], 10)
        self.assertEqual(self.users(startIndex=99)["itemsPerPage"], 0)

    def test_filters(self):
        self.assertEqual(self.found('userName eq "SANDBOX@example.invalid"'), ["sandbox"])
        self.assertEqual(self.found('displayName sw "sandbox-m" and not (displayName co "-member-")'),
                         ["sandbox-member"])
        self.assertEqual(self.found('displayName eq "sandbox" OR DisplayName EQ "sandbox-editor"'),
                         ["sandbox", "sandbox-editor"])
        self.assertEqual(len(self.found("active eq true")), 15)
        self.assertEqual(self.found('active ne true or (name.familyName eq "editor")'), ["sandbox-editor"])

    def test_orders_and_attributes(self):
        names = [one["displayName"] for one in
                 self.users(sortBy="displayname", sortOrder="descending", count=200)["resources"]]
        self.assertEqual(names, sorted(names, reverse=True))
        one = self.users(attributes="userName,name.givenName", count=1)["resources"][0]
        self.assertEqual(set(one), {"schemas", "id", "userName", "name"})

    def test_what_cannot_be_asked_is_400(self):
        for query, kind in (({"filter": "userName"}, "invalidFilter"), ({"filter": ""}, "invalidFilter"),
                            ({"filter": 'userName gt "a"'}, "invalidFilter"),
                            ({"filter": "(" * 50 + 'a eq "b"'}, "invalidFilter"),
                            ({"count": 0}, "invalidValue"), ({"count": 201}, "invalidValue"),
                            ({"startIndex": 0}, "invalidValue"), ({"sortBy": "none"}, "invalidPath"),
                            ({"sortOrder": "up"}, "invalidValue")):
            with self.subTest(query=query):
                answer = self.scim("GET", "/Users?" + urllib.parse.urlencode(query))
                self.assertEqual(self.assert_status(400, answer).json()["scimType"], kind)

    def test_the_list_can_be_spelled_as_the_standard_does(self):
        self.sandbox.set(scim_list="Resources")
        self.assertEqual(len(self.users()["Resources"]), 10)


class Users(ScimTest):
    def create(self, email="fresh@example.com", **body):
        return self.scim("POST", "/Users", {"schemas": [USER], "userName": email, **body})

    def test_a_new_address_becomes_a_user_of_the_company_team(self):
        made = self.assert_status(201, self.create(name={"givenName": "Fresh", "familyName": "Sample"})).json()
        self.assertEqual((made["userName"], made["active"]), ("fresh@example.com", True))
        self.assertEqual([group["display"] for group in made["groups"]], ["company"])
        self.assertTrue(made["meta"]["location"].endswith(f"{BASE}/Users/{made['id']}"))
        self.assertEqual(self.scim("GET", f"/Users/{made['id']}").json(), made)
        self.assertIn("fresh", self.sandbox.state()["organizations"]["sandbox-org"]["members"])

    def test_a_known_address_joins_and_a_member_is_a_conflict(self):
        made = self.assert_status(201, self.create("sandbox-guest@example.invalid")).json()
        self.assertEqual(made["displayName"], "sandbox-guest")
        conflict = self.assert_status(409, self.create("sandbox-guest@example.invalid"))
        self.assertEqual(conflict.json()["status"], "409")

    def test_without_enabled_a_user_is_deactivated(self):
        user = self.user()
        path = f"/Users/{user['id']}"
        renamed = {"schemas": [USER], "name": {"givenName": "Other"}}
        gone = self.assert_status(200, self.scim("PUT", path, renamed)).json()
        self.assertEqual((gone["active"], gone["name"]["givenName"], gone["name"]["familyName"]),
                         (False, "Other", user["name"]["familyName"]))
        self.assert_status(403, self.hub("GET", "/v2/orgs/sandbox-org/members", user="sandbox-member"))
        back = self.scim("PUT", path, {"schemas": [USER], "enabled": True}).json()
        self.assertTrue(back["active"])
        self.assert_status(200, self.hub("GET", "/v2/orgs/sandbox-org/members", user="sandbox-member"))

    def test_the_last_owner_stays_and_mistakes_are_told(self):
        owner = f"/Users/{self.user('sandbox')['id']}"
        self.assert_status(403, self.scim("PUT", owner, {"schemas": [USER]}))
        self.assert_status(400, self.scim("PUT", owner, {"enabled": True}))
        self.assert_status(400, self.create("not an address"))
        self.assert_status(404, self.scim("GET", "/Users/none"))
        self.assert_status(404, self.scim("PUT", "/Users/none", {"schemas": [USER]}))


if __name__ == "__main__":
    unittest.main()
