#include "accounts/reach.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kGroup = "repo:";
constexpr std::array<std::string_view, 4> kNames = {"repo:public_read", "repo:read", "repo:write",
                                                    "repo:admin"};

}  // namespace

std::string_view reach_name(Reach reach) {
  return kNames[static_cast<std::size_t>(reach)];
}

std::optional<Reach> reach_of(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Reach>(found - kNames.begin());
}

std::string_view permission_name(Reach reach) {
  return reach_name(reach).substr(kGroup.size());
}

std::optional<Reach> permission_of(std::string_view name) {
  for (const Reach reach : {Reach::read, Reach::write, Reach::admin}) {
    if (permission_name(reach) == name) return reach;
  }
  return std::nullopt;
}

}  // namespace dockerhub::sandbox
