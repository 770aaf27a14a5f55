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
  EXPECT_EQ(answer_data(answer("text/csv", "a,b\n"), "json"), "\"a,b\\n\"");
  EXPECT_EQ(answer_data(answer("application/json", "{}"), "text"), "\"{}\"");
}

TEST(AnswerData, IsAnErrorWhereItSaysToBeJsonAndIsNot) {
  for (const auto& damaged :
       {answer("application/json", "{broken"), answer("application/json", std::string(1000, '[')),
        answer("text/html", "<html>Log in to the network</html>")}) {
    const auto data = answer_data(damaged, "json");
    ASSERT_FALSE(data);
    EXPECT_EQ(data.error().kind, ErrorKind::api);
    EXPECT_EQ(data.error().status_code, 200);
    EXPECT_EQ(data.error().message.find("broken"), std::string::npos) << "it may hold a secret";
    EXPECT_TRUE(answer_data(damaged, "text"));
  }
}

TEST(AnswerData, IsTheJsonAlsoWhereItIsCalledAPage) {
  EXPECT_EQ(answer_data(answer("text/html", "{}"), "json"), "{}");
}

TEST(AnswerData, IsBase64WhereItIsNoText) {
  EXPECT_EQ(answer_data(answer("application/octet-stream", "\xff\xfe"), "json"),
            R"({"encoding":"base64","data":"//4=","size":2})");
  EXPECT_EQ(answer_data(answer("text/plain", "ab"), "bytes"),
            R"({"encoding":"base64","data":"YWI=","size":2})");
}

TEST(FileHeaders, AreTheTypeAndTheNameAndNoOthers) {
  http::Response response;
  EXPECT_EQ(file_headers(response), "{}");
  response.headers.add("content-type", "text/csv");
  response.headers.add("Content-Disposition", R"(attachment;filename="a.csv")");
  response.headers.add("Set-Cookie", "x");
  EXPECT_EQ(file_headers(response),
            R"({"Content-Type":"text/csv","Content-Disposition":"attachment;filename=\"a.csv\""})");
}

}  // namespace
}  // namespace dockerhub
