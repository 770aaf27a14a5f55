// Who comes in: origin, log-in and rate of each request, before it is looked at. The loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/origin_rules.hpp"
#include "http/request_rates.hpp"
#include "http/responder.hpp"
#include "server/authenticator.hpp"

namespace dockerhub::rest {

class Door {
 public:
  using Reply = std::shared_ptr<web::Responder>;
  using Handle = std::function<void(web::Request, const server::Principal&, const Reply&)>;

  // Requests whose caller is not known before keys have been fetched.
  static constexpr std::size_t kMostPostponed = 32;

  struct Parts {
    const server::Authenticator& authenticator;
    web::Metrics& metrics;
    web::OriginRules origins;
    Effect most = Effect::destructive;  // of everybody
    std::uint32_t requests_per_second = 0;
  };

  // handle: takes what has come in.
  Door(Parts parts, Handle handle)
      : parts_(std::move(parts)), handle_(std::move(handle)), rates_(parts_.requests_per_second) {}

  // anybody: no log-in is needed here; the principal is then nobody.
  void enter(web::Request request, Reply reply, bool anybody);
  // Those who had to wait.
  void resume();
  // Nobody waits any more.
  void drain();

 private:
  std::optional<web::Response> check_rate(const web::Request& request,
                                          const server::Principal& principal);
  void postpone(web::Request request, Reply reply);

  const Parts parts_;
  const Handle handle_;
  web::RequestRates rates_;
  std::vector<std::pair<web::Request, Reply>> postponed_;
  bool draining_ = false;
};

}  // namespace dockerhub::rest
