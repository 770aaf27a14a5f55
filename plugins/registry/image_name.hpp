// The `repo` and `reference` parameters: which repository of which registry, and what in it.
// `[host[:port]/]repository[:tag][@digest]`; what stands before the first "/" is a host when it has
// "." or ":" or is "localhost". Docker's registry has more names than one, and there a repository
// of one component lives under "library/". Sources: OCI distribution-spec 1.1.1, "Pulling
// manifests"; the rules of Docker's clients for familiar names. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "digest_name.hpp"
#include "fault.hpp"

namespace dockerhub::registry {

// The registry of a name without a host.
struct ConfiguredRegistry {
  std::string host = "registry-1.docker.io";  // host[:port]
  bool is_dockers = true;                     // Docker's, or a stand-in for it
};

// A tag or a digest. With both, the digest decides.
class Reference {
 public:
  // "tag", "digest" or "tag@digest".
  static Checked<Reference> parse(const char* parameter, std::string_view text);
  static Reference of(DigestName digest);
  // `tag` fits the grammar of tags.
  static Reference of_tag(std::string_view tag);

  const std::string& text() const { return text_; }
  const std::optional<DigestName>& digest() const { return digest_; }

 private:
  std::string text_;
  std::optional<DigestName> digest_;
};

bool is_tag(std::string_view text);

struct ImageName {
  std::string host;         // for the request: empty = the configured registry
  std::string registry;     // host[:port] in lower case, never empty
  std::string repository;   // as it stands in the path
  bool is_dockers = false;  // the registry is Docker's, or stands in for it
  std::optional<Reference> embedded;

  static Checked<ImageName> parse(std::string_view text, const ConfiguredRegistry& configured);
};

// host[:port] of a parameter, as a request wants it: empty for the configured registry.
Checked<std::string> request_host(std::string_view text, const ConfiguredRegistry& configured);

// The one reference of a call: of the parameter, or of the name, or else the tag "latest".
Checked<Reference> one_reference(const ImageName& name, std::optional<std::string_view> parameter);

}  // namespace dockerhub::registry
