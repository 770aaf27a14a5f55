// Changes one setting in the text of a user file and leaves every other line, comments included, as it
// is. What cannot be changed by one line (a section in braces, a value over several lines) is refused
// and named, never rewritten. Free functions; any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "config/user_file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// The new text; nullopt as value: without the key. `value` was checked. Errors (configuration) begin
// with "FILE:LINE: ". The result reads as the old text does but for that one key, or is refused.
Result<std::string> with_setting(std::string_view text, std::string_view file,
                                 const Setting& setting, const std::optional<std::string>& value);

// Does that to a file, which is made when it is missing: one writer at a time, at once or not at all,
// mode 0600. A link is followed. Errors also for an unknown key, a bad value, and those of `accept`, which
// is asked before anything is written.
using AcceptUserFile = std::function<Result<void>(const UserFile&)>;
Result<void> write_setting(const std::filesystem::path& file, std::string_view key,
                           const std::optional<std::string>& value, const AcceptUserFile& accept);

}  // namespace dockerhub
