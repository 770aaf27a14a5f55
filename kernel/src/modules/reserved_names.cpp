#include "modules/reserved_names.hpp"

#include <algorithm>
#include <array>

namespace dockerhub {
namespace {

constexpr std::array<std::string_view, 34> kReserved = {
    "account", "agent",      "alias",   "all",      "api",     "approvals", "auth_status",
    "batch",   "completion", "config",  "describe", "docs",    "doctor",    "dockerhub",
    "env",     "health",     "help",    "hub",      "kernel",  "limits",    "login",
    "logout",  "mcp",        "metrics", "module",   "plugin",  "prompts",   "resources",
    "rest",    "sandbox",    "tools",   "trail",    "version", "watch"};

}  // namespace

bool is_reserved_name(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

}  // namespace dockerhub
