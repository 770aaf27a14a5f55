#include "pager.hpp"

#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "command_words.hpp"
#include "piped_program.hpp"
#include "secret_variables.hpp"
#include "start_program.hpp"

namespace dockerhub::cli {

namespace {

// less and its kind show colours, and leave the text on the screen, only where they are told so.
std::vector<std::string> environment_of_pager() {
  std::vector<std::string> variables = variables_without_secrets();
  if (std::getenv("LESS") == nullptr) variables.emplace_back("LESS=FRX");
  if (std::getenv("LV") == nullptr) variables.emplace_back("LV=-c");
  return variables;
}

}  // namespace

std::string pager_command() {
  const char* command = std::getenv("PAGER");
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  if (command == nullptr || is_dumb || std::string_view(command) == "cat") return {};
  return command;
}

std::unique_ptr<Pager> Pager::start(const std::string& command) {
  const auto words = command_words(command, "PAGER");
  if (!words) return nullptr;
  const auto file = find_program(words->front());
  std::optional<Pipe> pipe = file ? make_pipe() : std::nullopt;
  if (!pipe) return nullptr;
  const std::vector<std::string> environment = environment_of_pager();
  const Result<pid_t> process =
      start_program(*file, *words, pipe->reading.get(), STDOUT_FILENO, &environment);
  if (!process) return nullptr;
  return std::unique_ptr<Pager>(new Pager(std::move(pipe->writing), *process));
}

Pager::~Pager() {
  input_ = Descriptor();
  process_.wait();
}

}  // namespace dockerhub::cli
