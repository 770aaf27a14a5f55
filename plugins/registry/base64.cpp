#include "base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "characters.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kGroup = 4;  // characters that stand for three bytes

std::size_t padding_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::find_if(text.rbegin(), text.rend(), [](char c) { return c != '='; }) - text.rbegin());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  // EVP_EncodeBlock adds a terminator.
  std::string text((bytes.size() + 2) / 3 * kGroup + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  const std::size_t padding = padding_of(text);
  const auto is_digit_of_it = [](char c) { return is_alnum(c) || c == '+' || c == '/'; };
  if (text.size() % kGroup != 0 || padding > 2 ||
      !all_of(text.substr(0, text.size() - padding), is_digit_of_it)) {
    return std::nullopt;
  }
  std::string bytes(text.size() / kGroup * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

}  // namespace dockerhub::registry
