"""The page that shows the OpenAPI document, as the installation has it."""

import re
import unittest

from dockerhub_process import PREFIX
from rest_case import RestCase

FILES = {"/docs": "text/html", "/docs/page.css": "text/css", "/docs/page.js": "text/javascript",
         "/docs/swagger-ui.css": "text/css", "/docs/swagger-ui-bundle.js": "text/javascript"}
FOLDER = PREFIX / "share" / "dockerhub" / "viewer"
HAS_VIEWER = (FOLDER / "swagger-ui-bundle.js").exists()


class DocsTest(RestCase):
    @unittest.skipUnless(HAS_VIEWER, "run scripts/test: npm brings the viewer")
    def test_anybody_gets_the_page_and_the_document_needs_a_token(self):
        server = self.serve(**self.tokens(reader=("read", {})))
        for path, media_type in FILES.items():
            answer = server.ask("GET", path)
            self.assertEqual(answer.status, 200, path)
            self.assertEqual(answer.headers["Content-Type"], media_type + "; charset=utf-8")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.problem(server.ask("GET", "/openapi.json"), 401)

    @unittest.skipUnless(HAS_VIEWER, "run scripts/test: npm brings the viewer")
    def test_it_takes_nothing_from_elsewhere_and_runs_nothing_that_stands_in_the_page(self):
        page = self.serve().ask("GET", "/docs")
        policy = dict(rule.strip().split(" ", 1) for rule in page.headers["Content-Security-Policy"].split(";"))
        self.assertEqual((policy["default-src"], policy["script-src"], policy["style-src"], policy["connect-src"]),
                         ("'none'", "'self'", "'self'", "'self'"))
        text = page.body.decode()
        sources = re.findall(r'(?:src|href)="([^"]*)"', text)
        self.assertEqual({"/" + one for one in sources if one != "data:,"}, set(FILES) - {"/docs"})
        self.assertNotRegex(text, r"<style|\sstyle=|\son\w+=|<script>")

    @unittest.skipUnless(HAS_VIEWER, "run scripts/test: npm brings the viewer")
    def test_what_the_browser_has_is_not_sent_again(self):
        server = self.serve()
        tag = server.ask("GET", "/docs/swagger-ui-bundle.js").headers["ETag"]
        again = server.ask("GET", "/docs/swagger-ui-bundle.js", If_None_Match=tag)
        self.assertEqual((again.status, again.body), (304, b""))

    @unittest.skipUnless(HAS_VIEWER, "run scripts/test: npm brings the viewer")
    def test_its_licence_lies_beside_it(self):
        self.assertIn("Apache License", (FOLDER / "LICENSE").read_text())
        self.assertTrue((FOLDER / "NOTICE").exists())

    @unittest.skipIf(HAS_VIEWER, "this installation has the viewer")
    def test_without_the_viewer_it_says_so(self):
        self.assertIn("no viewer", self.problem(self.serve().ask("GET", "/docs"), 404)["detail"])

    def test_there_is_no_other_file(self):
        server = self.serve()
        for path in ("/docs/", "/docs/LICENSE", "/docs/../../bin/dockerhub", "/docs/%2e%2e/manifest-1.schema.json"):
            self.problem(server.ask("GET", path), 404)
        self.assertEqual(server.ask("POST", "/docs").headers["Allow"], "GET")

    def test_pages_of_strangers_are_kept_away(self):
        self.problem(self.serve().ask("GET", "/docs", Host="evil.example"), 403)
