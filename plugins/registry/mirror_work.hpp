// One tag of a mirror, and what it takes to have it at the target. Inside the call, on its thread.
#pragma once

#include <list>
#include <optional>
#include <string>

#include "dockerhub/sdk/context.hpp"
#include "mirror_rules.hpp"

namespace dockerhub::registry {

// A tag of the target that names something else.
struct MirrorMove {
  std::string tag;
  DigestName old, digest;
};

struct MirrorWork {
  enum class Kind { same, copy, remove, failed };
  Kind kind = Kind::copy;
  const MirrorRule* rule = nullptr;
  std::string tag;                     // empty, of `failed`: it is about the rule
  std::optional<DigestName> digest;    // at the source; of `remove` at the target
  std::optional<DigestName> replaced;  // what the tag names at the target
  std::string error;                   // of `failed`: why
  // Of `copy`: tags of Cosign's that go along and are to move. A tag that may be about a part of an image is with each
  // image that is copied, since only a pull would tell whose it is. Empty in a dry run.
  std::list<MirrorMove> companions;

  // The tag itself, where it is to move, and its companions.
  std::list<MirrorMove> moves() const;
};

// What a rule comes to: every tag that it takes, and with `prune` those of the target that it does not. No request
// counts as a pull at Docker's registry. `requests` grows by those that were made, a list of tags counts as one. What
// cannot be looked up is `failed` and keeps nothing else; but nothing is removed where the list of the source or of the
// target failed, may not be whole, or has no tag that the rule takes. Fails only where the whole call has to end.
sdk::Reply<std::list<MirrorWork>> mirror_work(sdk::Context& ctx, const MirrorRule& rule, bool prune,
                                              std::size_t& requests);

}  // namespace dockerhub::registry
