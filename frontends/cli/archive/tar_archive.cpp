#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <set>
#include <system_error>

#include "archive_library.hpp"
#include "descriptor.hpp"
#include "dockerhub/build_info.hpp"
#include "tar_names.hpp"

namespace dockerhub::cli {
namespace {

constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kMostEntries = 100'000;
constexpr std::size_t kMostName = 4096;  // bytes, as of a path on the disk
constexpr std::uint64_t kMostUnpacked = std::uint64_t{128} * 1024 * 1024 * 1024;

using Trouble = tl::unexpected<std::string>;

struct EndArchive {
  void operator()(archive* handle) const { archive_free(handle); }
};
using Handle = std::unique_ptr<archive, EndArchive>;

struct EndEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

Trouble trouble_of(const Handle& handle) {
  const char* text = archive_error_string(handle.get());
  return Trouble(text == nullptr ? "libarchive does not say why" : text);
}

Trouble trouble_of(int number) {
  return Trouble(std::generic_category().message(number));
}

std::string_view view_of(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

class TarReader {
 public:
  TarReader(int file, const std::function<int()>& spool)
      : file_(file), open_spool_(spool), handle_(archive_read_new()) {}

  tl::expected<ArchiveListing, std::string> run() {
    if (auto opened = open(); !opened) return Trouble(opened.error());
    for (std::size_t count = 0;; ++count) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(handle_.get(), &entry);
      if (result == ARCHIVE_EOF) return std::move(listing_);
      if (result != ARCHIVE_OK) return trouble_of(handle_);
      if (count == kMostEntries) return Trouble("it has more than 100,000 entries");
      if (auto added = add(*entry); !added) return Trouble(added.error());
    }
  }

 private:
  tl::expected<void, std::string> open() {
    if (!handle_) return Trouble("there is no memory for it");
    struct archive* handle = handle_.get();
    archive_read_support_format_tar(handle);
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_filter_zstd(handle);
    struct stat status = {};
    if (::fstat(file_, &status) != 0) return trouble_of(errno);
    whole_ = static_cast<std::uint64_t>(status.st_size);
    if (archive_read_open_fd(handle, file_, kPiece) != ARCHIVE_OK) return trouble_of(handle_);
    return {};
  }

  tl::expected<void, std::string> add(archive_entry& entry) {
    const std::string_view text = view_of(archive_entry_pathname(&entry));
    const std::string_view linked = view_of(archive_entry_symlink(&entry));
    const std::string_view hard = view_of(archive_entry_hardlink(&entry));
    if (std::max({text.size(), linked.size(), hard.size()}) > kMostName)
      return Trouble("it has a name of more than 4,096 bytes");
    auto name = plain_name(text);
    if (!name) return Trouble("the name \"" + std::string(text) + "\" leads out of it");
    ArchivedFile file;
    file.name = *std::move(name);
    if (archive_entry_hardlink(&entry) != nullptr)
      return add_link(std::move(file), plain_name(hard));
    if (archive_entry_filetype(&entry) == AE_IFLNK) {
      const auto meant = linked_name(file.name, linked);
      return add_link(std::move(file), meant);
    }
    if (archive_entry_filetype(&entry) != AE_IFREG) return {};
    if (archive_entry_sparse_count(&entry) > 0) return Trouble("\"" + file.name + "\" is sparse");
    return add_file(std::move(file), archive_entry_size(&entry));
  }

  tl::expected<void, std::string> add_link(ArchivedFile link,
                                           const std::optional<std::string>& target) {
    if (!target || target->empty())
      return Trouble("the link \"" + link.name + "\" leads out of it");
    link.link = *target;
    return keep(std::move(link));
  }

  tl::expected<void, std::string> add_file(ArchivedFile file, la_int64_t size) {
    if (size < 0) return Trouble("\"" + file.name + "\" has no size");
    file.size = static_cast<std::uint64_t>(size);
    // After its header; of filters there is always one, which may do nothing.
    const bool is_packed = archive_filter_code(handle_.get(), 0) != ARCHIVE_FILTER_NONE;
    if (is_packed) {
      if (auto unpacked = unpack(file); !unpacked) return unpacked;
    } else {
      file.offset = static_cast<std::uint64_t>(archive_filter_bytes(handle_.get(), 0));
      if (file.offset > whole_ || file.size > whole_ - file.offset)
        return Trouble("\"" + file.name + "\" is cut");
    }
    return keep(std::move(file));
  }

  tl::expected<void, std::string> keep(ArchivedFile file) {
    if (!names_.insert(file.name).second) return Trouble("it has \"" + file.name + "\" twice");
    listing_.files.push_back(std::move(file));
    return {};
  }

  tl::expected<void, std::string> unpack(ArchivedFile& file) {
    if (!listing_.is_unpacked) {
      spool_ = open_spool_();
      if (spool_ < 0) return trouble_of(errno);
      listing_.is_unpacked = true;
    }
    file.offset = unpacked_;
    if (file.size > kMostUnpacked - unpacked_) return Trouble("it unpacks to more than 128 GiB");
    while (unpacked_ - file.offset < file.size) {
      const la_ssize_t got = archive_read_data(handle_.get(), buffer_.data(), buffer_.size());
      if (got < 0) return trouble_of(handle_);
      if (got == 0) return Trouble("\"" + file.name + "\" is cut");
      if (auto written = spool(static_cast<std::size_t>(got)); !written) return written;
    }
    return {};
  }

  tl::expected<void, std::string> spool(std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
      const ssize_t taken = ::pwrite(spool_, buffer_.data() + done, count - done,
                                     static_cast<off_t>(unpacked_ + done));
      if (taken < 0 && errno == EINTR) continue;
      if (taken < 0) return trouble_of(errno);
      done += static_cast<std::size_t>(taken);
    }
    unpacked_ += count;
    return {};
  }

  int file_;
  int spool_ = -1;
  const std::function<int()>& open_spool_;
  Handle handle_;
  ArchiveListing listing_;
  std::set<std::string> names_;
  std::vector<char> buffer_ = std::vector<char>(kPiece);
  std::uint64_t whole_ = 0, unpacked_ = 0;
};

tl::expected<ArchiveListing, std::string> list(int file, const std::function<int()>& spool) {
  return TarReader(file, spool).run();
}

tl::expected<void, std::string> pack_file(const Handle& handle, int folder,
                                          const std::string& name) {
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0) return trouble_of(errno);
  constexpr int kMode = 0644;
  const std::unique_ptr<archive_entry, EndEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), kMode);
  archive_entry_set_size(entry.get(), status.st_size);
  if (archive_write_header(handle.get(), entry.get()) != ARCHIVE_OK) return trouble_of(handle);
  std::vector<char> buffer(kPiece);
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return trouble_of(errno);
    if (got == 0) return {};
    if (archive_write_data(handle.get(), buffer.data(), static_cast<std::size_t>(got)) != got)
      return trouble_of(handle);
  }
}

tl::expected<void, std::string> pack(int file, int folder, const std::vector<std::string>& names) {
  const Handle handle(archive_write_new());
  if (!handle) return Trouble("there is no memory for it");
  archive_write_set_format_pax_restricted(handle.get());
  if (archive_write_open_fd(handle.get(), file) != ARCHIVE_OK) return trouble_of(handle);
  for (const std::string& name : names) {
    if (auto packed = pack_file(handle, folder, name); !packed) return packed;
  }
  if (archive_write_close(handle.get()) != ARCHIVE_OK) return trouble_of(handle);
  return {};
}

}  // namespace
}  // namespace dockerhub::cli

extern "C" __attribute__((visibility("default")))
const dockerhub::cli::ArchiveLibrary dh_archive_library = {
    dockerhub::kVersion, dockerhub::cli::list, dockerhub::cli::pack};
