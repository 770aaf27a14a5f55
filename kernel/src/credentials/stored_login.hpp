// The login of a stored account (stored_accounts.hpp), fetched from where its secret is kept when it is first
// needed, and again when it was refused. An account that nobody names, but is the current one, gives way where its
// secret is gone, with a warning. One for all of a kernel; any thread, and several of them wait for one look.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "credentials/fetch.hpp"
#include "credentials/login_store.hpp"
#include "credentials/single_flight.hpp"

namespace dockerhub {

class StoredLogin {
 public:
  using Found = std::shared_ptr<const Login>;
  using Warn = std::function<void(std::string_view)>;

  // How long nothing is looked for again where nothing was.
  static constexpr std::chrono::seconds kGoneTime{30};

  // `account`: nullopt where there is none of `name`. `warn` is told once what an account lacks that nobody names.
  StoredLogin(const Configuration& configuration, std::string name,
              std::optional<StoredAccount> account, Warn warn = {}, Clocks clocks = {});

  // Errors, where somebody names the account: configuration (no such account, its store fails), auth (nothing is kept
  // there any more, or it is of somebody else by now). Where nobody does: nullptr in their place. In any case timeout
  // and cancelled of this caller.
  Result<Found> get(const http::Control& control);
  void forget();
  // get() gave nullptr just now: requests go without it.
  bool is_gone() const;

 private:
  using Time = std::chrono::steady_clock::time_point;

  Result<Found> look(const http::Control& control);
  Result<Found> read(const http::Control& control) const;
  Result<Found> gone(const Error& error);
  std::string how_to_log_in() const;
  Failure log_in_again(std::string message) const;

  LoginStore store_;
  std::string name_;
  std::optional<StoredAccount> account_;
  bool named_;
  Warn warn_;
  Clocks clocks_;
  SingleFlight<Found> flights_;
  mutable std::mutex mutex_;
  Found login_;
  Time gone_until_;
  bool told_ = false;
};

}  // namespace dockerhub
