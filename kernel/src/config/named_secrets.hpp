// Secrets that are not written where they are set but named there: "@FILE" is what that file holds, without
// the newline at its end, "env:NAME" the value of that variable. So they need to stand neither on a command
// line nor in a file that others see. A secret that itself begins like that goes into a file. Free
// functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "config/layers.hpp"
#include "config/settings.hpp"

namespace dockerhub {

// Whether the text of a secret setting names where the secret is.
bool names_secret(std::string_view text);

// The variable that it names, or empty.
std::string_view named_variable(std::string_view text);

// The secret that `text` names, or the text itself; the caller wipes it. Variables are those of the
// environment, then those of an env file that somebody named. A file has to be a plain one of at most 64 KiB
// that nobody else can change and, if it is this user's own, nobody else may read. Errors (configuration)
// name the source of the setting, never the text: it may be a secret after all.
Result<std::string> named_secret(const Setting& setting, std::string_view text,
                                 const Sourced& source, const Layers& layers);

}  // namespace dockerhub
