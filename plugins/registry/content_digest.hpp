// The digest of bytes that are made here. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <string_view>

#include "digest_name.hpp"
#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

// `algorithm`: "sha256" or "sha512".
sdk::Reply<DigestName> digest_of(sdk::Context& ctx, std::string_view bytes,
                                 std::string_view algorithm = "sha256");

}  // namespace dockerhub::registry
