// What is different for a module in a process of its own: it is elsewhere, it may die, and so may we.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "../temporary_folder.hpp"
#include "remote_module.hpp"
#include "sanitizer_options.hpp"
#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using plugin_host::FieldReader;
using plugin_host::FieldWriter;
using plugin_host::HostFunction;
using plugin_host::Kind;
using plugin_host::Link;
using plugin_host::Message;
using plugin_host::ModuleFunction;
using plugin_host::ModuleProcess;
using plugin_host::RemoteModule;
using testing::HasSubstr;

class OwnProcess : public testing::Test {
 protected:
  OwnProcess() {
    kernel.trust("c_module.so");
    kernel.trust("frozen_work.so");
  }

  pid_t process() {
    return static_cast<pid_t>(
        std::stol(data_of(kernel->call(request("frozen_work", "process"), Caller()))));
  }

  TestKernel kernel;
};

TEST_F(OwnProcess, IsAnotherThanOurs) {
  EXPECT_NE(process(), ::getpid());
  EXPECT_EQ(process(), process()) << "it stays for the next call";
}

TEST_F(OwnProcess, RunsTheModuleInC) {
  const auto echo =
      parsed(data_of(kernel->call(request("c_module", "echo", R"({"text":"hi"})"), Caller())));
  EXPECT_STREQ(echo["text"].GetString(), "hi");
  EXPECT_EQ(echo["times"].GetInt(), 1);
  EXPECT_EQ(data_of(kernel->call(request("c_module", "counter"), Caller())), "1");
  EXPECT_EQ(data_of(kernel->call(request("c_module", "counter"), Caller())), "2");
}

TEST_F(OwnProcess, ServesCallsAtTheSameTime) {
  std::stop_source stop;
  Caller waits;
  waits.stop = stop.get_token();
  std::string in_between;
  waits.progress = [&](const Progress&) {
    in_between = data_of(kernel->call(request("frozen_work", "digest"), Caller()));
    stop.request_stop();
  };
  EXPECT_TRUE(kernel->call(request("frozen_work", "wait"), waits).error);
  EXPECT_THAT(in_between, HasSubstr("sha256:ba7816bf"));
}

TEST_F(OwnProcess, ThatIsKilledInTheMiddleIsAClearError) {
  const pid_t victim = process();
  Caller caller;
  caller.progress = [&](const Progress&) { ::kill(victim, SIGKILL); };
  const CallResult result = kernel->call(request("frozen_work", "spin"), caller);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->kind, ErrorKind::module_fault);
  EXPECT_THAT(result.error->message, HasSubstr("was ended by signal 9"));
  EXPECT_THAT(result.error->hint, HasSubstr("Reload the module"));

  const CallResult next = kernel->call(request("frozen_work", "process"), Caller());
  ASSERT_TRUE(next.error);
  EXPECT_THAT(next.error->message, HasSubstr("was ended by signal 9"));
  EXPECT_FALSE(kernel->call(request("c_module", "counter"), Caller()).error)
      << "the other module has a process of its own";
}

const void* nothing(const dh_host* /*host*/, dh_str /*id*/) {
  return nullptr;
}
constexpr dh_host kBareHost = {sizeof(dh_host), DH_ABI_MAJOR, DH_ABI_MINOR, nullptr, nothing};

std::string start_problem(const std::filesystem::path& program,
                          const std::filesystem::path& module) {
  const auto started =
      RemoteModule::start(&kBareHost, {program, module, plugin_host::sanitizer_options()});
  return started ? "" : started.error();
}

TEST(StartOfAProcess, SaysWhatIsWrongWithProgramOrFile) {
  EXPECT_THAT(start_problem("/nowhere/plugin-host", "x.so"), HasSubstr("was not started"));
  EXPECT_THAT(start_problem(HOST_PROGRAM, "/nowhere/module.so"), HasSubstr("cannot be loaded"));
  EXPECT_THAT(start_problem("/bin/true", "x.so"), HasSubstr("before the module was loaded"));
}

TEST(StartOfAProcess, DoesNotWaitForOneThatBreaksTheProtocol) {
  const TemporaryFolder folder;
  const auto script = folder.path() / "host.sh";
  std::ofstream(script)
      << "printf 'this is no message, but it is long enough' >&3\nexec sleep 600\n";
  EXPECT_THAT(start_problem("/bin/sh", script), HasSubstr("was ended by signal 9"));
}

// The kernel's side by hand: a module that works until it is told to end.
class ByHand : public testing::Test {
 protected:
  void begin_spinning() {
    FieldWriter start;
    start.number(DH_ABI_MAJOR);
    start.number(DH_ABI_MINOR);
    for (const char* id : {DH_CALL_1, DH_ASK_1, DH_CONFIG_1, DH_LOG_1, DH_EMIT_1}) start.bytes(id);
    send(ModuleFunction::start, 1, start);
    const Message line = receive();
    ASSERT_EQ(line.function, static_cast<std::uint32_t>(HostFunction::log_write));
    reply(line);
    const Message started = receive();
    ASSERT_EQ(started.kind, Kind::reply);
    FieldReader in(started.fields);
    ASSERT_EQ(in.number(), DH_OK) << in.bytes();

    FieldWriter call;
    call.number(0);
    call.number(-1);
    call.bytes("frozen_work");
    call.bytes("spin");
    send(ModuleFunction::invoke, 2, call);
    const Message progress = receive();
    ASSERT_EQ(progress.function, static_cast<std::uint32_t>(HostFunction::progress));
    ASSERT_EQ(progress.id, 2U);
    reply(progress);
  }

  void send(ModuleFunction function, std::uint64_t id, FieldWriter& fields) {
    ASSERT_TRUE(
        link.send({Kind::request, static_cast<std::uint32_t>(function), id, fields.take()}));
  }
  void reply(const Message& request) {
    FieldWriter fields;
    fields.number(DH_OK);
    ASSERT_TRUE(link.send({Kind::reply, request.function, request.id, fields.take()}));
  }
  Message receive() {
    auto message = link.receive();
    EXPECT_TRUE(message) << "the process has ended";
    return message ? std::move(*message) : Message();
  }

  ModuleProcess process =
      ModuleProcess::start(HOST_PROGRAM, FROZEN_WORK, plugin_host::sanitizer_options()).value();
  Link link{process.socket()};
};

TEST_F(ByHand, TheProcessEndsWithItsParentWhateverTheModuleDoes) {
  begin_spinning();
  process.hang_up();
  int status = 0;
  ASSERT_EQ(::waitpid(process.id(), &status, 0), process.id());
  EXPECT_TRUE(WIFEXITED(status)) << status;
}

TEST_F(ByHand, AReplyThatNobodyAskedForEndsIt) {
  begin_spinning();
  Message unasked;
  unasked.kind = Kind::reply;
  unasked.id = 2;
  ASSERT_TRUE(link.send(unasked));
  EXPECT_FALSE(link.receive());
  EXPECT_THAT(process.ended(), HasSubstr("exited"));
}

TEST_F(ByHand, ACallThatIsCancelledReturns) {
  begin_spinning();
  ASSERT_TRUE(link.send({Kind::cancel, 0, 2, {}}));
  const Message line = receive();
  EXPECT_EQ(line.id, plugin_host::kHostId);
  reply(line);
  const Message end = receive();
  EXPECT_EQ(end.kind, Kind::reply);
  EXPECT_EQ(FieldReader(end.fields).number(), DH_E_CANCELLED);
  FieldWriter none;
  send(ModuleFunction::stop, 3, none);
  EXPECT_FALSE(link.receive());
  EXPECT_EQ(process.ended(), "exited with status 0");
}

}  // namespace
}  // namespace dockerhub::test
