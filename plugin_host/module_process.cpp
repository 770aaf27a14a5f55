#include "module_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "protocol.hpp"

namespace dockerhub::plugin_host {
namespace {

// A process that does not read for so long is given up; it reads all the time, whatever the module does.
constexpr timeval kSendTimeout = {10, 0};

std::string words_of(int problem) {
  return std::generic_category().message(problem);
}

// Not in the place of a standard stream that we lack: somebody would write there.
int above_standard_streams(int descriptor) {
  if (descriptor > STDERR_FILENO) return descriptor;
  const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kSocket);
  ::close(descriptor);
  return moved;
}

// All that is open here is closed by exec, but for the standard streams.
bool have_standard_error() {
  const int flags = ::fcntl(STDERR_FILENO, F_GETFD);
  return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

// What the process inherits otherwise than we have it.
class Inheritance {
 public:
  explicit Inheritance(int socket) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, socket, kSocket);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!have_standard_error())
      ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, kSocket + 1);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all;
    sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  }
  ~Inheritance() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// The C library has had its own functions for these two for a short time only.
int open_end(pid_t id) {
  return above_standard_streams(static_cast<int>(::syscall(SYS_pidfd_open, id, 0U)));
}
void kill_by_end(int end) {
  ::syscall(SYS_pidfd_send_signal, end, SIGKILL, nullptr, 0U);
}

bool is_child(pid_t id) {
  siginfo_t found = {};
  return ::waitid(P_PID, static_cast<id_t>(id), &found, WEXITED | WNOHANG | WNOWAIT) == 0;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

}  // namespace

tl::expected<ModuleProcess, std::string> ModuleProcess::start(
    const std::filesystem::path& program, const std::filesystem::path& module,
    const std::vector<std::string>& environment) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return tl::unexpected("no socket pair: " + words_of(errno));
  for (int& end : ends) end = above_standard_streams(end);
  ::setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &kSendTimeout, sizeof kSendTimeout);
  const Inheritance inheritance(ends[1]);
  const std::vector<std::string> words = {program.string(), module.string()};
  pid_t id = 0;
  const int problem =
      ::posix_spawn(&id, program.c_str(), inheritance.actions(), inheritance.attributes(),
                    pointers(words).data(), pointers(environment).data());
  ::close(ends[1]);
  if (problem == 0) return ModuleProcess(id, open_end(id), ends[0]);
  ::close(ends[0]);
  return tl::unexpected("'" + program.string() + "' was not started: " + words_of(problem));
}

ModuleProcess::ModuleProcess(ModuleProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      end_(std::exchange(other.end_, -1)),
      socket_(std::exchange(other.socket_, -1)) {}

ModuleProcess::~ModuleProcess() {
  if (end_ >= 0) ::close(end_);
  if (socket_ >= 0) ::close(socket_);
}

void ModuleProcess::hang_up() const {
  ::shutdown(socket_, SHUT_RDWR);
}

// Where somebody ignores SIGCHLD the number may be another's already.
void ModuleProcess::kill() const {
  if (end_ >= 0) {
    kill_by_end(end_);
  } else if (is_child(id_)) {
    ::kill(id_, SIGKILL);
  }
}

std::string ModuleProcess::ended() {
  // No harm to one that closed its socket by leaving: its status is settled by then.
  kill();
  int status = 0;
  pid_t waited = 0;
  do {
    waited = ::waitpid(id_, &status, 0);
  } while (waited < 0 && errno == EINTR);
  if (waited < 0) return "ended";
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
  return "exited with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace dockerhub::plugin_host
