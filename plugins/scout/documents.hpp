// SBOM documents: what software they name, and a minimal one made of a list of packages. Sources: SPDX
// 2.3, JSON; CycloneDX 1.x, JSON. Pure; any thread.
#pragma once

#include <array>
#include <dockerhub/sdk/json.hpp>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace dockerhub::scout {

enum class SbomFormat { spdx, cyclonedx, other };

// What a document of a format is called: attached bare, and as the predicate of a statement.
struct SbomNames {
  SbomFormat format;
  std::string_view media_type, predicate_type;
};
inline constexpr std::array<SbomNames, 2> kSbomNames = {{
    {SbomFormat::spdx, "application/spdx+json", "https://spdx.dev/Document"},
    {SbomFormat::cyclonedx, "application/vnd.cyclonedx+json", "https://cyclonedx.org/bom"},
}};

// By what the document says of itself.
SbomFormat format_of(const sdk::Value& document);
std::string_view format_name(SbomFormat format);

// The packages that have a package URL, each once.
std::vector<Package> packages_in(const sdk::Value& document);

// An SPDX document that says it was derived and is not one that was stored. created: RFC 3339.
sdk::Json spdx_of(const std::vector<Package>& packages, std::string_view image,
                  std::string_view digest, std::string_view created);

}  // namespace dockerhub::scout
