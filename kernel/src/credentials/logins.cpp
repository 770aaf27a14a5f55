#include "dockerhub/logins.hpp"

#include <algorithm>
#include <array>

#include "base/lower_case.hpp"
#include "config/hosts.hpp"
#include "config/values.hpp"
#include "credentials/account.hpp"
#include "credentials/given_up.hpp"
#include "credentials/hub_sign_in.hpp"
#include "credentials/login_places.hpp"
#include "credentials/login_store.hpp"
#include "credentials/registry_sign_in.hpp"
#include "credentials/secret_json.hpp"
#include "credentials/stored_login.hpp"
#include "surfaces/login_network.hpp"

namespace dockerhub {
namespace {

constexpr std::chrono::seconds kAccountLockTime{10};
constexpr std::array<const char*, 3> kAccountUrls = {"hub.url", "scout.url", "registry.url"};

// As people and Docker's files write it.
bool means_docker_hub(const std::string& text) {
  if (text.empty()) return true;
  constexpr std::string_view kScheme = "https://";
  std::string host = lower_case(trimmed(text));
  if (host.starts_with(kScheme)) host.erase(0, kScheme.size());
  for (const std::string_view end : {"/", "/v1", "/v2", ":443"}) {
    if (host.ends_with(end)) host.erase(host.size() - end.size());
  }
  return host == "hub.docker.com" || is_docker_registry(std::string_view(host));
}

Failure no_such_login(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.status_code = 404;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure no_such_account(std::string_view name, const AccountList& list) {
  std::vector<std::string> names;
  names.reserve(list.accounts.size());
  for (const StoredAccount& account : list.accounts) names.push_back(account.name);
  const std::string meant = likely(name, names);
  return no_such_login("there is no account " + shown(name),
                       meant.empty() ? "`dockerhub account list` shows those that are there."
                                     : "Did you mean " + meant + "?");
}

Failure bad_input(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<void> check_new(const NewLogin& login) {
  const auto has_control = [](std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
  };
  if (login.user.empty() || has_control(login.user) || login.user.find(':') != std::string::npos)
    return bad_input("a user's name is needed, without colons and control characters",
                     "Write --user NAME.");
  if (login.secret.empty() || has_control(login.secret))
    return bad_input("a password or token is needed, of one line",
                     "Give it on standard input: --password-stdin.");
  if (!login.account.empty() && !is_account_name(login.account))
    return bad_input(
        "an account's name has letters, digits and . _ - only, not " + shown(login.account),
        "Choose another name.");
  return {};
}

KnownLogin known(const StoredAccount& account, const LoginStore& store) {
  KnownLogin login;
  const auto hub = account.urls.find("hub.url");
  const auto url = http::parse_base_url(hub == account.urls.end() ? "" : hub->second);
  login.host = url ? url->origin.name() : std::string();
  login.account = account.name;
  login.user = account.user;
  login.kind = account.kind;
  login.kept_in = store.name_of(account.shelf);
  return login;
}

// Why requests do not carry the stored account that counts; empty: they do. The error is the caller's giving up.
Result<std::string> trouble_with_stored(const Configuration& configuration, const Account& account,
                                        const std::stop_token& stop) {
  std::string told;
  StoredLogin login(configuration, account.stored_name(), account.stored(),
                    [&told](std::string_view text) { told = text; });
  http::Control control;
  control.stop = stop;
  const auto found = login.get(control);
  if (found) return told;
  if (given_up(control)) return Failure(found.error());
  return found.error().message + ". " + found.error().hint;
}

}  // namespace

struct DOCKERHUB_HIDDEN Logins::Impl {
  explicit Impl(Configuration settings)
      : configuration(std::move(settings)),
        store(configuration),
        accounts(login_folder(configuration)),
        network(configuration) {}

  SecretBook& book() const { return *configuration.impl().book; }

  Result<UniqueFd> lock(const std::stop_token& stop) const {
    if (accounts.path().empty()) return UniqueFd();
    return PrivateFile(accounts.path(), 1).lock(kAccountLockTime, stop);
  }

  http::Url url(std::string_view key) const { return url_setting(configuration, key); }

  // Whether that base URL is Docker Hub's, as hub.url is, and not one that somebody else named.
  bool goes_with_hub(std::string_view key) const {
    const Configuration::Impl& settings = configuration.impl();
    const auto is_built_in = [this](std::string_view one) {
      return url(one).origin == built_in_url(one).origin;
    };
    return settings.layer_of(key) == settings.layer_of("hub.url") ||
           (is_built_in(key) && is_built_in("hub.url"));
  }

  Result<LoginReport> log_in_to_hub(const NewLogin& login, const LoginAsker& asker,
                                    const http::Control& control);
  Result<LoginReport> log_in_to_registry(const NewLogin& login, const LoginAsker& asker,
                                         const http::Control& control);
  // Whose helper or entry is asked for Docker Hub's secret.
  http::Origin registry_of_hub() const;
  Result<LoginShelf> shelf_of_hub(const NewLogin& login) const;
  Result<void> agree_to_replace(const LoginShelf& shelf, const std::string& user,
                                const LoginAsker& asker, const http::Control& control) const;
  // The shelf where the account's secret was before, if it was another one.
  Result<std::optional<LoginShelf>> record(const NewLogin& login, const LoginShelf& shelf,
                                           std::string_view secret, const std::stop_token& stop);
  Result<std::optional<LoginShelf>> keep(const NewLogin& login, const LoginShelf& shelf,
                                         const HubSignIn& done, const http::Control& control);
  // Whether the Docker of this environment keeps log-ins there.
  bool is_in_force(const LoginShelf& shelf) const;
  Result<void> take_away_former(const LoginShelf& former, const LoginShelf& shelf,
                                std::string_view secret, LoginReport& report,
                                const http::Control& control) const;
  // Of that user; what somebody else has put there since stays.
  Result<void> erase_of(const LoginShelf& shelf, const std::string& user,
                        const http::Control& control) const;
  void finish(LoginReport& report, const LoginShelf& shelf) const;
  // Where settings say what counts before a stored account.
  std::vector<std::string> stronger(std::string_view account) const;
  void warn_of_stronger(LoginReport& report) const;
  void warn_of_others(KnownLogin& gone, const LoginTarget& target) const;
  Result<KnownLogin> forget(std::string_view name, const std::stop_token& stop);
  Result<KnownLogin> forget_registry(const std::string& host, const http::Control& control);

  Configuration configuration;
  LoginStore store;
  AccountFile accounts;
  LoginNetwork network;
};

http::Origin Logins::Impl::registry_of_hub() const {
  // The helper of a registry that somebody else named does not get Docker Hub's secret.
  return goes_with_hub("registry.url") ? url("registry.url").origin
                                       : built_in_url("registry.url").origin;
}

Result<LoginShelf> Logins::Impl::shelf_of_hub(const NewLogin& login) const {
  const bool has_registry = goes_with_hub("registry.url");
  const http::Origin registry = registry_of_hub();
  const bool is_dockers = login.account.empty() && has_registry;
  const std::string& name = login.account.empty() ? login.user : login.account;
  const std::string server =
      is_dockers ? docker_server_name(registry) : account_server_name(url("hub.url").origin, name);
  const auto wanted = login.own_file ? std::optional(LoginShelf::Kind::own) : std::nullopt;
  auto shelf = store.shelf_for({registry, {}}, server, wanted);
  // What Docker does not know is of no use in its file.
  if (shelf && !is_dockers && shelf->kind == LoginShelf::Kind::config_json) {
    shelf->kind = LoginShelf::Kind::own;
    shelf->file.clear();
  }
  return shelf;
}

Result<void> Logins::Impl::agree_to_replace(const LoginShelf& shelf, const std::string& user,
                                            const LoginAsker& asker,
                                            const http::Control& control) const {
  const auto old = store.read(shelf, control);
  if (!old) return Failure(old.error());
  if (!*old || (*old)->user == user) return {};
  const std::string whose = (*old)->user.empty() ? std::string("a token") : visible((*old)->user);
  const std::string text = "The log-in of " + whose + " for " + visible(shelf.server) + " in " +
                           store.name_of(shelf) + " is replaced by that of " + visible(user) + ".";
  if (asker.agree && asker.agree(text) == Decision::approved) return {};
  Error error;
  error.kind = ErrorKind::approval;
  error.message = "there is a log-in of " + whose + " for " + visible(shelf.server) + " in " +
                  store.name_of(shelf) + ", and nobody agreed to replace it";
  error.hint =
      "Log out first, log in with --yes, or keep both: `dockerhub account add NAME` for Docker "
      "Hub.";
  return Failure(std::move(error));
}

std::vector<std::string> Logins::Impl::stronger(std::string_view account) const {
  std::vector<std::string> origins;
  for (const std::string_view key : {"account.jwt", "account.secret", "account.oidc_connection"}) {
    if (configuration.has(key)) origins.push_back(configuration.origin(key));
  }
  if (configuration.has("account.name") && configuration.text("account.name") != account)
    origins.push_back(configuration.origin("account.name"));
  return origins;
}

void Logins::Impl::warn_of_stronger(LoginReport& report) const {
  for (const std::string& origin : stronger(report.account)) {
    report.warnings.push_back(origin + " counts before it, as long as it is set; --as " +
                              report.account + " chooses this account nevertheless");
  }
}

void Logins::Impl::finish(LoginReport& report, const LoginShelf& shelf) const {
  report.kept_in = store.name_of(shelf);
  if (shelf.kind == LoginShelf::Kind::helper) return;
  report.warnings.push_back("the log-in is in " + report.kept_in +
                            " unencrypted, readable for you alone; a credential helper "
                            "(credsStore in Docker's config.json) would keep it better");
}

Result<std::optional<LoginShelf>> Logins::Impl::record(const NewLogin& login,
                                                       const LoginShelf& shelf,
                                                       std::string_view secret,
                                                       const std::stop_token& stop) {
  const auto lock = this->lock(stop);
  if (!lock) return Failure(lock.error());
  auto list = accounts.read();
  if (!list) return Failure(list.error());
  StoredAccount account;
  account.name = login.account.empty() ? login.user : login.account;
  account.user = login.user;
  account.kind = kind_of_secret(secret);
  account.shelf = shelf;
  for (const char* const key : kAccountUrls) {
    if (goes_with_hub(key)) account.urls.emplace(key, configuration.text(key));
  }
  std::optional<LoginShelf> former;
  if (const StoredAccount* const old = list->find(account.name);
      old != nullptr && old->user == account.user && old->shelf != shelf)
    former = old->shelf;
  // One shelf holds one login: whose it was before has none any more.
  std::erase_if(list->accounts, [&](const StoredAccount& old) {
    return old.shelf == shelf && old.name != account.name;
  });
  const std::string name = account.name;
  list->put(std::move(account));
  if (login.current || list->find(list->current) == nullptr) list->current = name;
  if (auto written = accounts.write(*list); !written) return Failure(written.error());
  return former;
}

Result<std::optional<LoginShelf>> Logins::Impl::keep(const NewLogin& login, const LoginShelf& shelf,
                                                     const HubSignIn& done,
                                                     const http::Control& control) {
  if (auto saved = store.save(shelf, login.user, done.secret->reveal(), control); !saved) {
    if (!done.made_token.empty())
      saved.error().hint +=
          " Then delete the access token \"" + done.made_token + "\", which nobody has now.";
    return Failure(saved.error());
  }
  auto former = record(login, shelf, done.secret->reveal(), control.stop);
  if (!former)
    former.error().hint += " The secret is in " + store.name_of(shelf) +
                           " already; log in again, so that it is known as an account.";
  return former;
}

Result<void> Logins::Impl::erase_of(const LoginShelf& shelf, const std::string& user,
                                    const http::Control& control) const {
  const auto old = store.read(shelf, control);
  if (!old) return Failure(old.error());
  return *old && (*old)->user == user ? store.erase(shelf, control) : Result<void>();
}

bool Logins::Impl::is_in_force(const LoginShelf& shelf) const {
  if (shelf.kind == LoginShelf::Kind::own) return true;
  const auto now = store.shelf_for({registry_of_hub(), {}}, shelf.server, std::nullopt);
  return now && *now == shelf;
}

Result<void> Logins::Impl::take_away_former(const LoginShelf& former, const LoginShelf& shelf,
                                            std::string_view secret, LoginReport& report,
                                            const http::Control& control) const {
  if (!is_in_force(former)) {
    report.warnings.push_back("its log-in in " + store.name_of(former) +
                              " stays there, for the Docker that uses it");
    return {};
  }
  if (auto erased = erase_of(former, report.user, control); !erased) {
    report.warnings.push_back(
        "what " + store.name_of(former) +
        " kept of this account may still be there: " + erased.error().message);
    return {};
  }
  // Two names of helpers may stand for one store, as two paths for one file.
  return store.save(shelf, report.user, secret, control);
}

Result<LoginReport> Logins::Impl::log_in_to_hub(const NewLogin& login, const LoginAsker& asker,
                                                const http::Control& control) {
  if (const std::string& name = login.account.empty() ? login.user : login.account;
      !is_account_name(name))
    return bad_input(shown(name) +
                         " cannot be an account's name, which has letters, digits and "
                         ". _ - only",
                     "Give it another name: --as NAME.");
  // What would fail at the end fails before anything is sent.
  const auto shelf = shelf_of_hub(login);
  if (!shelf) return Failure(shelf.error());
  if (const auto list = accounts.read(); !list) return Failure(list.error());
  if (auto agreed = agree_to_replace(*shelf, login.user, asker, control); !agreed)
    return Failure(agreed.error());
  const auto done = sign_in_to_hub({network.fetch(), book(), url("hub.url")}, login.user,
                                   login.secret, asker, control);
  if (!done) return Failure(done.error());
  const auto former = keep(login, *shelf, *done, control);
  if (!former) return Failure(former.error());
  LoginReport report;
  report.host = url("hub.url").origin.name();
  report.user = login.user;
  report.account = login.account.empty() ? login.user : login.account;
  report.kind = kind_of_secret(done->secret->reveal());
  if (*former) {
    if (auto kept = take_away_former(**former, *shelf, done->secret->reveal(), report, control);
        !kept) {
      kept.error().hint = "The log-in may not be kept: log in again. " + kept.error().hint;
      return Failure(std::move(kept.error()));
    }
  }
  if (!done->made_token.empty())
    report.warnings.push_back("the access token \"" + done->made_token +
                              "\" was made and stored; logging out does not revoke it");
  if (!goes_with_hub("registry.url"))
    report.warnings.push_back("it is not for the registry " + url("registry.url").origin.text() +
                              " (" + configuration.origin("registry.url") +
                              "), which another source names: log in there with --host");
  finish(report, *shelf);
  warn_of_stronger(report);
  return report;
}

Result<LoginReport> Logins::Impl::log_in_to_registry(const NewLogin& login, const LoginAsker& asker,
                                                     const http::Control& control) {
  if (!login.account.empty())
    return bad_input("accounts with a name are for Docker Hub alone", "Leave --host or --as out.");
  const auto base = network.registry(login.host, control);
  if (!base) return Failure(base.error());
  const http::Origin& registry = base->origin;
  const auto wanted = login.own_file ? std::optional(LoginShelf::Kind::own) : std::nullopt;
  const auto shelf = store.shelf_for({registry, {}}, docker_server_name(registry), wanted);
  if (!shelf) return Failure(shelf.error());
  if (auto agreed = agree_to_replace(*shelf, login.user, asker, control); !agreed)
    return Failure(agreed.error());
  const auto tried = make_login(login.user, login.secret, "the log-in that was given", book());
  const RealmRule realms(configuration, std::make_shared<const Account>(configuration));
  const auto done = sign_in_to_registry({network.fetch(), configuration.impl().book, realms, *base},
                                        tried, asker, control);
  if (!done) return Failure(done.error());
  if (auto kept = store.save(*shelf, login.user, login.secret, control); !kept)
    return Failure(kept.error());
  LoginReport report;
  report.host = registry.name();
  report.user = login.user;
  report.kind = kind_of_secret(login.secret);
  report.token_service = done->token_service;
  report.new_realm = done->new_realm;
  finish(report, *shelf);
  return report;
}

Result<KnownLogin> Logins::Impl::forget(std::string_view name, const std::stop_token& stop) {
  const auto before = accounts.read();
  if (!before) return Failure(before.error());
  const StoredAccount* const account = before->find(name);
  if (account == nullptr) return no_such_account(name, *before);
  KnownLogin gone = known(*account, store);
  http::Control control;
  control.stop = stop;
  // Before the lock, which the store takes, too.
  if (const auto erased = erase_of(account->shelf, gone.user, control); !erased) {
    if (erased.error().kind != ErrorKind::configuration) return Failure(erased.error());
    gone.warnings.push_back("the account is forgotten here, but " + gone.kept_in +
                            " may still keep its secret: " + erased.error().message);
  }
  const auto lock = this->lock(stop);
  if (!lock) return Failure(lock.error());
  auto list = accounts.read();
  if (!list) return Failure(list.error());
  list->remove(gone.account);
  if (auto written = accounts.write(*list); !written) return Failure(written.error());
  return gone;
}

Result<KnownLogin> Logins::Impl::forget_registry(const std::string& host,
                                                 const http::Control& control) {
  const auto url = http::parse_url("https://" + host);
  if (!url || host.find('/') != std::string::npos)
    return bad_input(shown(host) + " is no registry host", "Name it as host or host:port.");
  const std::string server = docker_server_name(url->origin);
  const auto usual = store.shelf_for({url->origin, {}}, server, std::nullopt);
  if (!usual) return Failure(usual.error());
  KnownLogin gone;
  gone.host = host;
  std::optional<Error> failure;
  for (const LoginShelf& shelf : {*usual, LoginShelf{LoginShelf::Kind::own, {}, server}}) {
    const auto old = store.read(shelf, control);
    if (old && !*old) continue;
    const auto erased = old ? store.erase(shelf, control) : Result<void>(Failure(old.error()));
    if (!erased) {
      failure = erased.error();
      continue;
    }
    gone.user = (*old)->user;
    gone.kept_in += (gone.kept_in.empty() ? "" : " and ") + store.name_of(shelf);
  }
  if (gone.kept_in.empty() && failure) return Failure(*failure);
  if (gone.kept_in.empty())
    return no_such_login("nobody is logged in to " + visible(host),
                         "`dockerhub auth-status` shows the log-ins that are there.");
  if (failure) gone.warnings.push_back(failure->message);
  warn_of_others(gone, {url->origin, {}});
  return gone;
}

void Logins::Impl::warn_of_others(KnownLogin& gone, const LoginTarget& target) const {
  const LoginPlaces places(configuration, [](std::string_view) {});
  for (const FoundLogin& found : places.find(target)) {
    if (found.login)
      gone.warnings.push_back("a log-in for " + target.registry.text() + " in " +
                              found.login->source + " still counts");
  }
}

Logins::Logins(Configuration configuration)
    : impl_(std::make_unique<Impl>(std::move(configuration))) {}

Logins::~Logins() = default;

Result<LoginReport> Logins::log_in(const NewLogin& login, const LoginAsker& asker,
                                   const std::stop_token& stop) {
  if (auto good = check_new(login); !good) return Failure(good.error());
  // Made known to redaction before anything is done with it.
  const auto secret = impl_->book().learn(login.secret, SecretBook::After::remembered);
  http::Control control;
  control.stop = stop;
  return means_docker_hub(login.host) ? impl_->log_in_to_hub(login, asker, control)
                                      : impl_->log_in_to_registry(login, asker, control);
}

Result<KnownLogin> Logins::log_out(const std::string& host, const std::stop_token& stop) {
  http::Control control;
  control.stop = stop;
  if (!means_docker_hub(host)) return impl_->forget_registry(host, control);
  const auto list = impl_->accounts.read();
  if (!list) return Failure(list.error());
  std::string name = impl_->configuration.text("account.name");
  if (name.empty()) name = list->current;
  if (name.empty())
    return no_such_login("nobody is logged in to Docker Hub",
                         "`dockerhub account list` shows the accounts that are there.");
  auto gone = impl_->forget(name, stop);
  if (!gone) return gone;
  for (const std::string& origin : impl_->stronger(name))
    gone->warnings.push_back(origin + " still counts, as long as it is set");
  impl_->warn_of_others(*gone, {impl_->url("registry.url").origin, {}});
  return gone;
}

Result<std::vector<KnownLogin>> Logins::accounts() const {
  const auto list = impl_->accounts.read();
  if (!list) return Failure(list.error());
  std::vector<KnownLogin> rows;
  for (const StoredAccount& account : list->accounts) {
    rows.push_back(known(account, impl_->store));
    rows.back().current = account.name == list->current;
  }
  return rows;
}

Result<void> Logins::use_account(std::string_view name) {
  const auto lock = impl_->lock({});
  if (!lock) return Failure(lock.error());
  auto list = impl_->accounts.read();
  if (!list) return Failure(list.error());
  if (list->find(name) == nullptr) return no_such_account(name, *list);
  list->current = name;
  return impl_->accounts.write(*list);
}

Result<KnownLogin> Logins::remove_account(std::string_view name, const std::stop_token& stop) {
  return impl_->forget(name, stop);
}

Result<std::vector<KnownLogin>> Logins::status(const std::stop_token& stop) const {
  const Account account(impl_->configuration);
  const auto credential = account.for_surface(Surface::hub);
  auto rows = accounts();
  if (!rows) return rows;
  const bool is_stored = credential && credential->kind == CredentialSource::Kind::stored;
  for (KnownLogin& row : *rows) {
    row.current = is_stored && row.account == account.stored_name();
    if (!row.current) continue;
    const auto trouble = trouble_with_stored(impl_->configuration, account, stop);
    if (!trouble) return Failure(trouble.error());
    row.current = trouble->empty();
    if (!row.current) row.warnings.push_back(*trouble);
  }
  if (credential && !is_stored) {
    KnownLogin row{impl_->url("hub.url").origin.name(), {}, credential->user, {}, {}, true};
    row.kind = credential->token   ? "jwt"
               : credential->login ? kind_of_secret(credential->login->password->reveal())
                                   : "oidc";
    row.kept_in = credential->origin;
    rows->insert(rows->begin(), row);
  }
  const LoginPlaces places(impl_->configuration, [](std::string_view) {});
  for (const LoginPlaces::Overview& file : places.overview()) {
    if (!file.logins) continue;
    for (const std::string& server : file.logins->servers) {
      if (!is_account_server(server))
        rows->push_back({server, {}, {}, {}, file.path.string(), false});
    }
  }
  return rows;
}

Result<std::optional<std::string>> Logins::own_get(const std::string& server) const {
  const auto login = impl_->store.read({LoginShelf::Kind::own, {}, server}, {});
  if (!login) return Failure(login.error());
  if (!*login) return std::nullopt;
  const bool is_token = (*login)->identity_token != nullptr;
  const auto& secret = is_token ? (*login)->identity_token : (*login)->password;
  if (!secret) return std::nullopt;
  SecretBuffer text;
  SecretWriter writer(text);
  writer.StartObject();
  put_text(writer, "ServerURL");
  put_text(writer, server);
  put_text(writer, "Username");
  put_text(writer, is_token ? "<token>" : (*login)->user);
  put_text(writer, "Secret");
  put_text(writer, secret->reveal());
  writer.EndObject();
  return std::string(text.GetString(), text.GetSize());
}

Result<void> Logins::own_store(std::string_view login) {
  const auto json = SecretJson::parse(login);
  const std::string server(json ? text_in(json->root(), "ServerURL") : std::string_view());
  const std::string_view secret = json ? text_in(json->root(), "Secret") : std::string_view();
  if (server.empty() || secret.empty())
    return bad_input("a JSON object with a server and a secret is needed",
                     "Send {\"ServerURL\", \"Username\", \"Secret\"}.");
  const auto known_secret = impl_->book().learn(secret, SecretBook::After::remembered);
  return impl_->store.save({LoginShelf::Kind::own, {}, server}, text_in(json->root(), "Username"),
                           secret, {});
}

Result<void> Logins::own_erase(const std::string& server) {
  if (server.empty()) return bad_input("a server is needed", "Send its name.");
  return impl_->store.erase({LoginShelf::Kind::own, {}, server}, {});
}

Result<std::vector<std::pair<std::string, std::string>>> Logins::own_list() const {
  const auto users = impl_->store.own_users();
  if (!users) return Failure(users.error());
  return std::vector<std::pair<std::string, std::string>>(users->begin(), users->end());
}

std::string account_of_namespace(const Configuration& configuration, std::string_view name) {
  for (const std::string& pair : split_list(configuration.text("account.namespaces"), ',')) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string::npos && trimmed(std::string_view(pair).substr(0, equals)) == name)
      return std::string(trimmed(std::string_view(pair).substr(equals + 1)));
  }
  return {};
}

}  // namespace dockerhub
