#include "registry/store.hpp"

#include <algorithm>
#include <utility>

#include "base/pattern.hpp"
#include "encoding/digest.hpp"

namespace dockerhub::sandbox {

const Manifest* Repository::manifest(std::string_view reference) const {
  const auto tag = tags.find(reference);
  const auto found = manifests.find(tag == tags.end() ? reference : tag->second.digest);
  return found == manifests.end() ? nullptr : &found->second;
}

std::vector<std::string> Repository::tags_of(std::string_view digest) const {
  std::vector<std::string> names;
  for (const auto& [tag_name, tag] : tags) {
    if (tag.digest == digest) names.push_back(tag_name);
  }
  return names;
}

bool Repository::keeps(std::string_view tag) const {
  if (!immutable_tags || !tags.contains(tag)) return false;
  return rules.empty() || std::any_of(rules.begin(), rules.end(),
                                      [&](const std::string& rule) { return matches(rule, tag); });
}

bool Repository::has_parent(std::string_view digest) const {
  for (const auto& [key, manifest] : manifests) {
    for (const Descriptor& child : manifest.children) {
      if (child.digest == digest) return true;
    }
  }
  return false;
}

std::uint64_t Repository::size() const {
  std::uint64_t sum = 0;
  for (const auto& [digest, bytes] : blobs) sum += bytes.size();
  return sum;
}

Repository* Store::find(std::string_view name) {
  const auto found = repositories_.find(name);
  return found == repositories_.end() ? nullptr : &found->second;
}

const Repository* Store::find(std::string_view name) const {
  const auto found = repositories_.find(name);
  return found == repositories_.end() ? nullptr : &found->second;
}

Repository& Store::get_or_add(const std::string& name) {
  if (Repository* known = find(name)) return *known;
  Repository& added = repositories_[name];
  added.id = ++last_id_;
  added.name = name;
  added.registered = added.updated = now();
  return added;
}

void Store::put_manifest(Repository& repository, Manifest manifest, const std::string& tag) {
  const std::string digest = manifest.digest;
  manifest.pushed = now();
  repository.updated = manifest.pushed;
  repository.manifests.insert_or_assign(digest, std::move(manifest));
  if (!tag.empty()) put_tag(repository, tag, digest);
}

void Store::put_tag(Repository& repository, const std::string& tag, const std::string& digest) {
  Tag& entry = repository.tags[tag];
  if (entry.id == 0) entry.id = ++last_id_;
  entry.digest = digest;
  entry.pushed = now();
}

void Store::remove_manifest(Repository& repository, const std::string& digest) {
  repository.manifests.erase(digest);
  std::erase_if(repository.tags, [&](const auto& tag) { return tag.second.digest == digest; });
}

std::string Store::begin_upload(const std::string& repository, std::size_t most) {
  if (most > 0 && uploads_.size() >= most) {
    uploads_.erase(
        std::min_element(uploads_.begin(), uploads_.end(), [](const auto& one, const auto& other) {
          return one.second.number < other.second.number;
        }));
  }
  std::string name = random_uuid();
  Upload& upload = uploads_[name];
  upload.repository = repository;
  upload.number = ++last_id_;
  return name;
}

Upload* Store::upload(std::string_view repository, std::string_view name) {
  const auto found = uploads_.find(name);
  if (found == uploads_.end() || found->second.repository != repository) return nullptr;
  return &found->second;
}

void Store::end_upload(std::string_view name) {
  const auto found = uploads_.find(name);
  if (found != uploads_.end()) uploads_.erase(found);
}

}  // namespace dockerhub::sandbox
