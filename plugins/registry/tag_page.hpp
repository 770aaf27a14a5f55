// One page of a repository's tags: {"name", "tags"} (OCI distribution-spec 1.1.1, "Listing Tags").
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fault.hpp"

namespace dockerhub::registry {

struct TagPage {
  std::string name;
  std::vector<std::string> tags;
};

// `tags` may be null or missing where there are none.
Checked<TagPage> parse_tag_page(std::string_view bytes);

// A list from a server that does not page comes whole and in any order, whatever was asked for:
// brings it into the order of its bytes, each tag once, and drops those up to `last`, if that is among them.
void page_locally(std::vector<std::string>& tags, std::string_view last);

}  // namespace dockerhub::registry
