// One tag of a mirror, and what it takes to have it at the target. Inside the call, on its thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client.hpp"
#include "mirror_rules.hpp"

namespace dockerhub::registry {

struct MirrorWork {
  enum class Kind { same, copy, remove, gone };
  Kind kind = Kind::copy;
  const MirrorRule* rule = nullptr;
  std::string tag;
  std::optional<DigestName> digest;    // at the source; of `remove` at the target
  std::optional<DigestName> replaced;  // what the tag names at the target
};

// What a rule comes to: every tag that it takes, and with `prune` those of the target that it does not. No request
// counts as a pull at Docker's registry. `requests` grows by those that were made. Errors are put on the call.
sdk::Reply<std::vector<MirrorWork>> mirror_work(sdk::Context& ctx, const MirrorRule& rule,
                                                bool prune, std::size_t& requests);

}  // namespace dockerhub::registry
