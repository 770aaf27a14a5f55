#include <gtest/gtest.h>

#include "registry/base64.hpp"
#include "statement.hpp"

namespace dockerhub::scout {
namespace {

const std::string kStatement =
    R"({"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document",)"
    R"("subject":[{"name":"x","digest":{"sha256":"aa"}},{"digest":{}},7],"predicate":{"n": 1.10}})";

std::string envelope(const std::string& signatures) {
  return R"({"payloadType":"application/vnd.in-toto+json","payload":")" +
         registry::to_base64(kStatement) + R"(","signatures":)" + signatures + "}";
}

TEST(Statement, KeepsItsPredicateAsItStands) {
  const auto statement = read_statement(kStatement);
  ASSERT_TRUE(statement);
  EXPECT_EQ(statement->predicate, R"({"n": 1.10})");
  EXPECT_EQ(statement->predicate_type, "https://spdx.dev/Document");
  EXPECT_TRUE(statement->is_about("sha256:aa"));
  EXPECT_FALSE(statement->is_about("sha256:bb"));
  EXPECT_FALSE(statement->carries_signature);
}

TEST(Statement, MayStandInAnEnvelopeAndInABundle) {
  for (const std::string& text :
       {envelope(R"([{"sig":"x"}])"), R"({"dsseEnvelope":)" + envelope(R"([{"sig":"x"}])") + "}"}) {
    const auto statement = read_statement(text);
    ASSERT_TRUE(statement) << text;
    EXPECT_TRUE(statement->carries_signature);
    EXPECT_TRUE(statement->is_about("sha256:aa"));
  }
  EXPECT_FALSE(read_statement(envelope("[]"))->carries_signature);
}

TEST(Statement, IsNoneOfOtherTexts) {
  for (const char* text :
       {"", "{}", "[]", "x", R"({"_type":"https://in-toto.io/Statement/v1"})",
        R"({"_type":"other","predicate":{}})", R"({"payload":"!!!!"})", R"({"payload":"e30="})"}) {
    EXPECT_FALSE(read_statement(text)) << text;
  }
}

TEST(PredicateType, IsKnownByItsBeginning) {
  EXPECT_TRUE(is_sbom(std::string_view("https://cyclonedx.org/bom/v1.5")));
  EXPECT_TRUE(is_provenance("https://slsa.dev/provenance/v1"));
  EXPECT_FALSE(is_sbom(std::string_view("https://slsa.dev/provenance/v1")));
  EXPECT_EQ(kind_of_predicate("https://example.com/x"), "other");
  EXPECT_EQ(kind_of_predicate(""), "other");
}

}  // namespace
}  // namespace dockerhub::scout
