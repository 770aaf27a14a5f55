#include "image_diff.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

class Changes {
 public:
  // Members of two objects; those that are none have no members.
  void add(const std::string& prefix, const sdk::Value* from, const sdk::Value* to) {
    std::set<std::string> names;
    for (const sdk::Value* object : {from, to}) {
      if (object == nullptr || !object->IsObject()) continue;
      for (const auto& one : object->GetObject()) names.emplace(sdk::view(one.name));
    }
    for (const std::string& name : names) {
      if (prefix.empty() && (name == "history" || name == "rootfs")) continue;
      compare(prefix, name, from == nullptr ? nullptr : find_member(*from, name),
              to == nullptr ? nullptr : find_member(*to, name));
    }
  }
  sdk::Json json() const { return sdk::Json::array(rows_); }

 private:
  void compare(const std::string& prefix, const std::string& name, const sdk::Value* from,
               const sdk::Value* to) {
    if (prefix.empty() && name == "config") return add("config.", from, to);
    const sdk::Value none;
    const sdk::Value& one = from == nullptr ? none : *from;
    const sdk::Value& other = to == nullptr ? none : *to;
    if (one == other) return;
    rows_.push_back({{"field", prefix + name}, {"from", one}, {"to", other}});
  }

  std::vector<sdk::Json> rows_;
};

sdk::Json layers_json(std::vector<Descriptor>::const_iterator begin,
                      std::vector<Descriptor>::const_iterator end) {
  std::vector<sdk::Json> layers;
  layers.reserve(static_cast<std::size_t>(end - begin));
  for (auto layer = begin; layer != end; ++layer) {
    layers.push_back(
        {{"digest", layer->digest}, {"size", layer->size}, {"mediaType", layer->media_type}});
  }
  return sdk::Json::array(layers);
}

}  // namespace

sdk::Json config_changes(const sdk::Value& from, const sdk::Value& to) {
  Changes changes;
  changes.add({}, &from, &to);
  return changes.json();
}

sdk::Json layer_changes(const std::vector<Descriptor>& from, const std::vector<Descriptor>& to) {
  const auto [old_end, new_end] = std::mismatch(
      from.begin(), from.end(), to.begin(), to.end(),
      [](const Descriptor& one, const Descriptor& other) { return one.digest == other.digest; });
  return {{"same", old_end - from.begin()},
          {"removed", layers_json(old_end, from.end())},
          {"added", layers_json(new_end, to.end())}};
}

}  // namespace dockerhub::registry
