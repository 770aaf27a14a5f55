// What uses the manifests of a plan when its tags are gone: deleting those took its time, so a manifest goes
// only if the repository still is as the plan has it. Inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "contents.hpp"
#include "place.hpp"
#include "plan.hpp"

namespace dockerhub::repos::cleanup {

class ManifestUsers {
 public:
  // Place and plan outlive this.
  ManifestUsers(sdk::Context& ctx, const Place& place, const Plan& plan)
      : ctx_(ctx), place_(place), plan_(plan) {}
  ManifestUsers(const ManifestUsers&) = delete;
  ManifestUsers& operator=(const ManifestUsers&) = delete;

  // Lists the tags again. Tags that are there hold what they name and what that lists.
  sdk::Status look();
  // Why no manifest goes; empty: nothing is against it. What was found once stays.
  const std::string& objection() const { return objection_; }
  // Why this one stays; empty: no tag uses it.
  std::string user_of(const Entry& entry) const;

 private:
  sdk::Context& ctx_;
  const Place& place_;
  const Plan& plan_;
  Contents now_;
  std::string objection_;
  std::unordered_map<std::string_view, std::string_view>
      used_;  // digests of `now_`, and by which tag
};

}  // namespace dockerhub::repos::cleanup
