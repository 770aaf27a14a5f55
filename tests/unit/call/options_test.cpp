// What may be asked of any call, what a prompt takes, and how far calls may go.
#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;

CallResult run(const CallRequest& called) {
  TestKernel kernel;
  return kernel->call(called, Caller());
}

TEST(OptionsOfACall, ATimeOutIsAboveZero) {
  CallRequest called = request("demo", "echo", R"({"text":"hi"})");
  called.options.timeout = std::chrono::milliseconds(0);
  const CallResult result = run(called);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::parameter);
  EXPECT_EQ(result.error->parameter, "timeout");
  EXPECT_THAT(result.error->message, HasSubstr("above zero"));
}

TEST(OptionsOfACall, MostItemsAreAboveZero) {
  CallRequest called = request("demo", "list", R"({"count":3})");
  called.options.max_items = 0;
  const CallResult result = run(called);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::parameter);
  EXPECT_EQ(result.error->parameter, "max_items");
}

TEST(OptionsOfACall, AFieldThatIsNotThereIsToldBesideThoseThatAre) {
  CallRequest called = request("demo", "list", R"({"count":1})");
  called.options.fields = {"nothing_like_it"};
  const CallResult result = run(called);
  EXPECT_THAT(result.envelope, HasSubstr("'nothing_like_it'; there is even, name, number"));
}

TEST(ActionsThatRunActions, GoEightDeep) {
  TestKernel kernel;
  kernel.trust("shelf.so");
  EXPECT_FALSE(kernel->call(request("shelf", "again", R"({"times":8})"), Caller()).error);
  const CallResult result = kernel->call(request("shelf", "again", R"({"times":9})"), Caller());
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_THAT(result.error->message, HasSubstr("8 levels deep"));
}

TEST(ArgumentsOfAPrompt, AreTextsUnderTheirNames) {
  TestKernel kernel;
  kernel.trust("mcp_fixture.so");
  const auto refusal = [&](const std::string& arguments) {
    const CallRequest called = request("", "", arguments);
    const auto result = kernel->get_prompt("test_prompt_with_arguments", called, Caller());
    EXPECT_TRUE(result.error) << result.envelope;
    return result.error ? result.error->message : std::string();
  };
  EXPECT_THAT(refusal("[]"), HasSubstr("have to be a JSON object"));
  EXPECT_THAT(refusal(R"({"arg3":"x"})"), HasSubstr("no argument 'arg3'"));
  EXPECT_THAT(refusal(R"({"arg1":1})"), HasSubstr("'arg1' has to be a text"));
}

}  // namespace
}  // namespace dockerhub::test
