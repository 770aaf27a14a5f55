// Regular expressions (PCRE2), with bounded work: patterns come from manifests, texts
// from anybody. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// True when the pattern matches the whole text. False also for a pattern that does not compile and
// for a match that costs too much; check the pattern first with compile_pattern().
bool matches(const std::string& pattern, std::string_view text);

// An error (parameter) that says what is wrong with the pattern.
Result<void> compile_pattern(const std::string& pattern);

}  // namespace dockerhub
