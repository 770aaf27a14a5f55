// What the sandbox's Docker Scout knows: vulnerabilities of packages, and which packages an image holds.
// The names of the vulnerabilities are nobody's. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

// The software of a sample image: of the older or the present one.
std::vector<std::string> sample_purls(bool is_old);

// As the schema has them: Package, with its vulnerabilities; VpVulnerability; VulnerabilityReport.
JsonText package_with_vulnerabilities(const std::string& purl, bool include_excepted);
JsonText vulnerabilities_of(std::string_view purl, bool include_excepted);
JsonText vulnerability_report(const std::vector<std::string>& purls);

}  // namespace dockerhub::sandbox
