#include "json_parts.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

TEST(WithMember, AddsAtTheEnd) {
  EXPECT_EQ(with_member(sdk::Json::raw("{}"), "a", 1).text(), R"({"a":1})");
  EXPECT_EQ(with_member({{"a", 1}}, "b", nullptr).text(), R"({"a":1,"b":null})");
}

}  // namespace
}  // namespace dockerhub::scout
