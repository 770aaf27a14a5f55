// What a mirror tells: a row for each image, and what the whole of it took. Inside the call, on its thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mirror_work.hpp"
#include "transfer_cost.hpp"

namespace dockerhub::registry {

// What the whole of it took, or would take.
struct MirrorTotals {
  TransferCost cost;
  std::size_t same = 0, copied = 0, deleted = 0, failed = 0;
};

class MirrorReport {
 public:
  explicit MirrorReport(sdk::Context& ctx) : ctx_(ctx) {}

  MirrorTotals& totals() { return totals_; }

  sdk::Status same(const MirrorWork& work);
  sdk::Status copied(const MirrorWork& work);
  sdk::Status deleted(const MirrorWork& work);
  sdk::Status failed(const MirrorWork& work, std::string_view why);
  // The end of the call.
  sdk::Status answer();

 private:
  sdk::Status row(const MirrorWork& work, std::string_view state, std::string_view error = {});
  void tell_end();

  sdk::Context& ctx_;
  MirrorTotals totals_;
};

// The names of what a row is about, as an action takes them.
std::string name_at_source(const MirrorWork& work);
std::string name_at_target(const MirrorWork& work);

}  // namespace dockerhub::registry
