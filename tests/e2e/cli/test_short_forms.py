"""Short forms of actions: what they stand for, and who wins when names meet."""

import json
import select
import threading
import unittest

from cli_test import CliTest, PluginTest
from dockerhub_process import DEADLINE
from scripted_server import ScriptedServer, answer


class ShortForms(PluginTest):
    def setUp(self):
        super().setUp()
        self.ok("plugin", "trust", str(self.copy("short_forms.so")))

    def said(self, *arguments):
        return json.loads(self.ok("-o", "data", *arguments, environment=self.environment).out)

    def test_take_positionals_of_their_own_and_every_option(self):
        for arguments in (["shout", "hi"], ["shout", "--text", "hi"], ["shout", "--text=hi", "--other", "x"]):
            self.assertEqual(self.said(*arguments), {"said": "hi", "by": "short_forms"})
        self.assertEqual(self.said("short-forms", "say", "x", "hi")["said"], "hi")
        done = self.ok("shout", "hi", "-o", "data", "--timeout", "30s", environment=self.environment)
        self.assertEqual(json.loads(done.out)["said"], "hi")

    def test_have_help_in_every_way(self):
        for arguments in (["shout", "--help"], ["help", "shout"], ["--help", "shout"]):
            text = self.ok(*arguments, environment=self.environment).out
            self.assertIn("dockerhub [options] shout [text]", text)
            self.assertIn("--other", text)

    def test_are_listed_by_what_they_do(self):
        text = self.ok("--help", environment=self.environment).out
        self.assertRegex(text, r"Look at things:\n(.*\n)*?  shout \[text\] +Says it\n")
        self.assertRegex(text, r"Make and change things:\n  copy ")

    def test_never_stand_for_a_command_or_module(self):
        self.assertIn("--offline", self.ok("doctor", "--help", environment=self.environment).out)
        self.assertIn("Usage: dockerhub [options] demo <action>", self.ok("demo", environment=self.environment).out)

    def test_of_the_installation_win(self):
        text = self.ok("digest", "--help", environment=self.environment).out
        self.assertIn("registry resolve-digest", text)

    def test_that_two_actions_have_are_refused_with_both(self):
        err = self.refused(2, "twice", "x", environment=self.environment).err
        self.assertIn("short-forms one", err)
        self.assertIn("short-forms two", err)
        self.assertIn("several actions", self.refused(2, "help", "twice", environment=self.environment).err)

    def test_that_are_misspelt_are_told(self):
        self.assertIn("Did you mean `shout`?", self.refused(2, "shuot", "x", environment=self.environment).err)
        self.assertIn("Did you mean `config`?", self.refused(2, "confg", environment=self.environment).err)

    def test_of_a_module_that_an_env_file_brings_are_found(self):
        file = self.home.write("settings.env", f"DOCKERHUB_PLUGIN_PATH={self.folder}\n")
        done = self.ok("-o", "data", "--env-file", file, "shout", "hi")
        self.assertEqual(json.loads(done.out)["said"], "hi")


class OfTwoWords(CliTest):
    def words(self, *typed):
        return [line.split("\t")[0] for line in self.ok("complete", "--", *typed).out.splitlines()]

    def test_are_those_with_a_dash(self):
        for words in (["readme", "push"], ["image", "config"]):
            help_of_one = self.ok("-".join(words), "--help").out
            for arguments in ([*words, "--help"], ["help", *words], ["--help", *words]):
                self.assertEqual(self.ok(*arguments).out, help_of_one, arguments)
        self.assertIn("readme", self.refused(2, "readme", "push", "acme/app").err)
        self.assertEqual(self.refused(2, "readme", "--quiet", "push", "acme/app").err,
                         self.refused(2, "--quiet", "readme-push", "acme/app").err)

    def test_need_both_words(self):
        for arguments in (["readme"], ["readme", "pull", "acme/app"], ["help", "readme"], ["help", "readme", "pull"]):
            self.assertIn('There is no module or command "readme"', self.refused(2, *arguments).err, arguments)

    def test_are_not_meant_by_an_empty_word(self):
        for arguments in ([""], ["help", ""]):
            self.assertIn('There is no module or command ""', self.refused(2, *arguments).err, arguments)

    def test_leave_first_words_to_whom_they_belong(self):
        for arguments in (["untag", "layout", "--help"], ["help", "untag", "layout"]):
            self.assertEqual(self.ok(*arguments).out, self.ok("untag", "--help").out, arguments)
        self.ok("alias", "set", "readme", "demo", "echo", "--text")
        self.assertIn("push", self.ok("-o", "data", "readme", "push").out)

    def test_are_completed(self):
        self.assertEqual(self.words("readme", ""), ["push"])
        self.assertEqual(self.words("image", "con"), ["config"])
        self.assertEqual(self.words("readme", "push", "acme/app", "--lin"), ["--links"])
        self.assertEqual(self.words("nobody", ""), [])


class OfDeletions(CliTest):
    def test_need_the_gate_and_a_consent(self):
        untag = ("untag", "127.0.0.1:1/team/app", "old")
        self.assertIn("--allow-destructive", self.refused(6, *untag).err)
        self.assertIn("--allow-destructive", self.refused(6, "--yes", *untag).err)
        self.assertIn("Delete the tag 'old' of '127.0.0.1:1/team/app'", self.refused(6, "--allow-destructive", *untag).err)

    def test_take_a_name_in_one_word(self):
        told = self.refused(6, "--allow-destructive", "untag", "127.0.0.1:1/team/app:old").err
        self.assertIn("Delete the tag 'old' of '127.0.0.1:1/team/app'", told)
        self.assertIn("no rule says what may go", self.refused(2, "prune", "acme/app").err)

    def test_take_no_tag_in_the_place_of_a_repository(self):
        sure = ("--allow-destructive", "--yes", "untag")
        self.assertIn('"old"', self.refused(2, *sure, "team/app:old", "old").err)
        self.assertIn("tag", self.refused(2, *sure, "team/app").err)

    def layout(self, name):
        """An image layout, by a path from where the program runs, with one manifest under the tag v1."""
        folder = self.home.work / name
        folder.mkdir()
        (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [
            {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:" + "0" * 64, "size": 2,
             "annotations": {"org.opencontainers.image.ref.name": "v1"}}]}))
        return folder

    def test_of_a_layout_name_its_folder(self):
        for name in ("prod", "build"):
            folder = self.layout(name)
            told = self.ok("--allow-destructive", "--yes", "untag", f"oci:{name}:v1").err
            self.assertIn(f"Take the tag 'v1' from the image layout (oci:{name})", told)
            self.assertEqual(json.loads((folder / "index.json").read_text())["manifests"], [])

    def test_of_a_layout_are_refused_before_anybody_is_asked(self):
        self.layout("build")
        (self.home.work / "other").mkdir()
        (self.home.work / "other" / "letter").write_text("dear")
        for place, why in (("oci:build", "names no tag"), ("oci:typo:v1", "no image layout at typo"),
                           ("oci:other:v1", "no image layout at other"), ("oci-archive:a.tar:v1", "oci:DIR:TAG only"),
                           ("docker-archive:a.tar:app:v1", "oci:DIR:TAG only"), ("dir:build", "oci:DIR:TAG only")):
            with self.subTest(place=place):
                # Without a terminal a question would end with the exit code 6.
                self.assertIn(why, self.refused(2, "--allow-destructive", "untag", place).err)
        self.assertFalse((self.home.work / "typo").exists())
        self.assertNotIn("archive", self.ok("untag-layout", "--help").out)

    def test_plan_first(self):
        self.assertIn("no rule says what may go", self.refused(2, "prune", "acme", "app").err)
        text = self.ok("prune", "--help").out
        self.assertIn("dockerhub [options] prune <namespace> <repository>", text)
        self.assertIn("repos cleanup", text)
        self.assertIn("registry delete-tag", self.ok("untag", "--help").out)


class OfLists(CliTest):
    PAGE, ALL = 1000, 10_000
    TAGS = "/v2/team/app/tags/list"

    def test_show_the_first_of_many_tags_before_the_second_page_is_there(self):
        names = [f"t{number:05}" for number in range(self.ALL)]
        first_line_is_read = threading.Event()

        def page(request):
            begin = int(request.target.partition("last=t")[2].partition("&")[0] or "-1") + 1
            end = begin + self.PAGE
            link = f'<{self.TAGS}?last={names[end - 1]}&n={self.PAGE}>; rel="next"'
            told = answer(200, json.dumps({"name": "team/app", "tags": names[begin:end]}),
                          [("Content-Type", "application/json")] + ([("Link", link)] if end < self.ALL else []))
            return [told] if begin == 0 else [first_line_is_read, told]
        server = ScriptedServer(page)
        self.addCleanup(server.close)
        self.addCleanup(first_line_is_read.set)
        process = self.start("tags", f"{server.authority}/team/app", "--all-pages")
        has_said_something = select.select([process.stdout], [], [], DEADLINE)[0]
        self.assertTrue(has_said_something, "no line while the second page is waited for")
        self.assertEqual(process.stdout.readline().decode(), names[0] + "\n")
        self.assertIsNone(process.poll())
        first_line_is_read.set()
        self.assertEqual(process.stdout.read().decode().splitlines(), names[1:])
        self.assertEqual((process.wait(DEADLINE), process.stderr.read()), (0, b""))
        self.assertEqual(len([one for one in server.requests if one.path == self.TAGS]), self.ALL // self.PAGE)


if __name__ == "__main__":
    unittest.main()
