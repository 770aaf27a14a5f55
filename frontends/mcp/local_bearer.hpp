// AUTH_TYPE=none: nobody logs in. Other users of this machine reach its loopback, too, so over TCP
// everybody may only read; who shows the bearer that the first start made, in a file of the user's own,
// may do all, and so may whoever comes by a Unix socket, which is the user's own.
#pragma once

#include <filesystem>
#include <string>

#include "authenticator.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// $XDG_STATE_HOME/dockerhub/mcp-bearer, or below ~/.local/state; empty where there is no such place.
std::filesystem::path local_bearer_file();

// Reads the bearer, and makes it (32 random bytes, the file with mode 0600 in a folder with mode 0700)
// where there is none. Errors (configuration): others can read, write or replace the file, a newer version
// wrote it, or it cannot be made.
Result<std::string> local_bearer(const std::filesystem::path& file);

class NoAuthentication : public Authenticator {
 public:
  // open: everybody may do all (--allow-unauthenticated). bearer may be empty: then nobody has it.
  NoAuthentication(std::string bearer, std::filesystem::path file, bool open)
      : bearer_(std::move(bearer)), file_(std::move(file)), open_(open) {}

  tl::expected<Principal, web::Response> authenticate(const web::Request& request) const override;
  std::string advice() const override;

 private:
  const std::string bearer_;
  const std::filesystem::path file_;
  const bool open_;
};

}  // namespace dockerhub::mcp
