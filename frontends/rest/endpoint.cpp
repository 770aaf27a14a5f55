#include "endpoint.hpp"

#include <utility>

#include "answer.hpp"
#include "http/target.hpp"
#include "methods.hpp"
#include "on_worker.hpp"
#include "problem.hpp"
#include "server/clients.hpp"
#include "server/health.hpp"
#include "server/protected_resource.hpp"

namespace dockerhub::rest {
namespace {

using web::Request;
using web::Response;

constexpr std::string_view kMetrics = "/metrics";

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
      api_({documents_, calls_, parts_.authenticator, parts_.confirm, parts_.most}),
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
  reply->respond(document == nullptr ? nothing_here(request.path)
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
  if (path->empty() || path->front() != "v1") return reply->respond(nothing_here(request.path));
  api_.route(request, {path->begin() + 1, path->end()}, principal, reply);
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
  answer_on(
      parts_.workers, request.path, reply, [this, reply, known, as_json, path = request.path] {
        const Result<std::shared_ptr<const Documents::Text>> document =
            as_json ? documents_.openapi_json() : documents_.openapi_yaml();
        if (!document) return reply->respond(problem(document.error(), path));
        reply->respond(
            openapi_answer(**document, as_json ? "application/json" : "application/yaml", known));
      });
}

void Endpoint::viewer(const Request& request, const Reply& reply) {
  if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
  answer_on(parts_.workers, request.path, reply,
            [this, reply, path = request.path, known = known_tags(request)] {
              reply->respond(viewer_.answer(path, known));
            });
}

}  // namespace dockerhub::rest
