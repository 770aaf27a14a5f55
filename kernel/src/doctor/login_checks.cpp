#include "credentials/credential_helper.hpp"
#include "credentials/login_places.hpp"
#include "doctor/checks.hpp"

namespace dockerhub {
namespace {

using Level = Finding::Level;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + visible(name);
  return text;
}

Finding holds(const std::string& file, const LoginOverview& logins) {
  const std::string servers =
      logins.servers.empty() ? "no log-in" : "log-ins for " + joined(logins.servers);
  const std::string helpers = logins.helpers.empty() ? "" : "; helpers: " + joined(logins.helpers);
  return {Level::ok, "credential", file, servers + helpers, ""};
}

Finding missing_helper(const std::string& file, const std::string& name) {
  return {Level::warning, "credential", file,
          "the helper docker-credential-" + visible(name) +
              " is not in PATH, so its log-ins are not used",
          "Install it, or remove it from credsStore or credHelpers and log in again."};
}

Findings check_file(const LoginPlaces::Overview& found, const std::string& path) {
  const std::string file = found.path.string();
  if (!found.logins) {
    const Error& error = found.logins.error();
    return {{Level::warning, "credential", file, error.message, error.hint}};
  }
  Findings findings = {holds(file, *found.logins)};
  if (found.logins->has_secrets && found.readable_by_others) {
    findings.push_back({Level::warning, "credential", file,
                        "it holds log-ins and other users may read it", "chmod 600 " + file});
  }
  for (const std::string& helper : found.logins->helpers) {
    if (!has_helper(helper, path)) findings.push_back(missing_helper(file, helper));
  }
  return findings;
}

}  // namespace

Findings check_logins(const Configuration& configuration) {
  const auto& variables = configuration.impl().variables;
  const auto path = variables.find("PATH");
  Findings all;
  const LoginPlaces places(configuration, [](std::string_view) {});
  for (const LoginPlaces::Overview& file : places.overview()) {
    for (Finding& finding : check_file(file, path == variables.end() ? "" : path->second.value))
      all.push_back(std::move(finding));
  }
  if (all.empty())
    all.push_back({Level::ok, "credential", "", "no file with log-ins for registries", ""});
  return all;
}

}  // namespace dockerhub
