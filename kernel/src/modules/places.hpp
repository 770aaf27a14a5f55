// Where modules are looked for, and what files lie there. Free functions; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "modules/module_table.hpp"

namespace dockerhub {

inline constexpr const char* kConfigured = "configured";
inline constexpr const char* kInstalled = "installed";
inline constexpr const char* kUser = "user";

// The places in their order: `configured` ones, the installation's beside this library
// (<folder of libdockerhub>/dockerhub/plugins), the user's. data_home: $XDG_DATA_HOME, or empty:
// then .local/share in `home`; without both there is no place of the user's.
std::vector<Place> module_places(const std::vector<std::string>& configured,
                                 const std::filesystem::path& data_home,
                                 const std::filesystem::path& home);

struct FoundFile {
  std::filesystem::path path;  // as found, links not followed
  std::string place;           // kind of the place
};

// Every file ending in .so, place by place, by name within a place. A place that is not there holds
// none; a file that two places show counts for the first of them, or for the installation.
std::vector<FoundFile> find_module_files(const std::vector<Place>& places);

// The kind of the place that holds this file; "configured" when none does.
std::string place_of(const std::filesystem::path& file, const std::vector<Place>& places);

}  // namespace dockerhub
