#include "faults/presets.hpp"

#include <utility>

#include "sample/sample_data.hpp"

namespace dockerhub::sandbox {

std::vector<std::string> play_hostile_registry(World& world, FaultBook& faults,
                                               const std::string& elsewhere) {
  std::vector<std::string> names;
  for (const FaultKind& kind : fault_kinds()) {
    names.push_back("hostile/" + std::string(kind.name));
    add_sample_image(world.store, names.back());
    Fault fault;
    fault.kind = &kind;
    fault.listener = "registry";
    fault.prefix = "/v2/" + names.back() + '/';
    if (!elsewhere.empty()) fault.parameters.url = elsewhere;
    faults.add(std::move(fault));
  }
  return names;
}

}  // namespace dockerhub::sandbox
