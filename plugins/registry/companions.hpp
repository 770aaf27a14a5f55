// What belongs to a manifest and stands beside it: manifests that refer to it by `subject`, and those under the tags
// that carry its digest (Cosign: "sha256-....sig", ".att", ".sbom"). Inside the call, on its thread. Errors are put on
// the call.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "client.hpp"
#include "referrers_support.hpp"

namespace dockerhub::registry {

// A tag that is there, and what it names.
struct DigestTag {
  std::string tag;
  DigestName digest;
  std::string media_type;             // empty: not stated
  std::optional<std::uint64_t> size;  // bytes
};

// Whether a tag carries a digest ("sha256-...", "sha512-..."): it belongs to that image, goes along with it, and is no
// image of its own.
bool is_of_digest(std::string_view tag);

// Of a tag of Cosign's the beginning, which is fallback_tag() of the digest that it is about; empty: it is none.
std::string_view subject_part(std::string_view tag);

// Cosign's tags of a digest. Docker Hub counts no pull for the requests.
sdk::Reply<std::list<DigestTag>> digest_tags(Client& client, const DigestName& subject);

struct Companion {
  Descriptor manifest;
  std::string artifact_type;
  std::string tag;     // that names it; empty: it refers to the subject
  std::string source;  // "referrers API" or "tag ..."
};

// Both kinds, in this order, each once.
sdk::Reply<std::list<Companion>> companions_of(Client& client, ReferrersSupport& support,
                                               const DigestName& subject);

}  // namespace dockerhub::registry
