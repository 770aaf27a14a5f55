// How Docker's access tokens begin, and what kind each one is. Constants; any thread.
#pragma once

#include <array>
#include <string_view>

namespace dockerhub {

struct DockerToken {
  std::string_view prefix, kind;
};

// Of a user, and of an organization.
inline constexpr std::array<DockerToken, 2> kDockerTokens{
    {{"dckr_pat_", "pat"}, {"dckr_oat_", "oat"}}};

}  // namespace dockerhub
