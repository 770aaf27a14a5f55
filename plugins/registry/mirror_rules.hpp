// What is to be mirrored, as a file says it. Pure; any thread.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/sdk/json.hpp"
#include "image_name.hpp"
#include "version_range.hpp"

namespace dockerhub::registry {

// One repository, and which of its tags.
struct MirrorRule {
  std::string from, to;              // as an action takes them: [host[:port]/]repository
  std::vector<std::string> tags;     // patterns of those that are wanted; empty: all
  std::vector<std::string> without;  // patterns of those that are not
  std::optional<VersionRange>
      versions;  // of tags that name a version, these alone, and no other tags
  std::optional<std::uint64_t> newest;  // of tags that name a version, so many of each variant
  std::vector<std::string> platforms;   // empty: all
  bool referrers = true;
};

// {"to": where repositories without their own `to` go, "repositories": [rule...]}. Faults are of the parameter
// `config`: also of two rules with one target.
Checked<std::list<MirrorRule>> read_mirror(const sdk::Value& config,
                                           const ConfiguredRegistry& configured);

// Those of a repository's tags that the rule takes, in their order.
std::vector<std::string> mirrored_tags(const MirrorRule& rule, const std::vector<std::string>& all);

}  // namespace dockerhub::registry
