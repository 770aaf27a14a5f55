// One operation of the OpenAPI document. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "routes.hpp"

namespace dockerhub::rest {

// One way to call an action.
struct Form {
  std::string method = "POST";
  std::string suffix;             // of its id, so that each way has its own
  std::vector<Segment> segments;  // of a path with parameters; empty: none has

  // Whether parameters that are not in the path are in the query; else in the body.
  bool has_query() const { return method == "GET" || method == "DELETE"; }
};

// The operation as JSON.
std::string operation(const Tool& tool, const Action& action, const Form& form);

// What all operations refer to, as the JSON of "components".
std::string shared_components();

}  // namespace dockerhub::rest
