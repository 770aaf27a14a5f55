// Modules that break the rules of the interface at run time: each is named, and the kernel goes on.
#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;

class Hostile : public testing::Test {
 protected:
  Hostile() = default;

  // Calls the first action of the module's first tool.
  CallResult call(const std::string& module) {
    kernel.trust(module + ".so");
    const auto catalogue = kernel->catalogue();
    for (const Tool& tool : catalogue->tools) {
      if (tool.module == module)
        return kernel->call(request(tool.name, tool.actions.front().name), Caller());
    }
    ADD_FAILURE() << module << " is not in the catalogue";
    return {};
  }

  void expect_fault(const std::string& module, const std::string& cause) {
    const CallResult result = call(module);
    ASSERT_TRUE(result.error) << module << ": " << result.envelope;
    EXPECT_EQ(result.error->kind, ErrorKind::module_fault) << module;
    EXPECT_THAT(result.error->message, HasSubstr(cause)) << module;
    EXPECT_FALSE(kernel->call(request("demo", "echo", R"({"text":"still here"})"), Caller()).error);
  }

  TestKernel kernel;
};

TEST_F(Hostile, AnAnswerThatIsNoJson) {
  expect_fault("answers_garbage", "not JSON");
}
TEST_F(Hostile, ASecondAnswer) {
  expect_fault("answers_twice", "answered twice");
}
TEST_F(Hostile, AnExceptionFromCode) {
  expect_fault("throws_in_action", "exception");
}
TEST_F(Hostile, AStatusWithoutAMeaning) {
  expect_fault("unknown_status", "status");
}
TEST_F(Hostile, KeysOfTheKernelsOwnCannotBeForged) {
  const auto envelope = parsed(call("takes_kernel_keys").envelope);
  EXPECT_TRUE(envelope["data"].IsNull());
  EXPECT_TRUE(envelope["rate_limit"].IsObject());
  EXPECT_STREQ(envelope["extra"]["rate_limit"].GetString(), "forged");
}

TEST_F(Hostile, FunctionsOfTheHostUsedAgainstTheirRules) {
  kernel.trust("misuses.so");
  const std::vector<std::pair<std::string, std::string>> causes = {
      {"unknown_content", "unknown kind"},
      {"odd_content", "no JSON object"},
      {"odd_annotation", "annotation 'headers'"},
      {"unknown_outcome", "unknown outcome"},
      {"no_question", "without a question"},
      {"no_digest", "no such handle"},
      {"no_record", "takes none"},
      {"no_time", "DH_KEPT_SECONDS_MAX"},
      {"no_store", "no such handle"},
      {"no_parameter", "no parameter of type store"},
      {"waits_for_nothing", "waits for nothing"},
      {"no_exchange", "not open"}};
  for (const auto& [action, cause] : causes) {
    const CallResult result = kernel->call(request("misuses", action), Caller());
    ASSERT_TRUE(result.error) << action << ": " << result.envelope;
    EXPECT_EQ(result.error->kind, ErrorKind::module_fault) << action;
    EXPECT_THAT(result.error->message, HasSubstr(cause)) << action;
  }
}

TEST_F(Hostile, ADigestThatNobodyCanMakeIsNamed) {
  kernel.trust("misuses.so");
  const CallResult result = kernel->call(request("misuses", "unknown_digest"), Caller());
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_EQ(result.error->kind, ErrorKind::unsupported);
  EXPECT_THAT(result.error->message, HasSubstr("'md5'"));
  EXPECT_THAT(result.error->hint, HasSubstr("sha256"));
}

TEST_F(Hostile, NoAnswerIsNull) {
  EXPECT_EQ(data_of(call("answers_nothing")), "null");
}

}  // namespace
}  // namespace dockerhub::test
