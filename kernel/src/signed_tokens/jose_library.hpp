// What libdockerhub_jose does for this folder (kernel/jose): signatures by libjose and OpenSSL. It is
// loaded when a server is started that needs it; nothing of either is named here. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// The three parts of a token as they came, without the dots.
struct TokenParts {
  std::string_view header, payload, signature;
};

struct JoseLibrary {
  std::string_view build;
  // The public key of a PEM text as a JSON Web Key (RFC 7517), public members only; nullopt: there is none in it.
  std::optional<std::string> (*jwk_of_pem)(std::string_view pem);
  // Whether the key made the signature by its member `alg`, which the header has to name, too.
  bool (*verify)(std::string_view jwk, const TokenParts& token);
};
inline constexpr const char* kJoseLibrarySymbol = "dh_jose_library";

// Errors: as dockerhub/late_library.hpp says.
Result<const JoseLibrary*> load_jose_library();

}  // namespace dockerhub
