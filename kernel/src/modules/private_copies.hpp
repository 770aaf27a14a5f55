// A folder of this process (mode 0700) with copies of module files: what was checked is what gets
// loaded, whatever happens to the original, and two versions of one file can be loaded side by
// side. The folder is made with the first copy and removed with the last holder. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "modules/checked_file.hpp"

namespace dockerhub {

class PrivateCopies {
 public:
  // Removes its file, and the folder after the last copy of a PrivateCopies that is gone.
  class Copy;

  // parents: where the folder may lie, in the order of preference; the first one that exists,
  // cannot be changed by others and may hold code is taken.
  explicit PrivateCopies(std::vector<std::filesystem::path> parents = default_parents());

  // Copies what the descriptor holds. sha256: what the bytes must have; empty: the file must not
  // have changed since its check. Errors (module_fault) name the file and the cause.
  Result<std::shared_ptr<const Copy>> make(const CheckedFile& file, const std::string& sha256);

  // $XDG_RUNTIME_DIR, then the system's folder for temporary files.
  static std::vector<std::filesystem::path> default_parents();

 private:
  class Folder;
  Result<std::shared_ptr<const Folder>> folder();

  std::vector<std::filesystem::path> parents_;
  std::mutex mutex_;
  std::shared_ptr<const Folder> folder_;
  std::uint64_t copies_ = 0;
};

class PrivateCopies::Copy {
 public:
  Copy(std::shared_ptr<const Folder> folder, std::filesystem::path path);
  ~Copy();
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::shared_ptr<const Folder> folder_;
  std::filesystem::path path_;
};

}  // namespace dockerhub
