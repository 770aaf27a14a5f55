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
#include "start_program.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::string_view, 5> kReservedPrograms{"mcp", "rest", "agent", "sandbox",
                                                            "plugin-host"};

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
  std::vector<std::string> variables =
      variables_without_secrets(secret_variables(kernel.configuration()));
  std::erase_if(variables, [&kernel](std::string_view text) {
    const std::size_t equals = text.find('=');
    return equals != std::string_view::npos &&
           kernel.redact(text.substr(equals + 1)) != text.substr(equals + 1);
  });
  return variables;
}

Error become_program(const std::string& file, const std::vector<std::string>& words,
                     const std::vector<std::string>& environment) {
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> variables = pointers_to(environment);
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
