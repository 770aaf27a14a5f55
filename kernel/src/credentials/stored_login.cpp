#include "credentials/stored_login.hpp"

#include "config/values.hpp"
#include "credentials/given_up.hpp"

namespace dockerhub {

StoredLogin::StoredLogin(const Configuration& configuration, std::string name,
                         std::optional<StoredAccount> account, Warn warn, Clocks clocks)
    : store_(configuration),
      name_(std::move(name)),
      account_(std::move(account)),
      named_(configuration.has("account.name")),
      warn_(std::move(warn)),
      clocks_(std::move(clocks)) {}

Result<StoredLogin::Found> StoredLogin::get(const http::Control& control) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (login_) return login_;
  }
  if (is_gone()) return nullptr;
  return flights_.run(name_, control, [&] { return look(control); });
}

Result<StoredLogin::Found> StoredLogin::look(const http::Control& control) {
  {
    // Between the look and the lead somebody else may have found it.
    const std::lock_guard<std::mutex> lock(mutex_);
    if (login_) return login_;
  }
  auto found = read(control);
  if (!found) return named_ || given_up(control) ? found : gone(found.error());
  const std::lock_guard<std::mutex> lock(mutex_);
  login_ = *found;
  return found;
}

Result<StoredLogin::Found> StoredLogin::gone(const Error& error) {
  bool is_news = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_news = !told_;
    told_ = true;
    gone_until_ = clocks_.steady() + kGoneTime;
  }
  if (is_news && warn_)
    warn_("the current account is not used: " + error.message + ". " + error.hint);
  return nullptr;
}

void StoredLogin::forget() {
  const std::lock_guard<std::mutex> lock(mutex_);
  login_ = nullptr;
}

bool StoredLogin::is_gone() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return clocks_.steady() < gone_until_;
}

std::string StoredLogin::how_to_log_in() const {
  const bool is_dockers = account_ && !is_account_server(account_->shelf.server);
  return is_dockers ? "dockerhub login --user " + visible(account_->user)
                    : "dockerhub account add " + visible(name_);
}

Failure StoredLogin::log_in_again(std::string message) const {
  Error error;
  error.kind = ErrorKind::auth;
  error.message = std::move(message);
  error.hint = "Log in again: " + how_to_log_in();
  return Failure(std::move(error));
}

Result<StoredLogin::Found> StoredLogin::read(const http::Control& control) const {
  if (!account_) {
    return refused("there is no account " + shown(name_),
                   "`dockerhub account list` shows those that are there.");
  }
  const auto login = store_.read(account_->shelf, control);
  if (!login) return login;
  const std::string where = store_.name_of(account_->shelf);
  if (!*login || !(*login)->password)
    return log_in_again("no log-in of the account " + name_ + " is in " + where + " any more");
  if ((*login)->user != account_->user) {
    return log_in_again("the log-in of the account " + name_ + " in " + where + " is of " +
                        visible((*login)->user) + " by now");
  }
  auto named = std::make_shared<Login>(**login);
  named->stored = true;
  named->log_in_again = how_to_log_in();
  named->source = "account " + name_ + " in " + where;
  return named;
}

}  // namespace dockerhub
