// Ranges of versions, as a mirror's rules name them: ">=3.18 <4" is what fits both, "3.19" what begins so. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/version_tag.hpp"

namespace dockerhub::registry {

class VersionRange {
 public:
  // Comparisons (>=, >, <=, <, =) and beginnings with blanks or commas between them; nullopt: it is none.
  static std::optional<VersionRange> parse(std::string_view text);

  // Whether all of it holds. Numbers that the version leaves out are 0; what comes before a release never fits.
  bool fits(const hub::VersionTag& version) const;

 private:
  enum class How { begins, at_least, above, at_most, below, equal };
  struct Bound {
    How how;
    std::vector<std::uint64_t> numbers;
  };
  static std::optional<Bound> bound_of(std::string_view word);

  std::list<Bound> bounds_;
};

// Below 0, 0 or above 0, by the numbers alone.
int compare_versions(const std::vector<std::uint64_t>& one,
                     const std::vector<std::uint64_t>& other);

}  // namespace dockerhub::registry
