// Files with lines NAME=VALUE (.env). Accepted: empty lines, # comments, a leading "export", single
// quotes (nothing inside is special) and double quotes (\n \r \t \\ \" \$). Nothing is
// interpolated. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

inline constexpr std::size_t kDotenvLimit = 256 * 1024;  // bytes of a file

struct DotenvEntry {
  std::string name, value;
  std::size_t line = 0;  // from 1
};

// The entries in their order. Errors (ErrorKind::configuration) begin with "FILE:LINE: " and never
// show a value.
Result<std::vector<DotenvEntry>> parse_dotenv(std::string_view text, std::string_view file);

}  // namespace dockerhub
