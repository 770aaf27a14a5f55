// Attestations of an image: those in its index, those that refer to it in the registry, and those that
// Docker Scout lists. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "located.hpp"
#include "statement.hpp"

namespace dockerhub::scout {

struct Attached {
  std::string predicate_type;  // or the media type of what is no statement; empty: not told
  std::string digest;          // of the blob, or of the manifest where the blob is not known
  std::string manifest;        // digest of the manifest that has it; empty: the registry has none
  std::string media_type;      // of the blob
  std::string source;          // "attestation", "referrer", "graphql"
  std::string reference;       // where Docker Scout says that it is
  std::string about;           // digest of the image, or of the index

  bool is_readable() const { return !manifest.empty(); }
  sdk::Json json() const;
};

struct Attachments {
  std::vector<Attached> all;
  bool is_whole = true;  // false: there may be more among the referrers
};

// In the index and among the referrers, each once. A failure of the referrers is a warning.
sdk::Reply<Attachments> attached_in_registry(sdk::Context& ctx, const Located& located);

// As Docker Scout lists them; a refusal or failure gives a warning and none.
sdk::Reply<std::vector<Attached>> attached_in_scout(sdk::Context& ctx, const Located& located);

// A document that was attached, read and verified by its digest.
struct AttachedDocument {
  std::string digest;  // of what was read
  std::string text;    // the document itself: the predicate of a statement, or the whole blob
  std::string predicate_type;
  bool carries_signature = false;
  bool is_about_image = true;  // false: its subject is another one
};
sdk::Reply<AttachedDocument> read_attached(sdk::Context& ctx, const Located& located,
                                           const Attached& attached);

// Whether it is an SBOM, by its predicate or its media type.
bool is_sbom(const Attached& attached);

}  // namespace dockerhub::scout
