// Which stored account a call is made as, where the configuration chooses by namespace. Free functions; any
// thread.
#pragma once

#include <string>

#include "global_options.hpp"

namespace dockerhub::cli {

// Whether that is to be looked at: account.namespaces is set, and nobody names an account, a secret or a keyless
// log-in. Reads the
// configuration, and leaves the process's environment alone.
bool chooses_by_namespace(const GlobalOptions& options);

// The namespace that a call is about, as it stands on the command line; empty: none does.
std::string namespace_of(const Action& action, const ParsedOptions& parsed);

}  // namespace dockerhub::cli
