#include "tag_item.hpp"

#include <algorithm>

#include "hub/members.hpp"

namespace dockerhub::repos::cleanup {
namespace {

std::optional<hub::UnixTime> later(std::optional<hub::UnixTime> one,
                                   std::optional<hub::UnixTime> other) {
  if (!one || !other) return one ? one : other;
  return std::max(one, other);
}

bool is_image_type(std::string_view media_type) {
  return media_type == "application/vnd.oci.image.manifest.v1+json" ||
         media_type == "application/vnd.docker.distribution.manifest.v2+json";
}

// What is told as null never happened; what is told and is no time may have been at any.
void take_pull(const sdk::Value& item, std::string_view name, Tag& tag) {
  const sdk::Value* told = hub::member(item, name);
  if (told == nullptr) return;
  const auto time = hub::unix_time(hub::text_member(item, name));
  if (!time) tag.knows_pulled = false;
  tag.pulled = later(tag.pulled, time);
}

// False: it has no digest that can be used.
bool add_image(const sdk::Value& item, Tag& tag, Contents& contents) {
  take_pull(item, "last_pulled", tag);
  const std::string_view digest = hub::text_member(item, "digest");
  if (!is_digest(digest)) return false;
  const std::uint32_t place = contents.image(digest, hub::number_member(item, "size"));
  if (std::find(tag.images.begin(), tag.images.end(), place) == tag.images.end())
    tag.images.push_back(place);
  return true;
}

}  // namespace

bool is_index_type(std::string_view media_type) {
  return media_type == "application/vnd.oci.image.index.v1+json" ||
         media_type == "application/vnd.docker.distribution.manifest.list.v2+json";
}

Tag tag_of(const sdk::Value& item, Contents& contents) {
  Tag tag;
  tag.name = hub::text_member(item, "name");
  const std::string_view digest = hub::text_member(item, "digest");
  if (is_digest(digest)) tag.digest = digest;
  tag.bytes = hub::number_member(item, "full_size");
  tag.pushed = later(hub::unix_time(hub::text_member(item, "tag_last_pushed")),
                     hub::unix_time(hub::text_member(item, "last_updated")));
  tag.knows_pulled = item.IsObject() && item.HasMember("tag_last_pulled");
  take_pull(item, "tag_last_pulled", tag);
  // Docker's document draws the images as one object; the service gives an array.
  const sdk::Value* images = hub::member(item, "images");
  bool knows_all = images != nullptr;
  if (images != nullptr && images->IsObject()) knows_all = add_image(*images, tag, contents);
  if (images != nullptr && images->IsArray()) {
    for (const sdk::Value& image : images->GetArray())
      knows_all = add_image(image, tag, contents) && knows_all;
  }
  const bool is_image = is_image_type(hub::text_member(item, "media_type"));
  tag.lists_images = is_image || (knows_all && !tag.images.empty());
  return tag;
}

}  // namespace dockerhub::repos::cleanup
