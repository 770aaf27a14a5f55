#include "json_parts.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

TEST(WithMember, AddsAtTheEnd) {
  EXPECT_EQ(with(sdk::Json::raw("{}"), {{"a", 1}}).text(), R"({"a":1})");
  EXPECT_EQ(with({{"a", 1}}, {{"b", nullptr}, {"c", 2}}).text(), R"({"a":1,"b":null,"c":2})");
}

}  // namespace
}  // namespace dockerhub::scout
