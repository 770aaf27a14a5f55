// What libdockerhub_archive does for this program (the folder archive): tar archives by libarchive. It is loaded with
// the first archive that a call names; nothing of libarchive is named here. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dockerhub/error.hpp"

namespace dockerhub::cli {

// A regular file of an archive, or a link to one.
struct ArchivedFile {
  std::string name;          // without "./" in front; nothing in it leads out of the archive
  std::string link;          // the name that a link means; empty: a file
  std::uint64_t offset = 0;  // of its bytes
  std::uint64_t size = 0;    // bytes
};

struct ArchiveListing {
  std::vector<ArchivedFile> files;  // each name once
  bool is_unpacked = false;         // offsets are those in the spool
};

struct ArchiveLibrary {
  std::string_view build;
  // Reads a tar archive through to its end. One that is packed (gzip, bzip2, xz, zstd) is unpacked into the
  // file that `spool` opens, a descriptor or -1. Refused in words: what is no tar, is cut, has a name twice, one that
  // leads out of it or one of more than 4,096 bytes, has more than 100,000 entries, or unpacks to more than 128 GiB.
  tl::expected<ArchiveListing, std::string> (*list)(int archive, const std::function<int()>& spool);
  // Writes the files of a folder as a tar archive, in this order, owned by nobody and without a time: the same files
  // give the same bytes.
  tl::expected<void, std::string> (*pack)(int archive, int folder,
                                          const std::vector<std::string>& names);
};
inline constexpr const char* kArchiveLibrarySymbol = "dh_archive_library";

// Brings the library in. Errors: as dockerhub/late_library.hpp says.
Result<const ArchiveLibrary*> archive_library();

}  // namespace dockerhub::cli
