"""Lists over many pages: whole, each item once, never elsewhere, in constant memory."""

import json
import os
import subprocess
import unittest

from hub_case import HubTest, ok, query_of

LIST = "GET /v2/namespaces/acme/repositories"


class Pages(HubTest):
    def serve(self, names, count=None, following=True):
        """names(page, size) gives those of a page."""

        def page(request):
            query = query_of(request)
            at, size = int(query.get("page", "1")), int(query.get("page_size", "10"))
            found = names(at, size)
            more = following and bool(names(at + 1, size))
            body = {"next": "http://127.0.0.2:1/other?page=1" if more else None,
                    "results": [{"name": name, "description": "x" * 200} for name in found]}
            if count is not None:
                body["count"] = count
            return ok(body)

        self.replies[LIST] = page

    def names(self, *options):
        data = self.envelope("hub_repos", "list", {"namespace": "acme"}, *options)["data"]
        return [item["name"] for item in data["results"]]

    def test_that_change_meanwhile_give_no_item_twice(self):
        # Behind the first page one is added in front: what was the last there comes again.
        first = [f"r{i:03}" for i in range(250)]
        later = ["new", *first]

        def names(page, size):
            return (first if page == 1 else later)[(page - 1) * size:page * size]

        self.serve(names)
        self.assertEqual(self.names("--all-pages"), first)

    def test_that_are_always_the_same_end(self):
        self.replies[LIST] = ok({"next": "x", "results": [{"name": f"r{i}"} for i in range(100)]})
        self.assertEqual(len(self.names("--all-pages")), 100)
        self.assertLess(len(self.sent()), 10)

    def test_never_lead_to_another_server(self):
        everything = [f"r{i}" for i in range(300)]
        self.serve(lambda page, size: everything[(page - 1) * size:page * size])
        self.assertEqual(self.names("--all-pages"), everything)
        self.assertEqual(len(self.sent()), 3)
        for request in self.server.requests:
            self.assertEqual(request.headers["host"], self.server.authority)

    def test_with_another_word_for_their_total(self):
        pages = {"1": {"total": 3, "next": "x", "results": [{"id": "a"}, {"id": "b"}]}, "2": {"total": 3, "next": None, "results": [{"id": "c"}]}}
        self.replies["GET /v2/orgs/acme/access-tokens"] = lambda request: ok(pages[query_of(request)["page"]])
        data = self.envelope("hub_auth", "list_oats", {"org": "acme", "page_size": 2}, "--all-pages")["data"]
        self.assertEqual([token["id"] for token in data["results"]], ["a", "b", "c"])

    def peak(self, count):
        """The most memory of a program that lists so many, in KiB."""
        self.serve(lambda page, size: [f"r{i}" for i in range((page - 1) * size, min(page * size, count))], count)
        process = subprocess.Popen(
            [self.binary, "-o", "table", "--all-pages", "hub_repos", "list", "acme"],
            env={**self.home.environment, **self.environment}, stdout=subprocess.PIPE, cwd=self.home.work,
        )
        lines = sum(1 for _ in process.stdout)
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual((process.returncode, lines), (0, count))
        return usage.ru_maxrss

    @unittest.skipIf(os.environ.get("DOCKERHUB_SANITIZE"), "sanitized programs keep what they freed")
    def test_of_10_000_items_take_the_memory_of_few(self):
        few, many = self.peak(200), self.peak(10_000)
        # The names that were seen are all that grows: some 100 bytes each.
        self.assertLess(many - few, 4096, f"{few} KiB for 200 items, {many} KiB for 10,000")


if __name__ == "__main__":
    unittest.main()
