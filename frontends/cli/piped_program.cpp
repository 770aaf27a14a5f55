#include "piped_program.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "child_process.hpp"
#include "option_parser.hpp"
#include "output_stream.hpp"
#include "start_program.hpp"

namespace dockerhub::cli {

namespace {

constexpr const char* kUsualPath = "/usr/local/bin:/usr/bin:/bin";

bool is_program(const std::string& file) {
  std::error_code problem;
  return std::filesystem::is_regular_file(file, problem) && ::access(file.c_str(), X_OK) == 0;
}

Failure failed(const std::string& name, const std::string& what) {
  Error error;
  error.kind = ErrorKind::api;
  error.message = "`" + visible(name) + "` " + what + ".";
  return Failure(std::move(error));
}

std::string words_of(int number) {
  return std::generic_category().message(number);
}

// False when a signal came first; the program was told to end.
bool wait_for_end(const ChildProcess& child, const Interruption& interruption) {
  const Descriptor end = child.end();
  if (!end || interruption.wait(end.get(), POLLIN)) return true;
  child.signal(SIGTERM);
  return false;
}

Result<void> judge(const std::string& name, int status) {
  if (WIFSIGNALED(status))
    return failed(name, "was ended by signal " + std::to_string(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    return failed(name, "ended with " + std::to_string(WEXITSTATUS(status)));
  return {};
}

}  // namespace

Result<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos && is_program(name)) return name;
  const char* path = std::getenv("PATH");
  std::string_view folders = path == nullptr ? kUsualPath : path;
  while (name.find('/') == std::string::npos && !folders.empty()) {
    const std::size_t colon = folders.find(':');
    const std::string file = std::string(folders.substr(0, colon)) + "/" + name;
    if (file.front() == '/' && is_program(file) && folders.front() == '/') return file;
    folders.remove_prefix(colon == std::string_view::npos ? folders.size() : colon + 1);
  }
  return Failure(usage_error("There is no program \"" + visible(name) + "\".",
                             "Install it, or write its whole path."));
}

Result<void> run_program(const std::string& file, const std::vector<std::string>& words,
                         std::string_view input, const Interruption& interruption) {
  const std::string& name = words.front();
  std::optional<Pipe> pipe = make_pipe();
  if (!pipe) return failed(name, "was not started: " + words_of(errno));
  const Result<pid_t> started = start_program(file, words, pipe->reading.get(), STDERR_FILENO);
  if (!started) return Failure(started.error());
  ChildProcess child(*started);
  pipe->reading = Descriptor();
  OutputStream stream(pipe->writing.get(), interruption);
  const bool is_taken = stream.write(input);
  pipe->writing = Descriptor();
  const bool has_ended = wait_for_end(child, interruption);
  const int status = child.wait();
  if (!has_ended) return failed(name, "was interrupted");
  if (const auto judged = judge(name, status); !judged) return judged;
  return is_taken ? Result<void>() : failed(name, "did not read all of its standard input");
}

}  // namespace dockerhub::cli
