// Base64 (RFC 4648 4) into memory of the caller's, whatever that is: a secret's is wiped. Free
// functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dockerhub {

// Characters for so many bytes, with padding.
constexpr std::size_t base64_size(std::size_t bytes) {
  constexpr std::size_t kBytes = 3, kCharacters = 4;
  return (bytes + kBytes - 1) / kBytes * kCharacters;
}

// Writes base64_size(bytes.size()) characters.
void encode_base64(char* text, std::string_view bytes);

// Writes at most 3 bytes for 4 characters and gives their number; nullopt for what is no base64 with
// padding.
std::optional<std::size_t> decode_base64(char* bytes, std::string_view text);

}  // namespace dockerhub
