// Seals a text for somebody who has to carry it but may neither read nor change it: AES-256-GCM
// with a random 96-bit nonce, the purpose as associated data, the result in base64url. The key
// comes from the setting `state.key` (so that several processes can open each other's seals), or is
// made at start. Immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

class Seal {
 public:
  // Empty key material: a random key.
  static Result<Seal> create(std::string_view key_material);

  Result<std::string> close(std::string_view text, std::string_view purpose) const;
  // nullopt for anything that close() of this key and purpose did not make.
  std::optional<std::string> open(std::string_view sealed, std::string_view purpose) const;

 private:
  using Key = std::array<unsigned char, 32>;
  explicit Seal(const Key& key) : key_(key) {}
  Key key_;
};

// `bytes` random bytes as lower-case hex, from the system's generator.
std::string random_hex(std::size_t bytes);

}  // namespace dockerhub
