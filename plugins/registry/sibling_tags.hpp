// Which tags of a repository name the same manifest: deleting that takes them all. Errors are put on
// the call.
#pragma once

#include <string>
#include <vector>

#include "client.hpp"

namespace dockerhub::registry {

struct SiblingTags {
  std::vector<std::string> tags;  // in the order of the registry's list, without the asked one
  // False: the registry does not list its tags, or not all of them, or has too many.
  bool is_complete = true;
};

// Lists the tags and asks for the digest of each but `tag`, eight at once; at most 1,000 of them.
sdk::Reply<SiblingTags> sibling_tags(Client& client, const DigestName& digest,
                                     const std::string& tag);

}  // namespace dockerhub::registry
