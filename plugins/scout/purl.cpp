#include "purl.hpp"

#include <charconv>

namespace dockerhub::scout {
namespace {

constexpr std::string_view kScheme = "pkg:";

std::string decoded(std::string_view text) {
  constexpr int kHexadecimal = 16;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const bool is_escape = text[i] == '%' && i + 2 < text.size();
    const char* const first = text.data() + i + 1;
    if (is_escape && std::from_chars(first, first + 2, byte, kHexadecimal).ptr == first + 2) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::string_view without_version(std::string_view purl) {
  if (purl.substr(0, kScheme.size()) != kScheme) return purl;
  purl = purl.substr(0, purl.find_first_of("?#"));
  // An @ of a namespace ("@angular") is not followed by the last segment alone.
  const std::size_t at = purl.rfind('@');
  const std::size_t slash = purl.rfind('/');
  const bool is_version =
      at != std::string_view::npos && (slash == std::string_view::npos || at > slash + 1);
  return is_version ? purl.substr(0, at) : purl;
}

Purl parse_purl(std::string_view text) {
  Purl purl;
  if (text.substr(0, kScheme.size()) != kScheme) return purl;
  const std::string_view whole = text.substr(0, text.find_first_of("?#"));
  std::string_view package = without_version(text);
  if (package.size() < whole.size()) purl.version = decoded(whole.substr(package.size() + 1));
  package.remove_prefix(kScheme.size());
  const std::size_t slash = package.find('/');
  if (slash == std::string_view::npos) return {};
  purl.type = package.substr(0, slash);
  package.remove_prefix(slash + 1);
  const std::size_t last = package.rfind('/');
  if (last != std::string_view::npos) purl.name_space = decoded(package.substr(0, last));
  purl.name = decoded(last == std::string_view::npos ? package : package.substr(last + 1));
  return purl;
}

}  // namespace dockerhub::scout
