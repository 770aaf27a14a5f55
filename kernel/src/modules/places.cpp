#include "modules/places.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include "base/installation.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;

// Two spellings of one file are one file.
fs::path real_path(const fs::path& path) {
  std::error_code problem;
  fs::path real = fs::canonical(path, problem);
  return problem ? path : real;
}

// The same of a file in a folder whose real path is known: only a link has to be followed.
fs::path real_file(const fs::path& real_folder, const fs::directory_entry& file) {
  std::error_code ignored;
  return file.is_symlink(ignored) ? real_path(file) : real_folder / file.path().filename();
}

std::vector<fs::directory_entry> libraries_in(const fs::path& folder) {
  std::vector<fs::directory_entry> files;
  std::error_code problem;
  fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
    std::error_code ignored;
    if (entry->path().extension() == ".so" && !entry->is_directory(ignored))
      files.push_back(*entry);
  }
  std::sort(files.begin(), files.end(), [](const auto& one, const auto& other) {
    return one.path().native() < other.path().native();
  });
  return files;
}

}  // namespace

std::vector<Place> module_places(const std::vector<std::string>& configured,
                                 const fs::path& data_home, const fs::path& home) {
  std::vector<Place> places;
  for (const std::string& folder : configured) {
    if (!folder.empty()) places.push_back({folder, kConfigured});
  }
  if (const fs::path own = own_folder(); !own.empty()) {
    places.push_back({own / "dockerhub" / "plugins", kInstalled});
  }
  const fs::path user_data =
      !data_home.empty() || home.empty() ? data_home : home / ".local" / "share";
  if (user_data.is_absolute()) places.push_back({user_data / "dockerhub" / "plugins", kUser});
  return places;
}

std::vector<FoundFile> find_module_files(const std::vector<Place>& places) {
  std::vector<FoundFile> files;
  // By their texts: paths are compared part by part.
  std::set<std::string> seen;
  std::set<std::string> installed;
  std::vector<fs::path> folders;
  for (const Place& place : places) {
    folders.push_back(real_path(place.directory));
    if (place.kind == kInstalled) installed.insert(folders.back().native());
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    const fs::path& folder = folders[i];
    const bool is_installed = installed.count(folder.native()) > 0;
    for (const fs::directory_entry& file : libraries_in(place.directory)) {
      const fs::path real = real_file(folder, file);
      if (!seen.insert(real.native()).second) continue;
      const bool of_installation = is_installed || installed.count(real.parent_path().native()) > 0;
      files.push_back({file, of_installation ? kInstalled : place.kind});
    }
  }
  return files;
}

std::string place_of(const fs::path& file, const std::vector<Place>& places) {
  std::error_code problem;
  const fs::path folder = real_path(fs::absolute(file, problem).parent_path());
  std::string kind = kConfigured;
  for (const Place& place : places) {
    if (real_path(place.directory) != folder) continue;
    if (place.kind == kInstalled) return kInstalled;
    if (kind == kConfigured) kind = place.kind;
  }
  return kind;
}

}  // namespace dockerhub
