#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "http/url.hpp"

namespace dockerhub::http {
namespace {

// Every address as one of IPv6, so that one table serves: IPv4 ones in the mapped form.
using Address = std::array<std::uint8_t, 16>;
constexpr Address kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned kMappedBits = 96;

struct Net {
  Address prefix;
  unsigned bits;
};

constexpr Net ipv4(std::uint8_t a, std::uint8_t b, unsigned bits) {
  Net net{kMapped, kMappedBits + bits};
  net.prefix[12] = a;
  net.prefix[13] = b;
  return net;
}

constexpr Net ipv6(std::uint8_t a, std::uint8_t b, unsigned bits) {
  return {{a, b}, bits};
}

constexpr Net kLoopback4 = ipv4(127, 0, 8);
constexpr Net kLoopback6 = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

// The IANA special-purpose registries (RFC 6890), as far as they are reachable from inside only or
// carry another address within them.
constexpr std::array<Net, 20> kNotForStrangers = {{
    ipv4(0, 0, 8),                      // this network
    ipv4(10, 0, 8),                     // private, RFC 1918
    ipv4(100, 64, 10),                  // shared by a provider's customers, RFC 6598
    kLoopback4,                         //
    ipv4(169, 254, 16),                 // link-local, RFC 3927
    ipv4(172, 16, 12),                  // private
    ipv4(192, 0, 24),                   // protocol assignments
    ipv4(192, 168, 16),                 // private
    ipv4(198, 18, 15),                  // benchmarks, RFC 2544
    ipv4(224, 0, 4),                    // multicast
    ipv4(240, 0, 4),                    // reserved, broadcast
    ipv6(0, 0, 96),                     // unspecified, and IPv4-compatible
    kLoopback6,                         //
    {{0, 0x64, 0xFF, 0x9B}, 96},        // NAT64, RFC 6052
    {{0, 0x64, 0xFF, 0x9B, 0, 1}, 48},  // NAT64, RFC 8215
    ipv6(0x20, 0x02, 16),               // 6to4, RFC 3056
    ipv6(0xFC, 0, 7),                   // unique local, RFC 4193
    ipv6(0xFE, 0x80, 10),               // link-local
    ipv6(0xFE, 0xC0, 10),               // site-local, RFC 3879
    ipv6(0xFF, 0, 8),                   // multicast
}};

std::optional<Address> parse(std::string_view text) {
  const std::string copy(text);
  Address address = kMapped;
  if (::inet_pton(AF_INET, copy.c_str(), address.data() + 12) == 1) return address;
  if (::inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

bool contains(const Net& net, const Address& address) {
  const unsigned bytes = net.bits / 8;
  const unsigned rest = net.bits % 8;
  if (!std::equal(net.prefix.begin(), net.prefix.begin() + bytes, address.begin())) return false;
  const unsigned mask = 0xFFU << (8 - rest);
  return rest == 0 || ((net.prefix[bytes] ^ address[bytes]) & mask & 0xFFU) == 0;
}

}  // namespace

bool is_loopback(std::string_view host) {
  if (host == "localhost") return true;
  const std::optional<Address> address = parse(host);
  return address && (contains(kLoopback4, *address) || contains(kLoopback6, *address));
}

bool is_private_address(std::string_view address) {
  const std::optional<Address> parsed = parse(address);
  return parsed && std::any_of(kNotForStrangers.begin(), kNotForStrangers.end(),
                               [&](const Net& net) { return contains(net, *parsed); });
}

}  // namespace dockerhub::http
