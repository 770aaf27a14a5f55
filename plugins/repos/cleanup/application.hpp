// Carries a plan out. Inside a call, on its thread.
#pragma once

#include "contents.hpp"
#include "place.hpp"
#include "plan.hpp"
#include "repos/immutable_tags.hpp"

namespace dockerhub::repos::cleanup {

// A plan and the repository as it is now; nothing has changed between them that matters.
struct Agreed {
  const Place& place;
  const Plan& plan;
  const std::string& id;
  const Contents& now;
  bool knows_all;  // false: the list of tags in `now` may leave some out
  const ImmutableTags& immutable;
};

// Tells each entry that goes with what became of it, and what a dry run finds of them. What fails is told and
// the rest goes on. Before manifests go the tags are listed again: none goes that something uses by then, and
// none at all if the repository changed.
sdk::Status carry_out(sdk::Context& ctx, const Agreed& agreed);

}  // namespace dockerhub::repos::cleanup
