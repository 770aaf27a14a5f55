#include "credentials/host_logins.hpp"

#include <algorithm>

#include "config/hosts.hpp"
#include "config/settings.hpp"
#include "credentials/given_up.hpp"

namespace dockerhub {
namespace {

std::string key_of(const LoginTarget& target) {
  return target.registry.text() + '/' + target.repository;
}

// The environment of the configuration, without what is a secret of ours: of the rows of the settings table the
// texts only, and of the others nothing that the book of secrets knows.
std::map<std::string, std::string> helper_environment(const Configuration& configuration) {
  const Configuration::Impl& settings = configuration.impl();
  std::map<std::string, std::string> environment;
  for (const Setting& row : dockerhub::settings()) {
    if (row.type == SettingType::text && configuration.has(row.key))
      environment.emplace(row.variables[0], configuration.text(row.key));
  }
  const auto known = settings.book->known();
  for (const auto& [name, sourced] : settings.variables) {
    const bool secret = std::any_of(
        known->values.begin(), known->values.end(),
        [&value = sourced.value](const Secret& each) { return each.reveal() == value; });
    if (!secret && !sourced.found) environment.emplace(name, sourced.value);
  }
  return environment;
}

}  // namespace

HostLogins::HostLogins(const Configuration& configuration, std::shared_ptr<const Account> account,
                       Clocks clocks, LoginPlaces::Warn warn, std::shared_ptr<KeylessLogin> keyless)
    : configuration_(configuration),
      account_(std::move(account)),
      clocks_(std::move(clocks)),
      warn_(warn),
      keyless_(std::move(keyless)),
      places_(configuration, std::move(warn)) {}

HostLogins::Found HostLogins::known(const http::Origin& registry) const {
  if (Found login = account_->for_registry(registry)) return login;
  const std::string prefix = key_of({registry, {}});
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto kept = kept_.lower_bound(prefix); kept != kept_.end(); ++kept) {
    if (kept->first.compare(0, prefix.size(), prefix) != 0) break;
    if (kept->second.login) return kept->second.login;
  }
  return nullptr;
}

bool HostLogins::is_keyless(const http::Origin& registry) const {
  return keyless_ && account_->keyless_for_registry(registry);
}

void HostLogins::forget(const LoginTarget& target) {
  if (is_keyless(target.registry)) return keyless_->forget();
  const std::lock_guard<std::mutex> lock(mutex_);
  kept_.erase(key_of(target));
}

Result<HostLogins::Found> HostLogins::find(const LoginTarget& target,
                                           const http::Control& control) {
  if (!target.registry.secure() && !plain_http_allowed(configuration_, target.registry))
    return nullptr;
  if (Found login = account_->for_registry(target.registry)) return login;
  if (is_keyless(target.registry)) return keyless_->get(control);
  {
    const std::string stamp = places_.stamp();
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto kept = kept_.find(key_of(target));
    const bool fresh =
        kept != kept_.end() && kept->second.stamp == stamp && clocks_.steady() < kept->second.until;
    if (fresh) return kept->second.login;
  }
  return flights_.run(key_of(target), control, [&] { return look(target, control); });
}

Result<HostLogins::Found> HostLogins::look(const LoginTarget& target,
                                           const http::Control& control) {
  // Before the files are read: a change while they are read is seen by the next look.
  Kept kept{nullptr, places_.stamp(), Time::max()};
  for (const FoundLogin& found : places_.find(target)) {
    const auto answer = ask(found, control);
    if (!answer) return Failure(answer.error());
    if (answer->of_helper) kept.until = clocks_.steady() + kHelperLife;
    kept.login = answer->login;
    if (kept.login) break;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (kept_.size() >= kMost) kept_.clear();
  kept_[key_of(target)] = kept;
  return kept.login;
}

Result<HostLogins::Answer> HostLogins::ask(const FoundLogin& found, const http::Control& control) {
  if (found.helper.empty()) return Answer{found.login, false};
  const HelperQuestion question{found.helper, found.server, helper_environment(configuration_)};
  const auto answer = ask_helper(question, *configuration_.impl().book, control);
  if (answer) return Answer{*answer ? *answer : found.login, true};
  if (given_up(control)) return Failure(answer.error());
  warn_(answer.error().message + ". " + answer.error().hint);
  return Answer{found.login, true};
}

}  // namespace dockerhub
