#include "untagged.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace dockerhub::repos::cleanup {
namespace {

struct Node {
  std::uint64_t bytes = 0;
  bool was_seen_earlier = false;
  std::vector<std::string_view> lists, listed_by;
};

// Manifests by digest; the texts are those of the contents.
class Graph {
 public:
  Graph(const Contents& contents, const std::vector<Verdict>& verdicts) : contents_(contents) {
    for (std::size_t i = 0; i < contents.tags.size(); ++i) {
      const Tag& tag = contents.tags[i];
      if (!verdicts[i].goes) hold(tag);
      if (verdicts[i].goes && is_digest(tag.digest)) add(tag);
    }
    for (const SeenManifest& seen : contents.seen) add(seen);
    if (!contents.unread.empty() && unknown_.empty()) unknown_ = "the manifest " + contents.unread;
    hold_what_is_held();
  }

  std::vector<Entry> entries() {
    for (const std::string_view root : roots_) visit(root);
    std::reverse(order_.begin(), order_.end());
    std::vector<Entry> entries;
    for (const bool goes : {true, false}) {
      for (const std::string_view digest : order_) {
        if ((reason_to_stay(digest).empty()) == goes) entries.push_back(entry(digest));
      }
    }
    return entries;
  }

 private:
  // What a tag that stays uses.
  void hold(const Tag& tag) {
    if (!tag.lists_images && unknown_.empty()) unknown_ = "the tag " + tag.name;
    if (!tag.digest.empty()) held_.emplace(tag.digest, tag.name);
    for (const std::uint32_t place : tag.images)
      held_.emplace(contents_.images[place].digest, tag.name);
  }

  void add(const Tag& tag) {
    Node& root = node(tag.digest);
    for (const std::uint32_t place : tag.images) {
      const Image& image = contents_.images[place];
      if (image.digest == tag.digest) {
        root.bytes = image.bytes;
      } else {
        list(tag.digest, image.digest, image.bytes);
      }
    }
    roots_.push_back(tag.digest);
  }

  void add(const SeenManifest& seen) {
    node(seen.digest).was_seen_earlier = true;
    if (seen.lists.empty()) node(seen.digest).bytes = seen.bytes;
    for (const std::string& child : seen.lists) list(seen.digest, child, 0);
    roots_.push_back(seen.digest);
  }

  Node& node(std::string_view digest) { return nodes_[digest]; }

  void list(std::string_view index, std::string_view child, std::uint64_t bytes) {
    if (!is_digest(child) || child == index) return;
    Node& listed = node(child);
    listed.bytes = std::max(listed.bytes, bytes);
    std::vector<std::string_view>& all = node(index).lists;
    if (std::find(all.begin(), all.end(), child) != all.end()) return;
    all.push_back(child);
    listed.listed_by.push_back(index);
  }

  // What something held lists is held as well.
  void hold_what_is_held() {
    std::vector<std::string_view> left;
    left.reserve(held_.size());
    for (const auto& [digest, tag] : held_) left.push_back(digest);
    while (!left.empty()) {
      const std::string_view digest = left.back();
      left.pop_back();
      const auto found = nodes_.find(digest);
      if (found == nodes_.end()) continue;
      for (const std::string_view child : found->second.lists) {
        if (held_.emplace(child, held_.at(digest)).second) left.push_back(child);
      }
    }
  }

  // Children first; without recursion, since what strangers send may be deep.
  void visit(std::string_view root) {
    std::vector<std::pair<std::string_view, std::size_t>> path;
    if (visited_.insert(root).second) path.emplace_back(root, 0);
    while (!path.empty()) {
      const std::string_view digest = path.back().first;
      const std::vector<std::string_view>& lists = nodes_.at(digest).lists;
      std::size_t& next = path.back().second;
      if (next == lists.size()) {
        order_.push_back(digest);
        path.pop_back();
        continue;
      }
      const std::string_view child = lists[next++];
      if (visited_.insert(child).second) path.emplace_back(child, 0);
    }
  }

  std::string reason_to_stay(std::string_view digest) const {
    const auto held = held_.find(digest);
    if (held != held_.end()) return "the tag " + std::string(held->second) + " uses it";
    if (unknown_.empty()) return {};
    return "what " + unknown_ + " lists is not known";
  }

  Entry entry(std::string_view digest) const {
    const Node& node = nodes_.at(digest);
    Entry entry;
    entry.digest = digest;
    entry.bytes = node.bytes;
    entry.reason = reason_to_stay(digest);
    entry.goes = entry.reason.empty();
    if (!entry.goes) return entry;
    // One that stays would hold it.
    entry.of.assign(node.listed_by.begin(), node.listed_by.end());
    entry.reason = !entry.of.empty()       ? "only indexes that go list it"
                   : node.was_seen_earlier ? "no tag names it since an earlier plan"
                                           : "only tags that go name it";
    return entry;
  }

  const Contents& contents_;
  std::unordered_map<std::string_view, Node> nodes_;
  std::unordered_map<std::string_view, std::string_view> held_;  // digest to a tag that uses it
  std::string unknown_;  // a tag or a manifest that stays and may list anything
  std::vector<std::string_view> roots_, order_;
  std::unordered_set<std::string_view> visited_;
};

}  // namespace

std::vector<Entry> untagged_manifests(const Contents& contents,
                                      const std::vector<Verdict>& verdicts) {
  return Graph(contents, verdicts).entries();
}

}  // namespace dockerhub::repos::cleanup
