#include "answer.hpp"

#include <gmock/gmock.h>

namespace dockerhub::rest {
namespace {

using testing::Contains;
using testing::Pair;

CallResult result(int status_code) {
  CallResult result;
  result.envelope = "{}";
  result.status_code = status_code;
  return result;
}

CallResult limited(const char* limit, const char* remaining = "") {
  CallResult limited = result(web::status::kOk);
  limited.rate_limit = ToldRateLimit{limit, remaining, ""};
  return limited;
}

web::Response answer(const CallResult& result) {
  return answer_of(result, "/v1/x");
}

// The answer's part of an envelope, and what is behind it.
CallResult envelope(const std::string& told, const std::string& behind) {
  CallResult whole = result(web::status::kOk);
  whole.envelope = told + behind;
  whole.answer_size = told.size();
  return whole;
}

std::string tag_of(const CallResult& result) {
  web::Response response = answer(result);
  put_entity_tag(response, result, "");
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") return value;
  }
  return {};
}

TEST(Answer, SaysWhatWasMadeByItsStatus) {
  EXPECT_EQ(answer(result(201)).status, 201);
  EXPECT_EQ(answer(result(204)).status, 200);
  // The challenge of a log-in with a second factor is an answer.
  EXPECT_EQ(answer(result(401)).status, 200);
}

TEST(Answer, PassesTheRateLimitOn) {
  const web::Response response = answer(limited("180", R"("7")"));
  EXPECT_THAT(response.headers, Contains(Pair("X-RateLimit-Limit", "180")));
  EXPECT_THAT(response.headers, Contains(Pair("X-RateLimit-Remaining", "7")));
  EXPECT_THAT(response.headers, testing::Not(Contains(Pair("X-RateLimit-Reset", testing::_))));
}

TEST(Answer, NoHeaderHasAnotherLineInIt) {
  EXPECT_EQ(answer(limited(R"("1\r\nSet-Cookie: a=b")")).headers.size(), 1U);
}

TEST(EntityTag, IsThatOfWhatIsToldAlone) {
  const std::string tag = tag_of(envelope(R"({"data":{"a":1})", R"(,"rate_limit":5})"));
  EXPECT_EQ(tag.size(), 68U);
  EXPECT_EQ(tag.substr(0, 3), "W/\"");
  EXPECT_EQ(tag_of(envelope(R"({"data":{"a":1})", R"(,"rate_limit":4})")), tag);
  EXPECT_NE(tag_of(envelope(R"({"data":{"a":2})", R"(,"rate_limit":5})")), tag);
}

TEST(EntityTag, ThatTheClientHasSparesItTheAnswer) {
  const CallResult told = envelope(R"({"data":{"a":1})", "}");
  web::Response response = answer(told);
  put_entity_tag(response, told, "\"other\", " + tag_of(told));
  EXPECT_EQ(response.status, 304);
  EXPECT_THAT(response.headers, Contains(Pair("Vary", "Accept")));
  EXPECT_EQ(response.body, "");
  EXPECT_TRUE(names_entity_tag("*", "\"a\""));
  EXPECT_FALSE(names_entity_tag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_entity_tag("", "\"a\""));
}

}  // namespace
}  // namespace dockerhub::rest
