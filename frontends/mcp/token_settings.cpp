#include "token_settings.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace dockerhub::mcp {
namespace {

constexpr auto kTokenKeys =
    std::to_array<const char*>({"mcp.auth_servers", "mcp.base_url", "mcp.required_scopes",
                                "mcp.token_algorithm", "mcp.token_audience", "mcp.token_issuer",
                                "mcp.token_jwks_uri", "mcp.token_public_key", "mcp.token_secret"});
constexpr auto kKeySources =
    std::to_array<const char*>({"mcp.token_jwks_uri", "mcp.token_public_key", "mcp.token_secret"});
constexpr std::string_view kSecretKey = "mcp.token_secret";
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

bool is_filled(const Configuration& configuration, std::string_view key) {
  return key == kSecretKey ? configuration.has(key) : !configuration.text(key).empty();
}

Result<void> check_unused(const Configuration& configuration, const std::string& auth) {
  const auto* const set = std::find_if(kTokenKeys.begin(), kTokenKeys.end(), [&](const char* key) {
    return is_filled(configuration, key);
  });
  if (set == kTokenKeys.end()) return {};
  return unusable_tokens(configuration.origin(*set) + ": " + *set + " is set, but the log-in is '" +
                             visible(auth) + "', which has no signed tokens",
                         "Set AUTH_TYPE=jwt or remote-oauth, or unset it.");
}

Result<std::string> read_key(const Configuration& configuration) {
  std::string key = configuration.text("mcp.token_public_key");
  if (key.empty() || begins_with(key, kPem)) return key;
  std::ifstream file(key, std::ios::binary);
  std::string text(kLargestKeyFile, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (text.find(kPem) != text.npos) return text;
  return unusable_tokens(configuration.origin("mcp.token_public_key") +
                             ": mcp.token_public_key is neither a PEM text nor the file of one",
                         "Give the text (-----BEGIN PUBLIC KEY-----...) or the path of its file.");
}

Result<void> check_key_source(const Configuration& configuration) {
  const auto sources = std::count_if(kKeySources.begin(), kKeySources.end(), [&](const char* key) {
    return is_filled(configuration, key);
  });
  if (sources == 1) return {};
  return unusable_tokens(
      sources == 0 ? "there is no key to check signed tokens with"
                   : "there are several keys to check signed tokens with",
      "Set one of MCP_TOKEN_JWKS_URI, MCP_TOKEN_PUBLIC_KEY and MCP_TOKEN_SECRET.");
}

Result<void> check_addresses(const Configuration& configuration, const TokenSettings& settings) {
  if (!settings.base_url.empty() && !is_safe(settings.base_url)) {
    return unusable_tokens(configuration.origin("mcp.base_url") + ": mcp.base_url is not safe",
                           "Give an address with https, or with http on this machine.");
  }
  if (!std::all_of(settings.servers.begin(), settings.servers.end(), is_safe)) {
    return unusable_tokens(
        configuration.origin("mcp.auth_servers") + ": one of mcp.auth_servers is not safe",
        "Give addresses with https, or with http on this machine.");
  }
  return {};
}

// They are shown between quotes (RFC 6750, section 3; the characters of RFC 6749, section 3.3).
Result<void> check_scopes(const Configuration& configuration, const TokenSettings& settings) {
  const auto is_scope = [](const std::string& scope) {
    return std::all_of(scope.begin(), scope.end(), [](char each) {
      return each > ' ' && each <= '~' && each != '"' && each != '\\';
    });
  };
  if (std::all_of(settings.required_scopes.begin(), settings.required_scopes.end(), is_scope))
    return {};
  return unusable_tokens(
      configuration.origin("mcp.required_scopes") + ": one of mcp.required_scopes is no scope",
      "Scopes are printable ASCII without quotes and backslashes.");
}

// What a token has to say so that it is for this server and no other.
Result<void> check_binding(const TokenSettings& settings) {
  if (settings.rules.issuer.empty()) {
    return unusable_tokens("the issuer of the signed tokens is not set",
                           "Set MCP_TOKEN_ISSUER to what their `iss` says.");
  }
  if (settings.rules.audience.empty()) {
    return unusable_tokens(
        "the audience of the signed tokens is not set, so that one for another service would do",
        "Set MCP_TOKEN_AUDIENCE to what their `aud` says, or MCP_REMOTE_BASE_URL.");
  }
  return {};
}

Result<void> check_remote(const TokenSettings& settings) {
  if (!settings.base_url.empty() && !settings.servers.empty()) return {};
  return unusable_tokens(
      "AUTH_TYPE=remote-oauth tells clients where tokens are had, and " +
          std::string(settings.base_url.empty() ? "mcp.base_url" : "mcp.auth_servers") +
          " is not set",
      "Set MCP_REMOTE_BASE_URL and MCP_REMOTE_AUTH_SERVERS, or AUTH_TYPE=jwt.");
}

}  // namespace

Result<TokenSettings> read_token_settings(const Configuration& configuration,
                                          const std::string& auth, std::string_view path) {
  TokenSettings settings;
  if (auth != "jwt" && auth != "remote-oauth") {
    if (auto unused = check_unused(configuration, auth); !unused) return Failure(unused.error());
    return settings;
  }
  SignedTokenRules& rules = settings.rules;
  settings.base_url = configuration.text("mcp.base_url");
  rules.issuer = configuration.text("mcp.token_issuer");
  rules.audience = configuration.text("mcp.token_audience");
  if (rules.audience.empty() && !settings.base_url.empty())
    rules.audience = settings.base_url + std::string(path);
  settings.servers = words(configuration.text("mcp.auth_servers"));
  settings.required_scopes = words(configuration.text("mcp.required_scopes"));
  rules.algorithms = words(configuration.text("mcp.token_algorithm"));
  rules.keys_url = configuration.text("mcp.token_jwks_uri");
  if (is_filled(configuration, kSecretKey)) rules.secret = kSecretKey;
  auto key = read_key(configuration);
  if (!key) return Failure(key.error());
  rules.public_key = std::move(*key);
  Result<void> fine = check_key_source(configuration);
  if (fine) fine = check_addresses(configuration, settings);
  if (fine) fine = check_scopes(configuration, settings);
  if (fine) fine = check_binding(settings);
  if (fine && auth == "remote-oauth") fine = check_remote(settings);
  if (!fine) return Failure(fine.error());
  if (settings.servers.empty() && is_safe(rules.issuer)) settings.servers.push_back(rules.issuer);
  return settings;
}

}  // namespace dockerhub::mcp
