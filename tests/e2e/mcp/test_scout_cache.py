"""A server goes on running: what Docker Scout said of a digest serves its next calls for a while."""

from sandbox_case import SandboxCase


class ScoutCacheTest(SandboxCase):
    IMAGE = {"repo": "sandbox/multi", "reference": "1.0"}

    def asked(self):
        return sum("query ScoutCves(" in entry["body"] for entry in self.sandbox.journal("scout"))

    def cves(self, **more):
        result = self.server.call("cves", {**self.IMAGE, **more}, tool="hub_scout")
        self.assertFalse(result["isError"], result)
        return result["structuredContent"]["data"]

    def test_the_same_question_is_asked_once_and_tells_when(self):
        first, second = self.cves(), self.cves()
        self.assertEqual(first, second)
        self.assertRegex(first["observed_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(self.asked(), 1)

    def test_another_filter_of_the_same_findings_asks_nothing_anew(self):
        every = self.cves()
        fixable = self.cves(fixable=True)
        self.assertLess(len(fixable["cves"]), len(every["cves"]))
        self.assertEqual(self.asked(), 1)

    def test_another_digest_is_another_question(self):
        self.cves()
        self.cves(reference="1.1")
        self.assertEqual(self.asked(), 2)

    def test_what_failed_is_asked_for_again(self):
        self.sandbox.fault("status", listener="scout", status=403, times=1)
        self.server.call("cves", self.IMAGE, tool="hub_scout")
        before = self.asked()
        self.cves()
        self.assertEqual(self.asked(), before + 1)
