// A shared library in this process, from a file that was checked: loaded by open(), closed when the
// object dies. Opening and closing is serialised over the whole process, since the dynamic loader
// is the process's; nothing else is locked. An object belongs to one owner; its const functions may
// be used from any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "modules/checked_file.hpp"
#include "modules/private_copies.hpp"

namespace dockerhub {

class Library {
 public:
  enum class Source {
    original,  // the file itself, unless the process has a library of that path already: then a
               // copy
    copy,      // always a private copy
  };

  // Loads what was checked. sha256: what a copy must have; empty where nothing was recorded, then
  // the file must not have changed since the check. Errors (module_fault) name the file and the
  // cause: changed between check and load, unresolved symbols, missing libraries.
  static Result<std::unique_ptr<Library>> open(const CheckedFile& file, const std::string& sha256,
                                               Source source, PrivateCopies& copies);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  // The file that was checked; not the copy.
  const std::filesystem::path& file() const;

  // Address of an exported data object of at least `size` bytes, nullptr when the library itself
  // has none of that name. Valid as long as the library.
  const void* object(const char* name, std::size_t size) const;

  // Ready when the library has been closed: true when it has left the process, false when something
  // keeps it mapped.
  std::shared_future<bool> closed() const;

 private:
  struct Impl;
  explicit Library(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
