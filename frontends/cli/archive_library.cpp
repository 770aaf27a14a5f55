#include "archive_library.hpp"

#include "dockerhub/late_library.hpp"

namespace dockerhub::cli {

Result<const ArchiveLibrary*> archive_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_archive.so", kArchiveLibrarySymbol,
                                           "archives"};
  return load_late<ArchiveLibrary>(kLibrary, version().version);
}

}  // namespace dockerhub::cli
