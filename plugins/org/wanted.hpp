// Who is to be in an organization, as the caller's rows say it.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <optional>
#include <string>
#include <vector>

namespace dockerhub::org {

struct Wanted {
  std::string member;  // Docker ID or e-mail address
  std::string role;    // empty: as it is; `member` for those who are invited
  std::optional<std::vector<std::string>> teams;  // nullopt: as they are
};

// From `rows` or `csv`. What cannot be read is the error of the call.
sdk::Reply<std::vector<Wanted>> wanted_members(sdk::Context& ctx);

}  // namespace dockerhub::org
