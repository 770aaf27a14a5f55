// The logins that people keep in files: Docker's config.json, and the auth.json of podman, skopeo and
// buildah (containers-auth.json(5), docs/credentials.md). Only the login that was asked for becomes a
// Secret; nothing of the others stays in memory. Pure; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/login.hpp"
#include "dockerhub/kernel.hpp"
#include "http/url.hpp"

namespace dockerhub {

// Whom a request is for: a registry and, where it is known, the repository.
struct LoginTarget {
  http::Origin registry;
  std::string repository;
};

enum class LoginFileKind {
  config_json,  // a login belongs to a host
  auth_json,    // or to a part of it: "host/namespace/repository", of which the longest counts
  own,          // as config.json has them, with a format version: these programs' own
};

// The format that these programs write into theirs.
inline constexpr int kOwnLoginFormat = 1;

// What a file says for one target. Both may be there: the helper is asked first then.
struct FoundLogin {
  std::shared_ptr<const Login> login;
  std::string helper;  // NAME of docker-credential-NAME, or empty
  std::string server;  // what to ask the helper for
};

// What a file says at all, without any secret.
struct LoginOverview {
  std::vector<std::string> servers;  // that it holds a login for, or names a helper for
  std::vector<std::string> helpers;  // NAMEs of docker-credential-NAME, each once
  bool has_secrets = false;          // in itself
};

inline constexpr std::size_t kLoginFileLimit = 1024 * 1024;  // bytes

// `source` names the file for people. Errors (ErrorKind::configuration) name it and show nothing of it.
Result<FoundLogin> find_login(std::string_view text, LoginFileKind kind, const LoginTarget& target,
                              const std::string& source, SecretBook& book);

Result<LoginOverview> overview_of_logins(std::string_view text, const std::string& source);

// Whether both mean one server, however each is written: Docker's names, "https://r.example/v2/" and "R.example".
bool same_server(std::string_view one, std::string_view other);

// The version in a text of LoginFileKind::own; nullopt: none.
std::optional<std::int64_t> own_login_version(std::string_view text);

// The login that stands under that name, else under another spelling of it; nullptr: none does.
Result<std::shared_ptr<const Login>> login_under(std::string_view text, std::string_view server,
                                                 const std::string& source, SecretBook& book);

// The user of each login in the file itself, by the name under which it stands.
Result<std::map<std::string, std::string>> users_of_logins(std::string_view text,
                                                           const std::string& source);

// Which helper the file names for that target; empty: none.
Result<std::string> helper_for(std::string_view text, const LoginTarget& target,
                               const std::string& source);

}  // namespace dockerhub
