#include "modules/schema_references.hpp"

#include <gmock/gmock.h>

#include "modules/manifest.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

std::string problem_of(const std::string& schema) {
  const auto document = json::parse(schema);
  EXPECT_TRUE(document) << schema;
  return bad_reference(*document).value_or("none");
}

TEST(SchemaReferences, MayLeadToDefinitionsOfTheSchemaItself) {
  EXPECT_EQ(
      problem_of(R"({"$defs":{"a":{"type":"string"}},"properties":{"p":{"$ref":"#/$defs/a"}}})"),
      "none");
  EXPECT_EQ(
      problem_of(
          R"({"properties":{"child":{"properties":{"next":{"$ref":"#/properties/child"}}}}})"),
      "none");
}

TEST(SchemaReferences, ThatGoInACircleWouldNeverEnd) {
  EXPECT_THAT(problem_of(R"({"properties":{"a":{"$ref":"#/properties/a"}}})"), HasSubstr("circle"));
  EXPECT_THAT(problem_of(R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})"),
              HasSubstr("circle"));
}

TEST(SchemaReferences, LeadNeitherOutsideNorNowhere) {
  EXPECT_THAT(problem_of(R"({"$ref":"https://example.com/schema.json"})"), HasSubstr("outside"));
  EXPECT_THAT(problem_of(R"({"items":[{"$ref":"file:///etc/passwd"}]})"), HasSubstr("outside"));
  EXPECT_THAT(problem_of(R"({"$ref":"#/$defs/missing"})"), HasSubstr("nowhere"));
}

TEST(ReservedNames, AreNoToolsNames) {
  for (const char* name : {"plugin", "help", "resources", "login", "describe"}) {
    const auto manifest =
        parse_manifest(std::string(R"({"manifest":1,"name":"hub_x","version":"1","abi":"1.0",
        "tools":[{"name":")") +
                           name + R"(","actions":[]}]})",
                       {});
    ASSERT_FALSE(manifest) << name;
    EXPECT_THAT(manifest.error().message, HasSubstr("reserved"));
  }
}

}  // namespace
}  // namespace dockerhub
