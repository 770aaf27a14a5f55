// The SBOM that somebody attached to an image. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attached.hpp"
#include "documents.hpp"

namespace dockerhub::scout {

struct StoredSbom {
  Attached attached;
  AttachedDocument document;
  SbomFormat format = SbomFormat::other;
  std::vector<std::string> others;  // digests of further SBOMs of the image
};

// The first of the wanted format ("spdx", "cyclonedx"; empty: any), of the index before the referrers.
// No value: there is none.
sdk::Reply<std::optional<StoredSbom>> stored_sbom(sdk::Context& ctx, const Located& located,
                                                  std::string_view format);

}  // namespace dockerhub::scout
