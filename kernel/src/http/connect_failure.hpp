// Why there is no connection, and whether a later attempt could end otherwise. Plain values.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "dockerhub/kernel.hpp"

namespace dockerhub::http {

struct ConnectFailure {
  Error error;
  bool may_pass = false;  // refused, reset, unreachable; not: unknown name, bad certificate
};

template <typename T>
using Connecting = tl::expected<T, ConnectFailure>;

inline tl::unexpected<ConnectFailure> no_connection(Error error, bool may_pass) {
  return tl::unexpected<ConnectFailure>({std::move(error), may_pass});
}

}  // namespace dockerhub::http
