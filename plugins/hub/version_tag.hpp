// Tags that name versions: "1.2.3", "v1.2.3", "1.2.3-alpine", "1.2.3-rc.1", and the tags "1.2" and "1"
// that move along with them. After Semantic Versioning 2.0.0, with one difference that images need: what
// follows the "-" is a variant of the release unless it says that it comes before it (alpha, beta, rc, pre,
// preview, dev, snapshot, nightly, canary, next, unstable, test, a number). Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::hub {

struct VersionTag {
  std::vector<std::uint64_t> numbers;  // one to three
  std::string variant;                 // "alpine"; empty: none
  bool is_prerelease = false;

  bool is_full() const { return numbers.size() == 3; }
};

std::optional<VersionTag> parse_version(std::string_view tag);

}  // namespace dockerhub::hub
