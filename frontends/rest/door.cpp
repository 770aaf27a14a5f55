#include "door.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "problem.hpp"
#include "server/clients.hpp"

namespace dockerhub::rest {

void Door::enter(web::Request request, Reply reply, bool anybody) {
  if (auto refused = parts_.origins.check(request))
    return reply->respond(as_problem(std::move(*refused), request.path));
  if (!anybody && parts_.authenticator.must_wait(request))
    return postpone(std::move(request), std::move(reply));
  server::Principal principal;
  std::optional<web::Response> refused;
  if (!anybody) {
    auto caller = parts_.authenticator.authenticate(request);
    if (caller) {
      principal = std::move(*caller);
      principal.most = std::min(principal.most, parts_.most);
    } else {
      refused = std::move(caller.error());
    }
  }
  if (auto limited = check_rate(request, principal)) return reply->respond(*limited);
  if (refused) return reply->respond(as_problem(std::move(*refused), request.path));
  handle_(std::move(request), principal, reply);
}

std::optional<web::Response> Door::check_rate(const web::Request& request,
                                              const server::Principal& principal) {
  const auto wait =
      rates_.take(server::limited_client(principal, request), web::RequestRates::Clock::now());
  if (!wait) return std::nullopt;
  ++parts_.metrics.limited;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
  web::Response response = problem(web::status::kTooManyRequests,
                                   "More than " + std::to_string(parts_.requests_per_second) +
                                       " requests a second: wait a moment. The operator can raise "
                                       "DOCKERHUB_REST_REQUESTS_PER_SECOND.",
                                   request.path);
  response.headers.emplace_back("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
  return response;
}

void Door::postpone(web::Request request, Reply reply) {
  if (postponed_.size() < kMostPostponed && !draining_) {
    postponed_.emplace_back(std::move(request), std::move(reply));
    return;
  }
  reply->respond(busy(request.path));
}

void Door::resume() {
  for (auto& [request, reply] : std::exchange(postponed_, {})) {
    if (!reply->gone().stop_requested()) enter(std::move(request), std::move(reply), false);
  }
}

void Door::drain() {
  draining_ = true;
  resume();
}

}  // namespace dockerhub::rest
