// What an image holds and what is wrong with it, from the best source that answers: Docker Scout's own
// analysis, else the look-up of the packages of a stored SBOM. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <vector>

#include "finding.hpp"
#include "kept_contents.hpp"
#include "located.hpp"

namespace dockerhub::scout {

// What makes answers larger.
struct Wanted {
  bool epss = false;
  bool details = false;
};

// Where Docker Scout does not know the image, has not indexed it, answers with errors or refuses, the SBOM is tried; where
// there is none either, what Docker Scout said stands: its refusal as the error of the call, or an
// inventory that is not conclusive.
// What was conclusive is kept for a minute, for the same account and question; observed_at tells its age.
sdk::Reply<Inventory> content_of(KeptContents& kept, sdk::Context& ctx, const Located& located,
                                 const Wanted& wanted);

// The vulnerabilities of packages by their URLs, without a log-in. instead: as of ask().
sdk::Reply<std::vector<Finding>> look_up(sdk::Context& ctx, const std::vector<std::string>& purls,
                                         const Wanted& wanted, std::string_view instead = {});

// The error of a call that has to know and cannot. so: what that keeps it from, "so ...".
sdk::Status not_known(sdk::Context& ctx, const Located& located, const Inventory& inventory,
                      std::string_view so);
// What to tell beside an answer that is not conclusive.
std::string not_conclusive(const Inventory& inventory);

}  // namespace dockerhub::scout
