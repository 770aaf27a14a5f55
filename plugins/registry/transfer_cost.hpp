// What it takes to move images from a registry, or would take. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "dockerhub/sdk/json.hpp"

namespace dockerhub::registry {

struct TransferCost {
  std::size_t requests = 0;  // those that looked
  std::size_t pulls = 0;     // manifests read at Docker's registry
  // Of blobs that were sent; of a plan at most, since what is there already is not sent.
  std::uint64_t bytes = 0;
  bool pulls_are_exact = true;  // false: they are the least

  sdk::Json json() const;

  // For the end of a dry run, whose bytes are those of the images that it read. counted: how many pulls were used up
  // by looking.
  std::string plan_text(std::size_t counted) const;
};

}  // namespace dockerhub::registry
