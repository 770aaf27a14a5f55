#include "upload_range.hpp"

#include <charconv>

namespace dockerhub::registry {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::uint64_t> bytes_received(std::string_view range) {
  // Some registries write the unit, as in requests.
  constexpr std::string_view kUnit = "bytes=";
  if (range.substr(0, kUnit.size()) == kUnit) range.remove_prefix(kUnit.size());
  constexpr std::string_view kStart = "0-";
  if (range.substr(0, kStart.size()) != kStart) return std::nullopt;
  const auto last = whole_number(range.substr(kStart.size()));
  if (!last || *last == 0 || *last == UINT64_MAX) return std::nullopt;
  return *last + 1;
}

std::uint64_t least_chunk(std::string_view header) {
  return whole_number(header).value_or(0);
}

}  // namespace dockerhub::registry
