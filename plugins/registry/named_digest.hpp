// What a tag names at a registry, found out by a call of its own, so that one that fails can be told and the rest goes
// on. Inside the call, on its thread.
#pragma once

#include <optional>
#include <string>

#include "digest_name.hpp"
#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

struct NamedDigest {
  std::optional<DigestName> digest;  // nullopt: nothing is there, or `error` says why nobody knows
  std::string error;
};

// One request, which Docker's registry counts as no pull. Fails only where the whole call has to end.
sdk::Reply<NamedDigest> named_digest(sdk::Context& ctx, const std::string& repository,
                                     const std::string& tag);

}  // namespace dockerhub::registry
