#include "token_settings.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace dockerhub::server {
namespace {

constexpr auto kTokenKeys = std::to_array<const char*>(
    {"auth_servers", "base_url", "required_scopes", "token_algorithm", "token_audience",
     "token_issuer", "token_jwks_uri", "token_public_key", "token_secret"});
constexpr auto kKeySources =
    std::to_array<const char*>({"token_jwks_uri", "token_public_key", "token_secret"});
constexpr std::string_view kSecretName = "token_secret";
constexpr std::string_view kPem = "-----BEGIN";
constexpr std::size_t kLargestKeyFile = std::size_t{64} * 1024;

Failure unusable_tokens(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

std::vector<std::string> words(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string word; stream >> word;) all.push_back(std::move(word));
  return all;
}

bool begins_with(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

// Nobody on the way reads a token that is had or shown there. It also stands between quotes.
bool is_safe(std::string_view url) {
  static constexpr auto kLocal =
      std::to_array<std::string_view>({"http://localhost", "http://127.0.0.1", "http://[::1]"});
  if (url.find_first_of("\"\\ @") != url.npos) return false;
  if (begins_with(url, "https://")) return true;
  return std::any_of(kLocal.begin(), kLocal.end(), [url](std::string_view begin) {
    if (!begins_with(url, begin)) return false;
    const std::string_view rest = url.substr(begin.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  });
}

// A section of the settings.
struct Section {
  const Configuration& configuration;
  const SettingNames& names;

  std::string text(std::string_view name) const { return configuration.text(names.key(name)); }
  std::string origin(std::string_view name) const { return configuration.origin(names.key(name)); }
  bool is_filled(std::string_view name) const {
    return name == kSecretName ? configuration.has(names.key(name)) : !text(name).empty();
  }
  // "where it was set: its key"
  std::string said(std::string_view name) const { return origin(name) + ": " + names.key(name); }
};

Result<void> check_unused(const Section& section, const std::string& auth) {
  const auto* const set = std::find_if(kTokenKeys.begin(), kTokenKeys.end(),
                                       [&](const char* key) { return section.is_filled(key); });
  if (set == kTokenKeys.end()) return {};
  return unusable_tokens(
      section.said(*set) + " is set, but the log-in is '" + visible(auth) +
          "', which has no signed tokens",
      "Set " + std::string(section.names.auth_variable) + "=jwt or remote-oauth, or unset it.");
}

Result<std::string> read_key(const Section& section) {
  std::string key = section.text("token_public_key");
  if (key.empty() || begins_with(key, kPem)) return key;
  std::ifstream file(key, std::ios::binary);
  std::string text(kLargestKeyFile, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (text.find(kPem) != text.npos) return text;
  return unusable_tokens(
      section.said("token_public_key") + " is neither a PEM text nor the file of one",
      "Give the text (-----BEGIN PUBLIC KEY-----...) or the path of its file.");
}

Result<void> check_key_source(const Section& section) {
  const auto sources = std::count_if(kKeySources.begin(), kKeySources.end(),
                                     [&](const char* key) { return section.is_filled(key); });
  const SettingNames& names = section.names;
  if (sources == 1) return {};
  return unusable_tokens(sources == 0 ? "there is no key to check signed tokens with"
                                      : "there are several keys to check signed tokens with",
                         "Set one of " + names.variable("TOKEN_JWKS_URI") + ", " +
                             names.variable("TOKEN_PUBLIC_KEY") + " and " +
                             names.variable("TOKEN_SECRET") + ".");
}

Result<void> check_addresses(const Section& section, const TokenSettings& settings) {
  if (!settings.base_url.empty() && !is_safe(settings.base_url)) {
    return unusable_tokens(section.said("base_url") + " is not safe",
                           "Give an address with https, or with http on this machine.");
  }
  if (!std::all_of(settings.servers.begin(), settings.servers.end(), is_safe)) {
    return unusable_tokens(section.origin("auth_servers") + ": one of " +
                               section.names.key("auth_servers") + " is not safe",
                           "Give addresses with https, or with http on this machine.");
  }
  return {};
}

// They are shown between quotes (RFC 6750, section 3; the characters of RFC 6749, section 3.3).
Result<void> check_scopes(const Section& section, const TokenSettings& settings) {
  const auto is_scope = [](const std::string& scope) {
    return std::all_of(scope.begin(), scope.end(), [](char each) {
      return each > ' ' && each <= '~' && each != '"' && each != '\\';
    });
  };
  if (std::all_of(settings.required_scopes.begin(), settings.required_scopes.end(), is_scope))
    return {};
  return unusable_tokens(section.origin("required_scopes") + ": one of " +
                             section.names.key("required_scopes") + " is no scope",
                         "Scopes are printable ASCII without quotes and backslashes.");
}

// What a token has to say so that it is for this server and no other.
Result<void> check_binding(const SettingNames& names, const TokenSettings& settings) {
  if (settings.rules.issuer.empty()) {
    return unusable_tokens("the issuer of the signed tokens is not set",
                           "Set " + names.variable("TOKEN_ISSUER") + " to what their `iss` says.");
  }
  if (settings.rules.audience.empty()) {
    return unusable_tokens(
        "the audience of the signed tokens is not set, so that one for another service would do",
        "Set " + names.variable("TOKEN_AUDIENCE") + " to what their `aud` says, or " +
            names.variable("REMOTE_BASE_URL") + ".");
  }
  return {};
}

Result<void> check_remote(const SettingNames& names, const TokenSettings& settings) {
  if (!settings.base_url.empty() && !settings.servers.empty()) return {};
  return unusable_tokens(
      std::string(names.auth_variable) + "=remote-oauth tells clients where tokens are had, and " +
          names.key(settings.base_url.empty() ? "base_url" : "auth_servers") + " is not set",
      "Set " + names.variable("REMOTE_BASE_URL") + " and " + names.variable("REMOTE_AUTH_SERVERS") +
          ", or " + std::string(names.auth_variable) + "=jwt.");
}

}  // namespace

Result<TokenSettings> read_token_settings(const Configuration& configuration,
                                          const SettingNames& names, const std::string& auth) {
  const Section section{configuration, names};
  TokenSettings settings;
  if (auth != "jwt" && auth != "remote-oauth") {
    if (auto unused = check_unused(section, auth); !unused) return Failure(unused.error());
    return settings;
  }
  SignedTokenRules& rules = settings.rules;
  settings.base_url = section.text("base_url");
  rules.issuer = section.text("token_issuer");
  rules.audience = section.text("token_audience");
  if (rules.audience.empty() && !settings.base_url.empty())
    rules.audience = settings.base_url + std::string(names.path);
  settings.servers = words(section.text("auth_servers"));
  settings.required_scopes = words(section.text("required_scopes"));
  rules.algorithms = words(section.text("token_algorithm"));
  rules.keys_url = section.text("token_jwks_uri");
  if (section.is_filled(kSecretName)) rules.secret = names.key(kSecretName);
  auto key = read_key(section);
  if (!key) return Failure(key.error());
  rules.public_key = std::move(*key);
  Result<void> fine = check_key_source(section);
  if (fine) fine = check_addresses(section, settings);
  if (fine) fine = check_scopes(section, settings);
  if (fine) fine = check_binding(names, settings);
  if (fine && auth == "remote-oauth") fine = check_remote(names, settings);
  if (!fine) return Failure(fine.error());
  if (settings.servers.empty() && is_safe(rules.issuer)) settings.servers.push_back(rules.issuer);
  return settings;
}

}  // namespace dockerhub::server
