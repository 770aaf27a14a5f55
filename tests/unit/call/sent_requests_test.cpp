#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Nobody listens there: what is refused was refused before anything was sent.
const TestKernel::Variables kNowhere = {{"DOCKERHUB_URL", "http://127.0.0.1:1"},
                                        {"DOCKERHUB_MAX_RETRIES", "0"}};

RawRequest sending(std::string method, std::string path, std::string body = {}) {
  RawRequest raw;
  raw.method = std::move(method);
  raw.path = std::move(path);
  raw.body = std::move(body);
  return raw;
}

TEST(SentRequests, DestroyNothingBehindAClosedGate) {
  TestKernel kernel(kNowhere);
  bool was_asked = false;
  Caller caller;
  caller.approve = [&](const Question&) {
    was_asked = true;
    return Decision::approved;
  };
  for (const RawRequest& raw :
       {sending("DELETE", "/v2/x"), sending("PUT", "/v2/orgs/acme/settings", "{}")}) {
    const CallResult result = kernel->send(raw, CallRequest(), caller);
    ASSERT_TRUE(result.error) << raw.path;
    EXPECT_EQ(result.error->kind, ErrorKind::destructive_closed) << raw.path;
  }
  EXPECT_FALSE(was_asked);
}

TEST(SentRequests, AskForExactlyWhatTheyAre) {
  TestKernel::Variables open = kNowhere;
  open["DOCKERHUB_ALLOW_DESTRUCTIVE"] = "True";
  TestKernel kernel(open);
  std::string text, target;
  Caller caller;
  caller.approve = [&](const Question& question) {
    text = question.text;
    target = question.target;
    return Decision::denied;
  };
  const CallResult result = kernel->send(sending("DELETE", "/v2/x"), CallRequest(), caller);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::approval);
  EXPECT_THAT(text, AllOf(HasSubstr("'DELETE'"), HasSubstr("'/v2/x'"), HasSubstr("'hub'")));
  EXPECT_EQ(target, "/v2/x");
}

TEST(SentRequests, AreShownByADryRunAndNotSent) {
  TestKernel kernel(kNowhere);
  CallRequest plan;
  plan.options.dry_run = true;
  const CallResult result = kernel->send(sending("DELETE", "/v2/x"), plan, Caller());
  EXPECT_THAT(data_of(result),
              AllOf(HasSubstr("would_send"), HasSubstr("http://127.0.0.1:1/v2/x")));
}

TEST(SentRequests, AreThePolicysAffair) {
  std::string seen;
  Hooks hooks;
  hooks.policy = [&](const CallView& view) -> Result<void> {
    seen = std::string(view.tool) + " " + std::string(view.action) + " " + std::string(view.params);
    Error error;
    error.kind = ErrorKind::policy;
    error.message = "not here";
    return Failure(std::move(error));
  };
  TestKernel kernel(kNowhere, std::move(hooks));
  const CallResult result = kernel->send(sending("GET", "/v2/x?a=1"), CallRequest(), Caller());
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::policy);
  EXPECT_THAT(seen, AllOf(HasSubstr("api request"), HasSubstr("/v2/x?a=1")));
}

TEST(SentRequests, ForTokensAreRefusedWhateverIsOpen) {
  TestKernel::Variables open = kNowhere;
  open["DOCKERHUB_ALLOW_DESTRUCTIVE"] = "True";
  open["DOCKERHUB_CONFIRM"] = "never";
  TestKernel kernel(open);
  const CallResult result = kernel->send(
      sending("POST", "/v2/access-tokens", R"({"token_label":"x"})"), CallRequest(), Caller());
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::forbidden);
}

}  // namespace
}  // namespace dockerhub::test
