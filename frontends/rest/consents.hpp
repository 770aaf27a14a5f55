// Consent to what needs it, over two requests: the first is answered with 409, the exact description and a token,
// which the second one shows (Confirm). The token works once, for ten minutes, for the same caller, action and
// parameters. Any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "call.hpp"
#include "http/message.hpp"
#include "state.hpp"

namespace dockerhub::rest {

class Consents {
 public:
  // Takes what another caller decided, and that it was made use of. Any thread.
  using Record = std::function<void(const ConsentDecision&)>;

  Consents(State& state, Record record) : state_(state), record_(std::move(record)) {}

  // Keeps what the suspended call waits for; the 409, or the error why it cannot be kept.
  web::Response ask(const Call& call, const CallResult& suspended);

  // Puts the consent that the call's token stands for into its request. The refusal: a token that is not this
  // call's, or for more than its caller may do (403), or that the other caller has not decided about (409).
  std::optional<web::Response> redeem(Call& call);

  // GET /v1/approvals: those that the caller made, or may decide about.
  web::Response list(const server::Principal& caller);
  // POST /v1/approvals/{id}. instance: its path.
  web::Response decide(const server::Principal& caller, const std::string& id, bool approved,
                       const std::string& instance);

 private:
  State& state_;
  const Record record_;
};

}  // namespace dockerhub::rest
