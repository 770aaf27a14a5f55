// The image of a call, as Docker Scout and as the registry name it. `[host/]repository[:tag][@digest]`;
// without an own organization "acme/app" belongs to acme and "alpine" to library, as in version 0.2.0 of
// the Python package. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::scout {

// The registry that is meant without a host.
struct DefaultRegistry {
  std::string host;
  bool is_dockers = true;  // Docker's, or a stand-in for it
};

struct Image {
  std::string in_registry;   // as hub_registry takes it
  std::string host;          // as Docker Scout calls the registry: "hub.docker.com"
  std::string repository;    // with its namespace
  std::string organization;  // whose data is meant; empty: what is public
  std::string reference;     // a tag or a digest

  bool is_by_digest() const { return reference.find(':') != std::string::npos; }
  // Whether it names content by a digest of the right form, which says what is meant without the registry.
  bool has_digest() const;
  // "acme/app:1.0", "acme/app@sha256:...".
  std::string text() const;
};

// What a caller says; empty: nothing.
struct ImageWords {
  std::string_view repo, reference, organization;
};

// A reference in `repo` and one beside it: the one beside it has to be empty, or contradicts().
bool contradicts(const ImageWords& words);
Image image_of(const ImageWords& words, const DefaultRegistry& registry);

}  // namespace dockerhub::scout
