#include "target.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace dockerhub::web {
namespace {

constexpr int kHexadecimal = 16;
constexpr std::size_t kEscape = 3;  // "%41"

// What stands before the separator; `text` is left with what stands behind it.
std::string_view next_part(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return percent_decoded(blanks);
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at];
      continue;
    }
    if (text.size() - at < kEscape) return std::nullopt;
    unsigned char byte = 0;
    const char* const end = text.data() + at + kEscape;
    const auto [rest, problem] = std::from_chars(text.data() + at + 1, end, byte, kHexadecimal);
    if (problem != std::errc() || rest != end) return std::nullopt;
    decoded += static_cast<char>(byte);
    at += kEscape - 1;
  }
  return decoded;
}

std::optional<Pairs> read_query(std::string_view query) {
  Pairs pairs;
  while (!query.empty()) {
    std::string_view value = next_part(query, '&');
    if (value.empty()) continue;
    const auto name = form_decoded(next_part(value, '='));
    const auto text = form_decoded(value);
    if (!name || !text) return std::nullopt;
    pairs.emplace_back(*name, *text);
  }
  return pairs;
}

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  std::vector<std::string> segments;
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty()) {
    auto segment = percent_decoded(next_part(path, '/'));
    if (!segment) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

}  // namespace dockerhub::web
