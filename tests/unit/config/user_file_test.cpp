#include "config/user_file.hpp"

#include <gtest/gtest.h>

#include "config/yaml_file.hpp"

namespace dockerhub {
namespace {

std::string read(std::string_view text) {
  const auto file = parse_user_file(text, "c.yaml");
  if (!file) return file.error().message + " | " + file.error().hint;
  std::string out;
  for (const auto& entry : file->entries) {
    out += std::to_string(entry.line) + " " + std::string(entry.setting->key) + "=[" + entry.text +
           "]\n";
  }
  for (const auto& entry : file->modules) {
    out +=
        std::to_string(entry.line) + " " + entry.module + "." + entry.key + "=" + entry.json + "\n";
  }
  return out;
}

bool begins(const std::string& text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

TEST(UserFile, ReadsSectionsWithLines) {
  EXPECT_EQ(read("safety:\n  allow_destructive: true\n\nlog:\n  level: info\n"),
            "2 safety.allow_destructive=[true]\n5 log.level=[info]\n");
}

TEST(UserFile, MayBeEmpty) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("# nothing\n"), "");
  EXPECT_EQ(read("safety:\nmodules:\n"), "");
  EXPECT_EQ(read("log:\n  level:\n"), "");
}

TEST(UserFile, TakesListsInBothForms) {
  EXPECT_EQ(read("plugins:\n  path: [/a, /b]\n"), "2 plugins.path=[/a:/b]\n");
  EXPECT_EQ(read("plugins:\n  path: /a:/b\n"), "2 plugins.path=[/a:/b]\n");
  EXPECT_TRUE(begins(read("plugins:\n  path:\n    - /a:/b\n"), "c.yaml:3: "));
}

TEST(UserFile, NamesTheLikelySection) {
  const std::string refused = read("log:\n  level: info\nsaftey:\n  confirm: ask\n");
  EXPECT_TRUE(begins(refused, "c.yaml:3: unknown section \"saftey\" | Did you mean safety?"))
      << refused;
}

TEST(UserFile, NamesTheLikelyKey) {
  const std::string refused = read("safety:\n  allow-destructiv: true\n");
  EXPECT_TRUE(begins(refused,
                     "c.yaml:2: unknown key in section safety: \"allow-destructiv\" | Did you mean "
                     "allow_destructive?"))
      << refused;
}

TEST(UserFile, RefusesValuesOfAnotherForm) {
  EXPECT_TRUE(begins(read("log: info\n"), "c.yaml:1: log is not a section"));
  EXPECT_TRUE(begins(read("log:\n  level: [info]\n"), "c.yaml:2: log.level is not a single value"));
  EXPECT_TRUE(begins(read("- log\n"), "c.yaml:1: not a list of sections"));
  EXPECT_TRUE(begins(read("modules: [a]\n"), "c.yaml:1: modules is not a section"));
  EXPECT_TRUE(begins(read("modules:\n  demo: 3\n"), "c.yaml:2: modules.\"demo\" is not a section"));
}

TEST(UserFile, RefusesANameThatIsThereTwice) {
  EXPECT_TRUE(begins(read("log:\n  level: info\nlog:\n  level: debug\n"),
                     "c.yaml:3: \"log\" is there twice"));
  EXPECT_TRUE(
      begins(read("log:\n  level: info\n  level: debug\n"), "c.yaml:3: \"level\" is there twice"));
}

TEST(UserFile, GivesModulesTheirValuesAsJson) {
  EXPECT_EQ(read("modules:\n  hub_demo:\n    a: text\n    b: 12\n    c: true\n    d: '12'\n    e: "
                 "[1, x, null]\n"
                 "    f: {g: 1.5}\n    h: ~\n    i: yes\n    j: 01\n"),
            "3 hub_demo.a=\"text\"\n4 hub_demo.b=12\n5 hub_demo.c=true\n6 hub_demo.d=\"12\"\n"
            "7 hub_demo.e=[1,\"x\",null]\n8 hub_demo.f={\"g\":1.5}\n10 hub_demo.i=\"yes\"\n11 "
            "hub_demo.j=\"01\"\n");
}

TEST(UserFile, NamesTheLineOfBrokenYaml) {
  EXPECT_TRUE(begins(read("log:\n  level: [info\nx: 1\n"), "c.yaml:3: not valid YAML"));
  const std::string refused = read("log:\n\tlevel: info\n");
  EXPECT_TRUE(begins(refused, "c.yaml:2: not valid YAML")) << refused;
}

TEST(UserFile, RefusesASecondDocument) {
  EXPECT_TRUE(begins(read("log:\n  level: info\n---\nsafety:\n  confirm: never\n"),
                     "c.yaml:4: a second document"));
}

TEST(UserFile, RefusesAliases) {
  EXPECT_TRUE(begins(read("modules:\n  a: &a\n    b: *a\n"), "c.yaml:3: an alias"));
}

TEST(UserFile, RefusesMoreValuesThanAPersonWrites) {
  std::string text = "modules:\n  a:\n    b: [";
  for (std::size_t i = 0; i < yaml::kMaxNodes; ++i) text += "1,";
  EXPECT_NE(read(text + "1]\n").find("too many values"), std::string::npos);
}

TEST(UserFile, RefusesNamesThatAreNoText) {
  EXPECT_TRUE(begins(read("modules:\n  [a]: b\n"), "c.yaml:2: a name that is not text"));
}

TEST(UserFile, RefusesDeepNesting) {
  EXPECT_NE(read("modules:\n  a:\n    b: " + std::string(40, '[') + std::string(40, ']') + "\n")
                .find("nested too deep"),
            std::string::npos);
  EXPECT_TRUE(begins(read(std::string(100'000, '[')), "c.yaml:1: "));
}

}  // namespace
}  // namespace dockerhub
