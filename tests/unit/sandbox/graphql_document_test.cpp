#include "scout/graphql_document.hpp"

#include <gtest/gtest.h>

namespace dockerhub::sandbox {
namespace {

std::string projected(std::string_view query, std::string_view value,
                      std::string_view variables = "{}") {
  const auto fields = read_query(query);
  if (!fields) return fields.error().message;
  json::Buffer buffer;
  json::Writer writer(buffer);
  const auto document = json::parse(value);
  const auto given = json::parse(variables);
  const Result<void> done = project(*document, *fields, *given, writer);
  return done ? std::string(buffer.GetString(), buffer.GetSize()) : done.error().message;
}

TEST(GraphqlDocument, SelectsFieldsOfObjectsAndLists) {
  EXPECT_EQ(projected("query Q($a: [String!]!) { a, b { c } }",
                      R"({"x":1,"b":[{"c":2,"d":3},{"c":4}],"a":null})"),
            R"({"a":null,"b":[{"c":2},{"c":4}]})");
  EXPECT_EQ(projected("{ a }", R"({"a":1})"), R"({"a":1})");
}

TEST(GraphqlDocument, LeavesOutWhatIsNotIncluded) {
  EXPECT_EQ(projected("{ a @include(if: $x) b @include(if: $y) { c } }", R"({"a":1,"b":{"c":2}})",
                      R"({"x":true,"y":false})"),
            R"({"a":1})");
}

TEST(GraphqlDocument, SelectsFragmentsOfTheValuesType) {
  EXPECT_EQ(
      projected("{ __typename ... on A { a } ... on B { b } }", R"({"__typename":"B","b":1})"),
      R"({"__typename":"B","b":1})");
}

TEST(GraphqlDocument, KnowsWhichVariablesAreArguments) {
  const auto fields = read_query("query Q($c: Context!) { a(context: $c, query: $q) { b } }");
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->at(0).arguments.at("query"), "q");
}

TEST(GraphqlDocument, RefusesAFieldThatThereIsNoneOf) {
  EXPECT_EQ(projected("{ b }", R"({"a":1})"), "Cannot query field \"b\".");
}

TEST(GraphqlDocument, RefusesWhatIsNoQuery) {
  for (const char* document :
       {"", "{", "query", "mutation { a }", "{ a ", "{ a(", "{ a(b: 1) }", "{ a } }",
        "{ ... { a } }", "{ a @skip(if: $x) }", "query Q(", "{ ! }"}) {
    EXPECT_FALSE(read_query(document)) << document;
  }
  EXPECT_FALSE(read_query(std::string(1000, '{')));
}

}  // namespace
}  // namespace dockerhub::sandbox
