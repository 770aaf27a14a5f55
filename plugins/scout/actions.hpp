// What does the work of the actions; scout.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

#include "kept_contents.hpp"

namespace dockerhub::scout {

sdk::Status summary(KeptContents& kept, sdk::Context& ctx);
sdk::Status cves(KeptContents& kept, sdk::Context& ctx);
sdk::Status sbom(sdk::Context& ctx);
sdk::Status compare(KeptContents& kept, sdk::Context& ctx);
sdk::Status policies(sdk::Context& ctx);
sdk::Status policy_evaluation(KeptContents& kept, sdk::Context& ctx);
sdk::Status recommendations(sdk::Context& ctx);
sdk::Status attestations(sdk::Context& ctx);
sdk::Status purl(sdk::Context& ctx);
// Of the arguments of resources and prompts.
sdk::Status complete(KeptContents& kept, sdk::Context& ctx);

}  // namespace dockerhub::scout
