#include "http_endpoint.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "dockerhub/kernel.hpp"
#include "header_rules.hpp"
#include "http_outlet.hpp"
#include "server/clients.hpp"
#include "server/health.hpp"
#include "server/protected_resource.hpp"

namespace dockerhub::mcp {
namespace {

using web::Request;
using web::Response;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kEvents = "text/event-stream";
constexpr const char* kSessionHeader = "Mcp-Session-Id";
constexpr const char* kVersionHeader = "MCP-Protocol-Version";
constexpr const char* kLastEventHeader = "Last-Event-ID";
constexpr std::string_view kNewestLegacy = "2025-11-25";
constexpr std::string_view kSessionKey = "sessionId=";

Response refusal(int status, const RpcError& error) {
  return web::json_response(status, error_message(kNoId, error));
}

Response refusal(int status, int code, std::string text) {
  return refusal(status, RpcError{code, std::move(text), {}});
}

Response not_allowed(const char* methods) {
  Response response = web::text_response(web::status::kMethodNotAllowed, "Not that method.\n");
  response.headers.emplace_back("Allow", methods);
  return response;
}

bool streams(const Request& request) {
  const std::string* accept = request.header("Accept");
  return accept != nullptr && web::accepts(*accept, kEvents);
}

bool accepts_both(const Request& request) {
  const std::string* accept = request.header("Accept");
  return accept != nullptr && web::accepts(*accept, kEvents) && web::accepts(*accept, kJson);
}

// Names a revision without `initialize`, or one that is newer than what we know.
bool has_modern_version(const Request& request) {
  const std::string* version = request.header(kVersionHeader);
  return version != nullptr && !is_legacy_revision(*version) && *version > kNewestLegacy;
}

Response too_much(std::chrono::steady_clock::duration wait, std::string text) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  Response response = refusal(web::status::kTooManyRequests, code::kBusy, std::move(text));
  response.headers.emplace_back("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
  return response;
}

// A refusal that names the request.
Response refused_message(const json::Document& body, const RpcError& error) {
  const Id id = read_id(json::find(body, "id")).value_or(Id(kNoId));
  return web::json_response(error.http_status, error_message(id, error));
}

bool is_method(const json::Document& body, std::string_view method) {
  return json::text_of(&body, "method") == method && json::find(body, "id") != nullptr;
}

// An answer that says to which session it belongs.
Outlet with_session(Outlet outlet, const std::shared_ptr<web::Responder>& responder,
                    const std::string& id) {
  outlet.answer = [responder, id](const Answer& answer) {
    Response response = web::json_response(answer.http_status, answer.message);
    response.headers.emplace_back(kSessionHeader, id);
    responder->respond(response);
  };
  return outlet;
}

}  // namespace

struct HttpEndpoint::Route {
  std::string_view path;
  void (HttpEndpoint::*handle)(Request&, const server::Principal&, const Reply&);
  bool open = false;  // neither origin nor caller matters
  std::optional<Transport> transport = {};
  bool open_here = false;  // on this machine no token is needed; one that is shown has to be good

  bool is_for_anybody(const Request& request) const {
    return open_here && server::is_from_here(request) && request.header("Authorization") == nullptr;
  }
};

const HttpEndpoint::Route* HttpEndpoint::find_route(std::string_view path) {
  static constexpr std::array<Route, 6> kRoutes = {{
      {"/health", &HttpEndpoint::health, true},
      {"/health/ready", &HttpEndpoint::ready, true},
      {"/metrics", &HttpEndpoint::metrics, false, std::nullopt, true},
      {"/mcp", &HttpEndpoint::mcp, false, Transport::streamable},
      {"/sse", &HttpEndpoint::sse, false, Transport::sse},
      {"/message", &HttpEndpoint::message, false, Transport::sse},
  }};
  static constexpr Route kMetadata = {server::kMetadataPath, &HttpEndpoint::resource_metadata,
                                      true};
  if (path.substr(0, server::kMetadataPath.size()) == server::kMetadataPath) return &kMetadata;
  const auto found = std::find_if(kRoutes.begin(), kRoutes.end(),
                                  [&](const Route& each) { return each.path == path; });
  return found == kRoutes.end() ? nullptr : &*found;
}

HttpEndpoint::HttpEndpoint(Parts parts)
    : parts_(std::move(parts)),
      rates_(parts_.requests_per_second),
      streams_(parts_.streams_per_client),
      modern_(parts_.service, ModernServer::Connections::many),
      narrowing_(parts_.service.tools) {}

std::optional<Response> HttpEndpoint::check(const Request& request, server::Principal& principal) {
  auto caller = parts_.authenticator.authenticate(request);
  if (!caller) return std::move(caller.error());
  principal = std::move(*caller);
  principal.most = std::min(principal.most, parts_.most);
  return std::nullopt;
}

std::optional<Response> HttpEndpoint::check_rate(const Request& request,
                                                 const server::Principal& principal) {
  const auto wait =
      rates_.take(server::limited_client(principal, request), web::RequestRates::Clock::now());
  if (!wait) return std::nullopt;
  ++parts_.metrics.limited;
  return too_much(*wait, "more than " + std::to_string(parts_.requests_per_second) +
                             " requests a second: wait a moment; the operator can raise "
                             "MCP_REQUESTS_PER_SECOND");
}

// Whatever their number: an array of more than a second's worth would never be taken.
void HttpEndpoint::charge_batch(const json::Document& body, const Request& request,
                                const server::Principal& principal) {
  if (!body.IsArray() || body.Empty() || body.Size() > Session::kMostInBatch) return;
  rates_.charge(server::limited_client(principal, request), body.Size() - 1,
                web::RequestRates::Clock::now());
}

std::optional<Response> HttpEndpoint::check_streams(const Request& request,
                                                    const server::Principal& principal,
                                                    const Reply& reply) {
  auto place = streams_.take(server::limited_client(principal, request));
  if (place) {
    reply->hold(std::move(place));
    return std::nullopt;
  }
  ++parts_.metrics.limited;
  return too_much(std::chrono::seconds(1),
                  "more than " + std::to_string(parts_.streams_per_client) +
                      " event streams are open: close one; the operator can raise "
                      "MCP_STREAMS_PER_CLIENT");
}

void HttpEndpoint::handle(Request request, std::shared_ptr<web::Responder> responder) {
  const Route* route = find_route(request.path);
  server::Principal principal;
  if (route == nullptr || !route->open) {
    if (auto refused = parts_.origins.check(request)) return responder->respond(*refused);
    const bool anybody = route != nullptr && route->is_for_anybody(request);
    if (!anybody && parts_.authenticator.must_wait(request))
      return postpone(std::move(request), std::move(responder));
    const auto refused = anybody ? std::nullopt : check(request, principal);
    if (auto limited = check_rate(request, principal)) return responder->respond(*limited);
    if (refused) return responder->respond(*refused);
  }
  const bool served =
      route != nullptr && route->transport.value_or(parts_.transport) == parts_.transport;
  if (!served) {
    return responder->respond(web::text_response(web::status::kNotFound, "Nothing is here.\n"));
  }
  (this->*route->handle)(request, principal, responder);
}

void HttpEndpoint::postpone(Request request, Reply reply) {
  if (postponed_.size() < kMostPostponed && !draining_) {
    postponed_.emplace_back(std::move(request), std::move(reply));
    return;
  }
  Response busy = web::text_response(web::status::kUnavailable, "Try again in a moment.\n");
  busy.headers.emplace_back("Retry-After", "1");
  reply->respond(busy);
}

// Those that still have to wait are postponed again.
void HttpEndpoint::resume() {
  for (auto& [request, reply] : std::exchange(postponed_, {})) {
    if (!reply->gone().stop_requested()) handle(std::move(request), std::move(reply));
  }
}

void HttpEndpoint::health(Request& /*request*/, const server::Principal& /*principal*/,
                          const Reply& reply) {
  reply->respond(server::health_answer());
}

void HttpEndpoint::ready(Request& /*request*/, const server::Principal& /*principal*/,
                         const Reply& reply) {
  reply->respond(server::ready_answer(parts_.readiness, draining_));
}

void HttpEndpoint::metrics(Request& request, const server::Principal& principal,
                           const Reply& reply) {
  reply->respond(server::metrics_answer(parts_.metrics, request, principal));
}

void HttpEndpoint::resource_metadata(Request& request, const server::Principal& /*principal*/,
                                     const Reply& reply) {
  const std::string* document = parts_.authenticator.resource_metadata(
      std::string_view(request.path).substr(server::kMetadataPath.size()));
  if (document == nullptr)
    return reply->respond(web::text_response(web::status::kNotFound, "Nothing is here.\n"));
  if (request.method != "GET") return reply->respond(not_allowed("GET"));
  reply->respond(web::json_response(web::status::kOk, *document));
}

// ------------------------------------------------------------------------------ streamable HTTP

void HttpEndpoint::mcp(Request& request, const server::Principal& principal, const Reply& reply) {
  if (request.method == "POST") return post(request, principal, reply);
  if (request.method == "GET") return listen(request, principal, reply);
  if (request.method == "DELETE") return end_session(request, principal, reply);
  reply->respond(not_allowed("POST, GET, DELETE"));
}

void HttpEndpoint::post(Request& request, const server::Principal& principal, const Reply& reply) {
  const std::string* type = request.header("Content-Type");
  if (type == nullptr || web::media_type(*type) != kJson) {
    return reply->respond(refusal(web::status::kWrongMediaType, code::kInvalidRequest,
                                  "the body has to be application/json"));
  }
  auto body = json::parse(request.body);
  json::wipe(request.body);
  if (!body) {
    return reply->respond(refusal(web::status::kBadRequest,
                                  body.error().too_deep() ? code::kInvalidRequest : code::kParse,
                                  "not a message: " + body.error().text()));
  }
  if (names_modern_version(*body) || has_modern_version(request)) {
    return post_modern(std::move(*body), request, principal, reply);
  }
  if (auto refused = check_scope(*body, principal, parts_.service.tools))
    return reply->respond(*refused);
  post_legacy(std::move(*body), request, principal, reply);
}

std::optional<Response> HttpEndpoint::check_scope(const json::Document& body,
                                                  const server::Principal& principal,
                                                  const ToolView& tools) const {
  if (!parts_.authenticator.has_scopes() || !body.IsObject()) return std::nullopt;
  if (json::text_of(&body, "method") != "tools/call") return std::nullopt;
  const json::Value* params = json::find(body, "params");
  const json::Value* arguments = json::find(params, "arguments");
  if (arguments != nullptr && !arguments->IsObject()) return std::nullopt;
  const Effect needed =
      tools.effect_of(*parts_.service.kernel.catalogue(), json::text_of(params, "name"), arguments);
  // What nobody may do here, or this client does not want to, the policy refuses: no other token would help.
  if (needed <= principal.most || needed > std::min(parts_.most, tools.limit()))
    return std::nullopt;
  return parts_.authenticator.more_scopes(needed);
}

void HttpEndpoint::post_modern(json::Document body, const Request& request,
                               const server::Principal& principal, const Reply& reply) {
  const Kernel& kernel = parts_.service.kernel;
  auto narrowed = narrowing_.view_of(request, *kernel.catalogue(), principal.most);
  if (!narrowed) return reply->respond(refused_message(body, narrowed.error()));
  const ToolView& tools = *narrowed ? **narrowed : parts_.service.tools;
  if (auto refused = check_scope(body, principal, tools)) return reply->respond(*refused);
  if (is_method(body, "subscriptions/listen")) {
    if (!streams(request)) {
      return reply->respond(refused_message(
          body, http_error(web::status::kNotAcceptable, code::kInvalidRequest,
                           "Accept has to list text/event-stream: the answer is one")));
    }
    if (auto refused = check_streams(request, principal, reply)) return reply->respond(*refused);
  }
  ModernServer::Sender sender{principal, *narrowed};
  sender.principal.most = std::min(principal.most, tools.limit());
  modern_.receive(
      std::move(body), sender, http_outlet(reply, streams(request)),
      [&](const Message& message) { return check_version_header(request, message); },
      [&](const Message& message) {
        auto named = check_name_headers(request, message);
        if (!named || message.method != "tools/call") return named;
        const std::string_view tool = json::text_of(message.params(), "name");
        return check_parameter_headers(request, message,
                                       tools.raw_schema(*kernel.catalogue(), tool));
      });
}

void HttpEndpoint::post_legacy(json::Document body, const Request& request,
                               const server::Principal& principal, const Reply& reply) {
  if (!accepts_both(request)) {
    return reply->respond(refusal(web::status::kNotAcceptable, code::kBusy,
                                  "Accept has to list application/json and text/event-stream"));
  }
  if (is_method(body, "initialize") && request.header(kSessionHeader) == nullptr) {
    return initialize(std::move(body), request, principal, reply);
  }
  const std::string* version = request.header(kVersionHeader);
  if (version != nullptr && !is_legacy_revision(*version)) {
    return reply->respond(refusal(web::status::kBadRequest, code::kInvalidRequest,
                                  "the revision '" + visible(*version) + "' is not served"));
  }
  if (const auto session = session_of(request, principal, reply)) {
    charge_batch(body, request, principal);
    session->session().receive(std::move(body), session->outlet(reply));
  }
}

void HttpEndpoint::initialize(json::Document body, const Request& request,
                              const server::Principal& principal, const Reply& reply) {
  auto narrowed = narrowing_.view_of(request, *parts_.service.kernel.catalogue(), principal.most);
  if (!narrowed) return reply->respond(refused_message(body, narrowed.error()));
  const auto session = HttpSession::create(parts_.service, principal, {}, sessions_.kept_bytes(),
                                           std::move(*narrowed));
  const auto id = sessions_.add(session);
  if (!id) {
    return reply->respond(refusal(web::status::kUnavailable, code::kBusy,
                                  "there are too many sessions: end one, or try again"));
  }
  bool accepted = false;
  Outlet outlet = with_session(http_outlet(reply, false), reply, *id);
  outlet.answer = [answer = outlet.answer, reply, &accepted](const Answer& told) {
    accepted = told.opens_session;
    if (accepted) return answer(told);
    reply->respond(web::json_response(told.http_status, told.message));
  };
  session->begin(std::move(body), outlet);
  if (!accepted) sessions_.remove(*id);
}

std::shared_ptr<HttpSession> HttpEndpoint::session_of(const Request& request,
                                                      const server::Principal& principal,
                                                      const Reply& reply) {
  const std::string* id = request.header(kSessionHeader);
  if (id == nullptr) {
    reply->respond(refusal(web::status::kBadRequest, code::kBusy,
                           "Mcp-Session-Id is missing: the session begins with `initialize`"));
    return nullptr;
  }
  auto session = sessions_.find(*id, principal);
  if (!session) {
    reply->respond(refusal(web::status::kNotFound, code::kNoSession,
                           "there is no such session: begin a new one with `initialize`"));
  }
  return session;
}

void HttpEndpoint::listen(const Request& request, const server::Principal& principal,
                          const Reply& reply) {
  if (!streams(request)) {
    return reply->respond(
        refusal(web::status::kNotAcceptable, code::kBusy, "Accept has to list text/event-stream"));
  }
  const auto session = session_of(request, principal, reply);
  if (!session) return;
  const std::string* last_event = request.header(kLastEventHeader);
  // The place of the connection that the client has lost is the one that it needs.
  if (last_event != nullptr) session->give_way(*last_event);
  if (auto refused = check_streams(request, principal, reply)) return reply->respond(*refused);
  if (last_event != nullptr) {
    return resume_stream(*session, *last_event, reply);
  }
  if (!session->attach(reply)) {
    reply->respond(
        refusal(web::status::kConflict, code::kBusy, "this session has a stream that is open"));
  }
}

// Not 404: the client would take its session for lost.
void HttpEndpoint::resume_stream(HttpSession& session, const std::string& last_event,
                                 const Reply& reply) {
  switch (session.resume(last_event, reply)) {
    case EventLog::Resumed::yes:
      return;
    case EventLog::Resumed::over:
      // Clients come back to a stream that ends, until they are told this.
      return reply->respond({web::status::kNoContent, {}, {}});
    case EventLog::Resumed::foreign:
      return reply->respond(refusal(web::status::kBadRequest, code::kInvalidRequest,
                                    "Last-Event-ID is no event of this session"));
    case EventLog::Resumed::lost:
      break;
  }
  reply->respond(
      refusal(web::status::kGone, code::kBusy,
              "what came after this event is not kept any more: send the request again, or "
              "listen without Last-Event-ID"));
}

void HttpEndpoint::end_session(const Request& request, const server::Principal& principal,
                               const Reply& reply) {
  if (!session_of(request, principal, reply)) return;
  sessions_.remove(*request.header(kSessionHeader));
  reply->respond({web::status::kNoContent, {}, {}});
}

// ------------------------------------------------------------------------------------- HTTP+SSE

void HttpEndpoint::sse(Request& request, const server::Principal& principal, const Reply& reply) {
  if (request.method != "GET") return reply->respond(not_allowed("GET"));
  if (!streams(request)) {
    return reply->respond(
        web::text_response(web::status::kNotAcceptable, "Accept has to list text/event-stream.\n"));
  }
  auto narrowed = narrowing_.view_of(request, *parts_.service.kernel.catalogue(), principal.most);
  if (!narrowed) {
    return reply->respond(
        web::text_response(narrowed.error().http_status, narrowed.error().message + "\n"));
  }
  if (auto refused = check_streams(request, principal, reply)) return reply->respond(*refused);
  const auto session = HttpSession::create(parts_.service, principal, "message",
                                           sessions_.kept_bytes(), std::move(*narrowed));
  const auto id = sessions_.add(session);
  if (!id) {
    return reply->respond(
        web::text_response(web::status::kUnavailable, "There are too many sessions.\n"));
  }
  session->attach(reply);
  reply->event(event_text("/message?sessionId=" + *id, "endpoint"));
}

void HttpEndpoint::message(Request& request, const server::Principal& principal,
                           const Reply& reply) {
  if (request.method != "POST") return reply->respond(not_allowed("POST"));
  const bool named = request.query.compare(0, kSessionKey.size(), kSessionKey) == 0;
  const auto session =
      named ? sessions_.find(request.query.substr(kSessionKey.size()), principal) : nullptr;
  if (!session) {
    return reply->respond(
        web::text_response(web::status::kNotFound, "There is no such session.\n"));
  }
  auto body = json::parse(request.body);
  json::wipe(request.body);
  if (!body) {
    return reply->respond(
        refusal(web::status::kBadRequest, code::kParse, "not a message: " + body.error().text()));
  }
  charge_batch(*body, request, principal);
  reply->respond(web::text_response(web::status::kAccepted, "Accepted"));
  Outlet outlet;
  outlet.send = [session](std::string_view text) { session->send(text); };
  outlet.answer = [session](const Answer& answer) {
    if (!answer.message.empty()) session->send(answer.message);
  };
  session->session().receive(std::move(*body), outlet);
}

// ------------------------------------------------------------------------------------- the server

bool HttpEndpoint::tick() {
  resume();
  return sessions_.expire(HttpSession::Clock::now());
}

void HttpEndpoint::drain() {
  draining_ = true;
  resume();
  modern_.end_streams();
  sessions_.end_streams();
}

void HttpEndpoint::cancel() {
  modern_.cancel_all();
  sessions_.cancel_all();
}

}  // namespace dockerhub::mcp
