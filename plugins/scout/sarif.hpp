// Findings as a SARIF log (OASIS, "Static Analysis Results Interchange Format", version 2.1.0), with what
// code-scanning pages want beside what the format requires. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace dockerhub::scout {

// image: its name with tag or digest, where the results are.
sdk::Json sarif_of(const std::vector<Finding>& findings, std::string_view image,
                   std::string_view digest);

}  // namespace dockerhub::scout
