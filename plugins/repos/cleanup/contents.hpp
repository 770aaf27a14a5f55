// What a repository holds as far as Docker Hub tells it. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/times.hpp"

namespace dockerhub::repos::cleanup {

// A manifest of one platform, or of an artifact.
struct Image {
  std::string digest;
  std::uint64_t bytes = 0;  // of its layers
};

struct Tag {
  std::string name;
  std::string digest;  // of what it names; empty: not known
  std::vector<std::uint32_t>
      images;                // places in Contents::images: what it names, or what that lists
  bool lists_images = true;  // false: what it names may list images that are not known
  std::uint64_t bytes = 0;
  std::optional<hub::UnixTime> pushed, pulled;
  bool knows_pulled = true;  // false: without `pulled` it may have been pulled
  bool is_immutable = false;
};

// A manifest that no tag may name any more: where it was seen, and what it lists.
struct SeenManifest {
  std::string digest;
  std::uint64_t bytes = 0;
  std::vector<std::string> lists;  // digests; of an index
};

class Contents {
 public:
  std::vector<Tag> tags;  // each name once
  std::vector<Image> images;
  std::vector<SeenManifest> seen;  // in earlier plans, and still there
  // Of those plans a manifest that may be there and list anything; empty: there is none.
  std::string unread;

  // The place of the image, which is added where it is not there.
  std::uint32_t image(std::string_view digest, std::uint64_t bytes);
  bool has_image(const std::string& digest) const { return places_.count(digest) > 0; }

 private:
  std::unordered_map<std::string, std::uint32_t> places_;
};

bool is_tag_name(std::string_view text);
// "sha256:" with 64 digits, or "sha512:" with 128, in lower case.
bool is_digest(std::string_view text);

}  // namespace dockerhub::repos::cleanup
