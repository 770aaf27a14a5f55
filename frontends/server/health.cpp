#include "health.hpp"

#include "clients.hpp"
#include "json.hpp"

namespace dockerhub::server {

web::Response health_answer() {
  return web::json_response(web::status::kOk, json::object([](json::Writer& writer) {
                              json::put_member(writer, "status", "ok");
                              json::put_member(writer, "server", "DockerHub");
                              json::put_member(writer, "version", version().version);
                            }));
}

web::Response ready_answer(Readiness& readiness, bool draining) {
  const Readiness::Report report = readiness.report(draining);
  return web::json_response(report.ready ? web::status::kOk : web::status::kUnavailable,
                            report.json);
}

web::Response metrics_answer(const web::Metrics& metrics, const web::Request& request,
                             const Principal& principal) {
  if (!is_from_here(request) && !principal.authenticated) {
    return web::text_response(web::status::kForbidden,
                              "Metrics are for this machine, or with a token.\n");
  }
  web::Response response = web::text_response(web::status::kOk, metrics.text());
  response.headers.front().second = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

}  // namespace dockerhub::server
