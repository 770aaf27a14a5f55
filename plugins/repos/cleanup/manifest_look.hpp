// What Docker's registry tells of manifests. A HEAD is free; reading an index counts as a pull. Inside a
// call, on its thread.
#pragma once

#include <string>
#include <vector>

#include "contents.hpp"
#include "place.hpp"
#include "plan.hpp"

namespace dockerhub::repos::cleanup {

// Digests of tags that have none, by HEAD. Those that the registry does not tell stay without.
sdk::Status find_digests(sdk::Context& ctx, const Place& place, Contents& contents);

// Images of tags of which it is not known what they list. Those that cannot be read stay so.
sdk::Status find_images(sdk::Context& ctx, const Place& place, Contents& contents);

// Manifests that an earlier plan tells of, that no tag names and that are still there. Gives how many could not
// be looked at, of which one is `unread` of the contents.
sdk::Reply<std::size_t> find_seen(sdk::Context& ctx, const Place& place, const Plan& earlier,
                                  Contents& contents);

// What a HEAD of a manifest says of its digest; empty: nothing.
std::string digest_header(std::string_view headers);

}  // namespace dockerhub::repos::cleanup
