#include "shown_once.hpp"

#include <algorithm>

#include "json.hpp"

namespace dockerhub::cli {

namespace {

// As the kernel masks (SECURITY.md): what it masked already is no value.
constexpr std::string_view kMask = "***redacted***";

class Taking {
 public:
  explicit Taking(const std::vector<std::string>& names) : names_(names) {}

  void take_from(json::Value& value) {
    if (value.IsArray()) {
      for (json::Value& item : value.GetArray()) take_from(item);
    } else if (value.IsObject()) {
      std::for_each(value.MemberBegin(), value.MemberEnd(), [this](json::Value::Member& member) {
        take_member(json::view(member.name), member.value);
      });
    }
  }

  std::string values;

 private:
  void take_member(std::string_view name, json::Value& value) {
    const bool is_named = std::find(names_.begin(), names_.end(), name) != names_.end();
    if (!is_named || !value.IsString()) return take_from(value);
    const std::string_view text = json::view(value);
    if (text.empty() || text == kMask) return;
    values.append(values.empty() ? "" : "\n").append(text);
    value.SetString(kMask.data(), static_cast<rapidjson::SizeType>(kMask.size()));
  }

  const std::vector<std::string>& names_;
};

bool shows(std::string_view text, const std::string& value) {
  const std::string quoted = json::quote(value);
  const std::string_view escaped = std::string_view(quoted).substr(1, quoted.size() - 2);
  const auto has = [text](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  };
  return has(value) || has(escaped) || has(visible(value));
}

}  // namespace

UnseenValues::UnseenValues(std::string_view values) {
  while (!values.empty()) {
    const std::size_t end = values.find('\n');
    if (end != 0) values_.emplace_back(values.substr(0, end));
    values.remove_prefix(end == std::string_view::npos ? values.size() : end + 1);
  }
}

void UnseenValues::look_into(std::string_view text) {
  std::erase_if(values_, [text](const std::string& value) { return shows(text, value); });
}

ShownOnce take_shown_once(const std::vector<std::string>& names, const std::string& envelope) {
  ShownOnce taken{{}, envelope};
  auto parsed = names.empty() ? std::nullopt : json::parse(envelope);
  if (!parsed || !parsed->IsObject() || !parsed->HasMember("data")) return taken;
  Taking taking(names);
  taking.take_from((*parsed)["data"]);
  if (taking.values.empty()) return taken;
  taken.values = std::move(taking.values);
  taken.envelope = json::write(*parsed);
  return taken;
}

}  // namespace dockerhub::cli
