// What a client is told that comes without a token (RFC 9728): which resource this is, who gives out tokens for
// it, and for which scopes. Immutable; any thread.
#pragma once

#include <string>
#include <string_view>

#include "token_settings.hpp"

namespace dockerhub::server {

inline constexpr std::string_view kMetadataPath = "/.well-known/oauth-protected-resource";

class ProtectedResource {
 public:
  // path: where the resource is, below the base URL. Without a base URL nothing is told.
  ProtectedResource(const TokenSettings& settings, std::string_view path);

  // The document below kMetadataPath, or below that and the resource's path; nullptr: not there.
  const std::string* document(std::string_view suffix) const;
  // ", resource_metadata=\"...\"" for a challenge, or empty.
  const std::string& parameter() const { return parameter_; }

 private:
  std::string document_, parameter_;
  std::string path_;  // of the resource's URL
};

}  // namespace dockerhub::server
