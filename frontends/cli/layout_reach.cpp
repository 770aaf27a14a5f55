#include "layout_reach.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "json.hpp"
#include "layout_texts.hpp"
#include "store_text.hpp"

namespace dockerhub::cli {
namespace {

constexpr std::uint64_t kMostListing =
    std::uint64_t{4} * 1024 * 1024;  // bytes of an index or manifest

// Where the blob of a descriptor lies; empty: it has no digest.
std::string blob_place(const json::Value& descriptor) {
  const std::string_view digest = json::text_of(descriptor, "digest");
  const std::size_t colon = digest.find(':');
  if (colon == std::string_view::npos) return {};
  return "blobs/" + std::string(digest.substr(0, colon)) + "/" +
         std::string(digest.substr(colon + 1));
}

class Reach {
 public:
  explicit Reach(Store& files) : files_(files) {}

  Result<std::set<std::string>> run() {
    reached_.insert(std::string(kLayoutFile));
    follow(std::string(kLayoutIndex));
    while (!waiting_.empty()) {
      const std::string name = std::move(waiting_.back());
      waiting_.pop_back();
      if (auto read = read_listing(name); !read) return Failure(read.error());
    }
    return std::move(reached_);
  }

 private:
  void follow(std::string name) {
    if (!name.empty() && reached_.insert(name).second) waiting_.push_back(std::move(name));
  }

  Result<void> read_listing(const std::string& name) {
    const auto text = store_text(files_, name, kMostListing);
    if (!text) return Failure(text.error());
    const auto document = *text ? json::parse(**text) : std::nullopt;
    if (!document) return {};
    const json::Value& listing = *document;
    if (const json::Value* config = json::find(listing, "config"))
      reached_.insert(blob_place(*config));
    for (const char* list : {"layers", "blobs"}) {
      add_each(listing, list, [this](std::string place) { reached_.insert(std::move(place)); });
    }
    add_each(listing, "manifests", [this](std::string place) { follow(std::move(place)); });
    return {};
  }

  template <typename Add>
  static void add_each(const json::Value& listing, const char* list, const Add& add) {
    const json::Value* entries = json::find(listing, list);
    if (entries == nullptr || !entries->IsArray()) return;
    for (const json::Value& entry : entries->GetArray()) add(blob_place(entry));
  }

  Store& files_;
  std::set<std::string> reached_;
  std::vector<std::string> waiting_;  // listings that were not read yet
};

}  // namespace

Result<std::set<std::string>> layout_reach(Store& files) {
  return Reach(files).run();
}

}  // namespace dockerhub::cli
