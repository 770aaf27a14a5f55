// The prompts, resources and completions of the modules for Docker's hosts: what they name is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <dockerhub/sdk/filled_text.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>

#include "auth/prompts.hpp"
#include "built_manifest.hpp"
#include "call/steps.hpp"
#include "hub/completion_sources.hpp"
#include "org/prompts.hpp"
#include "repos/prompts.hpp"
#include "scout/prompts.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

struct Case {
  const char* module;
  const char* prompt;
  std::string_view aim;
  std::span<const sdk::Step> steps;
};

const std::array<Case, 5> kCases = {
    {{"hub_repos", "release_check", repos::kReleaseAim, repos::kReleaseCheck},
     {"hub_repos", "cleanup_plan", repos::kCleanupAim, repos::kCleanupPlan},
     {"hub_org", "access_review", org::kReviewAim, org::kAccessReview},
     {"hub_scout", "vulnerability_triage", scout::kTriageAim, scout::kTriage},
     {"hub_auth", "token_rotation", auth::kRotationAim, auth::kTokenRotation}}};

const Action* find_action(std::string_view tool, std::string_view action) {
  return test::built_manifest(std::string(tool)).tools.at(0).find_action(action);
}

// A value that every argument may have.
const sdk::Params& sample_arguments() {
  static const sdk::Params kArguments(
      R"({"namespace": "acme", "repository": "app", "repo": "acme/app", "tag": "1.1",
          "previous_tag": "1.0", "reference": "1.1", "severity": "high", "org": "acme", "days": "7",
          "inactive_days": "60", "older_than": "30d", "keep_newest": "5",
          "keep_releases": "latest_patch", "digest": "sha256:ab", "value": "a"})");
  return kArguments;
}

class PromptOfAModule : public testing::TestWithParam<Case> {};

TEST_P(PromptOfAModule, IsListedWithItsArguments) {
  const auto& prompts = test::built_manifest(std::string(GetParam().module)).prompts;
  const auto found = std::find_if(prompts.begin(), prompts.end(), [&](const PromptInfo& prompt) {
    return prompt.name == GetParam().prompt;
  });
  ASSERT_NE(found, prompts.end());
  EXPECT_FALSE(found->title.empty());
  EXPECT_FALSE(found->arguments.empty());
}

TEST_P(PromptOfAModule, NamesActionsThatAreThereWithParametersThatTheyTake) {
  for (const sdk::Step& step : GetParam().steps) {
    if (step.tool.empty()) continue;
    const Action* action = find_action(step.tool, step.action);
    ASSERT_NE(action, nullptr) << step.tool << " " << step.action;
    const auto params = sdk::filled(step.params, sample_arguments());
    ASSERT_TRUE(params) << step.params;
    const auto valid = validate(*action, *params);
    EXPECT_TRUE(valid) << *params << ": " << (valid ? "" : valid.error().message);
  }
}

TEST_P(PromptOfAModule, LeavesToTheUserWhatChangesSomething) {
  for (const sdk::Step& step : GetParam().steps) {
    if (step.tool.empty()) continue;
    const Action* action = find_action(step.tool, step.action);
    ASSERT_NE(action, nullptr);
    const auto valid = validate(*action, sdk::filled(step.params, sample_arguments()).value());
    ASSERT_TRUE(valid);
    if (valid->effect == Effect::read) continue;
    const bool is_left = step.text.find("user decides") != std::string_view::npos ||
                         step.text.find("dry_run") != std::string_view::npos;
    EXPECT_TRUE(is_left) << step.text;
  }
}

TEST_P(PromptOfAModule, SaysWhoDecides) {
  std::string all(GetParam().aim);
  for (const sdk::Step& step : GetParam().steps) all += step.text;
  EXPECT_THAT(all, HasSubstr("user decides"));
}

INSTANTIATE_TEST_SUITE_P(Each, PromptOfAModule, testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.prompt); });

TEST(CompletionSources, AreActionsThatReadWithParametersThatTheyTake) {
  for (const hub::CompletionSource& source : hub::kCompletionSources) {
    const Action* action = find_action(source.tool, source.action);
    ASSERT_NE(action, nullptr) << source.tool << " " << source.action;
    const auto valid = validate(*action, sdk::filled(source.params, sample_arguments()).value());
    ASSERT_TRUE(valid) << source.params;
    EXPECT_EQ(valid->effect, Effect::read) << source.action;
  }
}

TEST(CompletionSources, AreThereForAllNamesThatDockerHubKnows) {
  // What a person makes up: ages, numbers, choices.
  const std::set<std::string> free = {"days",       "inactive_days", "keep_newest",
                                      "older_than", "keep_releases", "severity"};
  std::set<std::string> known = {"repo"};
  for (const hub::CompletionSource& source : hub::kCompletionSources)
    known.emplace(source.argument);
  for (const char* module : {"hub_admin", "hub_auth", "hub_org", "hub_repos", "hub_scout"}) {
    const Manifest& manifest = test::built_manifest(std::string(module));
    for (const PromptInfo& prompt : manifest.prompts) {
      for (const PromptArgument& argument : prompt.arguments)
        EXPECT_NE(known.count(argument.name), free.count(argument.name)) << argument.name;
    }
    for (const ResourceInfo& row : manifest.resource_templates) {
      for (auto place = sdk::next_place(row.uri, 0); place;
           place = sdk::next_place(row.uri, place->end))
        EXPECT_EQ(known.count(std::string(place->name)), 1U) << row.uri;
    }
  }
}

TEST(Resources, AreThoseOfRepositoriesImagesAndLimits) {
  std::set<std::string> uris;
  for (const char* module : {"hub_admin", "hub_auth", "hub_org", "hub_repos", "hub_scout"}) {
    for (const ResourceInfo& row : test::built_manifest(std::string(module)).resources)
      uris.insert(row.uri);
    for (const ResourceInfo& row : test::built_manifest(std::string(module)).resource_templates)
      uris.insert(row.uri);
  }
  EXPECT_THAT(uris,
              testing::ElementsAre("dockerhub://image/{repo}@{digest}/sbom", "dockerhub://limits",
                                   "dockerhub://repo/{namespace}/{repository}",
                                   "dockerhub://repo/{namespace}/{repository}/readme",
                                   "dockerhub://repo/{namespace}/{repository}/tags"));
}

}  // namespace
}  // namespace dockerhub
