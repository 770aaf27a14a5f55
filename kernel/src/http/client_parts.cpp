#include "http/client_parts.hpp"

#include <algorithm>

#include "http/http_error.hpp"
#include "http/tls_library.hpp"

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

Connecting<std::unique_ptr<Connection>> ClientParts::connect(Route& route, WaitBounds& bounds) {
  const Origin& origin = route.url().origin;
  TlsContext* over = nullptr;
  if (origin.secure()) {
    const auto made = tls();
    if (!made) return no_connection(made.error(), false);
    over = *made;
  }
  auto addresses = resolver_.resolve(origin.host, origin.port, bounds);
  if (!addresses) return tl::unexpected(std::move(addresses.error()));
  const auto forbidden = [&](const SocketAddress& address) {
    return !route.allows(is_private_address(address.text()));
  };
  addresses->erase(std::remove_if(addresses->begin(), addresses->end(), forbidden),
                   addresses->end());
  if (addresses->empty()) return no_connection(only_private(origin).value(), false);
  auto connected = connect_to_any(*addresses, origin.authority(), bounds);
  if (!connected) return tl::unexpected(std::move(connected.error()));
  return Connection::make(std::move(*connected), origin, over, bounds);
}

Connecting<std::unique_ptr<Connection>> ClientParts::connect_plain(const Origin& origin,
                                                                   WaitBounds& bounds) {
  const auto addresses = resolver_.resolve(origin.host, origin.port, bounds);
  if (!addresses) return tl::unexpected(addresses.error());
  auto connected = connect_to_any(*addresses, origin.authority(), bounds);
  if (!connected) return tl::unexpected(std::move(connected.error()));
  return Connection::make(std::move(*connected), origin, nullptr, bounds);
}

Timeouts timeouts_of(const ClientOptions& options) {
  return {options.connect_timeout, options.first_byte_timeout, options.idle_timeout,
          options.total_timeout};
}

}  // namespace dockerhub::http
