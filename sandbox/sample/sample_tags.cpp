#include "sample/sample_tags.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "encoding/times.hpp"
#include "registry/names.hpp"
#include "sample/image_builder.hpp"

namespace dockerhub::sandbox {
namespace {

struct WantedTag {
  std::string name, content;
  bool is_index = false;
  std::optional<UnixTime> pushed, pulled;
};

Failure wrong(const std::string& what) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = what;
  error.hint = "See docs/sandbox.md, \"Control\".";
  return Failure(std::move(error));
}

Result<WantedTag> wanted_tag(const json::Value& value) {
  if (!value.IsObject()) return wrong("a tag has to be an object");
  WantedTag tag;
  tag.name = json::text_of(value, "name");
  if (!is_tag(tag.name)) return wrong("'" + visible(tag.name) + "' is no tag");
  tag.content = json::text_of(value, "content");
  if (tag.content.empty()) tag.content = tag.name;
  const json::Value* platforms = json::find(value, "platforms");
  tag.is_index = platforms != nullptr && platforms->IsInt() && platforms->GetInt() > 1;
  tag.pushed = from_rfc3339(json::text_of(value, "pushed"));
  tag.pulled = from_rfc3339(json::text_of(value, "pulled"));
  return tag;
}

Descriptor build(ImageBuilder& builder, const WantedTag& tag) {
  const Platform amd64{"linux", "amd64", ""};
  if (!tag.is_index) return builder.image({amd64, tag.content, false});
  std::vector<Descriptor> images;
  for (const Platform& platform :
       {amd64, Platform{"linux", "arm64", "v8"}, Platform{"linux", "arm", "v7"}})
    images.push_back(builder.image({platform, tag.content + platform.architecture, false}));
  return builder.index_with_attestations(images);
}

}  // namespace

Result<void> add_sample_tags(Store& store, const json::Value& wanted) {
  const std::string name(json::text_of(wanted, "repository"));
  const json::Value* list = json::find(wanted, "tags");
  if (name.find('/') == std::string::npos) return wrong("repository has to be namespace/name");
  if (list == nullptr || !list->IsArray()) return wrong("tags have to be a list");
  std::vector<WantedTag> tags;
  for (const json::Value& value : list->GetArray()) {
    Result<WantedTag> tag = wanted_tag(value);
    if (!tag) return Failure(tag.error());
    tags.push_back(*std::move(tag));
  }
  Repository& repository = store.get_or_add(name);
  ImageBuilder builder(store, repository);
  std::map<std::pair<std::string, bool>, Descriptor> built;
  for (const WantedTag& tag : tags) {
    auto [image, is_new] = built.try_emplace({tag.content, tag.is_index});
    if (is_new) image->second = build(builder, tag);
    builder.tag(tag.name, image->second);
    Tag& entry = repository.tags[tag.name];
    if (tag.pushed) entry.pushed = *tag.pushed;
    entry.pulled = tag.pulled;
  }
  return {};
}

}  // namespace dockerhub::sandbox
