#include "base/checked_folders.hpp"

#include "base/file_permissions.hpp"

namespace dockerhub {

std::filesystem::path CheckedFolders::real(const std::filesystem::path& folder,
                                           std::error_code& problem) {
  if (const auto known = real_.find(folder.native()); known != real_.end()) return known->second;
  std::filesystem::path found = std::filesystem::canonical(folder, problem);
  if (!problem) real_.emplace(folder.native(), found);
  return found;
}

Result<void> CheckedFolders::check(const std::filesystem::path& folder) {
  if (safe_.count(folder.native()) > 0) return {};
  if (auto checked = check_folders(folder); !checked) return checked;
  safe_.insert(folder.native());
  return {};
}

}  // namespace dockerhub
