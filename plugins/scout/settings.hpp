// What the operator set for this module. Errors are put on the call.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>

namespace dockerhub::scout {

inline constexpr std::string_view kApiSetting = "api";
inline constexpr std::string_view kGraphqlPathSetting = "graphql_path";

// Whether the requests of version 0.2.0 of the Python package are sent in place of GraphQL.
sdk::Reply<bool> uses_rest(sdk::Context& ctx);

sdk::Reply<std::string> graphql_path(sdk::Context& ctx);

// A path of this module's settings: refused where it is none.
sdk::Reply<std::string> path_setting(sdk::Context& ctx, std::string_view key);

}  // namespace dockerhub::scout
