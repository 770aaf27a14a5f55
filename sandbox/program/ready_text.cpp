#include "program/ready_text.hpp"

#include <string_view>
#include <vector>

#include "sample/sample_data.hpp"

namespace dockerhub::sandbox {
namespace {

struct Variable {
  std::string_view name;
  std::string value;
};

std::vector<Variable> environment(const World& world, const std::string& ca_file) {
  std::vector<Variable> variables = {{"DOCKERHUB_URL", world.url("hub")},
                                     {"DOCKER_REGISTRY_URL", world.url("registry")},
                                     {"DOCKER_REGISTRY_AUTH_URL", world.url("auth") + "/token"},
                                     {"DOCKER_HUB_USER", std::string(kSampleUser)},
                                     {"DOCKER_HUB_TOKEN", std::string(kSampleToken)}};
  if (!ca_file.empty()) variables.push_back({"SSL_CERT_FILE", ca_file});
  return variables;
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      quoted += "'\\''";
    } else {
      quoted += letter;
    }
  }
  return quoted + "'";
}

JsonText users_json(const World& world) {
  std::vector<JsonText> users;
  for (const Account& account : world.accounts.all()) {
    if (account.secrets.empty()) continue;
    std::vector<JsonText> secrets;
    for (const AccountSecret& secret : account.secrets) {
      secrets.push_back(
          JsonText::object({{"secret", secret.text}, {"reach", reach_name(secret.reach)}}));
    }
    users.push_back(JsonText::object({{"name", account.name},
                                      {"organization", account.organization},
                                      {"secrets", JsonText::array(secrets)},
                                      {"second_factor", account.second_factor}}));
  }
  return JsonText::array(users);
}

}  // namespace

std::string ready_lines(const World& world, const std::string& ca_file) {
  std::string text = "# journal, faults, settings and state: " + world.url("control") + '\n';
  for (const Variable& variable : environment(world, ca_file))
    text += "export " + std::string(variable.name) + '=' + shell_quoted(variable.value) + '\n';
  return text + "# ready; ends with Ctrl-C\n";
}

std::string ready_json(const World& world, const std::string& ca_file) {
  std::vector<JsonText::Member> urls;
  for (const auto& [name, url] : world.urls) urls.push_back({name, url});
  std::vector<JsonText::Member> variables;
  for (const Variable& variable : environment(world, ca_file))
    variables.push_back({variable.name, variable.value});
  return JsonText::object({{"urls", JsonText::object(urls)},
                           {"control", world.url("control")},
                           {"environment", JsonText::object(variables)},
                           {"users", users_json(world)}})
             .text() +
         '\n';
}

}  // namespace dockerhub::sandbox
