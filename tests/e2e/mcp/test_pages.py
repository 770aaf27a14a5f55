"""Lists in pages: tools, prompts, resources and templates, in both eras."""

from http_case import FixtureCase
from mcp_case import FIXTURE, McpCase

INVALID_PARAMS = -32602
LISTS = {"tools/list": "tools", "prompts/list": "prompts", "resources/list": "resources",
         "resources/templates/list": "resourceTemplates"}


def pages(ask):
    """All pages of the list that ask(params) asks for."""
    answers = [ask({})]
    while "nextCursor" in answers[-1]:
        answers.append(ask({"cursor": answers[-1]["nextCursor"]}))
        if len(answers) > 500:
            raise AssertionError("the list has no end")
    return answers


class PagesTest(McpCase):
    modules = (FIXTURE,)

    def paged(self, rows, **environment):
        return self.connected(environment={"MCP_PAGE_SIZE": str(rows), **environment})

    def rows_of(self, server, method):
        return [row for page in pages(lambda params: server.request(method, params)["result"])
                for row in page[LISTS[method]]]

    def test_pages_together_are_the_list(self):
        whole = self.connected()
        server = self.paged(1)
        for method, name in LISTS.items():
            with self.subTest(method):
                expected = whole.request(method)["result"]
                self.assertNotIn("nextCursor", expected)
                answers = pages(lambda params, method=method: server.request(method, params)["result"])
                self.assertEqual([page[name] for page in answers], [[row] for row in expected[name]])

    def test_the_last_page_holds_the_rest(self):
        rows = self.rows_of(self.connected(), "tools/list")
        server = self.paged(len(rows) - 1)
        sizes = [len(page["tools"]) for page in pages(lambda params: server.request("tools/list", params)["result"])]
        self.assertEqual(sizes, [len(rows) - 1, 1])
        exact = self.paged(len(rows)).request("tools/list")["result"]
        self.assertNotIn("nextCursor", exact)

    def test_schemas_are_the_same_on_a_page(self):
        verbose = {"MCP_TOOL_MODE": "verbose"}
        whole = self.rows_of(self.connected(environment=verbose), "tools/list")
        self.assertEqual(self.rows_of(self.paged(40, **verbose), "tools/list"), whole)

    def test_an_empty_cursor_is_the_first_page(self):
        server = self.paged(2)
        for method in LISTS:
            with self.subTest(method):
                self.assertEqual(server.request(method, {"cursor": ""})["result"], server.request(method)["result"])

    def test_a_cursor_that_was_not_given_out_is_an_invalid_parameter(self):
        server = self.paged(2)
        real = server.request("tools/list")["result"]["nextCursor"]
        of_another = server.request("prompts/list")["result"]["nextCursor"]
        for cursor in ("x", "2", "-", real + "0", real[:-1], " " + real, "0" + real, of_another, "9" * 30, "\0", 2, [], {}):
            with self.subTest(cursor):
                message = self.assert_rpc_error(server.request("tools/list", {"cursor": cursor}), INVALID_PARAMS)
                self.assertIn("cursor", message)
        for method in LISTS:
            with self.subTest(method):
                self.assert_rpc_error(self.connected().request(method, {"cursor": "2"}), INVALID_PARAMS)

    def test_a_cursor_of_a_list_that_has_changed_is_refused(self):
        cursor = self.paged(2).request("tools/list")["result"]["nextCursor"]
        same = self.paged(2).request("tools/list", {"cursor": cursor})
        self.assertIn("result", same, "processes with the same modules give the same pages")
        changed = self.paged(2, DEMOTOOL="false").request("tools/list", {"cursor": cursor})
        self.assert_rpc_error(changed, INVALID_PARAMS)


class ModernPagesTest(FixtureCase):
    def test_pages_together_are_the_list_and_may_be_kept_alike(self):
        whole = self.start()
        server = self.start(environment={"MCP_PAGE_SIZE": "3"})
        for method, name in LISTS.items():
            with self.subTest(method):
                expected = whole.modern(method).result()
                answers = pages(lambda params, method=method: server.modern(method, params).result())
                self.assertEqual([row for page in answers for row in page[name]], expected[name])
                for page in answers:
                    for told in ("ttlMs", "cacheScope", "resultType"):
                        self.assertEqual(page[told], expected[told])

    def test_an_unknown_cursor_is_an_invalid_parameter(self):
        server = self.start(environment={"MCP_PAGE_SIZE": "3"})
        for method in LISTS:
            with self.subTest(method):
                self.assertEqual(server.modern(method, {"cursor": "x"}).error()["code"], INVALID_PARAMS)
