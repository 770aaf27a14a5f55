#include "start_program.hpp"

#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <system_error>

namespace dockerhub::cli {

namespace {

// What the program inherits otherwise than we have it.
class Inheritance {
 public:
  Inheritance(int input, int output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t ignored;
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes_, &ignored);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
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

}  // namespace

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

Result<pid_t> start_program(const std::string& file, const std::vector<std::string>& words,
                            int input, int output, const std::vector<std::string>* environment) {
  std::vector<char*> arguments = pointers_to(words);
  std::vector<char*> variables;
  if (environment != nullptr) variables = pointers_to(*environment);
  const Inheritance inheritance(input, output);
  pid_t child = 0;
  const int problem =
      ::posix_spawn(&child, file.c_str(), inheritance.actions(), inheritance.attributes(),
                    arguments.data(), environment == nullptr ? environ : variables.data());
  if (problem == 0) return child;
  Error error;
  error.kind = ErrorKind::api;
  error.message = "`" + visible(words.front()) +
                  "` was not started: " + std::generic_category().message(problem) + ".";
  return Failure(std::move(error));
}

}  // namespace dockerhub::cli
