// All of the sample data with which every sandbox begins (docs/sandbox.md lists it).
#pragma once

#include "contents.hpp"

namespace dockerhub::sandbox {

Contents sample_contents();

}  // namespace dockerhub::sandbox
