// Whose account a call acts for. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>

namespace dockerhub::hub {

// The name that it logs in with, or that its token tells; empty: not known. Needs identity/1.
std::string account_of(sdk::Context& ctx);

}  // namespace dockerhub::hub
