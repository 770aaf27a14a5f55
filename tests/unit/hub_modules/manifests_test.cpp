// What holds for the rows of every module for Docker's hosts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "built_manifest.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

using testing::IsEmpty;
using testing::StartsWith;

class HubModule : public testing::TestWithParam<const char*> {
 protected:
  const Manifest& manifest = test::built_manifest(GetParam());
};

TEST_P(HubModule, HasNoRowThatTheKernelRefuses) {
  EXPECT_THAT(manifest.refused_actions, IsEmpty());
  EXPECT_EQ(manifest.tools.size(), 1U);
  EXPECT_EQ(manifest.tools.at(0).name, GetParam());
}

TEST_P(HubModule, HasAToggle) {
  EXPECT_EQ(manifest.toggles.size(), 1U);
}

TEST_P(HubModule, ShowsAnExampleOfEachActionThatTheKernelAccepts) {
  for (const Action& action : manifest.tools.at(0).actions) {
    EXPECT_FALSE(action.examples.empty()) << action.name;
    for (const std::string& example : action.examples) {
      const auto valid = validate(action, example);
      EXPECT_TRUE(valid) << action.name << ": " << (valid ? "" : valid.error().message);
    }
  }
}

TEST(TheScoutTool, IsMarkedAsUndocumented) {
  const Manifest& manifest = test::built_manifest("hub_scout");
  EXPECT_THAT(manifest.tools.at(0).description, testing::HasSubstr("undocumented"));
}

TEST_P(HubModule, NamesEachActionForToolsOfTheirOwn) {
  std::set<std::string> names;
  for (const Action& action : manifest.tools.at(0).actions) {
    EXPECT_THAT(action.verbose_name, StartsWith("dockerhub_")) << action.name;
    EXPECT_TRUE(names.insert(action.verbose_name).second) << action.verbose_name;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, HubModule,
                         testing::Values("hub_admin", "hub_audit", "hub_auth", "hub_org",
                                         "hub_registry", "hub_repos", "hub_scim", "hub_scout",
                                         "hub_teams"),
                         [](const auto& module) { return std::string(module.param); });

const Action& delete_manifest(const Manifest& manifest) {
  return *manifest.tools.at(0).find_action("delete_manifest");
}

TEST(DeleteManifestRow, IsDestructiveAndAsksByTheNameOfTheRepository) {
  const Manifest& manifest = test::built_manifest("hub_registry");
  const Action& row = delete_manifest(manifest);
  EXPECT_EQ(row.effect, Effect::destructive);
  EXPECT_TRUE(row.dry_run_by_handler);
  EXPECT_EQ(row.confirm_target, "{repo}");
}

TEST(DeleteManifestRow, RefusesWhatIsNoNameBeforeAnybodyIsAsked) {
  const Manifest& manifest = test::built_manifest("hub_registry");
  const Action& row = delete_manifest(manifest);
  const std::string digest = "sha256:" + std::string(64, 'a');
  const auto accepts = [&](const std::string& repo, const std::string& reference) {
    return validate(row, R"({"repo":")" + repo + R"(","reference":")" + reference + R"("})")
        .has_value();
  };
  for (const char* repo : {"alpine", "box:5000/a/b", "[::1]:5000/a", "quay.io/a__b/c--d"}) {
    EXPECT_TRUE(accepts(repo, "v1")) << repo;
  }
  for (const char* repo :
       {"", "Alpine", "a//b", "a/../b", "a b", "https://quay.io/a", "a/b:", "a/b:v1", "a?b"}) {
    EXPECT_FALSE(accepts(repo, "v1")) << repo;
  }
  for (const std::string& reference :
       {std::string("v1"), std::string("_x.y-z"), digest, "v1@" + digest}) {
    EXPECT_TRUE(accepts("a", reference)) << reference;
  }
  for (const char* reference : {"", ".x", "a/b", "a b", "sha256:", "v1@v2"}) {
    EXPECT_FALSE(accepts("a", reference)) << reference;
  }
  EXPECT_FALSE(validate(row, R"({"repo":"a"})"));
}

TEST(VerbatimRows, AreThoseWhoseBytesHaveADigest) {
  const Manifest& manifest = test::built_manifest("hub_registry");
  std::set<std::string> verbatim;
  for (const Action& action : manifest.tools.at(0).actions) {
    if (action.answer.verbatim) verbatim.insert(action.name);
  }
  EXPECT_EQ(verbatim, (std::set<std::string>{"get_blob", "get_manifest"}));
}

}  // namespace
}  // namespace dockerhub
