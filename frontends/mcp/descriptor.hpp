// A file descriptor that is closed with its owner.
#pragma once

#include "http/descriptor.hpp"

namespace dockerhub::mcp {

using web::Descriptor;

}  // namespace dockerhub::mcp
