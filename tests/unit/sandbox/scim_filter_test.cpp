#include "hub/scim/filter.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace dockerhub::sandbox {
namespace {

// Whether a user with these attributes fits the filter; the attribute `emails` has two values.
bool fits(std::string_view filter) {
  const std::map<std::string, std::vector<std::string>, std::less<>> user = {
      {"userName", {"Anna@Example.com"}},
      {"active", {"true"}},
      {"emails", {"one@x", "two@x"}},
      {"name.givenName", {"Anna \"A\""}}};
  const Result<ScimFilter> parsed = ScimFilter::parse(filter);
  EXPECT_TRUE(parsed) << filter << ": " << (parsed ? "" : parsed.error().message);
  return parsed && parsed->fits([&](std::string_view attribute) {
    const auto found = user.find(attribute);
    return found == user.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(ScimFilter, ComparesWithoutRegardToCase) {
  EXPECT_TRUE(fits(R"(userName eq "anna@example.COM")"));
  EXPECT_TRUE(fits(R"(userName EQ "anna@example.com")"));
  EXPECT_FALSE(fits(R"(userName eq "anna")"));
  EXPECT_TRUE(fits(R"(userName sw "anna")"));
  EXPECT_TRUE(fits(R"(userName co "EXAMPLE")"));
  EXPECT_TRUE(fits(R"(userName ne "anna")"));
  EXPECT_TRUE(fits("active eq True"));
}

TEST(ScimFilter, OneOfSeveralValuesIsEnough) {
  EXPECT_TRUE(fits(R"(emails eq "two@x")"));
  EXPECT_FALSE(fits(R"(emails ne "two@x")"));
}

TEST(ScimFilter, WhatIsNotThereFitsNothingButNe) {
  EXPECT_FALSE(fits(R"(nickName sw "")"));
  EXPECT_TRUE(fits(R"(nickName ne "x")"));
}

TEST(ScimFilter, AndBindsMoreTightlyThanOr) {
  EXPECT_TRUE(fits(R"(active eq true or active eq false and userName eq "x")"));
  EXPECT_FALSE(fits(R"((active eq true or active eq false) and userName eq "x")"));
  EXPECT_TRUE(fits(R"(not (active eq false) and not(userName eq "x"))"));
}

TEST(ScimFilter, AQuoteIsEscapedInAText) {
  EXPECT_TRUE(fits(R"(name.givenName eq "Anna \"A\"")"));
}

TEST(ScimFilter, WhatIsNoFilterIsToldWithItsPlace) {
  for (const char* text : {"", " ", "userName", "userName eq", "userName eq x", R"(userName eq "x)",
                           R"(userName eq "x" and)", R"((userName eq "x")", R"(userName eq "x") )",
                           R"(not userName eq "x")", "userName pr", R"(userName gt "x")",
                           R"(userName eq "\q")", "userName eq null"}) {
    const Result<ScimFilter> parsed = ScimFilter::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_NE(parsed.error().message.find("at character"), std::string::npos);
  }
}

TEST(ScimFilter, DepthIsBounded) {
  const std::string deep(100'000, '(');
  EXPECT_FALSE(ScimFilter::parse(deep));
  std::string negations;
  for (int i = 0; i < 50'000; ++i) negations += "not (";
  EXPECT_FALSE(ScimFilter::parse(negations));
}

}  // namespace
}  // namespace dockerhub::sandbox
