#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Envelope, HasStatusDataAndTheThreeRateLimitKeys) {
  TestKernel kernel;
  const auto envelope =
      parsed(kernel->call(request("demo", "echo", R"({"text":"hi"})"), Caller()).envelope);
  EXPECT_EQ(envelope["status_code"].GetInt(), 200);
  EXPECT_TRUE(envelope.HasMember("data"));
  for (const char* key : {"limit", "remaining", "reset"})
    EXPECT_TRUE(envelope["rate_limit"][key].IsNull());
  EXPECT_GT(envelope["request_id"].GetStringLength(), 0U);
}

TEST(Envelope, OfAFailureHasTypeMessageHintStatusRetryAndRequest) {
  TestKernel kernel;
  const CallResult result = kernel->call(
      request(
          "demo", "fail",
          R"({"type":"ApiError","status_code":429,"retry_after_ms":1500,"message":"slow down"})"),
      Caller());
  const auto envelope = parsed(result.envelope);
  const auto& error = envelope["error"];
  EXPECT_STREQ(error["type"].GetString(), "ApiError");
  EXPECT_STREQ(error["message"].GetString(), "slow down");
  EXPECT_EQ(error["status_code"].GetInt(), 429);
  EXPECT_DOUBLE_EQ(error["retry_after"].GetDouble(), 1.5);
  EXPECT_STREQ(error["request"].GetString(), "GET /demo/fail");
  EXPECT_GT(error["hint"].GetStringLength(), 0U);
  EXPECT_FALSE(envelope.HasMember("data"));
}

TEST(Envelope, CarriesWhatAModuleAddsBesideTheData) {
  TestKernel kernel;
  const auto envelope =
      parsed(kernel->call(request("demo", "check", R"({"key":"none"})"), Caller()).envelope);
  EXPECT_FALSE(envelope["exists"].GetBool());
  EXPECT_EQ(envelope["status_code"].GetInt(), 404);
}

std::string told_by(const CallResult& result) {
  return result.envelope.substr(0, result.answer_size);
}

TEST(Envelope, BeginsWithTheAnswerAndGoesOnWithWhatMayDifferEachTime) {
  TestKernel kernel;
  const auto check = [&] {
    return kernel->call(request("demo", "check", R"({"key":"none"})"), Caller());
  };
  const CallResult one = check(), other = check();
  EXPECT_EQ(one.status_code, 404);
  EXPECT_NE(one.envelope, other.envelope) << "each has its own request id";
  EXPECT_EQ(told_by(one), told_by(other));
  EXPECT_THAT(told_by(one), AllOf(HasSubstr("\"data\":"), HasSubstr("\"exists\":false")));
  const CallResult warned =
      kernel->call(request("demo", "outcome", R"({"as":"partial"})"), Caller());
  EXPECT_THAT(told_by(warned), AllOf(HasSubstr("\"data\":"), Not(HasSubstr("warnings"))));
}

TEST(Envelope, TellsHowTheWorkEnded) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(request("demo", "outcome", R"({"as":"partial"})"), Caller());
  EXPECT_EQ(result.outcome, Outcome::partial);
  EXPECT_THAT(result.envelope, AllOf(HasSubstr("\"is\":\"partial\""), HasSubstr("\"warnings\":[")));
}

TEST(Resolve, NamesTheLikelyToolAndAction) {
  TestKernel kernel;
  const CallResult tool = kernel->call(request("dmeo", "echo"), Caller());
  EXPECT_EQ(tool.error->kind, ErrorKind::unknown_tool);
  EXPECT_THAT(tool.error->hint, HasSubstr("'demo'"));
  const CallResult action = kernel->call(request("demo", "ecoh"), Caller());
  EXPECT_EQ(action.error->kind, ErrorKind::unknown_action);
  EXPECT_THAT(action.error->hint, AllOf(HasSubstr("Did you mean 'echo'?"), HasSubstr("describe")));
}

TEST(Describe, IsAnsweredFromTheManifestWithoutLoadingTheModule) {
  TestKernel kernel;
  const std::string all = data_of(kernel->call(request("demo", "describe"), Caller()));
  EXPECT_THAT(all, AllOf(HasSubstr("\"echo\""), HasSubstr("\"destructive\"")));
  const std::string one =
      data_of(kernel->call(request("demo", "describe", R"({"action":"echo"})"), Caller()));
  EXPECT_THAT(one, AllOf(HasSubstr("\"times\""), Not(HasSubstr("\"delete\""))));
  for (const ModuleInfo& module : kernel->modules())
    EXPECT_EQ(module.state, ModuleState::not_loaded) << module.name;
  EXPECT_EQ(kernel->call(request("demo", "describe", R"({"action":"ecoh"})"), Caller()).error->kind,
            ErrorKind::unknown_action);
}

TEST(Modules, AnExceptionBecomesAnErrorAndTheNextCallWorks) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(request("demo", "throw", R"({"message":"boom"})"), Caller());
  EXPECT_EQ(result.error->kind, ErrorKind::module_fault);
  EXPECT_THAT(result.error->message, HasSubstr("boom"));
  EXPECT_FALSE(kernel->call(request("demo", "echo", R"({"text":"a"})"), Caller()).error);
}

TEST(Items, GoOutOneByOneAndInOrder) {
  TestKernel kernel;
  std::vector<std::string> items;
  Caller caller;
  caller.item = [&](std::string_view item) -> Result<void> {
    items.emplace_back(item);
    return {};
  };
  const CallResult result = kernel->call(request("demo", "list", R"({"count":1000})"), caller);
  EXPECT_FALSE(result.error);
  EXPECT_EQ(result.items, 1000U);
  ASSERT_EQ(items.size(), 1000U);
  EXPECT_THAT(items.front(), HasSubstr("\"number\":"));
  EXPECT_NE(items.front(), items.back());
}

TEST(Items, StopWithoutAnErrorWhenTheReceiverWantsNoMore) {
  TestKernel kernel;
  std::size_t taken = 0;
  Caller caller;
  caller.item = [&](std::string_view) -> Result<void> {
    if (++taken < 3) return {};
    return Failure(Error());
  };
  const CallResult result = kernel->call(request("demo", "list", R"({"count":100000})"), caller);
  EXPECT_FALSE(result.error) << result.envelope;
  EXPECT_EQ(taken, 3U);
}

TEST(Items, AreTheDataWhereNobodyTakesThem) {
  TestKernel kernel;
  const auto envelope =
      parsed(kernel->call(request("demo", "list", R"({"count":3})"), Caller()).envelope);
  EXPECT_EQ(envelope["data"].Size(), 3U);
  const auto none =
      parsed(kernel->call(request("demo", "list", R"({"count":0})"), Caller()).envelope);
  EXPECT_TRUE(none["data"].IsArray() && none["data"].Empty()) << "an empty list is a list";
}

TEST(Deadline, EndsAWaitingModule) {
  TestKernel kernel;
  CallRequest slow = request("demo", "slow", R"({"steps":10000,"milliseconds":60000})");
  slow.options.timeout = std::chrono::milliseconds(20);
  const CallResult result = kernel->call(slow, Caller());
  EXPECT_EQ(result.error->kind, ErrorKind::timeout);
}

TEST(Cancellation, EndsAWaitingModuleAtOnce) {
  TestKernel kernel;
  std::stop_source stop;
  Caller caller;
  caller.stop = stop.get_token();
  caller.progress = [&](const Progress&) { stop.request_stop(); };
  const CallResult result =
      kernel->call(request("demo", "slow", R"({"steps":10000,"milliseconds":60000})"), caller);
  EXPECT_EQ(result.error->kind, ErrorKind::cancelled);
}

TEST(Progress, CountsUpWithinEachTrack) {
  TestKernel kernel;
  std::map<std::string, std::vector<std::uint64_t>> tracks;
  Caller caller;
  caller.progress = [&](const Progress& progress) {
    tracks[std::string(progress.track)].push_back(progress.done);
  };
  EXPECT_FALSE(
      kernel->call(request("demo", "slow", R"({"steps":3,"milliseconds":0})"), caller).error);
  ASSERT_FALSE(tracks.empty());
  for (const auto& [track, done] : tracks)
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end())) << track;
}

constexpr const char* kCanary = "canary-5e1f0c9a7b";

TEST(Secrets, OfACallAreInNothingThatLeaves) {
  std::vector<std::string> audited;
  Hooks hooks;
  hooks.audit = [&](const CallView& view, const CallResult& result, std::chrono::microseconds) {
    audited.push_back(std::string(view.params) + result.envelope);
  };
  TestKernel kernel({}, hooks);
  const CallResult result = kernel->call(
      request("demo", "secret", std::string(R"({"secret":")") + kCanary + "\"}"), Caller());
  EXPECT_FALSE(result.error) << result.envelope;
  EXPECT_THAT(result.envelope, Not(HasSubstr(kCanary)));
  ASSERT_EQ(audited.size(), 1U);
  EXPECT_THAT(audited[0], Not(HasSubstr(kCanary)));
}

TEST(Secrets, ConfiguredOnesAreMaskedWhereverAModuleEchoesThem) {
  TestKernel kernel(Variables{{"DOCKER_HUB_USER", "someone"}, {"DOCKER_HUB_TOKEN", kCanary}});
  const auto echoed = [&](const std::string& text) {
    return kernel->call(request("demo", "echo", "{\"text\":\"" + text + "\"}"), Caller()).envelope;
  };
  EXPECT_THAT(echoed(std::string("before ") + kCanary + " after"),
              AllOf(Not(HasSubstr(kCanary)), HasSubstr("before ***redacted*** after")));
  EXPECT_THAT(kernel
                  ->call(request("demo", "fail", std::string(R"({"message":")") + kCanary + "\"}"),
                         Caller())
                  .envelope,
              Not(HasSubstr(kCanary)));
  EXPECT_THAT(kernel->call(request("demo", kCanary), Caller()).envelope, Not(HasSubstr(kCanary)));
}

TEST(Secrets, ConfiguredOnesAreMaskedInContentParts) {
  TestKernel kernel(
      Variables{{"DOCKER_HUB_USER", "someone"}, {"DOCKER_HUB_TOKEN", "an image and a link"}});
  const CallResult result = kernel->call(request("demo", "content"), Caller());
  ASSERT_FALSE(result.contents.empty()) << result.envelope;
  EXPECT_EQ(result.contents.front().text, "A text, ***redacted***.");
}

TEST(Secrets, AFieldThatIsShownOnceIsShown) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(request("demo", "secret", R"({"secret":"12345678"})"), Caller());
  EXPECT_THAT(data_of(result), HasSubstr("demo-token-8"));
}

// A port of loopback that answers nothing and knows whether anybody came.
class SilentPort {
 public:
  SilentPort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const place = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, place, size) != 0 || listen(socket_, 1) != 0 ||
        getsockname(socket_, place, &size) != 0)
      throw std::runtime_error("no port");
    authority_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~SilentPort() { close(socket_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  const std::string& authority() const { return authority_; }
  // The system takes connections by itself: whoever came is here.
  bool was_reached() const {
    const int connection = accept(socket_, nullptr, nullptr);
    if (connection >= 0) close(connection);
    return connection >= 0;
  }

 private:
  int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  std::string authority_;
};

TEST(Stores, ThatNobodyBoundEndTheCallBeforeAnythingIsSent) {
  const SilentPort registry;
  TestKernel kernel(Variables{{"DOCKERHUB_HTTP_TIMEOUT", "5s"}});
  for (const char* const action : {"push", "pull"}) {
    const std::string params =
        R"({"store":"v1","repo":")" + registry.authority() + R"(/team/app:v1"})";
    const CallResult result = kernel->call(request("hub_registry", action, params), Caller());
    ASSERT_TRUE(result.error) << action << ": " << result.envelope;
    EXPECT_EQ(result.error->kind, ErrorKind::unsupported) << action;
    EXPECT_EQ(result.error->parameter, "store") << action;
    EXPECT_THAT(result.error->message, HasSubstr("cannot bind any")) << action;
    EXPECT_THAT(result.error->hint, HasSubstr("command line")) << action;
    EXPECT_FALSE(registry.was_reached()) << action;
  }
}

TEST(Describe, LeavesOutWhatNeedsAStoreThatTheCallerCannotBind) {
  TestKernel kernel;
  const CallRequest asked = request("hub_registry", "describe");
  Caller caller;
  EXPECT_THAT(data_of(kernel->call(asked, caller)),
              AllOf(HasSubstr(R"("action":"copy")"), Not(HasSubstr(R"("action":"push")"))));
  caller.store = [](std::string_view, std::string_view, bool) -> Result<std::unique_ptr<Store>> {
    return Failure(Error());
  };
  EXPECT_THAT(data_of(kernel->call(asked, caller)), HasSubstr(R"("action":"push")"));
}

TEST(HiddenActions, AreUnknownInEveryWay) {
  TestKernel kernel;
  Caller caller;
  caller.hides = [](const Tool&, const Action& action) { return action.name == "echo"; };
  const CallResult called = kernel->call(request("demo", "echo", R"({"text":"hi"})"), caller);
  ASSERT_TRUE(called.error) << called.envelope;
  EXPECT_EQ(called.error->kind, ErrorKind::unknown_action);
  EXPECT_THAT(called.error->hint, AllOf(HasSubstr("slow"), Not(HasSubstr("echo"))));
  EXPECT_EQ(kernel->call(request("demo", "describe", R"({"action":"echo"})"), caller).error->kind,
            ErrorKind::unknown_action);
  EXPECT_THAT(data_of(kernel->call(request("demo", "describe"), caller)),
              AllOf(HasSubstr(R"("action":"slow")"), Not(HasSubstr(R"("action":"echo")"))));
}

TEST(Policy, RefusesBeforeTheModuleIsLoaded) {
  Hooks hooks;
  hooks.policy = [](const CallView& view) -> Result<void> {
    Error error;
    error.kind = ErrorKind::policy;
    error.message = "Access denied: " + std::string(view.action) + " " + std::string(view.params);
    return Failure(error);
  };
  TestKernel kernel({}, hooks);
  const CallResult result = kernel->call(request("demo", "echo", R"({"text":"hi"})"), Caller());
  EXPECT_EQ(result.error->kind, ErrorKind::policy);
  EXPECT_THAT(result.error->message, HasSubstr(R"("text":"hi")"));
  for (const ModuleInfo& module : kernel->modules())
    EXPECT_EQ(module.state, ModuleState::not_loaded);
}

TEST(Policy, ThatFailsAllowsNothing) {
  Hooks hooks;
  hooks.policy = [](const CallView&) -> Result<void> { throw std::runtime_error("no connection"); };
  TestKernel kernel({}, hooks);
  EXPECT_EQ(kernel->call(request("demo", "echo", R"({"text":"hi"})"), Caller()).error->kind,
            ErrorKind::policy);
}

TEST(Audit, RecordsRefusedCallsToo) {
  std::vector<std::pair<std::string, bool>> lines;
  Hooks hooks;
  hooks.audit = [&](const CallView& view, const CallResult& result, std::chrono::microseconds) {
    lines.emplace_back(view.action, result.error.has_value());
  };
  TestKernel kernel({}, hooks);
  kernel->call(request("demo", "delete", R"({"key":"n"})"), Caller());
  kernel->call(request("demo", "echo", R"({"text":"n"})"), Caller());
  EXPECT_EQ(lines, (std::vector<std::pair<std::string, bool>>{{"delete", true}, {"echo", false}}));
}

TEST(Catalogue, GivesASchemaThatModelServicesAccept) {
  TestKernel kernel;
  const auto catalogue = kernel->catalogue();
  const Tool* demo = catalogue->find_tool("demo");
  ASSERT_NE(demo, nullptr);
  for (const Action& action : demo->actions) {
    const std::string schema = input_schema(action);
    EXPECT_STREQ(parsed(schema)["type"].GetString(), "object") << action.name;
    for (const char* refused : {"oneOf", "anyOf", "allOf", "$ref", "const", "exclusiveMinimum"}) {
      EXPECT_THAT(schema, Not(HasSubstr(refused))) << action.name;
    }
  }
}

CallRequest with_fields(const std::string& action, const std::string& params,
                        std::vector<std::string> fields) {
  CallRequest call = request("demo", action, params);
  call.options.fields = std::move(fields);
  return call;
}

TEST(Fields, KeepOnlyTheseMembersOfEachItem) {
  TestKernel kernel;
  EXPECT_EQ(data_of(kernel->call(with_fields("list", R"({"count":2})", {"name"}), Caller())),
            R"([{"name":"item-1"},{"name":"item-2"}])");
}

TEST(Fields, AreKeptOfItemsThatAreTakenOneByOne) {
  TestKernel kernel;
  std::string taken;
  Caller caller;
  caller.item = [&](std::string_view item) -> Result<void> {
    taken += item;
    return {};
  };
  kernel->call(with_fields("list", R"({"count":1})", {"even", "number"}), caller);
  EXPECT_EQ(taken, R"({"number":1,"even":false})");
}

TEST(Fields, AreKeptOfAnAnswerThatIsOneObject) {
  TestKernel kernel;
  const std::string params = R"({"key":"k","value":"v"})";
  EXPECT_EQ(data_of(kernel->call(with_fields("write", params, {"key"}), Caller())),
            R"({"key":"k"})");
}

TEST(Fields, AnUnknownNameIsToldWithTheLikelyOne) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(with_fields("list", R"({"count":2})", {"nmae", "name"}), Caller());
  EXPECT_THAT(result.envelope,
              AllOf(HasSubstr("\"warnings\":["), HasSubstr("did you mean 'name'?")));
}

TEST(Fields, CannotLoseWhatIsShownOnce) {
  TestKernel kernel;
  const CallResult result =
      kernel->call(with_fields("secret", R"({"secret":"12345678"})", {"uuid"}), Caller());
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_EQ(result.error->kind, ErrorKind::parameter);
  EXPECT_EQ(result.error->parameter, "fields");
}

TEST(Fields, OfAnEmptyListNothingIsSaid) {
  TestKernel kernel;
  const CallResult result = kernel->call(with_fields("list", R"({"count":0})", {"nmae"}), Caller());
  EXPECT_THAT(result.envelope, Not(HasSubstr("warnings")));
}

}  // namespace
}  // namespace dockerhub::test
