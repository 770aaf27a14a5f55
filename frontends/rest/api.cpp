#include "api.hpp"

#include <memory>
#include <utility>

#include "call_reader.hpp"
#include "methods.hpp"
#include "on_worker.hpp"
#include "problem.hpp"
#include "request_body.hpp"
#include "server/clients.hpp"
#include "server/json.hpp"
#include "tool_index.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

using web::Request;
using web::Response;

constexpr std::string_view kDescribe = "describe";

}  // namespace

void Api::route(Request& request, const std::vector<std::string>& path,
                const server::Principal& principal, const Reply& reply) {
  const bool of_tools = !path.empty() && path.front() == "tools";
  if (path.empty() || (of_tools && path.size() == 1)) {
    if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
    return reply->respond(
        web::json_response(web::status::kOk, tool_index(*parts_.documents.now().catalogue)));
  }
  if (path.front() == "approvals") return approvals(request, path, principal, reply);
  if (!of_tools) return resource(request, path, principal, reply);
  if (path.size() == 2) {
    if (method_of(request) != kGet) return reply->respond(not_allowed(request, "GET"));
    return call(request, {path[1], std::string(kDescribe), {}, true}, principal, reply);
  }
  if (path.size() != 3) return reply->respond(nothing_here(request.path));
  call(request, {path[1], path[2], {}, false}, principal, reply);
}

void Api::approvals(Request& request, const std::vector<std::string>& path,
                    const server::Principal& principal, const Reply& reply) {
  if (path.size() > 2) return reply->respond(nothing_here(request.path));
  const std::string_view method = path.size() == 1 ? kGet : kPost;
  if (method_of(request) != method)
    return reply->respond(not_allowed(request, std::string(method)));
  const std::string client = server::limited_client(principal, request);
  const auto held = std::make_shared<Request>(std::move(request));
  const auto work = [this, reply, principal, path, held] {
    reply->respond(path.size() == 1 ? parts_.calls.consents().list(principal)
                                    : decide(*held, path[1], principal));
  };
  parts_.calls.start_work(client, held->path, work, reply);
}

Response Api::decide(Request& request, const std::string& id, const server::Principal& principal) {
  const auto body = take_body(request);
  if (!body) return body.error();
  const json::Value* approve = *body ? json::find(**body, "approve") : nullptr;
  if (approve == nullptr || !approve->IsBool()) {
    return problem(web::status::kBadRequest,
                   "The body has to be {\"approve\": true} or {\"approve\": false}.", request.path);
  }
  return parts_.calls.consents().decide(principal, id, approve->GetBool(), request.path);
}

void Api::resource(Request& request, const std::vector<std::string>& path,
                   const server::Principal& principal, const Reply& reply) {
  const Documents::Now present = parts_.documents.now();
  Routes::Match match = present.routes->find(method_of(request), path);
  if (match.route == nullptr) {
    return reply->respond(match.allowed.empty() ? nothing_here(request.path)
                                                : not_allowed(request, match.allowed));
  }
  call(request, {match.route->tool, match.route->action, std::move(match.parameters), true},
       principal, reply);
}

void Api::call(Request& request, Target target, const server::Principal& principal,
               const Reply& reply) {
  const std::string client = server::limited_client(principal, request);
  const std::string instance = request.path;
  const auto source = std::make_shared<CallSource>();
  source->request = std::move(request);
  source->principal = principal;
  source->catalogue = parts_.documents.now().catalogue;
  source->tool = std::move(target.tool);
  source->action = std::move(target.action);
  source->parameters = std::move(target.parameters);
  source->is_resource = target.is_resource;
  const auto read = [this, source] {
    return read_call(*source, {parts_.authenticator, parts_.confirm, parts_.most});
  };
  parts_.calls.start(client, instance, read, reply);
}

}  // namespace dockerhub::rest
