// Where credentials come from, strongest first, and whose they are: the table of docs/credentials.md, which a
// test compares with this one. For each request the first source that has something for its host counts;
// without one the request is anonymous. Constant data; any thread.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "credentials/login_file.hpp"

namespace dockerhub {

// What a request is for, as modules name it.
enum class Surface { none, hub, scim, scout, registry };

struct CredentialSource {
  enum class Kind {
    bearer,   // a token, sent as it is
    account,  // user and secret: exchanged for a token
    keyless,  // the identity of a job: exchanged for a secret
    stored,   // an account that `dockerhub login` recorded: as `account`
    file,     // with logins of many hosts
  };

  struct Place {
    std::string_view variable;  // with an absolute folder
    std::string_view below;
  };

  std::string_view name;
  Kind kind = Kind::bearer;
  std::string_view setting;           // of the secret, or of the place of a file
  std::array<Surface, 4> surfaces{};  // for which it is looked at
  std::string_view hosts;             // whose it is, for the documentation
  // Of a file: its form, what stands behind the setting's value, and where it is looked for when the
  // setting is not set.
  LoginFileKind form = LoginFileKind::config_json;
  std::string_view appended{};
  std::array<Place, 3> places{};
};

std::span<const CredentialSource> credential_sources();

bool serves(const CredentialSource& source, Surface surface);

// "hub", "scim"... as modules and docs/credentials.md have it; none for anything else.
std::string_view surface_name(Surface surface);
Surface surface_of(std::string_view name);

}  // namespace dockerhub
