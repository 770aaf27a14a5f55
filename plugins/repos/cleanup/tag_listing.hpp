// All tags of a repository, read page by page, several pages at once. Inside a call, on its thread.
#pragma once

#include "contents.hpp"
#include "place.hpp"

namespace dockerhub::repos::cleanup {

struct Listing {
  Contents contents;
  bool is_whole = true;  // false: Docker Hub counts another number of tags than it lists
};

// Tags of which the list does not tell what they name are looked up at the registry. A list that changes
// while it is read is read again, three times at most.
sdk::Reply<Listing> list_tags(sdk::Context& ctx, const Place& place);

}  // namespace dockerhub::repos::cleanup
