#include "account_choice.hpp"

#include <algorithm>
#include <array>

#include "joined_names.hpp"
#include "kernel_session.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::string_view, 4> kNamespaces = {"namespace", "org", "organization",
                                                         "org_name"};
constexpr std::array<std::string_view, 4> kWithinNamespaces = {"repository", "image", "reference",
                                                               "source"};

// What was written for a parameter; empty: nothing, or what is read from elsewhere.
std::string written_for(const Action& action, const ParsedOptions& parsed, std::string_view name) {
  std::string text;
  if (const auto* const option = parsed.find(dashed(name))) {
    text = option->back();
  } else {
    const auto place = std::find(action.positionals.begin(), action.positionals.end(), name);
    const auto index = static_cast<std::size_t>(place - action.positionals.begin());
    if (place != action.positionals.end() && index < parsed.positionals.size())
      text = parsed.positionals[index];
  }
  return TextSource::refers(text) ? std::string() : text;
}

// "acme" of "acme/app" and "docker.io/acme/app"; empty of what another registry has.
std::string first_part(std::string text) {
  for (const std::string_view host : {"docker.io/", "index.docker.io/"}) {
    if (text.compare(0, host.size(), host) == 0) text.erase(0, host.size());
  }
  const std::size_t slash = text.find('/');
  return slash == std::string::npos || names_registry(text) ? std::string() : text.substr(0, slash);
}

}  // namespace

bool chooses_by_namespace(const GlobalOptions& options) {
  if (options.as) return false;
  const auto configuration = preliminary_configuration(options);
  return configuration && configuration->has("account.namespaces") &&
         !configuration->has("account.name") && !configuration->has("account.secret") &&
         !configuration->has("account.jwt") && !configuration->has("account.oidc_connection");
}

std::string namespace_of(const Action& action, const ParsedOptions& parsed) {
  for (const std::string_view name : kNamespaces) {
    const Parameter* const parameter = action.find_parameter(name);
    if (parameter == nullptr) continue;
    const std::string text = written_for(action, parsed, parameter->name);
    if (!text.empty()) return text.substr(0, text.find('/'));
  }
  for (const std::string_view name : kWithinNamespaces) {
    const Parameter* const parameter = action.find_parameter(name);
    if (parameter == nullptr) continue;
    const std::string part = first_part(written_for(action, parsed, parameter->name));
    if (!part.empty()) return part;
  }
  return {};
}

}  // namespace dockerhub::cli
