// The table of settings: everything that may be set, where its value may come from and what it
// means. A row is the whole definition; loading, the documentation and the tests read it. Constant
// data; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

enum class SettingType { text, secret, boolean, choice, list, duration };

// Which sources may set a row. A `.env` that a program finds by itself may come with a cloned
// repository: what names code, opens the gate, weakens consent or authorizes is never taken from
// it.
enum class SettingSource { anywhere, named };

// Which program reads the row.
enum class SettingReader { all, command_line };

struct Setting {
  std::string_view key{};  // also its path in the user file
  SettingType type = SettingType::text;
  std::string_view fallback{};                  // its value when nobody sets it
  std::array<std::string_view, 2> variables{};  // of the environment; the first one set counts
  std::string_view option{};                    // of the command line, or empty
  SettingSource source = SettingSource::named;
  SettingReader reader = SettingReader::all;
  std::array<std::string_view, 8> choices{};  // of a choice
  std::int64_t maximum = 0;                   // of a duration, in milliseconds
  std::string_view description{};
};

std::span<const Setting> settings();

// The row of that key, or that names that variable; nullptr when there is none.
const Setting* find_setting(std::string_view key);
const Setting* find_setting_by_variable(std::string_view variable);

// Keys of all rows, and the choices of one, for messages.
std::vector<std::string> setting_keys();
std::vector<std::string> choices_of(const Setting& setting);

// "text", "secret", "boolean"... as docs/configuration.md has it.
std::string_view setting_type_name(SettingType type);

}  // namespace dockerhub
