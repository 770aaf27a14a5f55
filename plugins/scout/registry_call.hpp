// What the registry says of an image, through the actions of hub_registry, which verify what they read.
// Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>

namespace dockerhub::scout {

// An answer of hub_registry: as text, since what has a digest must not be written anew.
struct RegistryAnswer {
  std::string envelope;   // also of a failure, where hub_registry was called
  std::string_view data;  // JSON, within `envelope`
  sdk::Document body;     // of `data`
  std::string digest;     // as the registry says, of manifests alone

  RegistryAnswer() = default;
  RegistryAnswer(RegistryAnswer&& other) = delete;
  RegistryAnswer& operator=(RegistryAnswer&& other) = delete;
};

// Fills `answer`. hub_registry's failure is the error of the call; the caller may get over it.
sdk::Status ask_registry(sdk::Context& ctx, std::string_view action, const sdk::Json& params,
                         RegistryAnswer& answer, const sdk::Json& options = sdk::Json::raw("{}"));

// Whether hub_registry refused a name before it asked anybody.
bool is_callers_mistake(const RegistryAnswer& answer);

// Whether a failure is one of the call itself, which no other source can mend.
bool ends_call(sdk::Status status);

}  // namespace dockerhub::scout
