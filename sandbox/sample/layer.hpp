// The layer of a sample image: an archive with one file, compressed. The bytes depend on nothing but
// the file, so that digests are the same on every start. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::sandbox {

// A tar archive (POSIX.1-2008 ustar) with one file of mode 0644, owned by root, dated 1970. The path
// has at most 100 characters.
std::string tar_of(std::string_view path, std::string_view content);

std::string gzip(std::string_view bytes);

}  // namespace dockerhub::sandbox
