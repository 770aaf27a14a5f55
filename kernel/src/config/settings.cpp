#include "config/settings.hpp"

#include <algorithm>
#include <vector>

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

struct Variable {
  std::string_view name;
  const Setting* row;
};

bool named_before(const Variable& one, const Variable& other) {
  return one.name < other.name;
}

// In order: each start of a program looks for each variable of its environment.
const std::vector<Variable>& variables() {
  static const std::vector<Variable> sorted = [] {
    std::vector<Variable> all;
    for (const Setting& row : kSettings) {
      for (const std::string_view name : row.variables) {
        if (!name.empty()) all.push_back({name, &row});
      }
    }
    std::stable_sort(all.begin(), all.end(), named_before);
    return all;
  }();
  return sorted;
}

}  // namespace

std::span<const Setting> settings() {
  return kSettings;
}

const Setting* find_setting(std::string_view key) {
  const auto found = std::find_if(kSettings.begin(), kSettings.end(),
                                  [key](const Setting& row) { return row.key == key; });
  return found == kSettings.end() ? nullptr : &*found;
}

const Setting* find_setting_by_variable(std::string_view variable) {
  const std::vector<Variable>& all = variables();
  const auto found =
      std::lower_bound(all.begin(), all.end(), Variable{variable, nullptr}, named_before);
  return found == all.end() || found->name != variable ? nullptr : found->row;
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
