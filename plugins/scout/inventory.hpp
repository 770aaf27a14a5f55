// Docker Scout's answers, nested by package, as flat lists. Unknown values of the server's fail nothing:
// it may be ahead of the schema that is known. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>

#include "finding.hpp"

namespace dockerhub::scout {

// Of imagePackagesForImageCoords, an object. Its source is "graphql".
Inventory read_image_packages(const sdk::Value& answer);

// Adds the items of vulnerabilitiesByPackage.
void add_package_vulnerabilities(const sdk::Value& items, std::vector<Finding>& findings);

// The worst first, then by name.
void sort_findings(std::vector<Finding>& findings);

}  // namespace dockerhub::scout
