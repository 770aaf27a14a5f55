// What refers to a manifest: by the referrers API, or by the tag that stands in for it (OCI distribution-spec
// 1.1.1, "Listing Referrers" and "Referrers Tag Schema"). Errors are put on the call.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "client.hpp"
#include "referrers_support.hpp"

namespace dockerhub::registry {

struct ReferrerQuery {
  Client& client;
  const DigestName& subject;
  std::string_view artifact_type{};  // wanted; empty: any
  bool all_pages = false;
  // After each page, where all are wanted and may be several; empty: nobody wants to know.
  std::function<void()> page_done{};
};

// False: no more are wanted.
using VisitReferrer = std::function<sdk::Reply<bool>(const sdk::Value& descriptor)>;

// Visits the descriptors; gives where they come from: "referrers API" or "tag ...".
sdk::Reply<std::string> visit_referrers(ReferrersSupport& support, const ReferrerQuery& query,
                                        const VisitReferrer& visit);

}  // namespace dockerhub::registry
