// Standard input and output, taken for the protocol alone: afterwards descriptor 0 reads nothing
// and descriptor 1 is standard error, so that nothing a module reads or prints can meet a message.
#pragma once

#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

struct StandardStreams {
  Descriptor input, output;
};

// Once, before any descriptor is opened. Error (configuration): one of them is not open.
Result<StandardStreams> take_standard_streams();

}  // namespace dockerhub::mcp
