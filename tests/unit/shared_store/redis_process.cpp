#include "redis_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "../config/sources.hpp"

namespace dockerhub::test {
namespace {

// One that nobody has now; until it is taken somebody else may get it.
std::uint16_t free_port() {
  const int bound = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ::bind(bound, reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(bound, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(bound);
  return ntohs(address.sin_port);
}

// In the new process, where only what is safe after fork() may be called.
[[noreturn]] void become(const std::vector<char*>& words, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execvp(words.front(), words.data());
  ::_exit(127);
}

// Until it says that it takes connections; false: it ended before.
bool is_ready(int output) {
  std::string said;
  std::array<char, 4096> block = {};
  while (said.find("Ready to accept connections") == std::string::npos) {
    const ssize_t got = ::read(output, block.data(), block.size());
    if (got <= 0) return false;
    said.append(block.data(), static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

RedisProcess::RedisProcess(std::vector<std::string> options, Port port)
    : options_(std::move(options)), kind_(port) {
  constexpr int kAttempts = 5;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    port_ = free_port();
    if (launch()) return;
  }
  throw std::runtime_error("redis-server did not start: is the package installed?");
}

RedisProcess::~RedisProcess() {
  kill();
}

std::string RedisProcess::url(const std::string& login) const {
  return (kind_ == Port::tls ? "rediss://" : "redis://") + login +
         "127.0.0.1:" + std::to_string(port_);
}

bool RedisProcess::launch() {
  std::vector<std::string> words = {"redis-server",
                                    "--bind",
                                    "127.0.0.1",
                                    kind_ == Port::tls ? "--tls-port" : "--port",
                                    std::to_string(port_),
                                    "--save",
                                    "",
                                    "--rdbcompression",
                                    "no",
                                    "--dir",
                                    folder_.path().string()};
  words.insert(words.end(), options_.begin(), options_.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends = {-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  process_ = ::fork();
  if (process_ == 0) become(arguments, ends[1]);
  ::close(ends[1]);
  output_ = ends[0];
  if (process_ > 0 && is_ready(output_)) return true;
  kill();
  return false;
}

void RedisProcess::kill() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  if (output_ >= 0) ::close(output_);
  process_ = output_ = -1;
}

void RedisProcess::start() {
  if (!launch()) throw std::runtime_error("redis-server did not start again");
}

void RedisProcess::freeze() const {
  ::kill(process_, SIGSTOP);
}

void RedisProcess::thaw() const {
  ::kill(process_, SIGCONT);
}

std::string RedisProcess::dump(SharedStore& store) const {
  const std::vector<std::string> words = {"SAVE"};
  if (!store.ask(words)) return {};
  std::ostringstream text;
  text << std::ifstream(folder_.path() / "dump.rdb", std::ios::binary).rdbuf();
  return text.str();
}

std::map<std::string, std::string> redis_environment(
    const std::string& url, const std::map<std::string, std::string>& more) {
  std::map<std::string, std::string> environment = more;
  environment.insert({{"DOCKERHUB_STATE", url},
                      {"DOCKERHUB_STATE_KEY", "the key that all copies have"},
                      {"DOCKERHUB_STATE_TIMEOUT", "30s"}});
  return environment;
}

Result<std::unique_ptr<SharedStore>> redis_store(const std::string& url,
                                                 const std::map<std::string, std::string>& more) {
  const auto configuration = load_environment(redis_environment(url, more));
  if (!configuration) return Failure(configuration.error());
  return SharedStore::create(*configuration);
}

}  // namespace dockerhub::test
