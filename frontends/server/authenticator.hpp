// Who sends an HTTP request. One class for each value of AUTH_TYPE; any thread.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "http/message.hpp"
#include "principal.hpp"

namespace dockerhub::server {

class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // The caller, or the refusal (401, 403, 400).
  virtual tl::expected<Principal, web::Response> authenticate(
      const web::Request& request) const = 0;

  // Whether the answer of authenticate() would come too early, since what it needs is being fetched: ask again
  // a little later. May begin to fetch; does not wait itself.
  virtual bool must_wait(const web::Request& /*request*/) const { return false; }
  // Ends what is being fetched.
  virtual void stop() const {}

  // Whether a token says by scopes what its bearer may do; then a call that needs more is refused with
  // 403, so that the client can ask for a token with more.
  virtual bool has_scopes() const { return false; }

  // That refusal.
  virtual web::Response more_scopes(Effect needed) const;

  // What tells clients where tokens are had (RFC 9728), as JSON; nullptr: nothing does. `suffix`: of the
  // path, behind the well-known name.
  virtual const std::string* resource_metadata(std::string_view /*suffix*/) const {
    return nullptr;
  }

  // What a caller that may not do something is told to do about it.
  virtual std::string advice() const = 0;
};

// The token of "Authorization: Bearer TOKEN". nullopt: no such header. Error: another scheme, several
// headers, a form that no token has (400).
tl::expected<std::optional<std::string>, web::Response> bearer_token(const web::Request& request);

// Equal, in a time that does not depend on where they differ.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace dockerhub::server
