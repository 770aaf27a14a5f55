// Modules that were written for ABI 1.0, and are built against its frozen header, with the kernel of today.
// The same is compiled a second time for modules that run in a process of their own.
#include <gmock/gmock.h>

#include <mutex>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Frozen : public testing::Test {
 protected:
  Frozen() {
    for (const char* name : {"frozen_hello.so", "frozen_cpp.so", "frozen_work.so"})
      kernel.trust(name);
  }

  CallResult work(const std::string& action, const Caller& caller = Caller(),
                  std::string params = "{}") {
    return kernel->call(request("frozen_work", action, std::move(params)), caller);
  }

  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex);
    return logged;
  }

  static Hooks keeping(std::mutex& mutex, std::vector<std::string>& logged) {
    Hooks hooks;
    hooks.log = [&](LogLevel, std::string_view line) {
      const std::lock_guard lock(mutex);
      logged.emplace_back(line);
    };
    return hooks;
  }

  std::mutex mutex;
  std::vector<std::string> logged;
  TestKernel kernel{{{"DOCKERHUB_LOG_LEVEL", "info"}}, keeping(mutex, logged)};
};

TEST_F(Frozen, TheirManifestsAreListed) {
  std::vector<std::string> abis;
  for (const ModuleInfo& module : kernel->modules()) {
    if (module.name.starts_with("frozen_")) {
      abis.push_back(module.abi);
      EXPECT_EQ(module.reason, "") << module.name;
      EXPECT_TRUE(module.refused_actions.empty()) << module.name;
    }
  }
  EXPECT_THAT(abis, ElementsAre("1.0", "1.0", "1.0"));
}

TEST_F(Frozen, ParametersComeWithTheirDefaults) {
  const CallResult result =
      kernel->call(request("frozen_hello", "echo", R"({"text":"gr\u00fcn"})"), Caller());
  const rapidjson::Document data = parsed(data_of(result));
  EXPECT_STREQ(data["text"].GetString(), "gr\u00fcn");
  EXPECT_EQ(data["times"].GetInt(), 1);
}

TEST_F(Frozen, AnInstanceKeepsWhatIsItsOwn) {
  const CallRequest count = request("frozen_cpp", "count");
  EXPECT_EQ(data_of(kernel->call(count, Caller())), "1");
  EXPECT_EQ(data_of(kernel->call(count, Caller())), "2");
}

TEST_F(Frozen, WhatAModuleThrowsIsItsBreakdown) {
  const CallResult result = kernel->call(request("frozen_cpp", "throw"), Caller());
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::module_fault);
  EXPECT_THAT(result.error->message,
              AllOf(HasSubstr("threw an exception"), HasSubstr("thrown on purpose")));
  EXPECT_EQ(data_of(kernel->call(request("frozen_cpp", "count"), Caller())), "1");
}

TEST_F(Frozen, ManyItemsComeOneByOneInTheirOrder) {
  constexpr std::size_t kCount = 2000;
  std::size_t wrong = 0;
  std::size_t taken = 0;
  Caller caller;
  caller.item = [&](std::string_view item) -> Result<void> {
    if (item != R"({"number":)" + std::to_string(taken) + "}") ++wrong;
    ++taken;
    return {};
  };
  const CallResult result = work("list", caller, R"({"count":2000})");
  EXPECT_FALSE(result.error) << result.envelope;
  EXPECT_EQ(taken, kCount);
  EXPECT_EQ(wrong, 0U);
}

TEST_F(Frozen, ItemsEndWhereTheCallerSaid) {
  CallRequest call = request("frozen_work", "list", R"({"count":2000})");
  call.options.max_items = 2;
  EXPECT_EQ(data_of(kernel->call(call, Caller())), R"([{"number":0},{"number":1}])");
}

TEST_F(Frozen, AReceiverMayWantNoMore) {
  std::size_t taken = 0;
  Caller caller;
  caller.item = [&](std::string_view) -> Result<void> {
    if (++taken < 5) return {};
    return Failure(Error());
  };
  EXPECT_FALSE(work("list", caller, R"({"count":2000})").error);
  EXPECT_EQ(taken, 5U);
}

TEST_F(Frozen, ACancelledWaitTellsItsProgressAndEnds) {
  std::stop_source stop;
  std::vector<std::string> told;
  Caller caller;
  caller.stop = stop.get_token();
  caller.progress = [&](const Progress& progress) {
    told.push_back(std::to_string(progress.done) + "/" + std::to_string(progress.total) + " " +
                   std::string(progress.unit) + " " + std::string(progress.message));
    stop.request_stop();
  };
  const CallResult result = work("wait", caller);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::cancelled);
  EXPECT_THAT(told, ElementsAre("0/60 second waits"));
}

TEST_F(Frozen, CancellationReachesAModuleThatOnlyAsksForIt) {
  std::stop_source stop;
  Caller caller;
  caller.stop = stop.get_token();
  caller.progress = [&](const Progress&) { stop.request_stop(); };
  const CallResult result = work("spin", caller);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::cancelled);
  EXPECT_THAT(lines(), testing::Contains(HasSubstr("saw the cancellation")));
}

TEST_F(Frozen, AQuestionIsWaitedForOrComesInRounds) {
  const std::string answer = R"({"action":"accept","content":{"name":"Ada"}})";
  Caller waiting;
  waiting.elicitation = true;
  waiting.answer = [&](const Question&) -> Result<std::string> { return answer; };
  const std::string waited = data_of(work("ask", waiting));
  EXPECT_THAT(waited,
              AllOf(HasSubstr("\"Hello\""), HasSubstr("\"Ada\""), HasSubstr("\"kept\":true")));

  Caller suspending;
  suspending.elicitation = suspending.suspends = true;
  const CallResult first = work("ask", suspending);
  ASSERT_TRUE(first.suspended) << first.envelope;
  ASSERT_EQ(first.questions.size(), 1U);
  CallRequest again = request("frozen_work", "ask");
  again.state = first.state;
  again.answers[first.questions[0].key] = answer;
  EXPECT_EQ(data_of(kernel->call(again, suspending)), waited);
}

TEST_F(Frozen, AnErrorCarriesAllThatItWasGiven) {
  const CallResult result = work("fail");
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::api);
  EXPECT_EQ(result.error->status_code, 429);
  EXPECT_EQ(result.error->retry_after, std::chrono::milliseconds(1500));
  EXPECT_EQ(result.error->message, "too fast");
  EXPECT_EQ(result.error->hint, "Wait.");
  EXPECT_EQ(result.error->parameter, "count");
  EXPECT_EQ(result.error->request, "GET /frozen");
  EXPECT_EQ(result.error->details, R"({"left":0})");
}

TEST_F(Frozen, HandlesAndOtherActionsWork) {
  const char* const of_abc =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(data_of(work("digest")), "\"" + std::string(of_abc) + "\"");
  const rapidjson::Document envelope = parsed(data_of(work("nested")));
  EXPECT_STREQ(envelope["data"].GetString(), of_abc);
}

TEST_F(Frozen, FactsOfKernelAndCallerAreTold) {
  Caller caller;
  caller.sampling = true;
  const rapidjson::Document facts = parsed(data_of(work("facts", caller)));
  EXPECT_TRUE(facts["caller"]["sampling"].GetBool());
  EXPECT_FALSE(facts["caller"]["elicitation"].GetBool());
  EXPECT_TRUE(facts["options"]["max_items"].IsNull());
  EXPECT_FALSE(facts["identity"]["authenticated"].GetBool());
  EXPECT_TRUE(facts["limits"].IsArray());
  EXPECT_TRUE(facts["registry"].IsString());
  EXPECT_FALSE(facts["dry_run"].GetBool());
}

TEST_F(Frozen, ContentStandsBesideTheData) {
  const CallResult result = work("content");
  ASSERT_FALSE(result.error) << result.envelope;
  ASSERT_EQ(result.contents.size(), 2U);
  EXPECT_EQ(result.contents[0].text, "a text");
  EXPECT_EQ(result.contents[1].data, std::string("\0\1\2", 3));
  EXPECT_EQ(result.outcome, Outcome::partial);
  EXPECT_THAT(result.envelope, AllOf(HasSubstr("mind the gap"), HasSubstr("\"source\"")));
}

TEST_F(Frozen, ChangesAndLinesReachWhoListens) {
  std::vector<Change::Kind> changes;
  const auto listener =
      kernel->on_change([&](const Change& change) { changes.push_back(change.kind); });
  std::vector<std::string> told;
  Caller caller;
  caller.log_level = LogLevel::info;
  caller.log = [&](LogLevel, std::string_view, std::string_view line) { told.emplace_back(line); };
  ASSERT_FALSE(work("hide", caller).error);
  EXPECT_THAT(changes, ElementsAre(Change::Kind::tools, Change::Kind::prompts));
  EXPECT_THAT(told, ElementsAre("spin is hidden"));
  std::stop_source stopped;
  stopped.request_stop();
  caller.stop = stopped.get_token();
  const CallResult hidden = work("spin", caller);
  ASSERT_TRUE(hidden.error);
  EXPECT_EQ(hidden.error->kind, ErrorKind::unknown_action) << hidden.envelope;
}

TEST_F(Frozen, WhatNeverTellsOfChangesMayBeWatched) {
  for (const bool on : {true, false}) {
    const auto watched = kernel->watch_resource("frozen://text", on, std::stop_token());
    EXPECT_TRUE(watched) << watched.error().message;
  }
}

TEST_F(Frozen, ResourcesPromptsAndCompletionAreServed) {
  const CallResult resource = kernel->read_resource("frozen://text", CallRequest(), Caller());
  ASSERT_EQ(resource.contents.size(), 1U) << resource.envelope;
  EXPECT_EQ(resource.contents[0].text, "frozen text");
  const CallResult prompt =
      kernel->get_prompt("frozen_prompt", request("", "", R"({"who":"Ada"})"), Caller());
  EXPECT_THAT(data_of(prompt), HasSubstr("with arguments"));
  const CallResult values = kernel->complete(
      R"({"of":"prompt","name":"frozen_prompt","argument":"who","value":"A"})", Caller());
  EXPECT_THAT(data_of(values), HasSubstr("\"Alan\""));
}

}  // namespace
}  // namespace dockerhub::test
