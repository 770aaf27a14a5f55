// The reference of a module as a page of Markdown, made from its rows. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

std::string reference_page(const Tool& tool);

}  // namespace dockerhub::cli
