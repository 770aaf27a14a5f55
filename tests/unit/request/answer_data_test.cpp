#include "request/answer_data.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

http::Answer answer(std::string_view type, std::string body) {
  http::Answer answer;
  answer.response.status_code = 200;
  answer.response.headers.add("Content-Type", type);
  answer.body = std::move(body);
  return answer;
}

TEST(AnswerData, IsTheJsonAsItCame) {
  EXPECT_EQ(answer_data(answer("application/json; charset=utf-8", "{\"a\": 1.0}"), "json"),
            "{\"a\": 1.0}");
  EXPECT_EQ(answer_data(answer("application/scim+json", "[null]"), "json"), "[null]");
}

TEST(AnswerData, IsNullForAnEmptyBody) {
  EXPECT_EQ(answer_data(answer("application/json", ""), "json"), "null");
}

TEST(AnswerData, IsTextWhereItIsNoJson) {
  EXPECT_EQ(answer_data(answer("application/json", "{broken"), "json"), "\"{broken\"");
  EXPECT_EQ(answer_data(answer("text/csv", "a,b\n"), "json"), "\"a,b\\n\"");
  EXPECT_EQ(answer_data(answer("application/json", "{}"), "text"), "\"{}\"");
}

TEST(AnswerData, IsBase64WhereItIsNoText) {
  EXPECT_EQ(answer_data(answer("application/octet-stream", "\xff\xfe"), "json"),
            R"({"encoding":"base64","data":"//4=","size":2})");
  EXPECT_EQ(answer_data(answer("text/plain", "ab"), "bytes"),
            R"({"encoding":"base64","data":"YWI=","size":2})");
}

}  // namespace
}  // namespace dockerhub
