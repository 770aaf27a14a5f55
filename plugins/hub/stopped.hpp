// The end of changes that are made one after the other, where one has no answer. Only inside a call, on
// its thread.
#pragma once

#include <cstddef>
#include <dockerhub/sdk/context.hpp>
#include <string_view>

namespace dockerhub::hub {

struct Stop {
  std::size_t done = 0;  // changes with an answer that was told
  std::size_t all = 0;
  std::string_view at;  // whom the change without one is about
};

// What was told stays the answer of the call, and its outcome says where it stopped. Where nothing was
// done and nothing can have been sent, the status is the end of the call.
sdk::Status stopped(sdk::Context& ctx, sdk::Status status, const Stop& stop,
                    const sdk::Json& summary = sdk::Json::raw("{}"));

}  // namespace dockerhub::hub
