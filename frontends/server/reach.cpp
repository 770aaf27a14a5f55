#include "reach.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::server {

Failure refused_setting(const Configuration& configuration, std::string_view key,
                        const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = configuration.origin(key) + ": " + std::string(key) + " is '" +
                  visible(configuration.text(key)) + "', " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

std::vector<std::string> comma_items(std::string_view text) {
  std::vector<std::string> all(1);
  for (const char letter : text) {
    if (letter == ',') {
      all.emplace_back();
    } else if (letter != ' ') {
      all.back() += letter;
    }
  }
  all.erase(std::remove(all.begin(), all.end(), std::string()), all.end());
  return all;
}

namespace {

constexpr auto kAuthTypes =
    std::to_array<std::string_view>({"none", "static", "jwt", "remote-oauth"});

Result<web::Address> read_listen(const Configuration& configuration, const SettingNames& names,
                                 const std::string& listen) {
  if (!listen.empty()) return web::read_address(listen);
  const std::string host = configuration.text(names.key("host"));
  const bool ipv6 = host.find(':') != std::string::npos && host.front() != '[';
  auto address = web::read_address((ipv6 ? "[" + host + "]" : host) + ":" +
                                   configuration.text(names.key("port")));
  if (address) return address;
  return refused_setting(configuration, names.key("port"),
                         "which is no port (the host is '" + visible(host) + "')",
                         "Give a host and a number up to 65535.");
}

// Loopback is the border where nobody logs in.
Result<void> check_reach(const SettingNames& names, const Reach& settings) {
  if (settings.auth != "none" || settings.allow_unauthenticated || settings.address.is_loopback()) {
    return {};
  }
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "without authentication the server listens on this machine only, and '" +
                  visible(settings.address.host) + "' is reached from others";
  error.hint = "Set " + std::string(names.auth_variable) +
               ", listen on 127.0.0.1 or on unix:PATH behind a proxy that authenticates, or let "
               "everybody do everything with --allow-unauthenticated.";
  return Failure(std::move(error));
}

Failure wrong_tls(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// Whoever sets one of the files counts on TLS.
Result<void> read_tls(const Configuration& configuration, const SettingNames& names,
                      Reach& settings) {
  const std::string certificate = configuration.text(names.key("tls_certificate"));
  const std::string key = configuration.text(names.key("tls_key"));
  if (certificate.empty() && key.empty()) return {};
  const std::string files =
      names.variable("TLS_CERTIFICATE_FILE") + " and " + names.variable("TLS_KEY_FILE");
  if (certificate.empty() || key.empty()) {
    const std::string set = names.key(certificate.empty() ? "tls_key" : "tls_certificate");
    return wrong_tls(configuration.origin(set) + ": " + set + " is set, and TLS needs the " +
                         (certificate.empty() ? "certificate" : "private key") + ", too",
                     "Set " + files + ", or none of them.");
  }
  if (settings.address.is_unix()) {
    return wrong_tls("TLS is set, and a Unix socket is not spoken to with it",
                     "Unset " + files + ", or listen on HOST:PORT.");
  }
  settings.tls = ServerTls::Files{certificate, key};
  return {};
}

}  // namespace

Result<std::string> read_auth(const Configuration& configuration, const SettingNames& names) {
  const std::string name = configuration.text(names.key("auth"));
  if (std::find(kAuthTypes.begin(), kAuthTypes.end(), name) != kAuthTypes.end()) return name;
  return refused_setting(
      configuration, names.key("auth"),
      "which this version cannot do; it does not start without the protection",
      "Give static, jwt or remote-oauth, or none if you accept to run without it.");
}

Result<Reach> read_reach(const Configuration& configuration, const SettingNames& names,
                         const ReachOptions& options) {
  Reach reach;
  reach.variables = names.variables;
  reach.allowed_hosts = configuration.list(names.key("allowed_hosts"));
  reach.allowed_origins = comma_items(configuration.text(names.key("allowed_origins")));
  reach.allow_unauthenticated = options.allow_unauthenticated;
  reach.requests_per_second =
      static_cast<std::uint32_t>(configuration.number(names.key("requests_per_second")));
  const auto auth = read_auth(configuration, names);
  if (!auth) return Failure(auth.error());
  reach.auth = *auth;
  reach.static_tokens = configuration.text(names.key("static_tokens"));
  auto tokens = read_token_settings(configuration, names, reach.auth);
  if (!tokens) return Failure(tokens.error());
  reach.tokens = std::move(*tokens);
  auto address = read_listen(configuration, names, options.listen);
  if (!address) return Failure(address.error());
  reach.address = std::move(*address);
  Result<void> fine = check_reach(names, reach);
  if (fine) fine = read_tls(configuration, names, reach);
  if (!fine) return Failure(fine.error());
  return reach;
}

}  // namespace dockerhub::server
