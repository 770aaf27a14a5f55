// What a module that is not part of the installation says of itself, and to whoever has to approve.
#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class ForeignModule : public testing::Test {
 protected:
  ForeignModule() { kernel.trust("hostile_texts.so"); }

  Caller noting(bool approves = true) {
    Caller caller;
    caller.elicitation = true;
    caller.approve = [this, approves](const Question& question) {
      asked.push_back(question);
      return approves ? Decision::approved : Decision::denied;
    };
    caller.answer = [this](const Question& question) -> Result<std::string> {
      asked.push_back(question);
      return std::string(R"({"action":"accept","content":{"name":"Ada"}})");
    };
    return caller;
  }
  CallResult run(const std::string& action, const std::string& params = "{}") {
    return kernel->call(request("hostile_texts", action, params), noting());
  }

  // Longer than what a question quotes of a value.
  const std::string secret = "canary-" + std::string(120, 's');
  TestKernel kernel{{{"DOCKERHUB_ALLOW_DESTRUCTIVE", "True"}, {"DOCKERHUB_SCIM_TOKEN", secret}}};
  std::vector<Question> asked;
};

TEST_F(ForeignModule, HidesNothingInItsTexts) {
  const auto catalogue = kernel->catalogue();
  const Tool* tool = catalogue->find_tool("hostile_texts");
  ASSERT_NE(tool, nullptr);
  EXPECT_EQ(tool->title, "Nice\\u001b[2J");
  EXPECT_EQ(tool->summary, "Sum\\u202emary");
  EXPECT_EQ(tool->description, "One\nTwo\\u202e");
  const Action& action = tool->actions.front();
  EXPECT_EQ(action.summary, "Des\\u202etroys");
  EXPECT_EQ(action.parameters.front().description, "A\\u202e note");
  EXPECT_EQ(action.examples.front(), R"({"note":"a\\u202eb"})");
}

TEST_F(ForeignModule, IsNamedWithItsPublisherAndOursAreNot) {
  const auto catalogue = kernel->catalogue();
  EXPECT_EQ(catalogue->find_tool("hostile_texts")->publisher, "Evil\\u202e Ltd");
  EXPECT_EQ(catalogue->find_tool("demo")->publisher, "");
  const CallResult described = run("describe");
  EXPECT_THAT(data_of(described), HasSubstr(R"("publisher":"Evil\\u202e Ltd")"));
}

TEST_F(ForeignModule, AnApprovalQuotesTheBeginningOfAValue) {
  const std::string long_value(5000, 'a');
  EXPECT_FALSE(run("destroy", R"({"note":")" + long_value + R"(","other":"b"})").error);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_THAT(asked[0].text, HasSubstr("'" + std::string(80, 'a') + "... (5000 bytes)'"));
  EXPECT_THAT(asked[0].text, HasSubstr("other = 'b'"));
}

TEST_F(ForeignModule, AnApprovalQuotesNoPartOfASecret) {
  for (const std::string& value : {secret, std::string(40, 'a') + secret}) {
    asked.clear();
    EXPECT_FALSE(run("destroy", R"({"note":")" + value + R"("})").error);
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_THAT(asked[0].text, HasSubstr("***redacted***'"));
    EXPECT_THAT(asked[0].text, Not(HasSubstr("canary")));
  }
}

TEST_F(ForeignModule, AConsentHoldsForTheWholeValueAllTheSame) {
  const std::string long_value(5000, 'a');
  run("destroy", R"({"note":")" + long_value + R"(b"})");
  run("destroy", R"({"note":")" + long_value + R"(c"})");
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].text, asked[1].text);
  EXPECT_NE(asked[0].key, asked[1].key);
}

TEST_F(ForeignModule, AnApprovalHasABound) {
  EXPECT_FALSE(run("approve").error);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].text, std::string(1024, 'x') + "... (5000 bytes)");
  EXPECT_EQ(asked[0].target, "") << "it is to be typed by nobody";
}

TEST_F(ForeignModule, HidesNothingInAQuestion) {
  EXPECT_FALSE(run("ask").error);
  ASSERT_EQ(asked.size(), 1U);
  const auto question = parsed(asked[0].request);
  EXPECT_STREQ(question["message"].GetString(), "Your\\u202e name?");
  EXPECT_STREQ(question["schema"]["properties"]["name"]["title"].GetString(), "Na\\u202eme");
}

TEST_F(ForeignModule, MayNotAskWithChoicesThatHideSomething) {
  const CallResult result = run("choose");
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::module_fault);
  EXPECT_THAT(result.error->message, HasSubstr("characters hide"));
  EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace dockerhub::test
