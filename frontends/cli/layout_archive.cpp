#include "layout_archive.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "archive_file.hpp"
#include "archive_library.hpp"
#include "directory_store.hpp"
#include "layout_reach.hpp"
#include "layout_texts.hpp"
#include "place_file.hpp"
#include "store_errors.hpp"
#include "view_store.hpp"

namespace dockerhub::cli {
namespace {

constexpr const char* kArchiveName = "packed.tar";  // in the folder where the files are gathered
constexpr mode_t kArchiveMode = 0666;               // the user's mask has the last word

Failure exists_already(const std::filesystem::path& path) {
  return unusable_store(path, "the file exists already",
                        "Name a file that is not there yet: an archive is written as a whole.");
}

class NewLayoutArchive final : public Store {
 public:
  NewLayoutArchive(std::filesystem::path path, std::filesystem::path folder,
                   std::unique_ptr<Store> files)
      : path_(std::move(path)), folder_(std::move(folder)), files_(std::move(files)) {}

  Result<std::vector<std::string>> list(std::string_view prefix, std::string_view after) override {
    return files_->list(prefix, after);
  }
  Result<std::unique_ptr<Entry>> open(std::string_view name) override {
    // What was gathered is to be used, but the list is that of the archive, which is not there.
    if (name == kLayoutIndex) return no_such_entry(path_);
    return files_->open(name);
  }
  Result<std::unique_ptr<Entry>> create(std::string_view name) override;
  Result<void> remove(std::string_view name) override { return files_->remove(name); }

  Result<void> pack();

 private:
  Result<std::vector<std::string>> all_names();
  Result<std::vector<std::string>> reached_names();

  std::filesystem::path path_, folder_;
  std::unique_ptr<Store> files_;
};

// The last entry of a layout: with it the archive is whole.
class LastEntry final : public Store::Entry {
 public:
  LastEntry(NewLayoutArchive& archive, std::unique_ptr<Store::Entry> entry)
      : archive_(archive), entry_(std::move(entry)) {}

  std::uint64_t size() const override { return entry_->size(); }
  Result<std::size_t> read_at(std::uint64_t offset, void* buffer, std::size_t capacity) override {
    return entry_->read_at(offset, buffer, capacity);
  }
  Result<void> write(std::string_view bytes) override { return entry_->write(bytes); }
  Result<void> commit() override {
    if (auto committed = entry_->commit(); !committed) return committed;
    return archive_.pack();
  }

 private:
  NewLayoutArchive& archive_;
  std::unique_ptr<Store::Entry> entry_;
};

Result<std::unique_ptr<Store::Entry>> NewLayoutArchive::create(std::string_view name) {
  auto entry = files_->create(name);
  if (!entry || name != kLayoutIndex) return entry;
  return std::make_unique<LastEntry>(*this, std::move(*entry));
}

Result<std::vector<std::string>> NewLayoutArchive::all_names() {
  std::vector<std::string> names;
  for (;;) {
    auto more = files_->list({}, names.empty() ? std::string() : names.back());
    if (!more) return more;
    if (more->empty()) return names;
    names.insert(names.end(), more->begin(), more->end());
  }
}

// What lies there besides belongs to a call that did not end, of another image perhaps.
Result<std::vector<std::string>> NewLayoutArchive::reached_names() {
  const auto reached = layout_reach(*files_);
  if (!reached) return Failure(reached.error());
  auto names = all_names();
  if (!names) return names;
  names->erase(std::remove_if(names->begin(), names->end(),
                              [&](const std::string& name) { return reached->count(name) == 0; }),
               names->end());
  return names;
}

Result<void> NewLayoutArchive::pack() {
  const auto names = reached_names();
  if (!names) return Failure(names.error());
  const Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return store_failed("open", folder_, errno);
  const Descriptor file(::openat(folder.get(), kArchiveName,
                                 O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC,
                                 kArchiveMode));
  if (!file) return store_failed("create", folder_ / kArchiveName, errno);
  const auto library = archive_library();
  if (!library) return Failure(library.error());
  if (auto packed = (*library)->pack(file.get(), folder.get(), *names); !packed)
    return unusable_store(path_, packed.error(), "Check the room on the disk.");
  if (::fdatasync(file.get()) != 0) return store_failed("write", folder_ / kArchiveName, errno);
  // A file that somebody made meanwhile stays.
  if (const int problem = place_file(folder.get(), kArchiveName, path_); problem != 0)
    return problem == EEXIST ? exists_already(path_) : store_failed("name", path_, problem);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_layout_archive(const std::filesystem::path& path) {
  const auto archive = ArchiveFile::open(path);
  if (!archive) return Failure(archive.error());
  auto store = std::make_unique<ViewStore>(path);
  for (std::string& name : archive->names()) {
    if (const auto part = archive->find(name)) store->add(std::move(name), *part);
  }
  return store;
}

Result<std::unique_ptr<Store>> make_layout_archive(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
    return exists_already(path);
  std::filesystem::path folder = path;
  folder += ".dockerhub-partial";
  auto files = open_directory_store(folder, true);
  if (!files) return Failure(files.error());
  // Of a program that was killed while it packed.
  std::filesystem::remove(folder / kArchiveName, ignored);
  return std::make_unique<NewLayoutArchive>(path, std::move(folder), std::move(*files));
}

}  // namespace dockerhub::cli
