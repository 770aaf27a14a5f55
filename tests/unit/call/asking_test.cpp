// Both ways of asking, with the fixture module: the caller answers while the call runs, or the call
// is suspended and run again with the answers.
#include <gmock/gmock.h>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;

class Asking : public testing::Test {
 protected:
  Asking() { kernel.trust("mcp_fixture.so"); }

  // The fixture's action by the name that the conformance suite calls it.
  CallRequest fixture(const std::string& verbose_name, std::string params = "{}") {
    const auto catalogue = kernel->catalogue();
    for (const Tool& tool : catalogue->tools) {
      for (const Action& action : tool.actions) {
        if (action.verbose_name == verbose_name)
          return request(tool.name, action.name, std::move(params));
      }
    }
    ADD_FAILURE() << "the fixture has no " << verbose_name;
    return {};
  }

  static std::string answer_to(const Question& question) {
    if (question.kind == Question::Kind::sampling) {
      return R"({"role":"assistant","content":{"type":"text","text":"Paris"},"model":"m"})";
    }
    if (question.kind == Question::Kind::roots)
      return R"({"roots":[{"uri":"file:///a","name":"a"}]})";
    const char* field = question.key == "step2"     ? "color"
                        : question.key == "confirm" ? "ok"
                                                    : "name";
    const char* value = question.key == "confirm" ? "true" : "\"Ada\"";
    return std::string(R"({"action":"accept","content":{")") + field + "\":" + value + "}}";
  }

  static Caller waiting() {
    Caller caller;
    caller.elicitation = caller.sampling = caller.roots = true;
    caller.answer = [](const Question& question) -> Result<std::string> {
      return answer_to(question);
    };
    return caller;
  }

  static Caller suspending() {
    Caller caller;
    caller.suspends = caller.elicitation = caller.sampling = caller.roots = true;
    return caller;
  }

  // Runs a call to its end by bringing answers back; counts the rounds.
  CallResult in_rounds(CallRequest call, int& rounds, const Caller& caller) {
    CallResult result = kernel->call(call, caller);
    for (rounds = 1; result.suspended && rounds < 10; ++rounds) {
      call.state = result.state;
      call.answers.clear();
      for (const Question& question : result.questions)
        call.answers[question.key] = answer_to(question);
      result = kernel->call(call, caller);
    }
    return result;
  }

  static std::string text(const CallResult& result) {
    EXPECT_FALSE(result.error) << result.envelope;
    return result.contents.empty() ? std::string() : result.contents.front().text;
  }

  TestKernel kernel;
};

struct Case {
  const char* tool;
  const char* text;
  int rounds;
};

TEST_F(Asking, BothWaysGiveTheSameAnswer) {
  for (const Case& one : {Case{"test_input_required_result_elicitation", "Hello, Ada!", 2},
                          Case{"test_input_required_result_sampling", "Paris", 2},
                          Case{"test_input_required_result_list_roots", "file:///a", 2},
                          Case{"test_input_required_result_request_state", "state-ok", 2},
                          Case{"test_input_required_result_multiple_inputs", "Paris Ada", 2},
                          Case{"test_input_required_result_multi_round", "Ada likes Ada", 3}}) {
    CallRequest call = fixture(one.tool);
    Caller caller = waiting();
    caller.answer = [](const Question& question) -> Result<std::string> {
      if (question.key == "step2")
        return std::string(R"({"action":"accept","content":{"color":"Ada"}})");
      return answer_to(question);
    };
    EXPECT_THAT(text(kernel->call(call, caller)), HasSubstr(one.text)) << one.tool;
    int rounds = 0;
    EXPECT_THAT(text(in_rounds(call, rounds, suspending())), HasSubstr(one.text)) << one.tool;
    EXPECT_EQ(rounds, one.rounds) << one.tool;
  }
}

TEST_F(Asking, SeveralQuestionsComeInOneRound) {
  const CallResult result =
      kernel->call(fixture("test_input_required_result_multiple_inputs"), suspending());
  ASSERT_TRUE(result.suspended);
  std::vector<std::string> keys;
  for (const Question& question : result.questions) keys.push_back(question.key);
  EXPECT_THAT(keys, testing::ElementsAre("user_name", "greeting", "client_roots"));
}

TEST_F(Asking, TheStateChangesEachRound) {
  CallRequest call = fixture("test_input_required_result_multi_round");
  const CallResult first = kernel->call(call, suspending());
  call.state = first.state;
  call.answers["step1"] = R"({"action":"accept","content":{"name":"Ada"}})";
  const CallResult second = kernel->call(call, suspending());
  ASSERT_TRUE(second.suspended);
  EXPECT_NE(first.state, second.state);
}

TEST_F(Asking, WrongKeysAndMalformedAnswersAreAskedAgain) {
  CallRequest call = fixture("test_input_required_result_elicitation");
  call.state = kernel->call(call, suspending()).state;
  for (const char* malformed : {"null", "[]", "\"Ada\"", "{", "12"}) {
    call.answers = {{"user_name", malformed}};
    EXPECT_TRUE(kernel->call(call, suspending()).suspended) << malformed;
  }
  call.answers = {{"another_key", R"({"action":"accept","content":{"name":"Ada"}})"}};
  EXPECT_TRUE(kernel->call(call, suspending()).suspended);
}

TEST_F(Asking, ATamperedStateIsRefused) {
  CallRequest call = fixture("test_input_required_result_tampered_state");
  CallResult first = kernel->call(call, suspending());
  ASSERT_TRUE(first.suspended);
  for (const std::size_t at : {std::size_t{0}, first.state.size() / 2, first.state.size() - 1}) {
    call.state = first.state;
    call.state[at] = call.state[at] == 'A' ? 'B' : 'A';
    const CallResult result = kernel->call(call, suspending());
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->parameter, "requestState");
  }
}

TEST_F(Asking, ACallerThatCannotBeAskedIsToldWhatItLacks) {
  for (const bool suspends : {false, true}) {
    Caller caller;
    caller.suspends = suspends;
    const CallResult result =
        kernel->call(fixture("test_input_required_result_elicitation"), caller);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->kind, ErrorKind::capability);
    EXPECT_THAT(result.error->details, HasSubstr("elicitation"));
  }
  EXPECT_FALSE(kernel->call(fixture("test_input_required_result_capabilities"), Caller()).error);
}

TEST_F(Asking, DeclinedAnswersReachTheModule) {
  Caller caller = waiting();
  caller.answer = [](const Question&) -> Result<std::string> {
    return std::string(R"({"action":"decline"})");
  };
  EXPECT_THAT(text(kernel->call(fixture("test_elicitation", R"({"message":"Who?"})"), caller)),
              HasSubstr("action=decline"));
}

TEST_F(Asking, AWriteConsentNeedsNoGate) {
  Caller caller = waiting();
  std::vector<Question> asked;
  caller.approve = [&](const Question& question) {
    asked.push_back(question);
    return Decision::approved;
  };
  EXPECT_FALSE(kernel->call(fixture("confirm_delete", R"({"filename":"a.txt"})"), caller).error);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].effect, Effect::write);
  EXPECT_EQ(asked[0].target, "a.txt");
}

TEST_F(Asking, LogLinesReachOnlyWhoAskedForThem) {
  std::vector<std::string> lines;
  Caller caller;
  caller.log = [&](LogLevel, std::string_view, std::string_view line) { lines.emplace_back(line); };
  EXPECT_FALSE(kernel->call(fixture("test_tool_with_logging"), caller).error);
  EXPECT_TRUE(lines.empty());
  caller.log_level = LogLevel::info;
  EXPECT_FALSE(kernel->call(fixture("test_tool_with_logging"), caller).error);
  EXPECT_THAT(lines, testing::ElementsAre("Tool execution started", "Tool processing data",
                                          "Tool execution completed"));
}

TEST_F(Asking, ContentPartsKeepTheirOrderAndKinds) {
  const CallResult result = kernel->call(fixture("test_multiple_content_types"), Caller());
  ASSERT_EQ(result.contents.size(), 3U);
  EXPECT_EQ(result.contents[0].kind, Content::Kind::text);
  EXPECT_EQ(result.contents[1].media_type, "image/png");
  EXPECT_EQ(result.contents[2].uri, "test://mixed-content-resource");
}

TEST_F(Asking, ChangesAreToldToListeners) {
  std::vector<Change::Kind> changes;
  const auto listener =
      kernel->on_change([&](const Change& change) { changes.push_back(change.kind); });
  kernel->call(fixture("test_trigger_tool_change"), Caller());
  kernel->call(fixture("test_trigger_prompt_change"), Caller());
  EXPECT_THAT(changes, testing::ElementsAre(Change::Kind::tools, Change::Kind::prompts));
}

TEST_F(Asking, ResourcesAndTemplatesAreRead) {
  const CallResult fixed = kernel->read_resource("test://static-text", CallRequest(), Caller());
  EXPECT_EQ(text(fixed), "This is the content of the static text resource.");
  const CallResult templated =
      kernel->read_resource("test://template/123/data", CallRequest(), Caller());
  EXPECT_THAT(text(templated), HasSubstr("\"id\":\"123\""));
  EXPECT_EQ(
      kernel->read_resource("test://template/1/2/data", CallRequest(), Caller()).error->status_code,
      404);
  EXPECT_EQ(kernel->read_resource("test://nothing", CallRequest(), Caller()).error->status_code,
            404);
}

TEST_F(Asking, WhoIsToldOfNoActionOfAModuleHasNoneOfItsResourcesAndPrompts) {
  Caller caller;
  caller.hides = [](const Tool&, const Action&) { return true; };
  const auto resource = kernel->read_resource("test://static-text", CallRequest(), caller);
  EXPECT_EQ(resource.error->status_code, 404);
  EXPECT_THAT(resource.error->hint, testing::Not(HasSubstr("test://static-text")));
  EXPECT_EQ(
      kernel->read_resource("test://template/1/data", CallRequest(), caller).error->status_code,
      404);
  EXPECT_EQ(kernel->get_prompt("test_simple_prompt", CallRequest(), caller).error->status_code,
            404);
  caller.hides = [](const Tool&, const Action& action) {
    return action.name != "test_trigger_tool_change";
  };
  EXPECT_FALSE(kernel->read_resource("test://static-text", CallRequest(), caller).error);
}

TEST_F(Asking, PromptsNeedTheirArguments) {
  EXPECT_EQ(kernel->get_prompt("test_prompt_with_arguments", request("", "", "{}"), Caller())
                .error->parameter,
            "arg1");
  const CallResult prompt =
      kernel->get_prompt("test_prompt_with_arguments",
                         request("", "", R"({"arg1":"hello","arg2":"world"})"), Caller());
  EXPECT_THAT(data_of(prompt), HasSubstr("Prompt with arguments: arg1='hello', arg2='world'"));
}

TEST_F(Asking, APromptMayAskToo) {
  const CallResult first =
      kernel->get_prompt("test_input_required_result_prompt", CallRequest(), suspending());
  ASSERT_TRUE(first.suspended) << first.envelope;
  CallRequest again;
  again.state = first.state;
  again.answers["user_context"] = R"({"action":"accept","content":{"context":"a test"}})";
  EXPECT_THAT(data_of(kernel->get_prompt("test_input_required_result_prompt", again, suspending())),
              HasSubstr("a test"));
}

TEST_F(Asking, CompletionAnswersValues) {
  const CallResult result = kernel->complete(
      R"({"of":"prompt","name":"test_prompt_with_arguments","argument":"arg1","value":"h"})",
      Caller());
  EXPECT_THAT(data_of(result), HasSubstr("\"values\""));
}

}  // namespace
}  // namespace dockerhub::test
