// Names in tar archives, which strangers write. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::cli {

// A name as its parts say it, nullopt where it leads out of the archive. Empty: the archive itself.
std::optional<std::string> plain_name(std::string_view text);

// What a symbolic link in the folder of `name` (a plain one) means, by the names alone; nullopt as above.
std::optional<std::string> linked_name(const std::string& name, std::string_view target);

}  // namespace dockerhub::cli
