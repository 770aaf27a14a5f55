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
  std::uint64_t bytes = 0;   // of blobs that are sent
  bool is_exact = true;      // false: pulls and bytes are the least

  sdk::Json json() const;

  // For the end of a dry run. counted: how many pulls were used up by looking.
  std::string plan_text(std::size_t counted) const;
};

}  // namespace dockerhub::registry
