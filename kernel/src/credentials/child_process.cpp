#include "credentials/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include "base/file.hpp"
#include "http/http_error.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub {
namespace {

Failure failed(const std::string& what, const std::filesystem::path& program, int reason) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = what + " " + visible(program.string());
  error.hint = "The system says: " + http::system_text(reason) + '.';
  return Failure(std::move(error));
}

// The input as a file in memory: it never blocks and needs nobody to write it.
UniqueFd input_file(std::string_view input) {
  UniqueFd file(::memfd_create("input", MFD_CLOEXEC));
  if (!file) return file;
  const bool whole =
      ::write(file.get(), input.data(), input.size()) == static_cast<ssize_t>(input.size());
  if (!whole || ::lseek(file.get(), 0, SEEK_SET) != 0) return UniqueFd();
  return file;
}

// "NAME=value" texts and the pointers to them that execve() wants.
class TextArray {
 public:
  void add(std::string text) { texts_.push_back(std::move(text)); }

  char* const* pointers() {
    pointers_.clear();
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
    return pointers_.data();
  }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

class SpawnPlan {
 public:
  SpawnPlan(int input, int output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none = {};
    sigset_t all = {};
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    constexpr int kFlags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(&attributes_, kFlags);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  // errno's number, or 0.
  int start(pid_t& child, const std::filesystem::path& program, TextArray& arguments,
            TextArray& environment) const {
    return ::posix_spawn(&child, program.c_str(), &actions_, &attributes_, arguments.pointers(),
                         environment.pointers());
  }

 private:
  posix_spawn_file_actions_t actions_ = {};
  posix_spawnattr_t attributes_ = {};
};

// By its number: the header of the C library declares it without C linkage.
int pidfd_of(pid_t id) {
  return static_cast<int>(::syscall(SYS_pidfd_open, id, 0));
}

// A child that is ended, with all that it started, and fetched when this goes.
class Child {
 public:
  explicit Child(pid_t id) : id_(id), ended_(pidfd_of(id)) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    ::kill(-id_, SIGKILL);
    fetch();
  }

  // Readable from the child's end on.
  int ended() const { return ended_.get(); }

  // nullopt: nobody can know it, as where this process ignores SIGCHLD.
  std::optional<int> exit_code() {
    const auto status = fetch();
    if (!status) return std::nullopt;
    return WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
  }

 private:
  std::optional<int> fetch() {
    int status = 0;
    pid_t waited = 0;
    do {
      waited = ::waitpid(id_, &status, 0);
    } while (waited < 0 && errno == EINTR);
    id_ = 0;
    if (waited < 0) return std::nullopt;
    return status;
  }

  pid_t id_;
  UniqueFd ended_;
};

// Reads until the end of the output or above `most`; errors are those of the wait.
Result<void> read_output(int pipe, std::size_t most, SecretBytes& output,
                         http::WaitBounds& bounds) {
  std::array<char, 4096> block = {};
  for (;;) {
    pollfd polled = {pipe, POLLIN, 0};
    if (auto waited = bounds.wait({&polled, 1}); !waited) return waited;
    const ssize_t got = ::read(pipe, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got > 0) output.insert(output.end(), block.data(), block.data() + got);
    wipe(block.data(), block.size());
    if (got <= 0 || output.size() > most) return {};
  }
}

Failure named(Error error, const std::filesystem::path& program) {
  error.message = visible(program.string()) + ": " + error.message;
  return Failure(std::move(error));
}

}  // namespace

Result<ProcessOutput> run_process(const std::filesystem::path& program,
                                  const std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& environment,
                                  std::string_view input, std::size_t most,
                                  const http::Control& control) {
  std::array<int, 2> ends = {-1, -1};
  const UniqueFd stdin_file = input_file(input);
  if (!stdin_file || ::pipe2(ends.data(), O_CLOEXEC) != 0)
    return failed("no descriptors left to run", program, errno);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  TextArray words;
  TextArray variables;
  words.add(program.string());
  for (const std::string& argument : arguments) words.add(argument);
  for (const auto& [name, value] : environment)
    variables.add(std::string(name).append("=").append(value));
  pid_t id = 0;
  const SpawnPlan plan(stdin_file.get(), write_end.get());
  if (const int reason = plan.start(id, program, words, variables); reason != 0)
    return failed("cannot run", program, reason);
  Child child(id);
  write_end.reset();
  if (child.ended() < 0) return failed("no descriptors left to run", program, errno);

  ProcessOutput result;
  http::WaitBounds bounds(control, {});
  if (auto read = read_output(read_end.get(), most, result.output, bounds); !read)
    return named(std::move(read.error()), program);
  if (result.output.size() > most) return failed("too much output of", program, EMSGSIZE);
  pollfd polled = {child.ended(), POLLIN, 0};
  if (auto waited = bounds.wait({&polled, 1}); !waited)
    return named(std::move(waited.error()), program);
  const auto code = child.exit_code();
  if (!code) return failed("cannot tell how it ended:", program, ECHILD);
  result.exit_code = *code;
  return result;
}

}  // namespace dockerhub
