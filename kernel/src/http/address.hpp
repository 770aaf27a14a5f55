// IP addresses and nets of them, both families as one. Plain values, pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dockerhub::http {

// As IPv6 has it; IPv4 ones in the mapped form.
using Address = std::array<std::uint8_t, 16>;

struct Net {
  Address prefix;
  unsigned bits;  // 0..128, those of the mapped form included

  bool contains(const Address& address) const;
};

// A literal without brackets; nullopt for anything else.
std::optional<Address> parse_address(std::string_view text);
// "10.0.0.0/8", "fd00::/8" (RFC 4632); nullopt for anything else.
std::optional<Net> parse_net(std::string_view text);

}  // namespace dockerhub::http
