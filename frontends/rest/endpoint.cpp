#include "endpoint.hpp"

#include <utility>

#include "answer.hpp"
#include "call_reader.hpp"
#include "methods.hpp"
#include "on_worker.hpp"
#include "problem.hpp"
#include "request_body.hpp"
#include "server/clients.hpp"
#include "server/health.hpp"
#include "server/json.hpp"
#include "server/protected_resource.hpp"
#include "tool_index.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

using web::Request;
using web::Response;

constexpr std::string_view kMetrics = "/metrics";
constexpr std::string_view kDescribe = "describe";

Response nothing_here(const Request& request) {
  return problem(web::status::kNotFound, "Nothing is here. GET /v1 lists what there is.",
                 request.path);
}

std::string known_tags(const Request& request) {
  const std::string* header = request.header("If-None-Match");
  return header == nullptr ? std::string() : *header;
}

Response openapi_answer(const Documents::Text& document, const char* type,
                        const std::string& if_none_match) {
  Response response = web::json_response(web::status::kOk, document.body);
  response.headers.front().second = type;
  put_tag(response, document.tag, if_none_match);
  return response;
}

}  // namespace

Endpoint::Endpoint(Parts parts)
    : parts_(std::move(parts)),
      documents_(parts_.kernel, parts_.most),
      viewer_(Viewer::installed_folder()),
      calls_({parts_.kernel, parts_.workers, parts_.state}),
      door_({parts_.authenticator, parts_.metrics, parts_.origins, parts_.most,
             parts_.requests_per_second},
            [this](Request request, const server::Principal& principal, const Reply& reply) {
              route(std::move(request), principal, reply);
            }) {}

void Endpoint::handle(Request request, std::shared_ptr<web::Responder> reply) {
  if (answer_open(request, reply)) return;
  const bool is_open_here = request.path == kMetrics && server::is_from_here(request) &&
                            request.header("Authorization") == nullptr;
  const bool anybody = is_open_here || Viewer::has(request.path);
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
  if (request.path == kMetrics) return metrics(request, principal, reply);
  if (request.path == "/openapi.json" || request.path == "/openapi.yaml")
    return openapi(request, reply);
  if (Viewer::has(request.path)) return viewer(request, reply);
  const auto path = web::path_segments(request.path);
  if (!path) {
    return reply->respond(
        problem(web::status::kBadRequest, "The path has a wrong escape.", request.path));
  }
  if (path->empty() || path->front() != "v1") return reply->respond(nothing_here(request));
  route_api(request, {path->begin() + 1, path->end()}, principal, reply);
}

void Endpoint::metrics(const Request& request, const server::Principal& principal,
                       const Reply& reply) {
  Response answer = server::metrics_answer(parts_.metrics, request, principal);
  const bool refused = answer.status >= web::status::kBadRequest;
  reply->respond(refused ? as_problem(std::move(answer), request.path) : answer);
}

void Endpoint::openapi(const Request& request, const Reply& reply) {
  if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
  const std::string known = known_tags(request);
  const bool as_json = request.path == "/openapi.json";
  answer_on(parts_.workers, request.path, reply, [this, reply, known, as_json] {
    const auto document = as_json ? documents_.openapi_json() : documents_.openapi_yaml();
    reply->respond(
        openapi_answer(*document, as_json ? "application/json" : "application/yaml", known));
  });
}

void Endpoint::viewer(const Request& request, const Reply& reply) {
  if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
  answer_on(parts_.workers, request.path, reply,
            [this, reply, path = request.path, known = known_tags(request)] {
              reply->respond(viewer_.answer(path, known));
            });
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
  if (path.size() == 1) {
    return answer_on(parts_.workers, request.path, reply, [this, reply, principal] {
      reply->respond(calls_.consents().list(principal));
    });
  }
  const auto held = std::make_shared<Request>(std::move(request));
  answer_on(parts_.workers, held->path, reply, [this, reply, principal, id = path[1], held] {
    reply->respond(decide(*held, id, principal));
  });
}

Response Endpoint::decide(Request& request, const std::string& id,
                          const server::Principal& principal) {
  const auto body = take_body(request);
  if (!body) return body.error();
  const json::Value* approve = *body ? json::find(**body, "approve") : nullptr;
  if (approve == nullptr || !approve->IsBool()) {
    return problem(web::status::kBadRequest,
                   "The body has to be {\"approve\": true} or {\"approve\": false}.", request.path);
  }
  return calls_.consents().decide(principal, id, approve->GetBool(), request.path);
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
  const std::string client = server::limited_client(principal, request);
  const std::string instance = request.path;
  const auto source = std::make_shared<CallSource>();
  source->request = std::move(request);
  source->principal = principal;
  source->catalogue = documents_.now().catalogue;
  source->tool = std::move(target.tool);
  source->action = std::move(target.action);
  source->parameters = std::move(target.parameters);
  source->is_resource = target.is_resource;
  const auto read = [this, source] {
    return read_call(*source, {parts_.authenticator, parts_.confirm, parts_.most});
  };
  calls_.start(client, instance, read, reply);
}

}  // namespace dockerhub::rest
