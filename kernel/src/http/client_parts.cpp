#include "http/client_parts.hpp"

#include <algorithm>

#include "http/http_error.hpp"
#include "http/tls_library.hpp"
#include "http/tunnel.hpp"

namespace dockerhub::http {
namespace {

Failure only_private(const Origin& origin) {
  return network_failure(
      "redirect refused: " + origin.host + " is an address of this machine or of a private net",
      "A server may not send us there, unless it is there itself.");
}

}  // namespace

Result<TlsContext*> ClientParts::tls() {
  const std::lock_guard lock(tls_mutex_);
  if (!tls_) {
    auto made = make_tls_context({options.ca_file, options.ca_directory, options.verify_tls});
    if (!made) return Failure(made.error());
    tls_ = std::move(*made);
  }
  return tls_.get();
}

Connecting<std::vector<SocketAddress>> ClientParts::addresses_of(const Origin& origin,
                                                                 WaitBounds& bounds) {
  if (origin.is_unix()) return std::vector{unix_address(origin.host)};
  return resolver_.resolve(origin.host, origin.port, bounds);
}

ClientParts::Reached ClientParts::reach(Route& route, WaitBounds& bounds) {
  const Origin& origin = route.url().origin;
  auto addresses = addresses_of(origin, bounds);
  if (!addresses) return tl::unexpected(std::move(addresses.error()));
  const auto forbidden = [&](const SocketAddress& address) {
    return !route.allows(is_private(address));
  };
  addresses->erase(std::remove_if(addresses->begin(), addresses->end(), forbidden),
                   addresses->end());
  if (addresses->empty()) return no_connection(only_private(origin).value(), false);
  auto connected = connect_to_any(*addresses, origin.name(), bounds);
  if (!connected) return tl::unexpected(std::move(connected.error()));
  const bool within = is_private(connected->peer);
  return std::make_unique<Connection>(std::move(*connected), origin, within, bounds);
}

// The proxy looks names up and decides whom it reaches; what can be told here is an address that stands
// in the URL.
ClientParts::Reached ClientParts::reach_through(const Proxy& proxy, Route& route,
                                                WaitBounds& bounds) {
  const Origin& origin = route.url().origin;
  const bool within = is_private_address(origin.host);
  if (!route.allows(within)) return no_connection(only_private(origin).value(), false);
  const auto addresses = addresses_of(proxy.origin, bounds);
  if (!addresses) return tl::unexpected(addresses.error());
  auto connected = connect_to_any(*addresses, proxy.name(), bounds);
  if (!connected) return tl::unexpected(std::move(connected.error()));
  auto connection = std::make_unique<Connection>(std::move(*connected), origin, within, bounds);
  if (!origin.secure()) return connection;
  if (auto open = open_tunnel(*connection, proxy, origin, options.user_agent); !open)
    return tl::unexpected(std::move(open.error()));
  return connection;
}

ClientParts::Reached ClientParts::connect(Route& route, WaitBounds& bounds) {
  const Origin& origin = route.url().origin;
  TlsContext* over = nullptr;
  if (origin.secure()) {
    const auto made = tls();
    if (!made) return no_connection(made.error(), false);
    over = *made;
  }
  const Proxy* proxy = options.proxies.of(origin);
  auto connection = proxy != nullptr ? reach_through(*proxy, route, bounds) : reach(route, bounds);
  if (!connection || over == nullptr) return connection;
  if (auto secured = (*connection)->secure(*over); !secured)
    return tl::unexpected(std::move(secured.error()));
  return connection;
}

ClientParts::Reached ClientParts::connect_plain(const Origin& origin, WaitBounds& bounds) {
  const auto addresses = addresses_of(origin, bounds);
  if (!addresses) return tl::unexpected(addresses.error());
  auto connected = connect_to_any(*addresses, origin.name(), bounds);
  if (!connected) return tl::unexpected(std::move(connected.error()));
  const bool within = is_private(connected->peer);
  return std::make_unique<Connection>(std::move(*connected), origin, within, bounds);
}

Timeouts timeouts_of(const ClientOptions& options) {
  return {options.connect_timeout, options.first_byte_timeout, options.idle_timeout,
          options.total_timeout};
}

}  // namespace dockerhub::http
