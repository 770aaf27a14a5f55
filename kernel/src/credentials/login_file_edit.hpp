// Changes of the files that hold logins: one login is put in or taken out, all else stays. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "credentials/login_file.hpp"
#include "credentials/wiping_allocator.hpp"

namespace dockerhub {

struct LoginEdit {
  std::string_view server;  // the name under which it stands; other spellings of it leave with it
  std::string_view user;    // "<token>": the secret is an identity token
  std::string_view secret;  // empty: the login is taken out
};

// The whole new text. `text` may be empty: a new file. Of Docker's own the order of members and what these
// programs do not know stay; theirs is one line. Errors (configuration) name `source` and show nothing of it.
Result<SecretBytes> edited_logins(std::string_view text, LoginFileKind kind, const LoginEdit& edit,
                                  const std::string& source);

}  // namespace dockerhub
