#include "program/ready_text.hpp"

#include <string_view>
#include <vector>

#include "sample/sample_accounts.hpp"

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
                                     {"DOCKER_SCOUT_URL", world.url("scout")},
                                     {"DOCKER_HUB_USER", std::string(kSampleUser)},
                                     {"DOCKER_HUB_TOKEN", std::string(kSampleToken)},
                                     {"DOCKERHUB_SCIM_TOKEN", std::string(kSampleScimToken)}};
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

JsonText secret_json(std::string_view secret, Reach reach) {
  return JsonText::object({{"secret", secret}, {"reach", reach_name(reach)}});
}

// Tokens first: the password is for what no token may do.
JsonText secrets_json(const World& world, const Account& account) {
  std::vector<JsonText> secrets;
  for (const PersonalToken& token : account.tokens)
    secrets.push_back(secret_json(token.secret, token.reach));
  if (!account.password.empty()) secrets.push_back(secret_json(account.password, Reach::admin));
  if (const Organization* organization = world.accounts.organization(account.name)) {
    for (const OrganizationToken& token : organization->tokens) {
      const bool all = &token == &organization->tokens.front();
      secrets.push_back(secret_json(token.secret, all ? Reach::admin : Reach::read));
    }
  }
  return JsonText::array(secrets);
}

bool signs_in(const World& world, const Account& account) {
  const Organization* organization = world.accounts.organization(account.name);
  return !account.password.empty() || (organization != nullptr && !organization->tokens.empty());
}

JsonText users_json(const World& world) {
  std::vector<JsonText> users;
  for (const Account& account : world.accounts.all()) {
    if (!signs_in(world, account)) continue;
    users.push_back(JsonText::object({{"name", account.name},
                                      {"organization", account.organization},
                                      {"secrets", secrets_json(world, account)},
                                      {"password", account.password},
                                      {"second_factor", account.second_factor}}));
  }
  return JsonText::array(users);
}

}  // namespace

std::string ready_lines(const World& world, const ReadyFacts& facts) {
  std::string text = "# journal, faults, settings and state: " + world.url("control") + '\n';
  text +=
      "# chances of faults are drawn from --fault-seed " + std::to_string(facts.fault_seed) + '\n';
  for (const Variable& variable : environment(world, facts.ca_file))
    text += "export " + std::string(variable.name) + '=' + shell_quoted(variable.value) + '\n';
  return text + "# ready; ends with Ctrl-C\n";
}

std::string ready_json(const World& world, const ReadyFacts& facts) {
  std::vector<JsonText::Member> urls;
  for (const auto& [name, url] : world.urls) urls.push_back({name, url});
  std::vector<JsonText::Member> variables;
  for (const Variable& variable : environment(world, facts.ca_file))
    variables.push_back({variable.name, variable.value});
  return JsonText::object({{"urls", JsonText::object(urls)},
                           {"control", world.url("control")},
                           {"environment", JsonText::object(variables)},
                           {"users", users_json(world)},
                           {"fault_seed", facts.fault_seed}})
             .text() +
         '\n';
}

}  // namespace dockerhub::sandbox
