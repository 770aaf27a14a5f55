// What a call is about, out of its parameters: `repo`, and what in it. Everything is checked here,
// before the first request. Errors are put on the call.
#pragma once

#include "client.hpp"

#include <string_view>

namespace dockerhub::registry {

// Of actions on a whole repository, or on a digest of it: a tag or digest in `repo` is refused.
sdk::Reply<Client> repository_client(sdk::Context& ctx);
sdk::Reply<DigestName> digest_parameter(sdk::Context& ctx);

struct Target {
  Client client;
  Reference reference;
};
// The name of the repository of `from_repo`, which has to be at the same registry.
sdk::Reply<std::string> from_repository(const Client& client);
// Of actions on a tag or digest.
sdk::Reply<Target> reference_target(sdk::Context& ctx);
// The same of what another parameter names.
sdk::Reply<Target> named_target(sdk::Context& ctx, const char* parameter, std::string_view text);

// Status and headers of an answer, beside the data of ours.
void annotate(sdk::Context& ctx, int status_code, const Headers& headers);

}  // namespace dockerhub::registry
