// Functions of the program that embeds the kernel, where they fail.
#include <gmock/gmock.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

CallResult call_with(Hooks hooks) {
  TestKernel kernel({}, std::move(hooks));
  return kernel->call(request("demo", "echo", R"({"text":"hi"})"), Caller());
}

TEST(APolicyThatThrows, LetsNothingRun) {
  Hooks by_name, by_number;
  by_name.policy = [](const CallView&) -> Result<void> { throw std::runtime_error("no list"); };
  by_number.policy = [](const CallView&) -> Result<void> { throw 7; };
  const CallResult named = call_with(by_name), numbered = call_with(by_number);
  ASSERT_TRUE(named.error && numbered.error);
  EXPECT_EQ(named.error->kind, ErrorKind::policy);
  EXPECT_THAT(named.error->message, HasSubstr("could not decide: no list"));
  EXPECT_THAT(numbered.error->message, HasSubstr("an unknown failure"));
}

TEST(AnAuditThatThrows, IsLoggedAndChangesNothing) {
  std::mutex mutex;
  std::vector<std::string> lines;
  const auto logging = [&](LogLevel, std::string_view text) {
    const std::lock_guard lock(mutex);
    lines.emplace_back(text);
  };
  Hooks by_name, by_number;
  by_name.log = by_number.log = logging;
  by_name.audit = [](const CallView&, const CallResult&, std::chrono::microseconds) {
    throw std::runtime_error("disk gone");
  };
  by_number.audit = [](const CallView&, const CallResult&, std::chrono::microseconds) { throw 7; };
  EXPECT_FALSE(call_with(by_name).error);
  EXPECT_FALSE(call_with(by_number).error);
  EXPECT_THAT(lines, Contains(HasSubstr("the audit hook failed: disk gone")));
  EXPECT_THAT(lines, Contains(HasSubstr("the audit hook failed [")));
}

}  // namespace
}  // namespace dockerhub::test
