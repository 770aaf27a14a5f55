// The user's configuration file (YAML): one section for each group of the settings table, and
// `modules` with a free section for each module. Bounded in size, depth and number of values, so
// that a hostile file costs little. Free functions; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

inline constexpr std::size_t kUserFileLimit = 1024 * 1024;  // bytes

struct UserFile {
  struct Entry {
    const Setting* setting = nullptr;
    std::string text;
    std::size_t line = 0;  // from 1
  };
  struct ModuleEntry {
    std::string module, key, json;
    std::size_t line = 0;
  };
  std::vector<Entry> entries;
  std::vector<ModuleEntry> modules;
};

// Errors (ErrorKind::configuration) begin with "FILE:LINE: " and name the likely key for an unknown
// one. A key without a value counts as unset.
Result<UserFile> parse_user_file(std::string_view text, std::string_view file);

}  // namespace dockerhub
