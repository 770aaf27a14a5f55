// Sets of faults that belong together. "hostile_registry": for every kind of fault a public repository
// "hostile/<kind>" whose every answer by the registry is spoiled in that way, so that one list of names
// is a whole parade of bad registries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "faults/fault_book.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

// `elsewhere` is the URL to which realm, redirect and next page lead; empty: the kinds' own. Gives the
// names of the repositories.
std::vector<std::string> play_hostile_registry(World& world, FaultBook& faults,
                                               const std::string& elsewhere);

// A profile: faults with small probabilities, as a network or a service has them on a bad day. "flaky" is
// slow at times, refuses, breaks connections and cuts answers. False: there is none of that name.
bool play_profile(FaultBook& faults, std::string_view name);
std::string profile_names();

}  // namespace dockerhub::sandbox
