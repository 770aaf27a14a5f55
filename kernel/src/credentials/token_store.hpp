// Tokens that outlive a process, so that a script which runs the command line a thousand times logs in once
// (docs/credentials.md, "Tokens between processes"): files in $XDG_RUNTIME_DIR/dockerhub, 0600 in a folder of
// 0700 that has to be this user's. A file holds the tokens of one issuer, that is service and account, sealed:
// its name and its key are hashes of issuer and credential with a random key of the folder, so that
// who has the files without the credential has nothing. A file that is broken, of a stranger or of a newer
// format is passed over: everything here is a way to save a log-in, never a reason to fail. Any thread, any
// number of processes; the folder is not touched before it is needed.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "approval/seal.hpp"
#include "base/file.hpp"
#include "config/configuration_impl.hpp"
#include "credentials/scope.hpp"
#include "credentials/secret.hpp"
#include "http/control.hpp"

namespace dockerhub {

struct StoredToken {
  Scopes scopes;
  std::shared_ptr<const Secret> token;  // without its scheme; known to redaction
  std::chrono::system_clock::time_point good_until;
};

class TokenStore {
 public:
  using Warn = std::function<void(std::string_view)>;
  using Time = std::chrono::system_clock::time_point;

  // nullptr where tokens are not to be kept: credentials.token_cache is off, $XDG_RUNTIME_DIR is not set,
  // or servers need not prove who they are (tls.verify).
  static std::shared_ptr<TokenStore> of(const Configuration& configuration, Warn warn);

  // `folder`: made when the first token is kept; its parent has to be there.
  TokenStore(std::filesystem::path folder, std::shared_ptr<SecretBook> book, Warn warn);

  // The tokens of an issuer that are good at that time.
  std::vector<StoredToken> find(std::string_view issuer, Time now);
  // Adds one; those that are over leave, and of more than kMost those that end first.
  void keep(std::string_view issuer, StoredToken token, Time now);
  // Removes one that was refused.
  void drop(std::string_view issuer, std::string_view token, Time now);

  // Held by the one process that mints for an issuer. Waits for another one that does, as long as the caller
  // may; without success (also where there are no files) it is empty.
  UniqueFd turn(std::string_view issuer, const http::Control& control);

  static constexpr std::size_t kMost = 32;  // of one issuer

 private:
  struct Place {
    std::filesystem::path folder;
    std::string key;  // of the folder
  };

  // nullptr: no folder, and none may be made.
  const Place* place();
  std::optional<Place> open_place();
  std::filesystem::path file_of(const Place& place, std::string_view issuer) const;
  Result<Seal> seal_of(const Place& place, std::string_view issuer) const;
  std::vector<StoredToken> read(const Place& place, std::string_view issuer, Time now);
  void write(const Place& place, std::string_view issuer, const std::vector<StoredToken>& tokens);
  // Reads, lets `change` work on what is there, and writes, alone among all processes.
  void rewrite(std::string_view issuer, Time now,
               const std::function<void(std::vector<StoredToken>&)>& change);
  void warn_once(std::string_view text);

  std::filesystem::path folder_;
  std::shared_ptr<SecretBook> book_;
  Warn warn_;
  std::once_flag opened_, warned_;
  std::optional<Place> place_;
};

}  // namespace dockerhub
