#include "credentials/login_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/lower_case.hpp"
#include "config/hosts.hpp"
#include "credentials/secret_base64.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

// Docker's name for its own registry.
constexpr std::string_view kDockerHubServer = "https://index.docker.io/v1/";
// Below the base URL of Docker Hub: where our own file has its further accounts.
constexpr std::string_view kAccounts = "accounts/";

// A key of `auths` or `credHelpers`, taken apart.
struct Key {
  std::string host;  // with port where there is one
  std::string path;  // without slashes at its ends
  bool has_scheme = false;
};

Key parse_key(std::string_view text) {
  Key key;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.substr(0, scheme.size()) != scheme) continue;
    text.remove_prefix(scheme.size());
    key.has_scheme = true;
    break;
  }
  const std::size_t slash = std::min(text.find('/'), text.size());
  key.host = lower_case(text.substr(0, slash));
  text.remove_prefix(slash);
  while (!text.empty() && text.front() == '/') text.remove_prefix(1);
  while (!text.empty() && text.back() == '/') text.remove_suffix(1);
  // The protocol's version is no namespace.
  if (text != "v1" && text != "v2") key.path = text;
  return key;
}

bool is_below(std::string_view repository, std::string_view folder) {
  return repository.substr(0, folder.size()) == folder &&
         (repository.size() == folder.size() || repository[folder.size()] == '/');
}

// How well a key fits the target: 0 for its host, more for a longer part of its repository's name.
class Match {
 public:
  Match(LoginFileKind kind, const LoginTarget& target)
      : namespaced_(kind == LoginFileKind::auth_json),
        own_(kind == LoginFileKind::own),
        docker_(is_docker_registry(target.registry)),
        authority_(target.registry.authority()),
        with_port_(target.registry.host_and_port()),
        repository_(target.repository) {}

  std::optional<std::size_t> operator()(std::string_view text) const {
    const Key key = parse_key(text);
    const bool same =
        docker_ ? is_docker_registry(key.host) : key.host == authority_ || key.host == with_port_;
    if (!same) return std::nullopt;
    if (key.path.empty()) return 0;
    // An account of Docker Hub, which is no registry's.
    if (own_ && key.path.compare(0, kAccounts.size(), kAccounts) == 0) return std::nullopt;
    if (namespaced_ && !key.has_scheme) {
      return is_below(repository_, key.path) ? std::optional(key.path.size()) : std::nullopt;
    }
    // Docker keeps tokens of other kinds under paths of its own name; elsewhere it ignores the path.
    return docker_ ? std::nullopt : std::optional<std::size_t>(0);
  }

  std::string server() const { return docker_ ? std::string(kDockerHubServer) : authority_; }

 private:
  bool namespaced_;
  bool own_;
  bool docker_;
  std::string authority_, with_port_, repository_;
};

struct Best {
  std::string_view key;
  const SecretJson::Value* value = nullptr;
};

Best best_member(const SecretJson::Value* object, const Match& match) {
  Best best;
  std::size_t longest = 0;
  if (object == nullptr) return best;
  for (const auto& [key, value] : members_of(*object)) {
    const std::optional<std::size_t> fit = match(key);
    if (!fit || (best.value != nullptr && *fit <= longest)) continue;
    best = {key, value};
    longest = *fit;
  }
  return best;
}

Failure broken(const std::string& source, std::string what) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = source + ": " + std::move(what);
  error.hint = "Correct the file, or log in again with the program that wrote it.";
  return Failure(std::move(error));
}

// "user:password", as Docker writes it: the password without zero bytes at its end.
Result<std::shared_ptr<const Login>> from_auth(std::string_view auth, std::string_view host,
                                               const std::string& source, SecretBook& book) {
  const std::optional<SecretBytes> pair = secret_from_base64(auth);
  std::string_view text = pair ? std::string_view(pair->data(), pair->size()) : std::string_view();
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return broken(source, "the login for " + visible(host) + " is not base64 of user:password");
  }
  std::string_view password = text.substr(colon + 1);
  while (!password.empty() && password.back() == '\0') password.remove_suffix(1);
  return make_login(text.substr(0, colon), password, source, book);
}

std::shared_ptr<const Secret> secret_in(const SecretJson::Value& entry, std::string_view name,
                                        SecretBook& book) {
  const std::string_view text = text_in(entry, name);
  return book.learn(text, SecretBook::After::remembered);
}

Result<std::shared_ptr<const Login>> login_of(const Best& found, const std::string& source,
                                              SecretBook& book) {
  const SecretJson::Value& entry = *found.value;
  auto login = std::make_shared<Login>();
  const std::string_view auth = text_in(entry, "auth");
  if (!auth.empty()) {
    const auto pair = from_auth(auth, found.key, source, book);
    if (!pair) return Failure(pair.error());
    if (*pair) *login = **pair;
  } else if (const auto pair =
                 make_login(text_in(entry, "username"), text_in(entry, "password"), source, book)) {
    *login = *pair;
  }
  login->source = source;
  if (auto token = secret_in(entry, "identitytoken", book)) login->identity_token = token;
  login->registry_token = secret_in(entry, "registrytoken", book);
  const bool empty = !login->password && !login->identity_token && !login->registry_token;
  return empty ? nullptr : std::shared_ptr<const Login>(std::move(login));
}

std::string_view text_of(const SecretJson::Value* value) {
  if (value == nullptr || !value->IsString()) return {};
  return {value->GetString(), value->GetStringLength()};
}

void add_once(std::vector<std::string>& list, std::string_view text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
    list.emplace_back(text);
}

bool holds_secret(const SecretJson::Value& entry) {
  if (!entry.IsObject()) return false;
  constexpr std::array<std::string_view, 4> kSecrets = {"auth", "password", "identitytoken",
                                                        "registrytoken"};
  return std::any_of(kSecrets.begin(), kSecrets.end(),
                     [&](std::string_view name) { return !text_in(entry, name).empty(); });
}

Best entry_under(const SecretJson::Value& auths, std::string_view server) {
  if (const SecretJson::Value* const exact = object_in(auths, server)) return {server, exact};
  for (const auto& [key, value] : members_of(auths)) {
    if (value->IsObject() && same_server(key, server)) return {key, value};
  }
  return {};
}

// Without the port that its scheme has anyway.
std::string host_of_key(const Key& key, std::string_view text) {
  const bool is_plain = text.substr(0, 7) == "http://";
  const std::string_view usual = is_plain ? ":80" : ":443";
  std::string host = key.host;
  if (host.ends_with(usual)) host.erase(host.size() - usual.size());
  return is_docker_registry(std::string_view(host)) ? std::string("docker.io") : host;
}

// Of an entry; empty where it does not say.
std::string user_in(const SecretJson::Value& entry) {
  if (!text_in(entry, "identitytoken").empty()) return "<token>";
  const std::optional<SecretBytes> pair = secret_from_base64(text_in(entry, "auth"));
  if (!pair || pair->empty()) return std::string(text_in(entry, "username"));
  const std::string_view text(pair->data(), pair->size());
  return std::string(text.substr(0, std::min(text.find(':'), text.size())));
}

}  // namespace

bool same_server(std::string_view one, std::string_view other) {
  const Key left = parse_key(one);
  const Key right = parse_key(other);
  return left.path == right.path && host_of_key(left, one) == host_of_key(right, other);
}

std::optional<std::int64_t> own_login_version(std::string_view text) {
  const auto json = SecretJson::parse(text);
  return json ? number_in(json->root(), "version") : std::nullopt;
}

Result<FoundLogin> find_login(std::string_view text, LoginFileKind kind, const LoginTarget& target,
                              const std::string& source, SecretBook& book) {
  const auto json = SecretJson::parse(text);
  if (!json) return broken(source, json.error().message);
  const Match match(kind, target);
  FoundLogin found;
  const Best helper = best_member(object_in(json->root(), "credHelpers"), match);
  // An empty helper of the host says: none, not the general one either.
  found.helper =
      helper.value != nullptr ? text_of(helper.value) : text_in(json->root(), "credsStore");
  found.server = match.server();
  const Best entry = best_member(object_in(json->root(), "auths"), match);
  if (entry.value == nullptr) return found;
  auto login = login_of(entry, source, book);
  if (!login) return Failure(std::move(login.error()));
  found.login = std::move(*login);
  return found;
}

Result<LoginOverview> overview_of_logins(std::string_view text, const std::string& source) {
  const auto json = SecretJson::parse(text);
  if (!json) return broken(source, json.error().message);
  LoginOverview overview;
  if (const SecretJson::Value* auths = object_in(json->root(), "auths")) {
    for (const auto& [server, entry] : members_of(*auths)) {
      add_once(overview.servers, server);
      overview.has_secrets |= holds_secret(*entry);
    }
  }
  if (const SecretJson::Value* helpers = object_in(json->root(), "credHelpers")) {
    for (const auto& [server, helper] : members_of(*helpers)) {
      add_once(overview.servers, server);
      add_once(overview.helpers, text_of(helper));
    }
  }
  add_once(overview.helpers, text_in(json->root(), "credsStore"));
  return overview;
}

Result<std::shared_ptr<const Login>> login_under(std::string_view text, std::string_view server,
                                                 const std::string& source, SecretBook& book) {
  const auto json = SecretJson::parse(text);
  if (!json) return broken(source, json.error().message);
  const SecretJson::Value* const auths = object_in(json->root(), "auths");
  const Best entry = auths == nullptr ? Best() : entry_under(*auths, server);
  if (entry.value == nullptr) return nullptr;
  return login_of(entry, source, book);
}

Result<std::map<std::string, std::string>> users_of_logins(std::string_view text,
                                                           const std::string& source) {
  const auto json = SecretJson::parse(text);
  if (!json) return broken(source, json.error().message);
  std::map<std::string, std::string> users;
  const SecretJson::Value* const auths = object_in(json->root(), "auths");
  if (auths == nullptr) return users;
  for (const auto& [server, entry] : members_of(*auths)) {
    if (holds_secret(*entry)) users.emplace(server, user_in(*entry));
  }
  return users;
}

Result<std::string> helper_for(std::string_view text, const LoginTarget& target,
                               const std::string& source) {
  const auto json = SecretJson::parse(text);
  if (!json) return broken(source, json.error().message);
  const Best helper = best_member(object_in(json->root(), "credHelpers"),
                                  Match(LoginFileKind::config_json, target));
  return std::string(helper.value != nullptr ? text_of(helper.value)
                                             : text_in(json->root(), "credsStore"));
}

}  // namespace dockerhub
