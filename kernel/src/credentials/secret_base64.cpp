#include "credentials/secret_base64.hpp"

#include <openssl/evp.h>

#include <limits>

namespace dockerhub {
namespace {

constexpr std::size_t kMost = std::numeric_limits<int>::max() / 2;

const unsigned char* octets(const char* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

unsigned char* octets(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

SecretBytes secret_to_base64(std::string_view bytes) {
  if (bytes.size() > kMost) return {};
  // One more than the text, for the zero byte that OpenSSL adds.
  SecretBytes text((bytes.size() + 2) / 3 * 4 + 1);
  const int size =
      EVP_EncodeBlock(octets(text.data()), octets(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<SecretBytes> secret_from_base64(std::string_view text) {
  text = trimmed(text);
  const std::size_t letters = std::min(text.find('='), text.size());
  const std::string_view padding = text.substr(letters);
  if (text.size() > kMost || padding.size() > 2 || letters % 4 == 1) return std::nullopt;
  if (padding.find_first_not_of('=') != std::string_view::npos) return std::nullopt;
  SecretBytes padded(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(letters));
  while (padded.size() % 4 != 0) padded.push_back('=');
  SecretBytes bytes(padded.size() / 4 * 3);
  const int size =
      EVP_DecodeBlock(octets(bytes.data()), octets(padded.data()), static_cast<int>(padded.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the padding as zero bytes.
  bytes.resize(letters / 4 * 3 + (letters % 4 == 0 ? 0 : letters % 4 - 1));
  return bytes;
}

}  // namespace dockerhub
