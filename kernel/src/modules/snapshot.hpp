// The catalogue that follows from the modules of a table. Free functions; any thread (the caller
// holds whatever guards the slots).
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "modules/module_table.hpp"
#include "modules/name_rules.hpp"

namespace dockerhub {

// Everything that is offered now, sorted by name. A tool without an action is left out.
std::shared_ptr<const ModuleTable::Snapshot> make_snapshot(const Slots& slots,
                                                           std::uint64_t version);

// The kinds of rows that a module brings or takes along.
using ChangeKinds = std::set<Change::Kind>;
void add_kinds(const Manifest& manifest, ChangeKinds& kinds);

}  // namespace dockerhub
