#include "manifest_users.hpp"

#include <cstdint>
#include <utility>

#include "changes.hpp"
#include "manifest_look.hpp"
#include "tag_listing.hpp"

namespace dockerhub::repos::cleanup {

sdk::Status ManifestUsers::look() {
  auto listing = list_tags(ctx_, place_);
  if (!listing) return listing.status();
  used_.clear();
  now_ = std::move(listing->contents);
  if (const sdk::Status found = find_images(ctx_, place_, now_); !found) return found;
  const auto changes = changes_since(plan_, now_);
  if (!changes.empty()) objection_ = changes.front();
  if (!listing->is_whole) objection_ = "the list of tags changes while it is read";
  for (const Tag& tag : now_.tags) {
    if (!tag.lists_images) objection_ = "what the tag " + tag.name + " lists is not known";
    used_.emplace(tag.digest, tag.name);
    for (const std::uint32_t image : tag.images) used_.emplace(now_.images[image].digest, tag.name);
  }
  return {};
}

std::string ManifestUsers::user_of(const Entry& entry) const {
  if (!objection_.empty()) return objection_;
  const auto used = used_.find(entry.digest);
  return used == used_.end() ? "" : "the tag " + std::string(used->second) + " uses it";
}

}  // namespace dockerhub::repos::cleanup
