#include "credentials/credential_helper.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "config/values.hpp"
#include "credentials/child_process.hpp"
#include "credentials/given_up.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

std::string program_name(const std::string& name) {
  return "docker-credential-" + name;
}

Failure failed(const HelperQuestion& question, const std::string& what, std::string hint) {
  return refused(program_name(visible(question.name)) + ", asked for the login of " +
                     visible(question.server) + ", " + what,
                 std::move(hint));
}

bool is_name(std::string_view name) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return !name.empty() && name.find_first_not_of(kLetters) == std::string_view::npos;
}

bool is_program(const std::filesystem::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(file.c_str(), X_OK) == 0;
}

// In the absolute folders of PATH only: a relative one would run what a working directory holds.
std::filesystem::path find_program(const std::string& name, const std::string& path) {
  for (const std::string& folder : split_list(path, ':')) {
    if (folder.front() != '/') continue;
    std::filesystem::path file = std::filesystem::path(folder) / program_name(name);
    if (is_program(file)) return file;
  }
  return {};
}

std::string by_hand(const HelperQuestion& question) {
  return "See what it says: echo " + visible(question.server) + " | " +
         program_name(question.name) + " get";
}

// Helpers say on standard output that they know nothing, with this text in front of the name of their
// store, and exit with an error.
bool says_not_found(const SecretBytes& output) {
  constexpr std::string_view kText = "credentials not found";
  return std::search(output.begin(), output.end(), kText.begin(), kText.end()) != output.end();
}

Result<std::shared_ptr<const Login>> read_answer(const HelperQuestion& question,
                                                 const SecretBytes& output, SecretBook& book) {
  const auto json = SecretJson::parse({output.data(), output.size()});
  if (!json) return failed(question, "answered no JSON object", by_hand(question));
  const std::string_view secret = text_in(json->root(), "Secret");
  return make_login(text_in(json->root(), "Username"), secret, program_name(question.name), book);
}

Result<ProcessOutput> run_helper(const HelperQuestion& question, const std::string& verb,
                                 std::string_view input, const http::Control& control) {
  if (!is_name(question.name)) {
    return failed(question, "has a name that no helper can have",
                  "Correct credsStore or credHelpers: letters, digits and . _ - only.");
  }
  const auto path = question.environment.find("PATH");
  const std::filesystem::path program =
      path == question.environment.end() ? "" : find_program(question.name, path->second);
  if (program.empty()) {
    return failed(question, "is not in PATH",
                  "Install it, or remove it from credsStore or credHelpers.");
  }
  auto ended = run_process(program, {verb}, question.environment, input, kHelperAnswerLimit,
                           control.within(kHelperTime));
  if (!ended && ended.error().kind == ErrorKind::timeout && !given_up(control)) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(kHelperTime).count();
    return failed(question, "did not answer within " + std::to_string(seconds) + " s",
                  by_hand(question));
  }
  return ended;
}

}  // namespace

bool has_helper(const std::string& name, const std::string& path) {
  return is_name(name) && !find_program(name, path).empty();
}

Result<std::shared_ptr<const Login>> ask_helper(const HelperQuestion& question, SecretBook& book,
                                                const http::Control& control) {
  const auto ended = run_helper(question, "get", question.server, control);
  if (!ended) return Failure(ended.error());
  if (ended->exit_code == 0) return read_answer(question, ended->output, book);
  if (says_not_found(ended->output)) return nullptr;
  return failed(question, "failed with exit code " + std::to_string(ended->exit_code),
                by_hand(question));
}

Result<void> store_in_helper(const HelperQuestion& question, std::string_view user,
                             std::string_view secret, const http::Control& control) {
  SecretBuffer input;
  SecretWriter writer(input);
  writer.StartObject();
  put_text(writer, "ServerURL");
  put_text(writer, question.server);
  put_text(writer, "Username");
  put_text(writer, user);
  put_text(writer, "Secret");
  put_text(writer, secret);
  writer.EndObject();
  const auto ended = run_helper(question, "store", {input.GetString(), input.GetSize()}, control);
  if (!ended) return Failure(ended.error());
  if (ended->exit_code == 0) return {};
  return failed(question, "did not store it: exit code " + std::to_string(ended->exit_code),
                "See that its store is open and not locked, then log in again.");
}

Result<void> erase_in_helper(const HelperQuestion& question, const http::Control& control) {
  const auto ended = run_helper(question, "erase", question.server, control);
  if (!ended) return Failure(ended.error());
  if (ended->exit_code == 0 || says_not_found(ended->output)) return {};
  return failed(question, "did not erase it: exit code " + std::to_string(ended->exit_code),
                "See that its store is open and not locked, then try again.");
}

}  // namespace dockerhub
