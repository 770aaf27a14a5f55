// A configuration file of another program, which is changed as a whole: written beside it and put in its place at
// once, with the owner's mode, after a copy of the old one was kept. Links are followed, and stay links. Free
// functions; any thread.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct ClientFile {
  std::filesystem::path path;  // without links
  bool exists = false;
  std::string text;
  mode_t mode = 0600;
};

// A file that is not there yet is none, and no error. Errors (configuration): what is no regular file, belongs to
// somebody else, cannot be read or is larger than 16 MiB, and a link that leads nowhere.
Result<ClientFile> read_client_file(const std::filesystem::path& path);

// Gives the path of the copy (FILE.backup-1, -2...), empty where there was no file. Folders are made when they are
// missing. A file that is not as it was read is refused, too; on an error it is as it was, and there is no copy.
Result<std::filesystem::path> replace_client_file(const ClientFile& file, std::string_view text);

}  // namespace dockerhub::cli
