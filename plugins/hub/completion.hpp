// Values for the arguments of resources and prompts, as Docker Hub knows them: the one function behind the
// completion row of each module. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::hub {

// Asks the actions of completion_sources.hpp, for a second in all. What fails, is not offered or takes longer
// gives no values: completion is never in the way. "acme/app" is completed in two steps, the namespace first.
sdk::Status complete(sdk::Context& ctx);

}  // namespace dockerhub::hub
