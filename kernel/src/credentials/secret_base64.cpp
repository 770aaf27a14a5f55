#include "credentials/secret_base64.hpp"

#include "base/base64_block.hpp"

namespace dockerhub {
namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

SecretBytes secret_to_base64(std::string_view bytes) {
  SecretBytes text(base64_size(bytes.size()));
  encode_base64(text.data(), bytes);
  return text;
}

std::optional<SecretBytes> secret_from_base64(std::string_view text) {
  text = without_blanks(text);
  const std::size_t letters = std::min(text.find('='), text.size());
  const std::string_view padding = text.substr(letters);
  if (padding.size() > 2 || letters % 4 == 1) return std::nullopt;
  if (padding.find_first_not_of('=') != std::string_view::npos) return std::nullopt;
  SecretBytes padded(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(letters));
  while (padded.size() % 4 != 0) padded.push_back('=');
  SecretBytes bytes(padded.size() / 4 * 3);
  const auto size = decode_base64(bytes.data(), {padded.data(), padded.size()});
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

}  // namespace dockerhub
