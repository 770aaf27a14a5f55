// Values for the arguments of actions, resources and prompts, as Docker Hub knows them: what is behind the completion
// row of each module. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>

#include "kept_lists.hpp"

namespace dockerhub::hub {

// Asks the actions of completion_sources.hpp, for a second in all; what was asked within the last minute is not
// asked again, and what is kept from before serves where Docker Hub does not answer in that time. What else fails
// or is not offered gives no values: completion is never in the way. "acme/app" is completed in two steps, the
// namespace first.
sdk::Status complete(KeptLists& kept, sdk::Context& ctx);

// The same for modules without resources and prompts: completion of their actions is asked for by processes that end
// with the answer, so there is nobody to keep a list for.
sdk::Status complete_once(sdk::Context& ctx);

}  // namespace dockerhub::hub
