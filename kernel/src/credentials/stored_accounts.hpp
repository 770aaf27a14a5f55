// The accounts that `dockerhub login` recorded: who they are, which hosts they are for and where their secret is
// kept, which is never here. A private file in the folder of our own logins. Any thread; writers take its lock.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/private_file.hpp"
#include "config/configuration_impl.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Where a login is kept.
struct LoginShelf {
  enum class Kind { helper, config_json, own };

  Kind kind = Kind::own;
  std::string helper;  // NAME of docker-credential-NAME, of Kind::helper
  std::string server;  // the name under which it stands there
  // Of Kind::config_json: its absolute path; empty: the one that the configuration names.
  std::string file{};

  bool operator==(const LoginShelf&) const = default;
};

struct StoredAccount {
  std::string name;  // as the user calls it: letters, digits and . _ -
  std::string user;  // as the server knows it
  std::string kind;  // "password", "pat", "oat"
  LoginShelf shelf;
  // The base URLs that it was logged in to, by the key of the setting: nothing else gets it.
  std::map<std::string, std::string, std::less<>> urls;
};

struct AccountList {
  std::string current;  // the name of the one that counts where nobody names one; may be empty
  std::vector<StoredAccount> accounts;

  const StoredAccount* find(std::string_view name) const;
  // In the place of the one of that name, or at the end.
  void put(StoredAccount account);
  bool remove(std::string_view name);
};

// $XDG_CONFIG_HOME/dockerhub, else $HOME/.config/dockerhub, unless credentials.folder says another one; empty:
// there is none.
std::filesystem::path login_folder(const Configuration& configuration);

bool is_account_name(std::string_view name);

class AccountFile {
 public:
  // `folder`: login_folder(). An empty one has no accounts and takes none.
  explicit AccountFile(const std::filesystem::path& folder);

  // Empty where there is no file. Errors (configuration): not ours alone, a newer format, broken.
  Result<AccountList> read() const;
  Result<void> write(const AccountList& list) const;
  const std::filesystem::path& path() const { return file_.path(); }

 private:
  PrivateFile file_;
};

}  // namespace dockerhub
