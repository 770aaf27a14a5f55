#include "credentials/account.hpp"

#include <array>

#include "config/hosts.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

// Of the base URL of each surface; a token for Docker Scout is minted by Docker Hub, so that has to be
// the account's as well.
std::string_view url_key_of(Surface surface) {
  constexpr std::array<std::string_view, 5> kKeys = {"", "hub.url", "hub.url", "scout.url",
                                                     "registry.url"};
  return kKeys[static_cast<std::size_t>(surface)];
}

}  // namespace

Account::Account(const Configuration& configuration) : configuration_(configuration) {
  find_stored();
  login_ = login();
  collect_warnings();
}

void Account::find_stored() {
  stored_name_ = configuration_.text("account.name");
  const auto list = AccountFile(login_folder(configuration_)).read();
  if (!list) {
    warnings_.push_back("no stored account is used: " + list.error().message + ". " +
                        list.error().hint);
    return;
  }
  if (stored_name_.empty()) stored_name_ = list->current;
  if (const StoredAccount* found = list->find(stored_name_)) stored_ = *found;
}

bool Account::yields(std::string_view secret_key) const {
  const Configuration::Impl& settings = configuration_.impl();
  return configuration_.has("account.name") && secret_key != "account.scim_token" &&
         settings.layer_of(secret_key) <= settings.layer_of("account.name");
}

bool Account::lacks_user() const {
  return configuration_.has("account.secret") && !login_ && !yields("account.secret");
}

bool Account::is_of_hubs_kind(const CredentialSource& source) const {
  const auto hub = for_surface(Surface::hub);
  return hub && hub->kind == source.kind;
}

std::optional<Error> Account::misplaced(Surface surface) const {
  if (!is_named() || !stored_ || for_surface(surface)) return std::nullopt;
  for (const std::string_view key : {url_key_of(surface), url_key_of(Surface::hub)}) {
    if (stored_belongs(key)) continue;
    Error error;
    error.kind = ErrorKind::configuration;
    error.message = "the account " + shown(stored_name_) + " (" +
                    configuration_.origin("account.name") + ") is not for " +
                    configuration_.text(key) + " (" + configuration_.origin(key) +
                    "): it was not logged in there";
    error.hint = "Name another account, or log in there: dockerhub account add NAME.";
    return error;
  }
  return std::nullopt;
}

bool Account::stored_belongs(std::string_view url_key) const {
  // Of one that is not there the request fails, and says so.
  if (!stored_) return true;
  const auto known = stored_->urls.find(url_key);
  if (known == stored_->urls.end()) return false;
  const auto url = http::parse_base_url(known->second);
  return url && url->origin == url_setting(configuration_, url_key).origin;
}

std::shared_ptr<const Login> Account::login() const {
  const Configuration::Impl& settings = configuration_.impl();
  const auto secret = settings.secrets.find("account.secret");
  const std::string user = configuration_.text("account.user");
  if (secret == settings.secrets.end() || secret->second.empty() || user.empty()) return nullptr;
  if (yields("account.secret")) return nullptr;
  auto login = std::make_shared<Login>();
  login->set_password(user, secret->second.reveal(), *settings.book);
  login->source = configuration_.origin("account.secret");
  login->of_settings = true;
  return login;
}

std::string_view Account::secret_key() const {
  if (login_) return "account.secret";
  const bool keyless = configuration_.has("account.oidc_connection") &&
                       !configuration_.has("account.secret") && !yields("account.oidc_connection");
  return keyless && belongs("account.oidc_connection", "identity.url") ? "account.oidc_connection"
                                                                       : std::string_view();
}

bool Account::belongs(std::string_view secret_key, std::string_view url_key) const {
  if (secret_key == "account.name") return stored_belongs(url_key);
  const Configuration::Impl& settings = configuration_.impl();
  if (settings.layer_of(secret_key) == settings.layer_of(url_key)) return true;
  const http::Origin origin = url_setting(configuration_, url_key).origin;
  return url_key == "registry.url" ? is_docker_registry(origin)
                                   : origin == built_in_url(url_key).origin;
}

std::optional<SurfaceCredential> Account::credential(const CredentialSource& source) const {
  if (source.kind == CredentialSource::Kind::account) {
    if (!login_) return std::nullopt;
    return SurfaceCredential{source.kind, nullptr, login_, login_->user, login_->source, {}};
  }
  if (source.kind == CredentialSource::Kind::stored) {
    if (stored_name_.empty() || lacks_user()) return std::nullopt;
    return SurfaceCredential{source.kind,
                             nullptr,
                             nullptr,
                             stored_ ? stored_->user : std::string(),
                             "account " + visible(stored_name_),
                             stored_ ? stored_->kind : std::string()};
  }
  if (source.kind == CredentialSource::Kind::keyless) {
    if (secret_key() != source.setting) return std::nullopt;
    return SurfaceCredential{
        source.kind, nullptr, nullptr, user(), configuration_.origin(source.setting), {}};
  }
  const Configuration::Impl& settings = configuration_.impl();
  const auto token = settings.secrets.find(source.setting);
  if (token == settings.secrets.end() || token->second.empty()) return std::nullopt;
  if (yields(source.setting)) return std::nullopt;
  return SurfaceCredential{source.kind, settings.book->learn(token->second.reveal()), nullptr,
                           {},          configuration_.origin(source.setting),        {}};
}

std::optional<SurfaceCredential> Account::for_surface(Surface surface) const {
  if (surface == Surface::none) return std::nullopt;
  for (const CredentialSource& source : credential_sources()) {
    const bool minted = source.kind != CredentialSource::Kind::bearer;
    if (source.kind == CredentialSource::Kind::file || !serves(source, surface)) continue;
    if (!belongs(source.setting, url_key_of(surface))) continue;
    if (minted && !belongs(source.setting, url_key_of(Surface::hub))) continue;
    if (minted && surface != Surface::hub && !is_of_hubs_kind(source)) continue;
    if (auto found = credential(source)) return found;
  }
  return std::nullopt;
}

bool Account::is_account_of(const http::Origin& registry) const {
  const Configuration::Impl& settings = configuration_.impl();
  const bool named = settings.layer_of(secret_key()) == settings.layer_of("registry.url");
  return named ? registry == url_setting(configuration_, "registry.url").origin
               : is_docker_registry(registry);
}

std::shared_ptr<const Login> Account::for_registry(const http::Origin& registry) const {
  return login_ && is_account_of(registry) ? login_ : nullptr;
}

bool Account::keyless_for_registry(const http::Origin& registry) const {
  return !login_ && !secret_key().empty() && is_account_of(registry);
}

bool Account::stored_for_registry(const http::Origin& registry) const {
  if (stored_name_.empty() || lacks_user()) return false;
  if (!stored_) return registry == url_setting(configuration_, "registry.url").origin;
  const auto known = stored_->urls.find("registry.url");
  if (known == stored_->urls.end()) return false;
  const auto url = http::parse_base_url(known->second);
  return url && (url->origin == registry ||
                 (is_docker_registry(url->origin) && is_docker_registry(registry)));
}

bool Account::names_token_service(const http::Origin& registry, const Login* login) const {
  const Configuration::Impl& settings = configuration_.impl();
  const Layer named = settings.layer_of("registry.auth_url");
  if (named == Layer::built_in) return false;
  if (registry != url_setting(configuration_, "registry.url").origin) return false;
  if (login == nullptr) return true;
  return named == settings.layer_of(login->of_settings ? secret_key() : "registry.url");
}

void Account::collect_warnings() {
  if (lacks_user() && stored_) {
    warnings_.push_back("the stored account " + shown(stored_name_) + " is not used, since " +
                        configuration_.origin("account.secret") +
                        " is set, which lacks its user (DOCKER_HUB_USER, account.user)");
  }
  for (const CredentialSource& source : credential_sources()) {
    if (source.kind == CredentialSource::Kind::file || !configuration_.has(source.setting))
      continue;
    if (source.kind != CredentialSource::Kind::stored && yields(source.setting)) continue;
    std::string_view last_key;
    if (source.kind == CredentialSource::Kind::keyless && !belongs(source.setting, "identity.url"))
      warnings_.push_back(not_used(source, "identity.url"));
    for (const Surface surface : source.surfaces) {
      const std::string_view key = url_key_of(surface);
      if (surface == Surface::none || key == last_key || belongs(source.setting, key)) continue;
      last_key = key;
      warnings_.push_back(not_used(source, key));
    }
  }
}

std::string Account::not_used(const CredentialSource& source, std::string_view url_key) const {
  return "the " + std::string(source.name) + " (" + configuration_.origin(source.setting) +
         ") is not used for " + configuration_.text(url_key) + " (" +
         configuration_.origin(url_key) +
         "): another source names that host. Set both in one place, if the one is "
         "meant for the other.";
}

http::Url Account::base_url(Surface surface) const {
  return url_setting(configuration_, url_key_of(surface));
}

}  // namespace dockerhub
