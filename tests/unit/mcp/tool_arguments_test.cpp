#include "tool_arguments.hpp"

#include <gmock/gmock.h>

namespace dockerhub::mcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Result<CallOptions> options(std::string_view arguments) {
  const auto given = json::parse(arguments);
  return read_call_options(&*given);
}

TEST(ToolArguments, FieldsAreNames) {
  EXPECT_THAT(options(R"({"fields":["name","id"]})")->fields, ElementsAre("name", "id"));
  EXPECT_THAT(options("{}")->fields, IsEmpty());
  EXPECT_THAT(options(R"({"fields":null})")->fields, IsEmpty());
}

TEST(ToolArguments, FieldsThatAreNoNamesAreRefused) {
  for (const char* wrong : {R"({"fields":"name"})", R"({"fields":[1]})", R"({"fields":{}})"}) {
    const auto read = options(wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().parameter, "fields");
  }
}

}  // namespace
}  // namespace dockerhub::mcp
