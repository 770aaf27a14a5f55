#include "endpoint.hpp"

#include <optional>
#include <utility>

#include "lines.hpp"
#include "lists.hpp"
#include "parameters.hpp"
#include "problem.hpp"
#include "request_body.hpp"
#include "server/clients.hpp"
#include "server/health.hpp"
#include "server/protected_resource.hpp"
#include "tool_index.hpp"

namespace dockerhub::rest {
namespace {

using web::Request;
using web::Response;

constexpr std::string_view kGet = "GET";
constexpr std::string_view kPost = "POST";
constexpr std::string_view kMetrics = "/metrics";
constexpr std::string_view kDescribe = "describe";

Response nothing_here(const Request& request) {
  return problem(web::status::kNotFound, "Nothing is here. GET /v1 lists what there is.",
                 request.path);
}

Response not_allowed(const Request& request, const std::string& methods) {
  Response response =
      problem(web::status::kMethodNotAllowed, "This method is not for this path.", request.path);
  response.headers.emplace_back("Allow", methods);
  return response;
}

// An answer without its body is asked for in the same way.
std::string_view method_of(const Request& request) {
  return request.method == "HEAD" ? kGet : std::string_view(request.method);
}

std::string header_text(const Request& request, std::string_view name) {
  const std::string* header = request.header(name);
  return header == nullptr ? std::string() : *header;
}

// Named, and not just covered by */*.
bool wants_lines(const Request& request) {
  return header_text(request, "Accept").find(kLinesType) != std::string::npos;
}

void take_headers(const Request& request, Call& made) {
  made.instance = request.path;
  made.idempotency_key = header_text(request, "Idempotency-Key");
  made.confirm_token = header_text(request, "Confirm");
  made.if_none_match = header_text(request, "If-None-Match");
  made.is_get = method_of(request) == kGet;
  made.as_lines = made.action != nullptr && is_list(*made.action) && wants_lines(request);
  // A stream has no next page to ask for.
  CallOptions& options = made.request.options;
  if (made.as_lines && !options.max_items) options.all_pages = true;
}

}  // namespace

Endpoint::Endpoint(Parts parts)
    : parts_(std::move(parts)),
      documents_(parts_.kernel, parts_.most),
      calls_({parts_.kernel, parts_.workers, parts_.state, parts_.note}),
      door_({parts_.authenticator, parts_.metrics, parts_.origins, parts_.most,
             parts_.requests_per_second},
            [this](Request request, const server::Principal& principal, const Reply& reply) {
              route(std::move(request), principal, reply);
            }) {}

void Endpoint::handle(Request request, std::shared_ptr<web::Responder> reply) {
  if (answer_open(request, reply)) return;
  const bool anybody = request.path == kMetrics && server::is_from_here(request) &&
                       request.header("Authorization") == nullptr;
  door_.enter(std::move(request), std::move(reply), anybody);
}

void Endpoint::drain() {
  draining_ = true;
  door_.drain();
}

bool Endpoint::answer_open(const Request& request, const Reply& reply) {
  const std::string_view path = request.path;
  if (path == "/health") {
    reply->respond(server::health_answer());
    return true;
  }
  if (path == "/health/ready") {
    reply->respond(server::ready_answer(parts_.readiness, draining_));
    return true;
  }
  if (path.substr(0, server::kMetadataPath.size()) != server::kMetadataPath) return false;
  const std::string* document =
      parts_.authenticator.resource_metadata(path.substr(server::kMetadataPath.size()));
  reply->respond(document == nullptr ? nothing_here(request)
                                     : web::json_response(web::status::kOk, *document));
  return true;
}

void Endpoint::route(Request request, const server::Principal& principal, const Reply& reply) {
  if (request.path == kMetrics)
    return reply->respond(server::metrics_answer(parts_.metrics, request, principal));
  const bool as_json = request.path == "/openapi.json";
  if (as_json || request.path == "/openapi.yaml") {
    if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
    Response document = web::json_response(
        web::status::kOk, as_json ? documents_.openapi_json() : documents_.openapi_yaml());
    if (!as_json) document.headers.front().second = "application/yaml";
    return reply->respond(document);
  }
  const auto path = web::path_segments(request.path);
  if (!path)
    return reply->respond(problem(web::status::kBadRequest, "The path has a wrong escape."));
  if (path->empty() || path->front() != "v1") return reply->respond(nothing_here(request));
  route_api(request, {path->begin() + 1, path->end()}, principal, reply);
}

// path: behind /v1.
void Endpoint::route_api(Request& request, const std::vector<std::string>& path,
                         const server::Principal& principal, const Reply& reply) {
  const bool of_tools = !path.empty() && path.front() == "tools";
  if (path.empty() || (of_tools && path.size() == 1)) {
    if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
    return reply->respond(
        web::json_response(web::status::kOk, tool_index(*documents_.now().catalogue)));
  }
  if (path.front() == "approvals") return approvals(request, path, principal, reply);
  if (!of_tools) return resource(request, path, principal, reply);
  if (path.size() == 2) {
    if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
    return call(request, {path[1], std::string(kDescribe), {}, true}, principal, reply);
  }
  if (path.size() != 3) return reply->respond(nothing_here(request));
  call(request, {path[1], path[2], {}, false}, principal, reply);
}

void Endpoint::approvals(Request& request, const std::vector<std::string>& path,
                         const server::Principal& principal, const Reply& reply) {
  if (path.size() > 2) return reply->respond(nothing_here(request));
  const std::string_view method = path.size() == 1 ? kGet : kPost;
  if (method_of(request) != method)
    return reply->respond(not_allowed(request, std::string(method)));
  if (path.size() == 1) return reply->respond(calls_.consents().list(principal));
  const auto body = take_body(request);
  if (!body) return reply->respond(body.error());
  const json::Value* approve = *body ? json::find(**body, "approve") : nullptr;
  if (approve == nullptr || !approve->IsBool()) {
    return reply->respond(problem(web::status::kBadRequest,
                                  "The body has to be {\"approve\": true} or {\"approve\": false}.",
                                  request.path));
  }
  reply->respond(calls_.consents().decide(principal, path[1], approve->GetBool(), request.path));
}

void Endpoint::resource(Request& request, const std::vector<std::string>& path,
                        const server::Principal& principal, const Reply& reply) {
  const Documents::Now present = documents_.now();
  Routes::Match match = present.routes->find(method_of(request), path);
  if (match.route == nullptr) {
    return reply->respond(match.allowed.empty() ? nothing_here(request)
                                                : not_allowed(request, match.allowed));
  }
  call(request, {match.route->tool, match.route->action, std::move(match.parameters), true},
       principal, reply);
}

void Endpoint::call(Request& request, Target target, const server::Principal& principal,
                    const Reply& reply) {
  Call made;
  made.catalogue = documents_.now().catalogue;
  const Tool* tool = made.catalogue->find_tool(target.tool);
  made.action = tool == nullptr ? nullptr : tool->find_action(target.action);
  const bool reads = made.action == nullptr || made.action->worst_effect() == Effect::read;
  const std::string_view method = method_of(request);
  const bool fits = target.is_resource || method == kPost || (method == kGet && reads);
  if (!fits) return reply->respond(not_allowed(request, reads ? "GET, POST" : "POST"));
  const auto query = web::read_query(request.query);
  if (!query) {
    return reply->respond(
        problem(web::status::kBadRequest, "The query has a wrong escape.", request.path));
  }
  auto body = take_body(request);
  if (!body) return reply->respond(body.error());
  auto input =
      read_input(made.action, {std::move(target.parameters), *query, *body ? &**body : nullptr});
  if (*body) json::wipe(**body);
  if (!input) return reply->respond(problem(input.error(), request.path));
  made.request.tool = std::move(target.tool);
  made.request.action = std::move(target.action);
  made.request.params = std::move(input->params);
  made.request.options = std::move(input->options);
  if (made.action != nullptr) made.effect = effect_of_call(*made.action, made.request.params);
  const bool needs_more = made.effect > principal.most && made.effect <= parts_.most &&
                          !made.request.options.dry_run && parts_.authenticator.has_scopes();
  if (needs_more) {
    return reply->respond(as_problem(parts_.authenticator.more_scopes(made.effect), request.path));
  }
  made.principal = principal;
  made.confirm = principal.confirm.value_or(parts_.confirm);
  take_headers(request, made);
  calls_.start(std::move(made), reply);
}

}  // namespace dockerhub::rest
