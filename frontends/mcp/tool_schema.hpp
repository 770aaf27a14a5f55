// The input schema of a tool that routes by `action`. Free functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// The arguments of every tool. `params` and `params_json` hold the action's parameters; the
// others are the kernel's options and never parameters.
namespace argument {
inline constexpr std::string_view kAction = "action";
inline constexpr std::string_view kParams = "params";
inline constexpr std::string_view kParamsJson = "params_json";
inline constexpr std::string_view kDryRun = "dry_run";
inline constexpr std::string_view kTimeout = "timeout_ms";
inline constexpr std::string_view kAllPages = "all_pages";
inline constexpr std::string_view kMaxItems = "max_items";
inline constexpr std::string_view kFields = "fields";
inline constexpr std::array<std::string_view, 8> kAll = {kAction,  kParams,   kParamsJson, kDryRun,
                                                         kTimeout, kAllPages, kMaxItems,   kFields};
}  // namespace argument

// Answered by the kernel for every tool, from the manifest.
inline constexpr std::string_view kDescribeAction = "describe";

inline constexpr std::int64_t kMaxTimeoutMs = 24 * 60 * 60 * 1000;

void put_input_schema(json::Writer& writer, const Tool& tool);

// The properties for the kernel's options that make sense for one action, each name behind `mark`.
void put_option_schemas(json::Writer& writer, const Action& action, const std::string& mark);

}  // namespace dockerhub::mcp
