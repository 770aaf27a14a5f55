// AUTH_TYPE=none: nobody logs in. Other users of this machine reach its loopback, too, so over TCP
// everybody may only read; who shows the bearer that the first start made, in a file of the user's own,
// may do all, and so may whoever comes by a Unix socket, which is the user's own.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "authenticator.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::server {

// $XDG_STATE_HOME/dockerhub/NAME-bearer, or below ~/.local/state; empty where there is no such place.
// name: of the server, "mcp".
std::filesystem::path local_bearer_file(std::string_view name);

// Reads the bearer, and makes it (32 random bytes, the file with mode 0600 in a folder with mode 0700)
// where there is none. Errors (configuration): others can read, write or replace the file, a newer version
// wrote it, or it cannot be made.
Result<std::string> local_bearer(const std::filesystem::path& file);

class NoAuthentication : public Authenticator {
 public:
  // open: everybody may do all (--allow-unauthenticated). bearer may be empty: then nobody has it.
  // variable: the one that sets another way to log in, for advice.
  NoAuthentication(std::string bearer, std::filesystem::path file, bool open,
                   std::string variable = "AUTH_TYPE")
      : bearer_(std::move(bearer)),
        file_(std::move(file)),
        variable_(std::move(variable)),
        open_(open) {}

  tl::expected<Principal, web::Response> authenticate(const web::Request& request) const override;
  std::string advice() const override;

 private:
  const std::string bearer_;
  const std::filesystem::path file_;
  const std::string variable_;
  const bool open_;
};

}  // namespace dockerhub::server
