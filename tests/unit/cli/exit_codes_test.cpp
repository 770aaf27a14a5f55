#include "exit_codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

ExitCode code_of(ErrorKind kind, int status = 0) {
  Error error;
  error.kind = kind;
  error.status_code = status;
  return exit_code(error);
}

TEST(ExitCodesTest, TheServersStatusTellsNotFoundAndRateLimitedApart) {
  EXPECT_EQ(code_of(ErrorKind::parameter, 404), kExitNotFound);
  EXPECT_EQ(code_of(ErrorKind::api, 404), kExitNotFound);
  EXPECT_EQ(code_of(ErrorKind::api, 429), kExitRateLimited);
}

TEST(ExitCodesTest, OnlyWhatWasRefusedHereIsUsage) {
  EXPECT_EQ(code_of(ErrorKind::parameter), kExitUsage);
  EXPECT_EQ(code_of(ErrorKind::parameter, 400), kExitFailure);
}

TEST(ExitCodesTest, EveryKindHasItsCode) {
  EXPECT_EQ(code_of(ErrorKind::unknown_tool), kExitUsage);
  EXPECT_EQ(code_of(ErrorKind::unknown_action), kExitUsage);
  EXPECT_EQ(code_of(ErrorKind::configuration), kExitUsage);
  EXPECT_EQ(code_of(ErrorKind::auth, 401), kExitLogin);
  EXPECT_EQ(code_of(ErrorKind::forbidden, 403), kExitForbidden);
  EXPECT_EQ(code_of(ErrorKind::policy), kExitForbidden);
  EXPECT_EQ(code_of(ErrorKind::destructive_closed), kExitNoConsent);
  EXPECT_EQ(code_of(ErrorKind::approval), kExitNoConsent);
  EXPECT_EQ(code_of(ErrorKind::network), kExitNetwork);
  EXPECT_EQ(code_of(ErrorKind::timeout), kExitNetwork);
  EXPECT_EQ(code_of(ErrorKind::unsupported), kExitUnsupported);
  EXPECT_EQ(code_of(ErrorKind::capability), kExitUnsupported);
  EXPECT_EQ(code_of(ErrorKind::module_fault), kExitFailure);
  EXPECT_EQ(code_of(ErrorKind::cancelled), kExitFailure);
  EXPECT_EQ(code_of(ErrorKind::api, 500), kExitFailure);
}

TEST(ExitCodesTest, OutcomesHaveTheirOwn) {
  EXPECT_EQ(exit_code(Outcome::ok), kExitOk);
  EXPECT_EQ(exit_code(Outcome::partial), kExitPartial);
  EXPECT_EQ(exit_code(Outcome::condition_met), kExitConditionMet);
}

TEST(ExitCodesTest, TextListsEveryRow) {
  for (const ExitCodeRow& row : kExitCodes) {
    const std::string line =
        std::to_string(static_cast<int>(row.code)) + "  " + std::string(row.meaning) + "\n";
    EXPECT_THAT(exit_codes_text(), testing::HasSubstr(line));
  }
}

}  // namespace
}  // namespace dockerhub::cli
