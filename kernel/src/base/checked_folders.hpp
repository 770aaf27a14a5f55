// What one look at many files has found of the folders above them, so that each folder is asked once.
// Not for longer than that look: rights change. One thread at a time.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <system_error>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

class CheckedFolders {
 public:
  // std::filesystem::canonical() of the folder.
  std::filesystem::path real(const std::filesystem::path& folder, std::error_code& problem);

  // check_folders() of the folder.
  Result<void> check(const std::filesystem::path& folder);

 private:
  // By their texts: paths are compared part by part.
  std::map<std::string, std::filesystem::path> real_;
  std::set<std::string> safe_;
};

}  // namespace dockerhub
