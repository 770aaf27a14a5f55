// One request of a client that calls an action. A value; what it was called with is wiped at its end.
#pragma once

#include <memory>
#include <string>

#include "dockerhub/kernel.hpp"
#include "server/confirm.hpp"
#include "server/principal.hpp"

namespace dockerhub::rest {

struct Call {
  Call() = default;
  Call(const Call&) = default;
  Call(Call&&) = default;
  Call& operator=(const Call&) = default;
  Call& operator=(Call&&) = default;
  ~Call();

  CallRequest request;
  std::shared_ptr<const Catalogue> catalogue;  // whose action this is
  const Action* action = nullptr;              // nullptr: the kernel says what is wrong with it
  Effect effect = Effect::read;                // of this very call
  server::Principal principal;
  server::Confirm confirm = server::Confirm::two_step;
  std::string instance;         // the path of the request
  std::string idempotency_key;  // headers of the request, or empty
  std::string attempt;          // names what began under that key
  std::string confirm_token, if_none_match;
  bool is_get = false;
  bool as_lines = false;  // the items of a list, one a line
  bool as_bytes = false;  // bytes as they come
  bool is_head = false;   // who asks wants no body

  // Parameters and options as one text, which binds what is kept between two requests to this call.
  std::string digest() const;
};

}  // namespace dockerhub::rest
