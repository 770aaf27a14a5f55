#include "version_range.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace dockerhub::registry {

int compare_versions(const std::vector<std::uint64_t>& one,
                     const std::vector<std::uint64_t>& other) {
  for (std::size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
    const std::uint64_t a = i < one.size() ? one[i] : 0;
    const std::uint64_t b = i < other.size() ? other[i] : 0;
    if (a != b) return a < b ? -1 : 1;
  }
  return 0;
}

std::optional<VersionRange::Bound> VersionRange::bound_of(std::string_view word) {
  struct Sign {
    std::string_view text;
    How how;
  };
  constexpr std::array<Sign, 5> kSigns = {{{">=", How::at_least},
                                           {">", How::above},
                                           {"<=", How::at_most},
                                           {"<", How::below},
                                           {"=", How::equal}}};
  Bound bound{How::begins, {}};
  for (const Sign& sign : kSigns) {
    if (word.substr(0, sign.text.size()) != sign.text) continue;
    bound.how = sign.how;
    word.remove_prefix(sign.text.size());
    break;
  }
  const auto version = hub::parse_version(word);
  if (!version || !version->variant.empty()) return std::nullopt;
  bound.numbers = version->numbers;
  return bound;
}

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0) {
      auto bound = bound_of(text.substr(0, end));
      if (!bound) return std::nullopt;
      range.bounds_.push_back(*std::move(bound));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (range.bounds_.empty()) return std::nullopt;
  return range;
}

bool VersionRange::fits(const hub::VersionTag& version) const {
  if (version.is_prerelease) return false;
  return std::all_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) {
    const int order = compare_versions(version.numbers, bound.numbers);
    switch (bound.how) {
      case How::begins:
        return version.numbers.size() >= bound.numbers.size() &&
               std::equal(bound.numbers.begin(), bound.numbers.end(), version.numbers.begin());
      case How::at_least:
        return order >= 0;
      case How::above:
        return order > 0;
      case How::at_most:
        return order <= 0;
      case How::below:
        return order < 0;
      case How::equal:
        return order == 0;
    }
    return false;
  });
}

}  // namespace dockerhub::registry
