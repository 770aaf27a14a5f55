#include "confirm_rules.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "server/principal.hpp"
#include "server/reach.hpp"

namespace dockerhub::rest {
namespace {

using server::Confirm;

constexpr const char* kRuleForm =
    "Write it like --confirm-for deploy-bot=other-principal: a subject as the tokens' `sub` says "
    "it, and two-step, "
    "other-principal or never.";

Failure wrong_rule(std::string_view text, const std::string& what, std::string hint = kRuleForm) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "--confirm-for " + visible(text) + ": " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<void> add_rule(server::Confirms& rules, std::string_view text) {
  // No name of a mode has one.
  const std::size_t equals = text.rfind('=');
  if (equals == text.npos || equals == 0) return wrong_rule(text, "this is not SUBJECT=MODE");
  const std::string_view subject = text.substr(0, equals);
  const std::optional<Confirm> confirm = server::confirm_of(text.substr(equals + 1));
  if (!confirm) return wrong_rule(text, "nobody consents in this way");
  if (!server::is_plain_name(subject)) {
    return wrong_rule(text, "a subject of this form is never let in");
  }
  if (!rules.try_emplace(std::string(subject), *confirm).second) {
    return wrong_rule(text, "this subject is named twice");
  }
  return {};
}

bool asks_somebody(const server::Confirms& rules) {
  return std::any_of(rules.begin(), rules.end(),
                     [](const auto& rule) { return rule.second != Confirm::never; });
}

}  // namespace

Result<server::Confirms> read_confirm_rules(const Configuration& configuration,
                                            const std::string& auth,
                                            const std::vector<std::string>& texts) {
  server::Confirms rules;
  for (const std::string& text : texts) {
    if (auto added = add_rule(rules, text); !added) return Failure(added.error());
  }
  const bool has_subjects = auth == "jwt" || auth == "remote-oauth";
  if (!rules.empty() && !has_subjects) {
    return wrong_rule(texts.front(),
                      "the log-in is '" + visible(auth) + "', which has no signed tokens",
                      "Set DOCKERHUB_REST_AUTH_TYPE=jwt or remote-oauth; a row of a file of tokens "
                      "has a \"confirm\" of its own.");
  }
  if (configuration.text("safety.confirm") == "never" && asks_somebody(rules)) {
    return server::refused_setting(
        configuration, "safety.confirm", "and nobody would be asked, against --confirm-for",
        "Unset DOCKERHUB_CONFIRM, or give `never` alone for all of them.");
  }
  return rules;
}

}  // namespace dockerhub::rest
