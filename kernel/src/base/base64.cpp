#include "base/base64.hpp"

#include "base/base64_block.hpp"

namespace dockerhub {

std::string to_base64(std::string_view bytes) {
  std::string text(base64_size(bytes.size()), '\0');
  encode_base64(text.data(), bytes);
  return text;
}

std::string to_base64url(std::string_view bytes) {
  std::string text = to_base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const auto size = decode_base64(bytes.data(), text);
  if (!size) return std::nullopt;
  bytes.resize(*size);
  // The last character has bits that decoding passes over.
  if (to_base64(bytes) != text) return std::nullopt;
  return bytes;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  std::string padded(text);
  for (char& c : padded) c = c == '-' ? '+' : c == '_' ? '/' : c;
  padded.append((4 - padded.size() % 4) % 4, '=');
  return from_base64(padded);
}

}  // namespace dockerhub
