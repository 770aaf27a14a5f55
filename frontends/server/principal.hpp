// Who calls, and the most that it may do. The kernel carries the text through a call; its policy hook
// reads the limit back from it, so that nothing inside a call can raise it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "confirm.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::server {

struct Principal {
  std::string name;
  Effect most = Effect::destructive;
  bool authenticated = false;  // it proved to be the one
  std::optional<Confirm> confirm =
      std::nullopt;  // where its token or the operator says so; else as the server does

  // "name", or with a limit "name [read]": binds suspended calls, and is what the trail records.
  std::string text() const;
};

// Whether a name cannot be taken for one with a limit. Any other would be the same caller as that one.
bool is_plain_name(std::string_view name);

// The limit of a principal's text.
Effect most_effect(std::string_view principal);

// The policy of a server: an action may do at most what its caller may. Dry runs send no write and are
// free. hint: what somebody who needs more should do.
Result<void> check_limit(const CallView& view, const std::string& hint);

}  // namespace dockerhub::server
