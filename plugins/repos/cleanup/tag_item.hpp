// A tag as Docker Hub's API tells it. Pure; any thread. Source: Docker Hub API, "tag" and "image"; the members
// `digest` and `media_type` of a tag are not in the document and come with every answer.
#pragma once

#include <dockerhub/sdk/json.hpp>

#include "contents.hpp"

namespace dockerhub::repos::cleanup {

// Its images are added to the contents, the tag itself is not.
Tag tag_of(const sdk::Value& item, Contents& contents);

bool is_index_type(std::string_view media_type);

}  // namespace dockerhub::repos::cleanup
