#include "mcp_server_process.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "mcp_install.hpp"
#include "piped_program.hpp"
#include "secret_variables.hpp"
#include "start_program.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kLongestLine = std::size_t{64} * 1024 * 1024;
constexpr std::chrono::milliseconds kForTheEnd{8'000};  // ours takes up to seven seconds
constexpr std::chrono::milliseconds kAfterASignal{2'000};

Failure no_message(std::string_view line) {
  constexpr std::size_t kShown = 80;
  return mcp_failure(ErrorKind::api,
                     "The server sent what is no message: " + std::string(line.substr(0, kShown)),
                     "It has to write nothing else to its standard output.");
}

// By the file that it is, whatever it was called.
bool is_our_server(const std::string& file) {
  const Result<std::string> ours = installed_server();
  std::error_code problem;
  return ours && std::filesystem::equivalent(*ours, file, problem);
}

Failure no_pipe() {
  return mcp_failure(ErrorKind::api,
                     "No pipe can be made: " + std::generic_category().message(errno) + ".");
}

}  // namespace

Result<std::unique_ptr<McpServerProcess>> McpServerProcess::start(
    const std::vector<std::string>& words, const Interruption& interruption, Time deadline) {
  const Result<std::string> file = find_program(words.front());
  if (!file) return Failure(file.error());
  std::optional<Pipe> to = make_pipe();
  if (!to) return no_pipe();
  std::optional<Pipe> from = make_pipe();
  if (!from) return no_pipe();
  const bool is_ours = is_our_server(*file);
  const std::vector<std::string> variables =
      is_ours ? std::vector<std::string>() : variables_without_secrets();
  const Result<pid_t> child = start_program(*file, words, to->reading.get(), from->writing.get(),
                                            is_ours ? nullptr : &variables);
  if (!child) return Failure(child.error());
  return std::unique_ptr<McpServerProcess>(new McpServerProcess(
      *child, std::move(to->writing), std::move(from->reading), interruption, deadline));
}

McpServerProcess::McpServerProcess(pid_t child, Descriptor input, Descriptor output,
                                   const Interruption& interruption, Time deadline)
    : child_(child),
      input_(std::move(input)),
      output_(std::move(output)),
      interruption_(interruption),
      deadline_(deadline) {}

McpServerProcess::~McpServerProcess() {
  input_ = Descriptor();
  output_ = Descriptor();  // a server that waits for us to read would not see the end of its input
  const bool is_late = interruption_.signal() != 0 || std::chrono::steady_clock::now() > deadline_;
  const bool has_ended = !is_late && has_ended_within(kForTheEnd);
  if (!has_ended) child_.signal(SIGTERM);
  if (!has_ended && !has_ended_within(kAfterASignal)) child_.signal(SIGKILL);
}

bool McpServerProcess::has_ended_within(std::chrono::milliseconds time) const {
  const Descriptor end = child_.end();
  pollfd polled{end.get(), POLLIN, 0};
  return end && ::poll(&polled, 1, static_cast<int>(time.count())) > 0;
}

Result<json::Document> McpServerProcess::request(std::string_view method, std::string_view params) {
  const std::int64_t id = ++last_id_;
  if (const auto sent = send(mcp_request(id, method, params) + "\n"); !sent)
    return Failure(sent.error());
  for (;;) {
    auto message = next_message();
    if (!message) return message;
    if (is_of_server(*message)) {
      const bool is_request = json::find(*message, "id") != nullptr;
      const Result<void> refused = is_request ? send(mcp_refusal(*message) + "\n") : Result<void>();
      if (!refused) return Failure(refused.error());
      continue;
    }
    if (auto answer = mcp_answer(*message, id, method)) return *std::move(answer);
  }
}

Result<void> McpServerProcess::notify(std::string_view method) {
  return send(mcp_notification(method) + "\n");
}

Result<void> McpServerProcess::send(std::string_view message) {
  while (!message.empty()) {
    if (auto ready = wait_for(input_.get(), POLLOUT); !ready) return ready;
    // A pipe that poll reports as writable takes this much without blocking.
    const std::size_t size = std::min<std::size_t>(message.size(), PIPE_BUF);
    const ssize_t written = ::write(input_.get(), message.data(), size);
    if (written >= 0) {
      message.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return mcp_failure(ErrorKind::api, "The server ended before it was asked.",
                         "What it says stands above; try its command in a shell.");
    }
  }
  return {};
}

Result<void> McpServerProcess::wait_for(int descriptor, short events) const {
  switch (interruption_.wait_until(descriptor, events, deadline_)) {
    case Interruption::Waited::interrupted:
      return mcp_failure(ErrorKind::cancelled, "The call was interrupted.");
    case Interruption::Waited::late:
      return mcp_failure(ErrorKind::timeout, "The server did not answer in time.",
                         "Give it more with --timeout.");
    case Interruption::Waited::ready:
      break;
  }
  return {};
}

Result<std::string> McpServerProcess::next_line() {
  constexpr std::size_t kBlock = std::size_t{64} * 1024;
  std::size_t searched = 0;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    searched = buffer_.size();
    if (searched > kLongestLine)
      return mcp_failure(ErrorKind::api, "The server sent a line of more than 64 MiB.");
    if (auto ready = wait_for(output_.get(), POLLIN); !ready) return Failure(ready.error());
    buffer_.resize(searched + kBlock);
    const ssize_t got = ::read(output_.get(), buffer_.data() + searched, kBlock);
    buffer_.resize(searched + static_cast<std::size_t>(got > 0 ? got : 0));
    // A key pressed on the terminal ends the server, too.
    if (interruption_.signal() != 0)
      return mcp_failure(ErrorKind::cancelled, "The call was interrupted.");
    if (got == 0 || (got < 0 && errno != EINTR))
      return mcp_failure(ErrorKind::api, "The server ended before it answered.",
                         "What it says stands above; try its command in a shell.");
  }
}

Result<json::Document> McpServerProcess::next_message() {
  for (;;) {
    const auto line = next_line();
    if (!line) return Failure(line.error());
    if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
    auto message = json::parse(*line);
    if (!message || !message->IsObject()) return no_message(*line);
    return std::move(*message);
  }
}

}  // namespace dockerhub::cli
