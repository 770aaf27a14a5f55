// Programs "docker-credential-NAME get|store|erase" that keep logins (the protocol of
// docker-credential-helpers): the server's name, or JSON {ServerURL, Username, Secret}, on standard input, for
// `get` such JSON on standard output. No shell; the program comes from an absolute folder of PATH and gets no secret
// of ours in its environment. What it writes on standard error is discarded, since nobody knows what is
// in it. Any thread; each call starts a process of its own and waits for it.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "config/configuration_impl.hpp"
#include "credentials/login.hpp"
#include "dockerhub/kernel.hpp"
#include "http/control.hpp"

namespace dockerhub {

struct HelperQuestion {
  std::string name;    // NAME; letters, digits and . _ -
  std::string server;  // "https://index.docker.io/v1/", "registry.example.com:5000"
  std::map<std::string, std::string> environment;  // of the program; its PATH is searched for it
};

inline constexpr std::chrono::milliseconds kHelperTime{10'000};
inline constexpr std::size_t kHelperAnswerLimit = 64 * 1024;  // bytes

// Whether docker-credential-NAME is in an absolute folder of `path` (the value of PATH). It is not started.
bool has_helper(const std::string& name, const std::string& path);

// nullptr: the helper knows no login for that server. Errors: ErrorKind::configuration (no such program, it
// failed, took too long, or its answer is unusable), which name the helper and the server; timeout and
// cancelled of this caller.
Result<std::shared_ptr<const Login>> ask_helper(const HelperQuestion& question, SecretBook& book,
                                                const http::Control& control);

// A user "<token>" stands for an identity token. Errors as ask_helper() has them.
Result<void> store_in_helper(const HelperQuestion& question, std::string_view user,
                             std::string_view secret, const http::Control& control);
// One that knows no login for that server is content, too.
Result<void> erase_in_helper(const HelperQuestion& question, const http::Control& control);

// The environment of the configuration, for a helper: without what is a secret of ours.
std::map<std::string, std::string> helper_environment(const Configuration& configuration);

}  // namespace dockerhub
