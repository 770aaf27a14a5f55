// The Model Context Protocol over HTTP, of all revisions: /mcp (streamable HTTP), and where it is wanted
// /sse with /message (2024-11-05); /health, /health/ready, /metrics and what
// tells clients where tokens are had beside it.
//
// All functions belong to the thread of the HTTP server's loop and do not wait.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/origin_rules.hpp"
#include "http/request_rates.hpp"
#include "http/responder.hpp"
#include "http/stream_counts.hpp"
#include "http_sessions.hpp"
#include "modern_server.hpp"
#include "narrowing.hpp"
#include "server/authenticator.hpp"
#include "server/readiness.hpp"
#include "service.hpp"

namespace dockerhub::mcp {

class HttpEndpoint {
 public:
  enum class Transport { streamable, sse };

  struct Parts {
    const Service& service;
    const server::Authenticator& authenticator;
    web::Metrics& metrics;
    server::Readiness& readiness;
    web::OriginRules origins;
    Transport transport = Transport::streamable;
    Effect most = Effect::destructive;  // of everybody (--read-only, --no-destructive)
    // Of each principal, and of each address where nobody says who it is; 0: no limit.
    std::uint32_t requests_per_second = 0;
    std::size_t streams_per_client = 0;
  };

  explicit HttpEndpoint(Parts parts);

  void handle(web::Request request, std::shared_ptr<web::Responder> responder);
  // Whether something is left that time ends.
  bool tick();
  // The server ends: streams get their last message, calls go on.
  void drain();
  void cancel();

  // Requests whose caller is not known before keys have been fetched.
  static constexpr std::size_t kMostPostponed = 32;

 private:
  using Reply = std::shared_ptr<web::Responder>;
  struct Route;

  static const Route* find_route(std::string_view path);
  std::optional<web::Response> check(const web::Request& request, server::Principal& principal);
  // The refusal of a request, or of a stream, beyond what its client may have.
  std::optional<web::Response> check_rate(const web::Request& request,
                                          const server::Principal& principal);
  // Of an array, which is one request, every further message counts as one, too.
  void charge_batch(const json::Document& body, const web::Request& request,
                    const server::Principal& principal);
  std::optional<web::Response> check_streams(const web::Request& request,
                                             const server::Principal& principal,
                                             const Reply& reply);

  void postpone(web::Request request, Reply reply);
  void resume();

  void health(web::Request& request, const server::Principal& principal, const Reply& reply);
  void ready(web::Request& request, const server::Principal& principal, const Reply& reply);
  void metrics(web::Request& request, const server::Principal& principal, const Reply& reply);
  void resource_metadata(web::Request& request, const server::Principal& principal,
                         const Reply& reply);
  void mcp(web::Request& request, const server::Principal& principal, const Reply& reply);
  void sse(web::Request& request, const server::Principal& principal, const Reply& reply);
  void message(web::Request& request, const server::Principal& principal, const Reply& reply);

  void post(web::Request& request, const server::Principal& principal, const Reply& reply);
  // The refusal of a call that needs more than the token allows. tools: that its client sees.
  std::optional<web::Response> check_scope(const json::Document& body,
                                           const server::Principal& principal,
                                           const ToolView& tools) const;
  void post_modern(json::Document body, const web::Request& request,
                   const server::Principal& principal, const Reply& reply);
  void post_legacy(json::Document body, const web::Request& request,
                   const server::Principal& principal, const Reply& reply);
  void initialize(json::Document body, const web::Request& request,
                  const server::Principal& principal, const Reply& reply);
  void listen(const web::Request& request, const server::Principal& principal, const Reply& reply);
  static void resume_stream(HttpSession& session, const std::string& last_event,
                            const Reply& reply);
  void end_session(const web::Request& request, const server::Principal& principal,
                   const Reply& reply);
  // The session that the request names, or nullptr after its refusal.
  std::shared_ptr<HttpSession> session_of(const web::Request& request,
                                          const server::Principal& principal, const Reply& reply);

  const Parts parts_;
  web::RequestRates rates_;
  web::StreamCounts streams_;
  HttpSessions sessions_;
  ModernServer modern_;
  Narrowing narrowing_;
  std::vector<std::pair<web::Request, Reply>> postponed_;
  bool draining_ = false;
};

}  // namespace dockerhub::mcp
