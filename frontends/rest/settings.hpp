// What the settings and options mean for the server, checked. A value.
#pragma once

#include "arguments.hpp"
#include "dockerhub/kernel.hpp"
#include "server/confirm.hpp"
#include "server/reach.hpp"

namespace dockerhub::rest {

inline constexpr std::string_view kProgram = "dockerhub-rest";

inline constexpr server::SettingNames kNames{"rest", "DOCKERHUB_REST_", "DOCKERHUB_REST_AUTH_TYPE",
                                             "DOCKERHUB_REST_STATIC_TOKENS_FILE", "/v1"};

struct Settings {
  server::Reach reach;
  server::Confirm confirm = server::Confirm::two_step;
  Effect most = Effect::destructive;  // of everybody (--read-only)
};

// Errors (configuration) name the setting with its origin.
Result<Settings> read_settings(const Configuration& configuration, const Arguments& arguments);

}  // namespace dockerhub::rest
