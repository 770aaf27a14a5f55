#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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
  RawRequest manifest = sending("PUT", "/v2/acme/app/manifests/latest", "{}");
  manifest.surface = "registry";
  for (const RawRequest& raw :
       {sending("DELETE", "/v2/x"), sending("PUT", "/v2/orgs/acme/settings", "{}"), manifest}) {
    const CallResult result = kernel->send(raw, CallRequest(), caller);
    ASSERT_TRUE(result.error) << raw.path;
    EXPECT_EQ(result.error->kind, ErrorKind::destructive_closed) << raw.path;
  }
  EXPECT_FALSE(was_asked);
}

// What somebody is asked who denies it.
Question question_about(const RawRequest& raw) {
  TestKernel::Variables open = kNowhere;
  open["DOCKERHUB_ALLOW_DESTRUCTIVE"] = "True";
  TestKernel kernel(open);
  Question asked;
  Caller caller;
  caller.approve = [&](const Question& question) {
    asked = question;
    return Decision::denied;
  };
  const CallResult result = kernel->send(raw, CallRequest(), caller);
  EXPECT_TRUE(result.error && result.error->kind == ErrorKind::approval) << result.envelope;
  return asked;
}

RawRequest writing_manifest(std::string body) {
  RawRequest raw = sending("PUT", "/v2/acme/app/manifests/latest", std::move(body));
  raw.surface = "registry";
  raw.host = "registry.example.com";
  return raw;
}

TEST(SentRequests, AskForExactlyWhatTheyAre) {
  const Question question = question_about(sending("DELETE", "/v2/x"));
  EXPECT_THAT(question.text,
              AllOf(HasSubstr("'DELETE'"), HasSubstr("'/v2/x'"), HasSubstr("'hub'")));
  EXPECT_EQ(question.target, "/v2/x");
}

TEST(SentRequests, SayWhereTheyGoAndWhatTheirBodyIs) {
  const Question json = question_about(writing_manifest(R"({"schemaVersion":2})"));
  EXPECT_THAT(json.text, AllOf(HasSubstr("'registry' of 'registry.example.com'"),
                               HasSubstr(R"({"schemaVersion":2})")));
  RawRequest bytes = writing_manifest("some bytes");
  bytes.media_type = "text/plain";
  EXPECT_THAT(question_about(bytes).text, HasSubstr("'text/plain'"));
}

TEST(SentRequests, ShowNoMoreThanTheBeginningOfTheirBody) {
  const std::string body = R"({"first":")" + std::string(5000, 'x') + R"(","last":1})";
  const std::string text = question_about(writing_manifest(body)).text;
  EXPECT_THAT(text, AllOf(HasSubstr("\"first\""), Not(HasSubstr("\"last\"")), HasSubstr("bytes)")));
  EXPECT_LT(text.size(), 2000U);
}

TEST(SentRequests, ShowNoSecretOfTheirBody) {
  const std::string text = question_about(writing_manifest(R"({"password":"hunter2"})")).text;
  EXPECT_THAT(text, AllOf(HasSubstr("\"password\""), Not(HasSubstr("hunter2"))));
}

TEST(SentRequests, ThatNobodyCouldBeShownAreNotSent) {
  TestKernel::Variables open = kNowhere;
  open["DOCKERHUB_ALLOW_DESTRUCTIVE"] = "True";
  TestKernel kernel(open);
  bool was_asked = false;
  Caller caller;
  caller.approve = [&](const Question&) {
    was_asked = true;
    return Decision::approved;
  };
  const CallResult result = kernel->send(sending("DELETE", "/v2/x\xff"), CallRequest(), caller);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::parameter);
  EXPECT_FALSE(was_asked);
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
