#include "hub/hub_host.hpp"

#include <array>
#include <span>
#include <utility>

#include "hub/bearer.hpp"
#include "hub/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

enum class Access {
  open,       // an Authorization header is passed over
  anonymous,  // a bearer is taken where there is one
  signed_in,
};

struct Row {
  std::string_view method;
  std::string_view path;
  Access access;
  Answer (*handler)(HubCall& call);
};

constexpr std::array<Row, 13> kRows = {{
    {"POST", "/v2/auth/token", Access::open, &create_access_token},
    {"POST", "/v2/users/login", Access::open, &log_in},
    {"POST", "/v2/users/2fa-login", Access::open, &log_in_second_factor},
    {"GET", "/v2/namespaces/{namespace}/repositories", Access::anonymous, &list_repositories},
    {"POST", "/v2/namespaces/{namespace}/repositories", Access::signed_in, &create_repository},
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}", Access::anonymous,
     &get_repository},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}", Access::anonymous,
     &get_repository},
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}/tags", Access::anonymous,
     &list_repository_tags},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}/tags", Access::anonymous,
     &check_repository_tags},
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", Access::anonymous,
     &get_repository_tag},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", Access::anonymous,
     &get_repository_tag},
    {"DELETE", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", Access::signed_in,
     &delete_repository_tag},
    {"DELETE", "/v2/repositories/{namespace}/{repository}/tags/{tag}", Access::signed_in,
     &delete_repository_tag},
}};

// The refusal, where the header holds no valid bearer though one is needed, or a wrong one.
std::optional<Answer> refuse_caller(HubCall& call, Access access) {
  const auto authorization = call.request.header("Authorization");
  if (access == Access::open) return std::nullopt;
  if (authorization) call.caller = read_bearer(call.world, *authorization);
  if (call.caller || (!authorization && access == Access::anonymous)) return std::nullopt;
  return hub_error(401, authorization ? "Unauthorized: the bearer token is not valid"
                                      : "Authentication credentials were not provided");
}

std::optional<Answer> refuse_json(HubCall& call) {
  if (call.request.body.empty()) return std::nullopt;
  if (call.request.header("Content-Type").value_or("").find("json") == std::string::npos)
    return hub_error(415, "the body has to be JSON, and Content-Type has to say so");
  Result<json::Document> document = json::parse(call.request.body);
  if (!document || !document->IsObject()) return hub_error(400, "the body is not a JSON object");
  call.body = *std::move(document);
  return std::nullopt;
}

Answer answer_routed(HubCall& call, const Row& row) {
  if (std::optional<Answer> refusal = refuse_caller(call, row.access)) return *std::move(refusal);
  const Quota::State quota = call.world.hub_quota.take(call.caller ? call.caller->account : "",
                                                       call.world.settings.hub_limit, 1);
  Answer answer =
      json_answer(429, JsonText::object({{"detail", "Rate limit exceeded"}, {"error", true}}));
  if (!quota.exceeded) {
    std::optional<Answer> refusal = refuse_json(call);
    answer = refusal ? *std::move(refusal) : row.handler(call);
  } else {
    answer.set("Retry-After", std::to_string(quota.reset - now()));
  }
  return answer.set("X-RateLimit-Limit", std::to_string(quota.limit))
      .set("X-RateLimit-Remaining", std::to_string(quota.remaining))
      .set("X-RateLimit-Reset", std::to_string(quota.reset));
}

}  // namespace

Answer answer_hub_request(World& world, const Request& request) {
  auto route = find_route(std::span<const Row>(kRows), request.method, request.path);
  if (route.row != nullptr) {
    HubCall call{world,        request,         std::move(route.values), Query(request.query),
                 std::nullopt, json::Document()};
    return answer_routed(call, *route.row);
  }
  if (route.allowed.empty()) return hub_error(404, "not found");
  return hub_error(405, "Method \"" + visible(request.method) + "\" not allowed.")
      .set("Allow", route.allowed);
}

}  // namespace dockerhub::sandbox
