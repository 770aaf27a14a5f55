// What local policies are evaluated over, gathered from Docker Scout and the registry. What cannot be had
// stays unknown. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <optional>
#include <string>

#include "kept_contents.hpp"
#include "local_policy.hpp"
#include "located.hpp"

namespace dockerhub::scout {

struct ImageFacts {
  std::optional<Inventory> content;  // conclusive
  std::optional<std::vector<std::string>> predicate_types;
  bool knows_all_attached = true;
  std::optional<std::string> user;
  std::optional<std::vector<BaseImage>> base_images;

  PolicyFacts view() const;
};

// A failure is one that ends the call.
sdk::Reply<ImageFacts> facts_of(KeptContents& kept, sdk::Context& ctx, const Located& located);

}  // namespace dockerhub::scout
