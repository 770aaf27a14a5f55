// The requests of version 0.2.0 of the Python package, sent only where the operator asks for them: no
// document of Docker's has them. Their paths are settings. Only inside a call, on its thread.
#pragma once

#include <array>
#include <dockerhub/sdk/context.hpp>
#include <string_view>

namespace dockerhub::scout {

struct RestParameter {
  std::string_view name, on_the_wire;
};

struct RestRequest {
  std::string_view path_setting;
  std::array<RestParameter, 2> query{};  // sent where they are given
  std::array<std::string_view, 8>
      not_offered{};  // parameters that ask for what only GraphQL can do
};

inline constexpr RestRequest kRestSummary{
    "rest_summary", {{{"reference", "reference"}}}, {{"details"}}};
inline constexpr RestRequest kRestCves{"rest_vulnerabilities",
                                       {{{"reference", "reference"}, {"severity", "severity"}}},
                                       {{"fixable", "package_type", "cisa_exploited", "epss_above",
                                         "include_excepted", "fail_on", "format"}}};
inline constexpr RestRequest kRestSbom{"rest_sbom",
                                       {{{"reference", "reference"}, {"sbom_format", "format"}}}};
inline constexpr RestRequest kRestCompare{
    "rest_compare",
    {{{"base_ref", "base"}, {"target_ref", "target"}}},
    {{"baseline", "target_repo", "severity", "fixable", "package_type", "cisa_exploited",
      "epss_above", "fail_on"}}};
inline constexpr RestRequest kRestPolicies{"rest_policies", {}, {{"stream"}}};
inline constexpr RestRequest kRestPolicy{
    "rest_policy", {{{"reference", "reference"}}}, {{"evaluation", "policies", "fail_on"}}};

// Sends it, and answers what came. The path may hold {org}, {repo} and {reference}.
sdk::Status send_rest(sdk::Context& ctx, const RestRequest& rest);

}  // namespace dockerhub::scout
