#include "hub/hub_host.hpp"

#include <utility>

#include "hub/gate.hpp"
#include "hub/routes.hpp"

namespace dockerhub::sandbox {
namespace {

std::optional<Refusal> refuse_json(HubCall& call) {
  if (call.request.body.empty()) return std::nullopt;
  if (call.request.header("Content-Type").value_or("").find("json") == std::string::npos)
    return Refusal{415, "the body has to be JSON, and Content-Type has to say so"};
  Result<json::Document> document = json::parse(call.request.body);
  if (!document || !document->IsObject()) return Refusal{400, "the body is not a JSON object"};
  call.body = *std::move(document);
  return std::nullopt;
}

std::string payer_of(const HubCall& call) {
  if (call.caller) return call.caller->account;
  return call.organization == nullptr ? "" : call.organization->name + " (provisioning)";
}

Answer answer_within_quota(HubCall& call, const HubRow& row, const HubGroup& group) {
  if (const std::optional<Refusal> refusal = refuse_json(call))
    return group.refuse(refusal->status, refusal->message);
  return row.handler(call);
}

Answer answer_routed(HubCall& call, const HubRow& row, const HubGroup& group) {
  if (const std::optional<Refusal> refusal = refuse_caller(call, row))
    return group.refuse(refusal->status, refusal->message);
  const Quota::State quota =
      call.world.hub_quota.take(payer_of(call), call.world.settings.hub_limit, 1);
  Answer answer =
      json_answer(429, JsonText::object({{"detail", "Rate limit exceeded"}, {"error", false}}));
  if (!quota.exceeded) {
    answer = answer_within_quota(call, row, group);
  } else {
    answer.set("Retry-After", std::to_string(quota.reset - now()));
  }
  return answer.set("X-RateLimit-Limit", std::to_string(quota.limit))
      .set("X-RateLimit-Remaining", std::to_string(quota.remaining))
      .set("X-RateLimit-Reset", std::to_string(quota.reset));
}

}  // namespace

Answer answer_hub_request(World& world, const Request& request) {
  std::string allowed;
  for (const HubGroup& group : hub_groups()) {
    auto route = find_route(group.rows, request.method, request.path);
    if (route.row != nullptr) {
      HubCall call{world, request, std::move(route.values), Query(request.query)};
      return answer_routed(call, *route.row, group);
    }
    if (!route.allowed.empty()) allowed = route.allowed;
  }
  if (allowed.empty()) return hub_error(404, "not found");
  return hub_error(405, "Method \"" + visible(request.method) + "\" not allowed.")
      .set("Allow", allowed);
}

}  // namespace dockerhub::sandbox
