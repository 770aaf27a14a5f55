#include "config/settings.hpp"

#include <algorithm>

#include "config/rows/common.hpp"
#include "config/rows/mcp.hpp"
#include "config/rows/rest.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view group_of(const Setting& row) {
  return row.key.substr(0, row.key.find('.'));
}

template <std::size_t A, std::size_t B>
constexpr auto merged(const std::array<Setting, A>& some, const std::array<Setting, B>& others) {
  std::array<Setting, A + B> all;
  std::merge(some.begin(), some.end(), others.begin(), others.end(), all.begin(),
             [](const Setting& a, const Setting& b) { return group_of(a) < group_of(b); });
  return all;
}

// By groups; within one as its rows stand.
constexpr auto kSettings = merged(merged(rows::kCommon, rows::kMcp), rows::kRest);

constexpr auto kTypeNames =
    std::to_array<std::string_view>({"text", "secret", "boolean", "choice", "list", "duration",
                                     "url", "number", "size", "hosts", "host pairs", "proxy"});

template <typename Predicate>
const Setting* first(Predicate matches) {
  const auto found = std::find_if(kSettings.begin(), kSettings.end(), matches);
  return found == kSettings.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Setting> settings() {
  return kSettings;
}

const Setting* find_setting(std::string_view key) {
  return first([key](const Setting& row) { return row.key == key; });
}

const Setting* find_setting_by_variable(std::string_view variable) {
  if (variable.empty()) return nullptr;
  return first([variable](const Setting& row) {
    return std::find(row.variables.begin(), row.variables.end(), variable) != row.variables.end();
  });
}

bool may_hold_secret(SettingType type) {
  return type == SettingType::secret || type == SettingType::proxy;
}

std::vector<std::string> setting_keys() {
  std::vector<std::string> keys;
  keys.reserve(kSettings.size());
  for (const Setting& row : kSettings) keys.emplace_back(row.key);
  return keys;
}

std::vector<std::string> choices_of(const Setting& setting) {
  std::vector<std::string> choices;
  for (const std::string_view choice : setting.choices) {
    if (!choice.empty()) choices.emplace_back(choice);
  }
  return choices;
}

std::string_view setting_type_name(SettingType type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

char list_separator(SettingType type) {
  if (type == SettingType::list) return ':';
  return type == SettingType::hosts || type == SettingType::host_pairs ? ',' : '\0';
}

}  // namespace dockerhub
