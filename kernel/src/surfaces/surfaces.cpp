#include "surfaces/surfaces.hpp"

#include <algorithm>
#include <array>

#include "config/hosts.hpp"
#include "surfaces/destinations.hpp"

namespace dockerhub {
namespace {

std::optional<http::Proxy> proxy(const Configuration& configuration, std::string_view key) {
  if (!configuration.has(key)) return std::nullopt;
  http::Proxy proxy{url_setting(configuration, key).origin, nullptr, std::string(key)};
  const auto& secrets = configuration.impl().secrets;
  if (const auto login = secrets.find(key); login != secrets.end()) {
    proxy.authorization =
        SecretBook::with_scheme("Basic", configuration.impl().book->learn(login->second.reveal()));
  }
  return proxy;
}

http::ProxyRules proxy_rules(const Configuration& configuration) {
  return {proxy(configuration, "http.http_proxy"), proxy(configuration, "http.https_proxy"),
          http::NoProxy(configuration.text("http.no_proxy"))};
}

http::ClientOptions client_options(const Configuration& configuration, const Surfaces::Log& log) {
  const auto time = [&](std::string_view key) {
    return std::chrono::milliseconds(configuration.number(key));
  };
  http::ClientOptions options;
  options.user_agent = "dockerhub-api/" + std::string(version().version);
  options.connect_timeout = time("http.connect_timeout");
  options.first_byte_timeout = time("http.first_byte_timeout");
  options.idle_timeout = time("http.idle_timeout");
  options.total_timeout = time("http.total_timeout");
  options.max_retries = static_cast<int>(configuration.number("http.max_retries"));
  options.retry_after_cap = time("http.retry_after_cap");
  options.max_unpacked = static_cast<std::size_t>(configuration.number("http.max_answer"));
  options.proxies = proxy_rules(configuration);
  options.ca_file = configuration.text("tls.ca_file");
  options.ca_directory = configuration.text("tls.ca_directory");
  options.verify_tls = configuration.flag("tls.verify");
  options.log = log;
  return options;
}

Failure bad_host(std::string_view host, const std::string& why) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "'" + visible(host) + "' is no registry host: " + why;
  error.hint = "Name it as host or host:port, without scheme and path.";
  return Failure(std::move(error));
}

Failure unknown_surface(std::string_view name) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "the module asks for '" + visible(name) +
                  "', which is neither a surface of the kernel nor a destination of its manifest";
  error.hint = "This is a mistake in the module: report it to its publisher.";
  return Failure(std::move(error));
}

}  // namespace

Surfaces::Surfaces(Configuration configuration, std::shared_ptr<BudgetTurns> budget_turns, Log log)
    : configuration_(std::move(configuration)),
      budget_turns_(std::move(budget_turns)),
      log_(std::move(log)) {}

Surfaces::~Surfaces() = default;

http::Client& Surfaces::client() {
  std::call_once(client_made_, [&] {
    http::ClientOptions options = client_options(configuration_, log_);
    options.budget_turns = budget_turns_;
    client_ = std::make_unique<http::Client>(std::move(options));
  });
  return *client_;
}

Credentials& Surfaces::credentials() {
  std::call_once(credentials_made_, [&] {
    credentials_ = std::make_unique<Credentials>(
        configuration_, client(),
        [this](LogLevel level, std::string_view text) { log_(level, text, {}); });
  });
  return *credentials_;
}

std::string Surfaces::registry_host() const {
  return url_setting(configuration_, "registry.url").origin.authority();
}

bool Surfaces::registry_is_docker_hub() const {
  return dockerhub::registry_is_docker_hub(configuration_);
}

// A module may declare Docker's own host as its destination: what is dangerous there stays so.
Result<Surface> Surfaces::find(const SurfaceRequest& request, const http::Control& control) {
  auto surface = by_name(request, control);
  if (!surface) return surface;
  const http::Origin& origin = surface->base.origin;
  surface->is_hub = surface->is_hub || origin == url_setting(configuration_, "hub.url").origin ||
                    origin == built_in_url("hub.url").origin;
  return surface;
}

Result<Surface> Surfaces::by_name(const SurfaceRequest& request, const http::Control& control) {
  struct Row {
    std::string_view name, url_key;
    std::shared_ptr<http::Authorizer> (Credentials::*authorizer)();
  };
  static constexpr std::array<Row, 3> kRows = {{{"hub", "hub.url", &Credentials::hub},
                                                {"scim", "hub.url", &Credentials::scim},
                                                {"scout", "scout.url", &Credentials::scout}}};
  if (request.name == "registry") return registry(request, control);
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& known) { return known.name == request.name; });
  if (row == kRows.end()) return destination(request);
  Surface surface;
  surface.base = url_setting(configuration_, row->url_key);
  surface.api = request.name == "scim" ? "hub" : std::string(request.name);
  surface.is_hub = surface.api == "hub";
  if (!request.anonymous) {
    surface.authorizer = (credentials().*row->authorizer)();
    if (surface.authorizer) {
      surface.account = credentials().account_of(request.name, surface.base.origin);
    }
  }
  return surface;
}

Result<Surface> Surfaces::registry(const SurfaceRequest& request, const http::Control& control) {
  auto base = request.host.empty() ? Result<http::Url>(url_setting(configuration_, "registry.url"))
                                   : registry_base(request.host, control);
  if (!base) return Failure(std::move(base.error()));
  Surface surface;
  surface.base = std::move(*base);
  surface.api = "registry";
  if (!request.anonymous) {
    surface.authorizer = credentials().registry(surface.base.origin, request.scope);
    surface.account = credentials().account_of(request.name, surface.base.origin);
  }
  return surface;
}

Result<Surface> Surfaces::destination(const SurfaceRequest& request) const {
  const Destination* row =
      request.module == nullptr ? nullptr : find_destination(*request.module, request.name);
  if (row == nullptr) return unknown_surface(request.name);
  auto base = destination_url(configuration_, *request.module, *row);
  if (!base) return Failure(std::move(base.error()));
  Surface surface;
  surface.base = std::move(*base);
  surface.api = request.module->name + "." + row->name;
  if (!request.anonymous) {
    surface.authorizer = destination_authorizer(configuration_, *request.module, *row);
  }
  return surface;
}

// The scheme is not part of a registry's name: https, but plain http where the user said so, and on
// this machine where nothing else is spoken.
Result<http::Url> Surfaces::registry_base(std::string_view host, const http::Control& control) {
  const http::Url configured = url_setting(configuration_, "registry.url");
  if (host == configured.origin.authority() && configured.origin.is_unix()) return configured;
  if (host.find_first_of("/?#@\\") != std::string_view::npos) {
    return bad_host(host, "it holds more than a host and a port");
  }
  auto base = http::parse_url("https://" + std::string(host));
  if (!base) return bad_host(host, base.error().message);
  auto plain = http::parse_url("http://" + std::string(host));
  if (!plain) return bad_host(host, plain.error().message);
  for (const auto& known : {*base, *plain}) {
    if (known.origin == configured.origin) return known;
  }
  if (!http::is_loopback(base->origin.host)) {
    return plain_http_allowed(configuration_, plain->origin) ? plain : base;
  }
  const auto tls = uses_tls(base->origin, control);
  if (!tls) return Failure(tls.error());
  return *tls ? base : plain;
}

Result<bool> Surfaces::uses_tls(const http::Origin& origin, const http::Control& control) {
  const std::string authority = origin.authority();
  {
    const std::lock_guard lock(mutex_);
    const auto known = loopback_tls_.find(authority);
    if (known != loopback_tls_.end()) return known->second;
  }
  auto tls = client().speaks_tls(origin, control);
  if (!tls) return tls;
  const std::lock_guard lock(mutex_);
  loopback_tls_[authority] = *tls;
  return tls;
}

}  // namespace dockerhub
