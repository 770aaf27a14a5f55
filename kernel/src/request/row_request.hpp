// A request row filled with a call's parameters. Any thread.
#pragma once

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"
#include "request/outgoing.hpp"

namespace dockerhub {

// params: the checked ones, with defaults. Where a row says nothing of a parameter it fills the
// placeholder of its name; else it goes into the query of GET, HEAD and DELETE and into the JSON body
// of the others.
Outgoing row_request(const Action& row, const json::Value& params, const Manifest& module);

}  // namespace dockerhub
