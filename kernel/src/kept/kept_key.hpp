// The key of what is kept between runs: random, made once for a user, in a file for his state, away from the
// cache folder with what it seals. Free function; any thread, any number of processes.
#pragma once

#include <filesystem>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// 64 hexadecimal digits; made when there is no such file. Errors: configuration.
Result<std::string> kept_key(const std::filesystem::path& file);

}  // namespace dockerhub
