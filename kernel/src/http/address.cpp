#include "http/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "http/url.hpp"

namespace dockerhub::http {
namespace {

constexpr Address kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned kMappedBits = 96;
constexpr std::size_t kMappedBytes = kMappedBits / 8;

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

bool in(const Net& net, const std::optional<Address>& address) {
  return address && net.contains(*address);
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::string copy(text);
  Address address = kMapped;
  if (::inet_pton(AF_INET, copy.c_str(), address.data() + kMappedBytes) == 1) return address;
  if (::inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Net> parse_net(std::string_view text) {
  constexpr unsigned kBits4 = 32;
  constexpr unsigned kBits6 = 128;
  const std::size_t slash = text.find('/');
  const std::optional<Address> prefix = parse_address(text.substr(0, slash));
  if (!prefix || slash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(slash + 1);
  const bool four = text.substr(0, slash).find(':') == std::string_view::npos;
  unsigned bits = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, bits);
  if (problem != std::errc() || stop != end || bits > (four ? kBits4 : kBits6)) return std::nullopt;
  return Net{*prefix, bits + (four ? kMappedBits : 0)};
}

bool Net::contains(const Address& address) const {
  constexpr unsigned kByte = 8;
  const unsigned bytes = bits / kByte;
  const unsigned rest = bits % kByte;
  if (!std::equal(prefix.begin(), prefix.begin() + bytes, address.begin())) return false;
  const unsigned mask = 0xFFU << (kByte - rest);
  return rest == 0 || ((prefix[bytes] ^ address[bytes]) & mask & 0xFFU) == 0;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost") return true;
  const std::optional<Address> address = parse_address(host);
  return in(kLoopback4, address) || in(kLoopback6, address);
}

bool is_private_address(std::string_view address) {
  const std::optional<Address> parsed = parse_address(address);
  return std::any_of(kNotForStrangers.begin(), kNotForStrangers.end(),
                     [&](const Net& net) { return in(net, parsed); });
}

}  // namespace dockerhub::http
