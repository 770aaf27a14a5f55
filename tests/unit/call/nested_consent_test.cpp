// A handler's own consent to a write on a named target is good, once, for the same target in an action of its tool
// that it then runs. Everything else is asked about.
#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NestedConsent : public testing::Test {
 protected:
  NestedConsent() : kernel(Variables{{"DOCKERHUB_ALLOW_DESTRUCTIVE", "1"}}) {
    kernel.trust("nested_consents.so");
  }

  // What a person who agrees to everything is asked about, in its order.
  std::vector<std::string> asked_by(const std::string& params) {
    std::vector<std::string> targets;
    Caller caller;
    caller.approve = [&](const Question& question) {
      targets.push_back(question.target);
      return Decision::approved;
    };
    result = kernel->call(request("nested_consents", "agree", params), caller);
    return targets;
  }

  TestKernel kernel;
  CallResult result;
};

TEST_F(NestedConsent, IsGoodForTheSameTargetInTheSameTool) {
  EXPECT_THAT(asked_by(R"({"target":"x","params":{"target":"x"}})"), ElementsAre("x"));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, IsGoodForOneQuestion) {
  EXPECT_THAT(asked_by(R"({"target":"x","params":{"target":"x","times":2}})"),
              ElementsAre("x", "x"));
  EXPECT_FALSE(result.error) << result.envelope;
}

// The second one would have to ask, after the first has changed something.
TEST_F(NestedConsent, IsGoodForOneAction) {
  EXPECT_THAT(asked_by(R"({"target":"x","runs":2,"params":{"target":"x"}})"), ElementsAre("x"));
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_THAT(result.error->message, HasSubstr("a question has to come first"));
}

TEST_F(NestedConsent, IsNotGoodForAnotherTarget) {
  EXPECT_THAT(asked_by(R"({"target":"x","params":{"target":"y"}})"), ElementsAre("x", "y"));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, IsNotGoodWithoutATarget) {
  EXPECT_THAT(asked_by(R"({"target":"","params":{"target":""}})"), ElementsAre("", ""));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, IsNotGoodForWhatCannotBeBroughtBack) {
  EXPECT_THAT(asked_by(R"({"target":"x","params":{"target":"x","effect":"destructive"}})"),
              ElementsAre("x", "x"));
  EXPECT_FALSE(result.error) << result.envelope;
  EXPECT_THAT(asked_by(R"({"target":"x","effect":"destructive",
                           "params":{"target":"x","effect":"destructive"}})"),
              ElementsAre("x", "x"));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, IsNotGoodInAnotherTool) {
  EXPECT_THAT(asked_by(R"({"target":"x","tool":"beside_consents","params":{"target":"x"}})"),
              ElementsAre("x", "x"));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, IsNotGoodFurtherDown) {
  for (const char* between : {"nested_consents", "beside_consents"}) {
    EXPECT_THAT(asked_by(std::string(R"({"target":"x","action":"pass_on","tool":")") + between +
                         R"(","params":{"target":"x"}})"),
                ElementsAre("x", "x"))
        << between;
    EXPECT_FALSE(result.error) << result.envelope;
  }
}

TEST_F(NestedConsent, IsNotGoodWhereANestedActionAsked) {
  EXPECT_THAT(asked_by(R"({"target":"x","action":"agree",
                           "params":{"target":"y","params":{"target":"y"}}})"),
              ElementsAre("x", "y", "y"));
  EXPECT_FALSE(result.error) << result.envelope;
}

TEST_F(NestedConsent, DeniedIsNotGood) {
  Caller caller;
  caller.approve = [](const Question& question) {
    return question.target == "x" ? Decision::approved : Decision::denied;
  };
  const CallResult refused = kernel->call(
      request("nested_consents", "agree", R"({"target":"x","params":{"target":"y"}})"), caller);
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->kind, ErrorKind::approval);
}

TEST_F(NestedConsent, IsTheSameForACallerThatIsAskedBetweenRounds) {
  Caller caller;
  caller.suspends = caller.elicitation = true;
  CallRequest call =
      request("nested_consents", "agree", R"({"target":"x","params":{"target":"x","times":2}})");
  for (const char* round : {"the handler's own", "the second of the nested action"}) {
    const CallResult asked = kernel->call(call, caller);
    ASSERT_TRUE(asked.suspended) << round << ": " << asked.envelope;
    ASSERT_EQ(asked.questions.size(), 1U) << round;
    call.state = asked.state;
    call.answers = {{asked.questions[0].key, "true"}};
  }
  const CallResult done = kernel->call(call, caller);
  EXPECT_FALSE(done.suspended);
  EXPECT_FALSE(done.error) << done.envelope;
}

}  // namespace
}  // namespace dockerhub::test
