// Another action of this module, run within the call so that its failure can be told and the rest goes on. Inside the
// call, on its thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

class NestedCall {
 public:
  // Runs it. options: those of the kernel.
  NestedCall(sdk::Context& ctx, std::string_view action, const sdk::Json& params,
             const sdk::Json& options = sdk::Json::raw("{}"));

  explicit operator bool() const { return status_.ok(); }
  // Nothing can go on: the whole call was cancelled, has no time left, or waits for an answer. Return status().
  bool is_over() const { return is_over_; }
  sdk::Status status() const { return status_; }

  // Of a good one; nullptr: none.
  const sdk::Value* data() const { return part("data"); }
  // A member of its envelope, or nullptr.
  const sdk::Value* part(std::string_view name) const;
  // Of one that failed, in words; never empty.
  std::string error() const;
  // Its type; empty: it has none.
  std::string_view error_type() const;
  // Of the answer that made it fail; 0: none.
  int error_code() const;

 private:
  sdk::Status status_;
  std::optional<sdk::Document> envelope_;
  bool is_over_ = false;
};

}  // namespace dockerhub::registry
