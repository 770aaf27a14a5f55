// The logins for registries: the account of the settings (or what it logs in with instead of a secret), or the
// stored one, where it is that registry's, else what the user's files and credential helpers say. A stored one that
// nobody names comes after the files that a setting names. Found when first needed and kept until one of the files
// changes; what a helper said, for five minutes. Any thread; several threads that need the same login wait for one
// look.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "credentials/account.hpp"
#include "credentials/credential_helper.hpp"
#include "credentials/fetch.hpp"
#include "credentials/keyless_login.hpp"
#include "credentials/login_places.hpp"
#include "credentials/single_flight.hpp"
#include "credentials/stored_login.hpp"

namespace dockerhub {

class HostLogins {
 public:
  using Found = std::shared_ptr<const Login>;

  HostLogins(const Configuration& configuration, std::shared_ptr<const Account> account,
             Clocks clocks, LoginPlaces::Warn warn, std::shared_ptr<KeylessLogin> keyless = nullptr,
             std::shared_ptr<StoredLogin> stored = nullptr);

  // nullptr: none, so requests are anonymous, and wherever nothing is encrypted without the operator's consent
  // (http.plain_hosts). A helper that fails is told by `warn` and passed over; the errors
  // are timeout and cancelled of this caller.
  Result<Found> find(const LoginTarget& target, const http::Control& control);
  // It was refused: the next one who needs it looks again, or exchanges it anew.
  void forget(const LoginTarget& target);
  // One that is known without looking at files and helpers; nullptr: none so far.
  Found known(const http::Origin& registry) const;

 private:
  static constexpr std::size_t kMost = 256;
  static constexpr std::chrono::minutes kHelperLife{5};
  using Time = std::chrono::steady_clock::time_point;
  struct Kept {
    Found login;
    std::string stamp;
    Time until;
  };
  struct Answer {
    Found login;
    bool of_helper = false;
  };

  bool is_keyless(const http::Origin& registry) const;
  bool is_stored(const http::Origin& registry) const;
  // Of files and helpers, kept or looked for.
  Result<Found> of_places(const LoginTarget& target, LoginPlaces::Which which,
                          const http::Control& control);
  Result<Found> look(const LoginTarget& target, LoginPlaces::Which which, const std::string& key,
                     const http::Control& control);
  Result<Answer> ask(const FoundLogin& found, const http::Control& control);

  Configuration configuration_;
  std::shared_ptr<const Account> account_;
  Clocks clocks_;
  LoginPlaces::Warn warn_;
  std::shared_ptr<KeylessLogin> keyless_;
  std::shared_ptr<StoredLogin> stored_;
  LoginPlaces places_;
  SingleFlight<Found> flights_;
  mutable std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

}  // namespace dockerhub
