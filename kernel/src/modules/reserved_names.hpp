// Names that no module and no tool may have: those of the programs' own commands, now and to come, and
// what protocols call the other things that modules have. A name can be given free later, never taken
// back. Free function; any thread.
#pragma once

#include <string_view>

namespace dockerhub {

bool is_reserved_name(std::string_view name);

}  // namespace dockerhub
