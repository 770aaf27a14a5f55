#include "answer.hpp"

#include <gmock/gmock.h>

namespace dockerhub::rest {
namespace {

using testing::Contains;
using testing::Pair;

web::Response answer(const char* envelope) {
  CallResult result;
  result.envelope = envelope;
  return answer_of(result, "/v1/x");
}

std::string tag_of(web::Response response) {
  put_entity_tag(response, "");
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") return value;
  }
  return {};
}

TEST(Answer, SaysWhatWasMadeByItsStatus) {
  EXPECT_EQ(answer(R"({"status_code":201,"data":{}})").status, 201);
  EXPECT_EQ(answer(R"({"status_code":204,"data":null})").status, 200);
  // The challenge of a log-in with a second factor is an answer.
  EXPECT_EQ(answer(R"({"status_code":401,"data":{}})").status, 200);
}

TEST(Answer, PassesTheRateLimitOn) {
  const web::Response response = answer(
      R"({"status_code":200,"data":1,"rate_limit":{"limit":180,"remaining":"7","reset":null}})");
  EXPECT_THAT(response.headers, Contains(Pair("X-RateLimit-Limit", "180")));
  EXPECT_THAT(response.headers, Contains(Pair("X-RateLimit-Remaining", "7")));
  EXPECT_THAT(response.headers, testing::Not(Contains(Pair("X-RateLimit-Reset", testing::_))));
}

TEST(Answer, NoHeaderHasAnotherLineInIt) {
  const web::Response response =
      answer(R"({"data":1,"rate_limit":{"limit":"1\r\nSet-Cookie: a=b"}})");
  EXPECT_EQ(response.headers.size(), 1U);
}

TEST(EntityTag, IsThatOfTheDataAlone) {
  const std::string tag = tag_of(answer(R"({"data":{"a":1},"rate_limit":{"remaining":5}})"));
  EXPECT_EQ(tag.size(), 68U);
  // Rate limit and warnings are others each time.
  EXPECT_EQ(tag.substr(0, 3), "W/\"");
  EXPECT_EQ(tag_of(answer(R"({"data":{"a":1},"rate_limit":{"remaining":4}})")), tag);
  EXPECT_NE(tag_of(answer(R"({"data":{"a":2},"rate_limit":{"remaining":5}})")), tag);
  EXPECT_NE(tag_of(answer(R"({"data":null,"exists":true})")),
            tag_of(answer(R"({"data":null,"exists":false})")));
}

TEST(EntityTag, ThatTheClientHasSparesItTheAnswer) {
  web::Response response = answer(R"({"data":{"a":1}})");
  put_entity_tag(response, "\"other\", " + tag_of(response));
  EXPECT_EQ(response.status, 304);
  EXPECT_THAT(response.headers, Contains(Pair("Vary", "Accept")));
  EXPECT_EQ(response.body, "");
  EXPECT_TRUE(names_entity_tag("*", "\"a\""));
  EXPECT_FALSE(names_entity_tag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_entity_tag("", "\"a\""));
}

}  // namespace
}  // namespace dockerhub::rest
