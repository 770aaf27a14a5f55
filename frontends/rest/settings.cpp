#include "settings.hpp"

#include <utility>

#include "confirm_rules.hpp"

namespace dockerhub::rest {

Result<Settings> read_settings(const Configuration& configuration, const Arguments& arguments) {
  Settings settings;
  auto reach = server::read_reach(configuration, kNames,
                                  {arguments.listen, arguments.allow_unauthenticated});
  if (!reach) return Failure(reach.error());
  settings.reach = std::move(*reach);
  const std::string key = kNames.key("confirm");
  settings.confirm =
      server::confirm_of(configuration.text(key)).value_or(server::Confirm::two_step);
  if (configuration.flag(kNames.key("read_only"))) settings.most = Effect::read;
  // The kernel would ask nobody, whoever is set here or for a token.
  if (configuration.text("safety.confirm") == "never" &&
      settings.confirm != server::Confirm::never) {
    return server::refused_setting(
        configuration, "safety.confirm", "and nobody would be asked, against " + key,
        "Unset DOCKERHUB_CONFIRM, or set DOCKERHUB_REST_CONFIRM=never, too.");
  }
  // Where nobody logs in all callers have one name, and no other one could ever consent.
  if (settings.confirm == server::Confirm::other_principal && settings.reach.auth == "none") {
    return server::refused_setting(configuration, key, "and nobody tells callers apart",
                                   "Set DOCKERHUB_REST_AUTH_TYPE, or confirm in two steps.");
  }
  auto confirms = read_confirm_rules(configuration, settings.reach.auth, arguments.confirm_for);
  if (!confirms) return Failure(confirms.error());
  settings.reach.tokens.confirms = std::move(*confirms);
  return settings;
}

}  // namespace dockerhub::rest
