// What Docker Scout says went wrong: errors of GraphQL, which come with status 200 and perhaps beside data,
// and the statuses of HTTP that mean the same. Source: Docker's documentation of the DHI API; the Hub MCP
// server. Pure; any thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::scout {

// Not switched to by itself: a token would travel to a second host.
inline constexpr std::string_view kOtherHost =
    "Docker Scout answers at https://api.scout.docker.com and https://api.dso.docker.com: "
    "DOCKER_SCOUT_URL and DOCKER_SCOUT_GRAPHQL_PATH say where it is asked.";

// The code of a problem that HTTP told.
inline constexpr std::string_view kHttpCode = "HTTP";

struct Problem {
  std::string message, code, path;
  int status = 0;  // 100..599; 0: none was told
};

// Of the `errors` of an answer.
std::vector<Problem> read_problems(const sdk::Value& body);

// Whether Docker Scout will not tell this account of this image, or knows nothing of it: another source
// may do instead.
bool is_refusal(const std::vector<Problem>& problems);

// Makes them the error of the call. correlation_id may be empty; so may `instead`, what else may do.
sdk::Status fail(sdk::Context& ctx, const std::vector<Problem>& problems,
                 std::string_view correlation_id, std::string_view instead = {});

// A hint, and behind it what else may do, if there is anything.
std::string with_instead(std::string_view hint, std::string_view instead);

// Warns of those that came beside data.
void warn(sdk::Context& ctx, const std::vector<Problem>& problems);

}  // namespace dockerhub::scout
