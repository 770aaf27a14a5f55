#include <algorithm>
#include <cstdlib>

#include "config/hosts.hpp"
#include "doctor/checks.hpp"
#include "http/http_date.hpp"
#include "http/resolver.hpp"
#include "http/url.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {
namespace {

using Level = Finding::Level;
using std::chrono::milliseconds;
using SystemClock = std::chrono::system_clock;

constexpr std::size_t kMostAnswer = 1024 * 1024;
constexpr int kServerError = 500;
constexpr int kTooMany = 429;

Level bad(const Api& api) {
  return api.needed ? Level::problem : Level::warning;
}

std::string addresses_text(const std::vector<http::SocketAddress>& addresses) {
  std::string text;
  for (const http::SocketAddress& address : addresses)
    text += (text.empty() ? "" : ", ") + address.text();
  return text;
}

Finding found_name(const http::Origin& origin, const Api& api, const http::Control& control) {
  if (origin.is_unix())
    return {Level::ok, "dns", origin.host, "a socket of this machine: there is no name to look up",
            ""};
  http::WaitBounds bounds(control, {});
  const auto addresses = http::Resolver().resolve(origin.host, origin.port, bounds);
  if (addresses) return {Level::ok, "dns", origin.host, addresses_text(*addresses), ""};
  const Error& error = addresses.error().error;
  return {bad(api), "dns", origin.host, error.message,
          error.hint.empty() ? "Check the name (" + std::string(api.url_key) +
                                   ") and the name servers of this machine."
                             : error.hint};
}

// A connection to the host, which the next request uses.
struct ConnectionCheck {
  bool done = false;
  Finding finding;
};

ConnectionCheck found_connection(const Services& services, const http::Origin& origin,
                                 const Api& api, const http::Control& control) {
  const char* check = origin.secure() ? "tls" : "connection";
  const std::string host = origin.name();
  const auto connected = services.surfaces->client().connect(origin, control);
  if (!connected) {
    const std::string& hint = connected.error().hint;
    return {false,
            {bad(api), check, host, connected.error().message,
             hint.empty() ? "Check firewall, proxy and tls.ca_file." : hint}};
  }
  if (!origin.secure()) return {true, {Level::ok, check, host, "connected, without TLS", ""}};
  if (services.configuration.flag("tls.verify"))
    return {true, {Level::ok, check, host, "the certificate is good", ""}};
  return {true,
          {Level::warning, check, host, "connected; the certificate was not looked at",
           "Set tls.verify to true; name a private authority with SSL_CERT_FILE."}};
}

Finding found_answer(const Api& api, const std::string& url, int status) {
  const std::string text = std::string(api.name) + " answers (HTTP " + std::to_string(status) + ")";
  if (status == kTooMany) {
    return {Level::warning, "api", url, text, "Too many requests were sent: wait, or log in."};
  }
  if (status < kServerError) return {Level::ok, "api", url, text, ""};
  return {bad(api), "api", url, text,
          "The server has a fault of its own: try again later (https://www.dockerstatus.com)."};
}

http::Request request_for(const Services& services, const Api& api) {
  http::Request request;
  request.url = url_setting(services.configuration, api.url_key);
  if (!api.path.empty()) request.url.path = http::path_below(request.url, api.path);
  request.url.query = api.query;
  request.retry = false;
  return request;
}

std::string seconds_text(milliseconds time) {
  return std::to_string(std::abs(std::chrono::duration_cast<std::chrono::seconds>(time).count())) +
         " s";
}

}  // namespace

std::vector<Api> apis() {
  return {{"Docker Hub", "hub.url", "/v2/repositories/library/alpine", "", true},
          {"the registry", "registry.url", "/v2/", "", true},
          {"the token service", "registry.auth_url", "", "service=registry.docker.io", true},
          {"Docker Scout", "scout.url", "/", "", false}};
}

ApiReport check_api(const Services& services, const Api& api, const http::Control& control) {
  ApiReport report;
  http::Request request = request_for(services, api);
  const http::Origin origin = request.url.origin;
  const std::string url = request.url.without_query();
  Finding name = found_name(origin, api, control);
  ConnectionCheck connection = found_connection(services, origin, api, control);
  // Without its name nothing can be said of the host; but a proxy may know what this machine does not.
  if (name.level == bad(api) && connection.done)
    name = {Level::note, "dns", origin.host, "this machine does not know the name; a proxy does",
            "Leave it so, or name a server for names here, too."};
  const bool known = name.level < bad(api);
  report.findings.push_back(std::move(name));
  if (known) report.findings.push_back(std::move(connection.finding));
  if (!connection.done) return report;
  const auto sent = SystemClock::now();
  const auto answer = services.surfaces->client().fetch(std::move(request), control, kMostAnswer);
  const auto received = SystemClock::now();
  if (!answer) {
    report.findings.push_back({bad(api), "api", url, answer.error().message, answer.error().hint});
    return report;
  }
  report.findings.push_back(found_answer(api, url, answer->response.status_code));
  const auto told = answer->response.headers.find("Date");
  const auto date = told ? http::read_http_date(*told) : std::nullopt;
  if (date) {
    const auto middle = sent + (received - sent) / 2;
    report.clock_offset = std::chrono::duration_cast<milliseconds>(*date - middle);
  }
  return report;
}

Findings check_clock(const std::vector<milliseconds>& offsets) {
  if (offsets.empty()) {
    return {{Level::note, "clock", "", "no server told its time",
             "See the findings above, or look at the clock yourself (timedatectl)."}};
  }
  const auto least = *std::min_element(offsets.begin(), offsets.end(), [](auto a, auto b) {
    return std::abs(a.count()) < std::abs(b.count());
  });
  constexpr milliseconds kNoticed = std::chrono::minutes(1);
  constexpr milliseconds kHarmful = std::chrono::minutes(5);
  const auto size = milliseconds(std::abs(least.count()));
  if (size < kNoticed) return {{Level::ok, "clock", "", "agrees with the servers'", ""}};
  return {
      {size < kHarmful ? Level::warning : Level::problem, "clock", "",
       "this machine's clock is " + seconds_text(least) + (least.count() > 0 ? " slow" : " fast"),
       "Tokens and certificates are judged by it: set it (timedatectl set-ntp true)."}};
}

Findings check_credential(const Services& services, bool network, const http::Control& control) {
  Credentials& credentials = services.surfaces->credentials();
  const Identity identity = credentials.identity();
  const Configuration& configuration = services.configuration;
  if (!identity.authenticated) {
    const bool is_anyone = configuration.has("account.secret") ||
                           configuration.has("account.jwt") || configuration.has("account.name");
    if (!is_anyone) {
      return {{Level::note, "credential", "", "no account is configured: public reads only",
               "Log in (dockerhub login), or set DOCKER_HUB_USER and DOCKER_HUB_TOKEN."}};
    }
    return {{Level::problem, "credential", "",
             "an account is configured, but does not belong to " + configuration.text("hub.url"),
             "Set user, secret and base URLs in one source (docs/credentials.md)."}};
  }
  const std::string who =
      identity.kind + (identity.name.empty() ? "" : " of '" + visible(identity.name) + "'");
  if (identity.kind == "jwt") {
    if (identity.expires_at && *identity.expires_at < SystemClock::now()) {
      return {{Level::problem, "credential", who, "its time is over",
               "Set a fresh DOCKERHUB_JWT, or user and token instead."}};
    }
    return {{Level::ok, "credential", who, "ready; nobody was asked whether it is accepted", ""}};
  }
  if (!network) return {{Level::ok, "credential", who, "configured", ""}};
  const auto accepted = credentials.sign_in(control);
  if (accepted && !credentials.identity().authenticated) {
    return {{Level::problem, "credential", who,
             "the current account's secret is gone; requests go without it",
             "Log in again: dockerhub login."}};
  }
  if (accepted) return {{Level::ok, "credential", who, "accepted by Docker Hub", ""}};
  return {{Level::problem, "credential", who, accepted.error().message, accepted.error().hint}};
}

}  // namespace dockerhub
