#include "archive_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "archive_library.hpp"
#include "store_errors.hpp"

namespace dockerhub::cli {
namespace {

// A file that goes with the program.
Descriptor open_spool() {
  std::error_code problem;
  std::string name = (std::filesystem::temp_directory_path(problem) / "dockerhub-XXXXXX").string();
  if (problem) return Descriptor();
  Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file) ::unlink(name.c_str());
  return file;
}

Result<Descriptor> open_regular(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file) return store_failed("open", path, errno);
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) return store_failed("open", path, errno);
  if (!S_ISREG(status.st_mode)) return store_failed("read", path, EINVAL);
  return file;
}

}  // namespace

Result<ArchiveFile> ArchiveFile::open(const std::filesystem::path& path) {
  auto file = open_regular(path);
  if (!file) return Failure(file.error());
  const auto library = archive_library();
  if (!library) return Failure(library.error());
  Descriptor spool;
  auto listing = (*library)->list(file->get(), [&spool] {
    spool = open_spool();
    return spool.get();
  });
  if (!listing)
    return unusable_store(path, listing.error(),
                          "Name a tar archive, packed or not, that is whole.");
  const auto bytes = std::make_shared<const Descriptor>(listing->is_unpacked ? std::move(spool)
                                                                             : std::move(*file));
  ArchiveFile archive(path);
  for (ArchivedFile& content : listing->files) {
    archive.contents_.emplace(
        std::move(content.name),
        Content{{bytes, content.offset, content.size}, std::move(content.link)});
  }
  return archive;
}

std::optional<FilePart> ArchiveFile::find(std::string_view name) const {
  auto found = contents_.find(name);
  // One step: no archive that is known has links to links.
  if (found != contents_.end() && !found->second.link.empty())
    found = contents_.find(found->second.link);
  if (found == contents_.end() || !found->second.link.empty()) return std::nullopt;
  return found->second.part;
}

std::vector<std::string> ArchiveFile::names() const {
  std::vector<std::string> names;
  for (const auto& content : contents_) names.push_back(content.first);
  return names;
}

}  // namespace dockerhub::cli
