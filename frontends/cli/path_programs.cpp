#include "path_programs.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "alias_file.hpp"
#include "piped_program.hpp"
#include "secret_variables.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::string_view, 5> kReservedPrograms{"mcp", "rest", "agent", "sandbox",
                                                            "plugin-host"};

std::vector<char*> as_exec_takes(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

bool is_reserved_program(std::string_view name) {
  return std::find(kReservedPrograms.begin(), kReservedPrograms.end(), name) !=
         kReservedPrograms.end();
}

std::optional<std::string> find_path_program(const std::string& name) {
  if (!is_command_name(name) || is_reserved_program(name)) return std::nullopt;
  const auto file = find_program("dockerhub-" + name);
  return file ? std::optional<std::string>(*file) : std::nullopt;
}

std::vector<std::string> environment_without_secrets(const Kernel& kernel) {
  const VariableNames secret = secret_variables(kernel.configuration());
  std::vector<std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const std::string_view value = text.substr(std::min(name.size() + 1, text.size()));
    const bool is_secret = is_secret_variable(secret, name) || kernel.redact(value) != value;
    if (!is_secret) variables.emplace_back(text);
  }
  return variables;
}

Error become_program(const std::string& file, const std::vector<std::string>& words,
                     const std::vector<std::string>& environment) {
  const std::vector<char*> arguments = as_exec_takes(words);
  const std::vector<char*> variables = as_exec_takes(environment);
  std::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
  ::execve(file.c_str(), arguments.data(), variables.data());
  Error error;
  error.kind = ErrorKind::api;
  error.message =
      "`" + visible(file) + "` was not started: " + std::generic_category().message(errno) + ".";
  error.hint = "Check that it is a program for this machine.";
  return error;
}

}  // namespace dockerhub::cli
