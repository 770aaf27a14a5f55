// Repositories for tests, written down tag by tag.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "repos/cleanup/contents.hpp"

namespace dockerhub::repos::cleanup::test {

inline constexpr hub::UnixTime kNow = 1'800'000'000;
inline constexpr hub::UnixTime kDay = 24 * 60 * 60;

// A digest that is known by its number.
inline std::string digest(int number) {
  std::string digits = std::to_string(number);
  return "sha256:" + std::string(64 - digits.size(), '0') + digits;
}

class Repository {
 public:
  // An image of one platform, pushed so many days ago.
  Tag& image(const std::string& name, int number, int days_ago, std::uint64_t bytes = 10) {
    Tag& tag = add(name, number, days_ago, bytes);
    tag.images = {contents_.image(tag.digest, bytes)};
    return tag;
  }
  // An index of those images.
  Tag& index(const std::string& name, int number, int days_ago, const std::vector<int>& images) {
    Tag& tag = add(name, number, days_ago, 10 * images.size());
    tag.images.reserve(images.size());
    for (const int image : images) tag.images.push_back(contents_.image(digest(image), 10));
    return tag;
  }
  void seen(int number, const std::vector<int>& lists = {}) {
    SeenManifest manifest{digest(number), 10, {}};
    manifest.lists.reserve(lists.size());
    for (const int child : lists) manifest.lists.push_back(digest(child));
    contents_.seen.push_back(std::move(manifest));
  }
  Contents& contents() { return contents_; }

 private:
  Tag& add(const std::string& name, int number, int days_ago, std::uint64_t bytes) {
    Tag tag;
    tag.name = name;
    tag.digest = digest(number);
    tag.bytes = bytes;
    tag.pushed = kNow - days_ago * kDay;
    return contents_.tags.emplace_back(std::move(tag));
  }
  Contents contents_;
};

}  // namespace dockerhub::repos::cleanup::test
