// The catalogue as the lists of the protocol. A tool of a module is one tool here, with the action
// as an argument ("condensed"). Its schema keeps to what model services accept: an object of plain
// types, no combinators, no references. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// Results of tools/list, resources/list, resources/templates/list and prompts/list (JSON objects).
std::string tools_result(const Catalogue& catalogue);
std::string resources_result(const Catalogue& catalogue);
std::string resource_templates_result(const Catalogue& catalogue);
std::string prompts_result(const Catalogue& catalogue);

// What `initialize` tells the model: clients may show nothing else of the server at first.
std::string instructions(const Catalogue& catalogue);

}  // namespace dockerhub::mcp
