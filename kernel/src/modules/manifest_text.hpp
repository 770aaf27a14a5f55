// The manifest's text from bytes in memory, for those who have no descriptor. Free function; any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// As read_manifest_text() of manifest.hpp, from the bytes of a whole ELF file.
Result<std::string> read_manifest_text(std::string_view elf_file);

}  // namespace dockerhub
