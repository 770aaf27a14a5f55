// Keeps logins where the user's Docker keeps them: with a credential helper that its config.json names, else in
// config.json itself, or in our own logins.json. Any thread; each call is a look of its own.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "credentials/credential_helper.hpp"
#include "credentials/login.hpp"
#include "credentials/login_file.hpp"
#include "credentials/stored_accounts.hpp"
#include "credentials/wiping_allocator.hpp"
#include "http/control.hpp"

namespace dockerhub {

class LoginStore {
 public:
  explicit LoginStore(const Configuration& configuration);

  // Where a login of that target goes, under `server`. `wanted`: there and nowhere else. Otherwise a helper where
  // config.json names one, config.json where it is there, else our own file. A config.json is named by its path.
  Result<LoginShelf> shelf_for(const LoginTarget& target, const std::string& server,
                               std::optional<LoginShelf::Kind> wanted) const;

  // nullptr: nothing is kept there. Errors: configuration, and timeout and cancelled of this caller.
  Result<std::shared_ptr<const Login>> read(const LoginShelf& shelf,
                                            const http::Control& control) const;
  // Replaces what stood there. Files are made with mode 0600 and replaced at once or not at all.
  Result<void> save(const LoginShelf& shelf, std::string_view user, std::string_view secret,
                    const http::Control& control) const;
  Result<void> erase(const LoginShelf& shelf, const http::Control& control) const;

  // The users in our own file, by server.
  Result<std::map<std::string, std::string>> own_users() const;

  // For people: "docker-credential-pass", or the file's path.
  std::string name_of(const LoginShelf& shelf) const;

 private:
  HelperQuestion question(const LoginShelf& shelf) const;
  std::filesystem::path file_of(const LoginShelf& shelf) const;
  // Empty where there is no such file.
  Result<SecretBytes> text_of(const LoginShelf& shelf) const;
  Result<void> edit(const LoginShelf& shelf, std::string_view user, std::string_view secret,
                    const http::Control& control) const;

  Configuration configuration_;
  std::filesystem::path docker_file_, own_file_;  // empty: there is no place
};

// The name under which Docker keeps the login of a registry.
std::string docker_server_name(const http::Origin& registry);
// The one of an account beside that, which Docker does not know; and whether a name is such a one.
std::string account_server_name(const http::Origin& hub, std::string_view account);
bool is_account_server(std::string_view server);

}  // namespace dockerhub
