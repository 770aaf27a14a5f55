// Values of settings as people write them: checked against their row and brought into one form.
// Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// "1048576", "512KiB", "32 MiB", "1GiB"; a number alone is bytes.
std::optional<std::int64_t> parse_size(std::string_view text);

// The value in its one form: "true" or "false", a choice in lower case, a duration in milliseconds, a
// size in bytes, a URL without its trailing slash, hosts in lower case. A proxy stays as it is (host_values.hpp). The error names `origin` and what
// would be right; the text of a secret is never in it.
Result<std::string> checked_value(const Setting& setting, std::string_view text,
                                  std::string_view origin);

// A checked value as a person writes it: "30s" for 30000 of a duration, "32MiB" for a size.
std::string written_value(const Setting& setting, std::string_view checked);

// Without spaces, tabs, carriage returns and newlines at both ends.
std::string_view trimmed(std::string_view text);

// The parts between separators, trimmed; empty ones are left out.
std::vector<std::string> split_list(std::string_view text, char separator);

// A ConfigurationError.
Failure refused(std::string message, std::string hint);

// A text from a file or variable as a message shows it: quoted, controls visible, not too long.
std::string shown(std::string_view text);

}  // namespace dockerhub
