// What a request calls, with which parameters and options, and whether its caller may. Any thread.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "call.hpp"
#include "http/message.hpp"
#include "http/target.hpp"
#include "server/authenticator.hpp"

namespace dockerhub::rest {

// A request for an action, as its path names it. Its body is wiped at its end.
struct CallSource {
  CallSource() = default;
  CallSource(const CallSource&) = delete;
  CallSource& operator=(const CallSource&) = delete;
  ~CallSource();

  web::Request request;
  server::Principal principal;
  std::shared_ptr<const Catalogue> catalogue;
  std::string tool, action;
  web::Pairs parameters;     // of the path
  bool is_resource = false;  // its method is the row's
};

// What holds for all callers.
struct CallRules {
  const server::Authenticator& authenticator;
  server::Confirm confirm = server::Confirm::two_step;
  Effect most = Effect::destructive;
};

// Wipes the body of the source. Error: the refusal.
tl::expected<Call, web::Response> read_call(CallSource& source, const CallRules& rules);

}  // namespace dockerhub::rest
