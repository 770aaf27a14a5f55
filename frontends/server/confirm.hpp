// Who consents, for a caller that no person sits at, to what needs consent.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::server {

enum class Confirm {
  two_step,         // the caller itself, by a second request
  other_principal,  // another caller
  never,            // nobody: the open gate is enough
};

// By the subject of a signed token, as its `sub` says it.
using Confirms = std::map<std::string, Confirm, std::less<>>;

struct ConfirmName {
  std::string_view name;
  Confirm confirm;
};

inline constexpr auto kConfirmNames = std::to_array<ConfirmName>({
    {"two-step", Confirm::two_step},
    {"other-principal", Confirm::other_principal},
    {"never", Confirm::never},
});

inline std::optional<Confirm> confirm_of(std::string_view name) {
  const auto* const found =
      std::find_if(kConfirmNames.begin(), kConfirmNames.end(),
                   [name](const ConfirmName& each) { return each.name == name; });
  if (found == kConfirmNames.end()) return std::nullopt;
  return found->confirm;
}

}  // namespace dockerhub::server
