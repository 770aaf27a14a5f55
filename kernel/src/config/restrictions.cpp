#include "config/restrictions.hpp"

#include <algorithm>
#include <string>

#include "config/configuration_impl.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kOwnAuthorities =
    "The system's certificates are trusted without it; SSL_CERT_FILE (tls.ca_file) or SSL_CERT_DIR "
    "(tls.ca_directory) names others.";

constexpr auto kRestrictions = std::to_array<Restriction>({
    {"DOCKERHUB_TLS_PROFILE", false, "system", "servers are verified as a profile says",
     kOwnAuthorities},
    {"DOCKERHUB_TLS_PROFILE_REF", false, "", "servers are verified as a profile elsewhere says",
     kOwnAuthorities},
    {"ENABLE_DELEGATION", true, "false", "each call runs with the rights of its own caller"},
    {"EUNOMIA_TYPE", false, "none", "an access policy decides about each call"},
    {"FASTMCP_SERVER_AUTH", true, "", "only callers that log in may use the server"},
    {"FASTMCP_SERVER_AUTH_*", true, "", "only callers with an accepted token may use the server"},
    {"MCP_DISABLED_TAGS", true, "", "tools with these tags are not offered"},
    {"MCP_ENABLED_TAGS", true, "", "only tools with these tags are offered"},
});

bool covers(const Restriction& row, std::string_view variable) {
  if (row.variable.back() != '*') return row.variable == variable;
  return variable.substr(0, row.variable.size() - 1) ==
         row.variable.substr(0, row.variable.size() - 1);
}

bool is_harmless(const Restriction& row, std::string_view value) {
  const std::string_view word = trimmed(value);
  if (word.empty()) return true;
  if (row.harmless == "false") return parse_boolean(word) == false;
  const auto same = [](char a, char b) {
    return a == ((b >= 'A' && b <= 'Z') ? b - 'A' + 'a' : b);
  };
  return std::equal(row.harmless.begin(), row.harmless.end(), word.begin(), word.end(), same);
}

}  // namespace

std::span<const Restriction> restrictions() {
  return kRestrictions;
}

bool is_restriction(std::string_view variable) {
  return std::any_of(kRestrictions.begin(), kRestrictions.end(),
                     [variable](const Restriction& row) { return covers(row, variable); });
}

std::optional<Error> restriction_error(std::string_view variable, std::string_view value,
                                       std::string_view origin,
                                       ConfigurationSources::Program program) {
  const bool server = program == ConfigurationSources::Program::server;
  const auto row = std::find_if(
      kRestrictions.begin(), kRestrictions.end(),
      [&](const Restriction& r) { return covers(r, variable) && (server || !r.server_only); });
  if (row == kRestrictions.end() || is_harmless(*row, value)) return std::nullopt;
  const std::string name(variable);
  const std::string way_out =
      row->instead.empty()
          ? "Unset " + name + " if you accept to run without it, or wait for a version that has it."
          : std::string(row->instead) + " Unset " + name + " then.";
  return refused(std::string(origin) + ": " + name + " is set, so that " +
                     std::string(row->restricts) +
                     "; this version cannot do that and does not start without the protection",
                 way_out)
      .value();
}

}  // namespace dockerhub
