// Requests whose body did not arrive whole: the connection ended, or the client gave up. A listener that
// asks for them (Listener::Options::takes_cut_bodies) hands them on with what came. Free function.
#pragma once

#include "encoding/query.hpp"
#include "exchange/message.hpp"

namespace dockerhub::sandbox {

inline bool is_cut(const Request& request) {
  const auto promised = to_number(request.header("Content-Length").value_or(""));
  return promised && *promised != static_cast<std::int64_t>(request.body.size());
}

}  // namespace dockerhub::sandbox
