#include "problem.hpp"

#include <gtest/gtest.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

std::vector<Problem> problems(const char* errors) {
  return read_problems(test::json(std::string(R"({"errors":)") + errors + "}"));
}

TEST(Problem, HasItsStatusAsANumberOrAsAWord) {
  EXPECT_EQ(problems(R"([{"message":"m","extensions":{"status":402}}])").at(0).status, 402);
  EXPECT_EQ(problems(R"([{"extensions":{"status":"FORBIDDEN"}}])").at(0).status, 403);
  EXPECT_EQ(problems(R"([{"extensions":{"code":"UNAUTHENTICATED"}}])").at(0).status, 401);
  EXPECT_EQ(problems(R"([{"extensions":{"status":7}}])").at(0).status, 0);
  EXPECT_EQ(problems(R"([{"message":"m"}])").at(0).status, 0);
}

TEST(Problem, NamesThePlaceInTheAnswer) {
  EXPECT_EQ(problems(R"([{"path":["a",0,"b"]}])").at(0).path, "a.0.b");
}

TEST(Problem, IsReadFromStrangeAnswers) {
  EXPECT_TRUE(problems("{}").empty());
  EXPECT_TRUE(problems("null").empty());
  EXPECT_EQ(problems(R"([1,null,"x"])").size(), 3U);
}

TEST(Problem, MayMeanThatAnotherSourceCanDo) {
  EXPECT_TRUE(is_refusal(problems(R"([{"message":"x"},{"extensions":{"status":403}}])")));
  EXPECT_FALSE(is_refusal(problems(R"([{"extensions":{"status":500}}])")));
  EXPECT_FALSE(is_refusal({}));
}

}  // namespace
}  // namespace dockerhub::scout
