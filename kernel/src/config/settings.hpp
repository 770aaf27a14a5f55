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

enum class SettingType {
  text,
  secret,
  boolean,
  choice,
  list,        // of paths, separated by colons
  duration,    // milliseconds once checked
  url,         // absolute, http, https or of a Unix socket, without query and trailing slash
  number,      // a whole one
  size,        // bytes once checked
  hosts,       // "host" or "host:port", separated by commas
  host_pairs,  // "host=host" or "host:port=host", separated by commas
  proxy,       // a URL whose user name and password are kept apart, as a secret
};

// Which sources may set a row. A `.env` that a program finds by itself may come with a cloned
// repository: what names code, opens the gate, weakens consent or authorizes is never taken from
// it.
enum class SettingSource { anywhere, named };

// Which program reads the row: the command line, dockerhub-mcp (server) or dockerhub-rest alone, or all.
enum class SettingReader { all, command_line, server, rest };

struct Setting {
  std::string_view key{};  // also its path in the user file
  SettingType type = SettingType::text;
  std::string_view fallback{};                  // its value when nobody sets it
  std::array<std::string_view, 2> variables{};  // of the environment; the first one set counts
  std::string_view option{};                    // of the command line, or empty
  SettingSource source = SettingSource::named;
  SettingReader reader = SettingReader::all;
  std::array<std::string_view, 8> choices{};  // of a choice
  std::int64_t minimum = 0;                   // of a number, size or duration
  std::int64_t maximum = 0;                   // of a number, size or duration
  std::string_view description{};
};

std::span<const Setting> settings();

// The row of that key, or that names that variable; nullptr when there is none.
const Setting* find_setting(std::string_view key);
const Setting* find_setting_by_variable(std::string_view variable);

// Whether values of that type hold a secret, as a whole or within.
bool may_hold_secret(SettingType type);

// Keys of all rows, and the choices of one, for messages.
std::vector<std::string> setting_keys();
std::vector<std::string> choices_of(const Setting& setting);

// "text", "secret", "boolean"... as docs/configuration.md has it.
std::string_view setting_type_name(SettingType type);

// Between the items of a list of that type; '\0' for types that are no lists. Hosts may have a port
// after a colon, paths a comma.
char list_separator(SettingType type);

}  // namespace dockerhub
