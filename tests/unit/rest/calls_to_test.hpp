// Calls as the tests of what is kept between two requests need them.
#pragma once

#include <string>

#include "call.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {

inline Call call_of(const std::string& caller, const std::string& params = "{}") {
  Call made;
  made.request.tool = "hub_repos";
  made.request.action = "delete_tag";
  made.request.params = params;
  made.effect = Effect::destructive;
  made.principal = {caller, Effect::destructive, true};
  made.instance = "/v1/x";
  return made;
}

}  // namespace dockerhub::rest
