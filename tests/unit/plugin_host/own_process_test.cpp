// What is different for a module in a process of its own: it is elsewhere, it may die, and so may we.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <map>
#include <sstream>

#include "../temporary_folder.hpp"
#include "by_hand.hpp"
#include "remote_module.hpp"
#include "sanitizer_options.hpp"
#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using plugin_host::ByHand;
using plugin_host::FieldReader;
using plugin_host::FieldWriter;
using plugin_host::HostFunction;
using plugin_host::Kind;
using plugin_host::Message;
using plugin_host::ModuleFunction;
using plugin_host::ModuleProcess;
using plugin_host::RemoteModule;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::StartsWith;

class OwnProcess : public testing::Test {
 protected:
  OwnProcess() {
    kernel.trust("c_module.so");
    kernel.trust("frozen_work.so");
    kernel.trust("odd_module.so");
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

// What stands where the process's own descriptor leads, by its number.
std::map<int, std::string> descriptors_of(pid_t process) {
  std::map<int, std::string> found;
  const std::filesystem::path folder = "/proc/" + std::to_string(process) + "/fd";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::error_code closed_meanwhile;
    const auto target = std::filesystem::read_symlink(entry.path(), closed_meanwhile);
    if (!closed_meanwhile) found[std::stoi(entry.path().filename().string())] = target.string();
  }
  return found;
}

TEST_F(OwnProcess, IsNotReachedByWhatATerminalSendsToItsPrograms) {
  EXPECT_NE(::getpgid(process()), ::getpgrp());
}

TEST_F(OwnProcess, IsMissedWhateverItStarted) {
  pid_t other_program = 0;
  pid_t same_program = 0;
  Caller caller;
  caller.progress = [&](const Progress& progress) {
    pid_t victim = 0;
    std::istringstream(std::string(progress.message)) >> victim >> other_program >> same_program;
    if (victim > 0) ::kill(victim, SIGKILL);
  };
  const CallResult result = kernel->call(request("odd_module", "family"), caller);
  ASSERT_GT(other_program, 0);
  ASSERT_GT(same_program, 0);
  EXPECT_EQ(::kill(other_program, SIGKILL), 0) << "it lived, with all that it had inherited";
  EXPECT_EQ(::kill(same_program, SIGKILL), 0);
  ASSERT_TRUE(result.error);
  EXPECT_THAT(result.error->message, HasSubstr("was ended by signal 9"));
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

TEST(StartOfAProcess, SaysWhichExtensionIsWrong) {
  const std::string hostile = DOCKERHUB_BUILD_DIR "/tests/modules/";
  EXPECT_EQ(start_problem(HOST_PROGRAM, hostile + "short_tools.so"),
            "extension tools/1 is too small");
  EXPECT_EQ(start_problem(HOST_PROGRAM, hostile + "short_resources.so"),
            "extension resources/1 is too small");
  EXPECT_EQ(start_problem(HOST_PROGRAM, hostile + "extension_throws.so"),
            "extension(tools/1) threw an exception: nothing to offer");
  EXPECT_THAT(start_problem(HOST_PROGRAM, hostile + "create_throws.so"),
              StartsWith("create() threw an exception: "));
}

TEST(StartOfAProcess, OffersNoExtensionThatCannotBeCalled) {
  const auto module = RemoteModule::start(
      &kBareHost, {HOST_PROGRAM, DOCKERHUB_BUILD_DIR "/tests/modules/tools_without_invoke.so",
                   plugin_host::sanitizer_options()});
  ASSERT_TRUE(module) << module.error();
  EXPECT_FALSE((*module)->offers(DH_TOOLS_1));
}

// The environment of a program that has been started. It can be read only once the program is in place.
std::string variables_of(pid_t process) {
  constexpr std::chrono::seconds kPlenty{20};
  const auto end = std::chrono::steady_clock::now() + kPlenty;
  std::string variables;
  while (variables.empty() && std::chrono::steady_clock::now() < end) {
    std::ifstream file("/proc/" + std::to_string(process) + "/environ", std::ios::binary);
    std::getline(file, variables);
  }
  return variables;
}

// Of another program than the real one, which shows nothing of itself to others.
TEST(StartOfAProcess, GivesNoDescriptorButTheSocketAndNoVariableThatWasNotNamed) {
  auto started = ModuleProcess::start("/bin/sleep", "60", {"GIVEN=1"});
  ASSERT_TRUE(started) << started.error();
  EXPECT_EQ(variables_of(started->id()), std::string("GIVEN=1\0", 8));
  const std::map<int, std::string> found = descriptors_of(started->id());
  EXPECT_THAT(found, ElementsAre(Pair(0, "/dev/null"), Pair(1, found.at(2)), Pair(2, testing::_),
                                 Pair(3, StartsWith("socket:"))));
  EXPECT_EQ(found.at(2), std::filesystem::read_symlink("/proc/self/fd/2").string());
  EXPECT_EQ(started->ended(), "was ended by signal 9");
}

TEST(StartOfAProcess, NeedsNoStandardErrorOfOurs) {
  const int kept = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  ::close(STDERR_FILENO);
  auto started = ModuleProcess::start("/bin/sleep", "60", {});
  ::dup2(kept, STDERR_FILENO);
  ::close(kept);
  ASSERT_TRUE(started) << started.error();
  EXPECT_THAT(descriptors_of(started->id()),
              ElementsAre(Pair(0, "/dev/null"), Pair(1, "/dev/null"), Pair(2, "/dev/null"),
                          Pair(3, StartsWith("socket:"))));
  EXPECT_EQ(started->ended(), "was ended by signal 9");
}

TEST(StartOfAProcess, MayBeWhereEndedChildrenAreNotWaitedFor) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  auto started = ModuleProcess::start("/bin/true", "x.so", {});
  ASSERT_TRUE(started) << started.error();
  EXPECT_EQ(started->ended(), "ended");
  std::signal(SIGCHLD, before);
}

TEST(StartOfAProcess, DoesNotWaitForOneThatBreaksTheProtocol) {
  const TemporaryFolder folder;
  const auto script = folder.path() / "host.sh";
  std::ofstream(script)
      << "printf 'this is no message, but it is long enough' >&3\nexec sleep 600\n";
  EXPECT_THAT(start_problem("/bin/sh", script), HasSubstr("was ended by signal 9"));
}

// A module that works until it is told to end.
class Spinning : public ByHand {
 protected:
  Spinning() : ByHand(FROZEN_WORK) {}

  void begin_spinning() {
    ASSERT_EQ(start(), DH_OK);
    invoke(2, "spin");
    const Message progress = receive();
    ASSERT_EQ(progress.function, static_cast<std::uint32_t>(HostFunction::progress));
    ASSERT_EQ(progress.id, 2U);
    reply(progress);
  }
};

TEST_F(Spinning, TheProcessEndsWithItsParentWhateverTheModuleDoes) {
  begin_spinning();
  process.hang_up();
  int status = 0;
  ASSERT_EQ(::waitpid(process.id(), &status, 0), process.id());
  EXPECT_TRUE(WIFEXITED(status)) << status;
}

TEST_F(Spinning, AReplyThatNobodyAskedForEndsIt) {
  begin_spinning();
  Message unasked;
  unasked.kind = Kind::reply;
  unasked.id = 2;
  ASSERT_TRUE(link.send(unasked));
  EXPECT_FALSE(link.receive());
  EXPECT_THAT(process.ended(), HasSubstr("exited"));
}

TEST_F(Spinning, ACallThatIsCancelledReturns) {
  begin_spinning();
  ASSERT_TRUE(link.send({Kind::cancel, 0, 2, {}}));
  const Message line = receive();
  EXPECT_EQ(line.function, static_cast<std::uint32_t>(HostFunction::log_write));
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
