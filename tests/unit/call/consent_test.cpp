#include <gmock/gmock.h>

#include <mutex>
#include <set>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const TestKernel::Variables kOpenGate = {{"DOCKERHUB_ALLOW_DESTRUCTIVE", "True"}};

void write_note(TestKernel& kernel, const std::string& key) {
  ASSERT_FALSE(
      kernel->call(request("demo", "write", "{\"key\":\"" + key + "\",\"value\":\"v\"}"), Caller())
          .error);
}

bool note_exists(TestKernel& kernel, const std::string& key) {
  return !kernel->call(request("demo", "read", "{\"key\":\"" + key + "\"}"), Caller()).error;
}

Caller answering(Decision decision, std::vector<Question>* asked = nullptr) {
  Caller caller;
  caller.approve = [decision, asked](const Question& question) {
    if (asked != nullptr) asked->push_back(question);
    return decision;
  };
  return caller;
}

const CallRequest kDelete = request("demo", "delete", R"({"key": "n"})");

TEST(Gate, ClosedRefusesAndNamesItsThreeSwitches) {
  TestKernel kernel;
  write_note(kernel, "n");
  std::vector<Question> asked;
  const CallResult result = kernel->call(kDelete, answering(Decision::approved, &asked));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::destructive_closed);
  EXPECT_THAT(result.error->message, HasSubstr("'delete'"));
  EXPECT_THAT(result.error->hint,
              AllOf(HasSubstr("DOCKERHUB_ALLOW_DESTRUCTIVE"), HasSubstr("--allow-destructive"),
                    HasSubstr("safety.allow_destructive")));
  EXPECT_TRUE(asked.empty()) << "an approval must not be asked for behind a closed gate";
  EXPECT_TRUE(note_exists(kernel, "n"));
}

TEST(Gate, AWrongNameIsToldWithoutOpeningIt) {
  TestKernel kernel;
  const CallResult result = kernel->call(request("demo", "delete", R"({"kee": "n"})"), Caller());
  EXPECT_EQ(result.error->kind, ErrorKind::parameter);
}

TEST(Gate, AppliesToTheValuesThatMakeACallDestructive) {
  TestKernel kernel;
  const auto set = [&](const char* active) {
    return kernel->call(
        request("demo", "set_active", std::string(R"({"account":"a","active":)") + active + "}"),
        Caller());
  };
  EXPECT_FALSE(set("true").error);
  EXPECT_EQ(set("false").error->kind, ErrorKind::destructive_closed);
  EXPECT_EQ(set("\"false\"").error->kind, ErrorKind::destructive_closed)
      << "a text must not get around it";
}

TEST(Gate, ADryRunNeedsNeitherGateNorConsentAndChangesNothing) {
  TestKernel kernel;
  write_note(kernel, "n");
  CallRequest dry = kDelete;
  dry.options.dry_run = true;
  const CallResult result = kernel->call(dry, Caller());
  EXPECT_THAT(data_of(result), HasSubstr("would_delete"));
  EXPECT_THAT(result.envelope, HasSubstr("\"dry_run\":true"));
  EXPECT_TRUE(note_exists(kernel, "n"));
}

TEST(Consent, IsAskedForWithTheExactTextAndTarget) {
  TestKernel kernel(kOpenGate);
  write_note(kernel, "n");
  std::vector<Question> asked;
  EXPECT_FALSE(kernel->call(kDelete, answering(Decision::approved, &asked)).error);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].text, "Delete the note 'n'");
  EXPECT_EQ(asked[0].target, "n");
  EXPECT_EQ(asked[0].effect, Effect::destructive);
  EXPECT_FALSE(note_exists(kernel, "n"));
}

TEST(Consent, DeniedOrUnavailableChangesNothing) {
  TestKernel kernel(kOpenGate);
  write_note(kernel, "n");
  for (const Caller& caller :
       {answering(Decision::denied), answering(Decision::unavailable), Caller()}) {
    const CallResult result = kernel->call(kDelete, caller);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->kind, ErrorKind::approval);
    EXPECT_THAT(result.error->hint, HasSubstr("Nothing was changed"));
  }
  EXPECT_TRUE(note_exists(kernel, "n"));
}

TEST(Consent, IsNotAskedForWhenTheOperatorLiftedIt) {
  TestKernel kernel(
      Variables{{"DOCKERHUB_ALLOW_DESTRUCTIVE", "1"}, {"DOCKERHUB_CONFIRM", "never"}});
  write_note(kernel, "n");
  EXPECT_FALSE(kernel->call(kDelete, answering(Decision::denied)).error);
}

TEST(Consent, LiftingItDoesNotOpenTheGate) {
  TestKernel kernel(Variables{{"DOCKERHUB_CONFIRM", "never"}});
  EXPECT_EQ(kernel->call(kDelete, Caller()).error->kind, ErrorKind::destructive_closed);
}

TEST(Consent, ShowsControlCharactersOfANameAsText) {
  TestKernel kernel(kOpenGate);
  std::vector<Question> asked;
  kernel->call(request("demo", "delete", "{\"key\": \"a\\u202eb\\u001b[2J\"}"),
               answering(Decision::denied, &asked));
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].text, "Delete the note 'a\\u202eb\\u001b[2J'");
}

Caller suspending(const std::string& principal = "someone") {
  Caller caller;
  caller.principal = principal;
  caller.suspends = true;
  caller.elicitation = true;
  return caller;
}

TEST(SuspendedConsent, IsAskedForAndUsedOnce) {
  TestKernel kernel(kOpenGate);
  write_note(kernel, "n");
  const CallResult first = kernel->call(kDelete, suspending());
  ASSERT_TRUE(first.suspended) << first.envelope;
  ASSERT_EQ(first.questions.size(), 1U);
  EXPECT_EQ(first.questions[0].kind, Question::Kind::approval);
  EXPECT_TRUE(note_exists(kernel, "n"));

  CallRequest again = kDelete;
  again.state = first.state;
  again.answers[first.questions[0].key] = "true";
  EXPECT_FALSE(kernel->call(again, suspending()).error);
  EXPECT_FALSE(note_exists(kernel, "n"));

  write_note(kernel, "n");
  const CallResult replayed = kernel->call(again, suspending());
  ASSERT_TRUE(replayed.error);
  EXPECT_THAT(replayed.error->message, HasSubstr("used already"));
  EXPECT_TRUE(note_exists(kernel, "n"));
}

TEST(SuspendedConsent, RefusesWithoutTheState) {
  TestKernel kernel(kOpenGate);
  CallRequest made_up = kDelete;
  made_up.answers["confirm"] = "true";
  EXPECT_TRUE(kernel->call(made_up, suspending()).suspended)
      << "an answer to nothing is no consent";
}

TEST(SuspendedConsent, IsBoundToCallerActionAndParameters) {
  TestKernel kernel(kOpenGate);
  const CallResult first = kernel->call(kDelete, suspending());
  ASSERT_TRUE(first.suspended);
  CallRequest again = kDelete;
  again.state = first.state;
  again.answers[first.questions.at(0).key] = "true";

  const auto refused = [&](const CallRequest& changed, const Caller& caller) {
    const CallResult result = kernel->call(changed, caller);
    return result.error && result.error->parameter == "requestState";
  };
  EXPECT_TRUE(refused(again, suspending("somebody else")));
  CallRequest other = again;
  other.params = R"({"key": "other"})";
  EXPECT_TRUE(refused(other, suspending()));
  other = again;
  other.action = "write";
  other.params = R"({"key": "n", "value": "v"})";
  EXPECT_TRUE(refused(other, suspending()));
  other = again;
  other.state[other.state.size() / 2] ^= 1;
  EXPECT_TRUE(refused(other, suspending()));
  TestKernel another(kOpenGate);
  EXPECT_TRUE(another->call(again, suspending()).error) << "another process's seal";
}

TEST(SuspendedConsent, MayBeCarriedToAKernelWithTheSameKey) {
  auto variables = kOpenGate;
  variables["DOCKERHUB_STATE_KEY"] = "a key that both copies have";
  TestKernel first_copy(variables);
  TestKernel second_copy(variables);
  write_note(second_copy, "n");
  const CallResult first = first_copy->call(kDelete, suspending());
  CallRequest again = kDelete;
  again.state = first.state;
  again.answers[first.questions.at(0).key] = "true";
  EXPECT_FALSE(second_copy->call(again, suspending()).error);
}

// What copies of a server would share, out of reach when it is told to be.
class SharedStates : public UsedStates {
 public:
  Result<bool> use(const std::string& number, Clock::time_point /*expires*/) override {
    const std::lock_guard lock(mutex_);
    if (reachable_) return numbers_.insert(number).second;
    Error error;
    error.kind = ErrorKind::network;
    error.message = "the store cannot be reached";
    return Failure(std::move(error));
  }
  void set_reachable(bool reachable) {
    const std::lock_guard lock(mutex_);
    reachable_ = reachable;
  }

 private:
  std::mutex mutex_;
  std::set<std::string> numbers_;
  bool reachable_ = true;
};

TEST(SuspendedConsent, WorksOnceAmongKernelsThatShareWhatWasUsed) {
  auto variables = kOpenGate;
  variables["DOCKERHUB_STATE_KEY"] = "a key that both copies have";
  const auto states = std::make_shared<SharedStates>();
  Hooks hooks;
  hooks.used_states = states;
  TestKernel first_copy(variables, hooks);
  TestKernel second_copy(variables, hooks);
  write_note(first_copy, "n");
  write_note(second_copy, "n");
  const CallResult first = first_copy->call(kDelete, suspending());
  CallRequest again = kDelete;
  again.state = first.state;
  again.answers[first.questions.at(0).key] = "true";
  states->set_reachable(false);
  const CallResult unknown = first_copy->call(again, suspending());
  ASSERT_TRUE(unknown.error) << "nobody knows whether it was used";
  EXPECT_EQ(unknown.error->kind, ErrorKind::network);
  EXPECT_TRUE(note_exists(first_copy, "n"));
  states->set_reachable(true);
  EXPECT_FALSE(first_copy->call(again, suspending()).error);
  const CallResult replayed = second_copy->call(again, suspending());
  ASSERT_TRUE(replayed.error);
  EXPECT_EQ(replayed.error->kind, ErrorKind::parameter);
  EXPECT_TRUE(note_exists(second_copy, "n"));
}

TEST(SuspendedConsent, DeniedIsDenied) {
  TestKernel kernel(kOpenGate);
  const CallResult first = kernel->call(kDelete, suspending());
  CallRequest again = kDelete;
  again.state = first.state;
  again.answers[first.questions.at(0).key] = "false";
  EXPECT_EQ(kernel->call(again, suspending()).error->kind, ErrorKind::approval);
}

TEST(Gate, ADryRunOfAHandlerThatDoesNotHonourItIsAnsweredByTheKernel) {
  TestKernel kernel;
  kernel.trust("mcp_fixture.so");
  CallRequest dry = request("mcp_fixture", "confirm_delete", R"({"filename":"a.txt"})");
  dry.options.dry_run = true;
  const CallResult result = kernel->call(dry, Caller());
  EXPECT_THAT(data_of(result),
              AllOf(HasSubstr("\"would_run\":\"mcp_fixture confirm_delete\""), HasSubstr("a.txt")));
  EXPECT_TRUE(result.contents.empty()) << "the handler ran";
}

// The module asks once more than it should; nobody's patience is to be its way in.
TEST(Consent, IsNotAskedForAgainAfterARefusal) {
  TestKernel kernel(kOpenGate);
  std::vector<Question> asked;
  const Caller caller = answering(Decision::denied, &asked);
  EXPECT_TRUE(kernel->call(kDelete, caller).error);
  EXPECT_EQ(asked.size(), 1U);
}

class CarelessModules : public testing::Test {
 protected:
  CarelessModules() : kernel(Variables{{"DOCKERHUB_ALLOW_DESTRUCTIVE", "1"}}) {}

  Error error_of(const std::string& module, const Caller& caller) {
    kernel.trust(module + ".so");
    const Tool* tool = kernel->catalogue()->find_tool(module);
    EXPECT_NE(tool, nullptr) << module;
    if (tool == nullptr) return {};
    const CallResult result = kernel->call(request(module, tool->actions.front().name), caller);
    EXPECT_TRUE(result.error) << result.envelope;
    return result.error.value_or(Error());
  }

  TestKernel kernel;
};

TEST_F(CarelessModules, MayNotRaiseAReadToAChange) {
  std::vector<Question> asked;
  const Error error = error_of("raises_from_read", answering(Decision::approved, &asked));
  EXPECT_EQ(error.kind, ErrorKind::module_fault);
  EXPECT_TRUE(asked.empty());
}

TEST_F(CarelessModules, MayNotRunAWriteFromARead) {
  EXPECT_EQ(error_of("calls_write_from_read", Caller()).kind, ErrorKind::forbidden);
  EXPECT_FALSE(note_exists(kernel, "k"));
}

TEST_F(CarelessModules, CannotAnswerWhileAQuestionWaits) {
  kernel.trust("ignores_suspension.so");
  const CallResult result = kernel->call(request("ignores_suspension", "run"), suspending());
  EXPECT_TRUE(result.suspended || result.error) << result.envelope;
  EXPECT_TRUE(result.envelope.empty() || result.error);
}

TEST_F(CarelessModules, MayNotFillTheMemory) {
  EXPECT_THAT(error_of("floods", Caller()).message, HasSubstr("larger than one call may hold"));
}

}  // namespace
}  // namespace dockerhub::test
