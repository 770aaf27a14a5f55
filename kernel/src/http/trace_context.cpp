#include "http/trace_context.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dockerhub::http {
namespace {

constexpr std::array<std::size_t, 4> kDigits = {2, 32, 16, 2};

bool is_hexadecimal(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_zero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

bool is_traceparent(std::string_view text) {
  std::array<std::string_view, kDigits.size()> fields;
  std::size_t at = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && (at >= text.size() || text[at++] != '-')) return false;
    if (text.size() < at + kDigits[i]) return false;
    fields[i] = text.substr(at, kDigits[i]);
    if (!is_hexadecimal(fields[i])) return false;
    at += kDigits[i];
  }
  const auto& [version, trace, parent, flags] = fields;
  if (version == "ff" || is_zero(trace) || is_zero(parent)) return false;
  const auto printable = [](char letter) { return letter > ' ' && letter < '\x7F'; };
  const std::string_view rest = text.substr(at);
  return rest.empty() || (version != "00" && rest.front() == '-' &&
                          std::all_of(rest.begin(), rest.end(), printable));
}

bool is_tracestate(std::string_view text) {
  constexpr std::size_t kMost = 512;
  const auto printable = [](char letter) {
    return letter == '\t' || (letter >= ' ' && letter < '\x7F');
  };
  return !text.empty() && text.size() <= kMost && std::all_of(text.begin(), text.end(), printable);
}

}  // namespace dockerhub::http
