#include "joined_names.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using Words = std::vector<std::string>;

Words apart(const Words& parameters, const Words& words) {
  Action action;
  action.positionals = parameters;
  return names_apart(action, words);
}

TEST(JoinedNames, OfANamespaceAndARepositoryAreTwoWords) {
  const Words parameters = {"namespace", "repository", "tag"};
  EXPECT_EQ(apart(parameters, {"acme/app", "old"}), (Words{"acme", "app", "old"}));
  EXPECT_EQ(apart(parameters, {"acme", "app", "old"}), (Words{"acme", "app", "old"}));
  EXPECT_EQ(apart(parameters, {"acme", "a/b"}), (Words{"acme", "a/b"})) << "the first of two only";
}

TEST(JoinedNames, OfARepositoryAndATagAreTwoWords) {
  const Words parameters = {"repo", "tag"};
  EXPECT_EQ(apart(parameters, {"acme/app:old"}), (Words{"acme/app", "old"}));
  EXPECT_EQ(apart(parameters, {"localhost:5000/app:old"}), (Words{"localhost:5000/app", "old"}));
  for (const char* whole : {"localhost:5000/app", "app", "app@sha256:12", "app:1@sha256:12"})
    EXPECT_EQ(apart(parameters, {whole}), (Words{whole}));
}

TEST(JoinedNames, OfOtherParametersStayAsTheyAre) {
  EXPECT_EQ(apart({"repo", "reference"}, {"acme/app:old"}), (Words{"acme/app:old"}));
  EXPECT_EQ(apart({"namespace"}, {"acme/app"}), (Words{"acme/app"}));
  EXPECT_EQ(apart({"repo", "tag"}, {"@file:1"}), (Words{"@file:1"}));
  EXPECT_EQ(apart({}, {"a/b", "c"}), (Words{"a/b", "c"}));
}

}  // namespace
}  // namespace dockerhub::cli
