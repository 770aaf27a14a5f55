// Which personal access token a caller means. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>

namespace dockerhub::auth {

struct NamedToken {
  std::string uuid;
  sdk::Document token;  // its data, as Docker Hub has them
  bool is_by_label = false;
};

// The token with this UUID; any other text is the label of the one active token that has it. Of none, or of several,
// the error of the call is of the parameter `uuid`, and names those that there are.
sdk::Reply<NamedToken> find_pat(sdk::Context& ctx, const std::string& name);

}  // namespace dockerhub::auth
