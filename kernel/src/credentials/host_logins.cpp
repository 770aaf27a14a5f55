#include "credentials/host_logins.hpp"

#include <algorithm>

#include "config/hosts.hpp"
#include "config/settings.hpp"
#include "credentials/given_up.hpp"

namespace dockerhub {
namespace {

std::string key_of(const LoginTarget& target, LoginPlaces::Which which) {
  return target.registry.text() + '/' + target.repository +
         (which == LoginPlaces::Which::chosen ? "\nchosen" : "");
}

}  // namespace

std::map<std::string, std::string> helper_environment(const Configuration& configuration) {
  const Configuration::Impl& settings = configuration.impl();
  std::map<std::string, std::string> environment;
  for (const Setting& row : dockerhub::settings()) {
    if (row.type == SettingType::text && !row.variables[0].empty() && configuration.has(row.key))
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

HostLogins::HostLogins(const Configuration& configuration, std::shared_ptr<const Account> account,
                       Clocks clocks, LoginPlaces::Warn warn, std::shared_ptr<KeylessLogin> keyless,
                       std::shared_ptr<StoredLogin> stored)
    : configuration_(configuration),
      account_(std::move(account)),
      clocks_(std::move(clocks)),
      warn_(warn),
      keyless_(std::move(keyless)),
      stored_(std::move(stored)),
      places_(configuration, std::move(warn)) {}

HostLogins::Found HostLogins::known(const http::Origin& registry) const {
  if (Found login = account_->for_registry(registry)) return login;
  const std::string prefix = registry.text() + '/';
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

bool HostLogins::is_stored(const http::Origin& registry) const {
  return stored_ && account_->stored_for_registry(registry);
}

void HostLogins::forget(const LoginTarget& target) {
  if (is_keyless(target.registry)) return keyless_->forget();
  if (is_stored(target.registry)) stored_->forget();
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto which : {LoginPlaces::Which::all, LoginPlaces::Which::chosen})
    kept_.erase(key_of(target, which));
}

Result<HostLogins::Found> HostLogins::find(const LoginTarget& target,
                                           const http::Control& control) {
  if (!target.registry.secure() && !plain_http_allowed(configuration_, target.registry))
    return nullptr;
  if (Found login = account_->for_registry(target.registry)) return login;
  if (is_keyless(target.registry)) return keyless_->get(control);
  if (is_stored(target.registry)) {
    if (!account_->is_named() && places_.has_chosen()) {
      auto chosen = of_places(target, LoginPlaces::Which::chosen, control);
      if (!chosen || *chosen) return chosen;
    }
    auto stored = stored_->get(control);
    if (!stored || *stored) return stored;
  }
  return of_places(target, LoginPlaces::Which::all, control);
}

Result<HostLogins::Found> HostLogins::of_places(const LoginTarget& target, LoginPlaces::Which which,
                                                const http::Control& control) {
  const std::string key = key_of(target, which);
  {
    const std::string stamp = places_.stamp();
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto kept = kept_.find(key);
    const bool fresh =
        kept != kept_.end() && kept->second.stamp == stamp && clocks_.steady() < kept->second.until;
    if (fresh) return kept->second.login;
  }
  return flights_.run(key, control, [&] { return look(target, which, key, control); });
}

Result<HostLogins::Found> HostLogins::look(const LoginTarget& target, LoginPlaces::Which which,
                                           const std::string& key, const http::Control& control) {
  // Before the files are read: a change while they are read is seen by the next look.
  Kept kept{nullptr, places_.stamp(), Time::max()};
  for (const FoundLogin& found : places_.find(target, which)) {
    const auto answer = ask(found, control);
    if (!answer) return Failure(answer.error());
    if (answer->of_helper) kept.until = clocks_.steady() + kHelperLife;
    kept.login = answer->login;
    if (kept.login) break;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (kept_.size() >= kMost) kept_.clear();
  kept_[key] = kept;
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
