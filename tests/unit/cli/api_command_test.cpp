#include "api_command.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

std::string items_of_api(const char* surface, const char* named = "") {
  RawRequest request;
  request.surface = surface;
  request.items_key = named;
  return answer_of(request).items_key;
}

TEST(ApiCommand, KnowsTheListInAPageOfEachApi) {
  EXPECT_EQ(items_of_api("hub"), "results");
  EXPECT_EQ(items_of_api("scim"), "resources");
  EXPECT_EQ(items_of_api("registry"), "tags");
  EXPECT_EQ(items_of_api("registry", "repositories"), "repositories");
}

TEST(ApiCommand, RefusesOptionsThatMeanNothingToIt) {
  GlobalOptions options;
  options.members = "name";
  EXPECT_TRUE(check_api_options(options));
  GlobalOptions handing;
  handing.to = "cat";
  EXPECT_FALSE(check_api_options(handing));
}

}  // namespace
}  // namespace dockerhub::cli
