// Where a request goes: the surfaces of the kernel ("hub", "scim", "registry", "scout") and the
// destinations that manifests declare, each with its base URL and with whoever adds the credential.
// Client and credentials are made when the first request needs them. One per Kernel; any thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "credentials/credentials.hpp"
#include "dockerhub/kernel.hpp"
#include "http/client.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

struct Surface {
  http::Url base;                                // its path is a prefix of all requests' paths
  std::shared_ptr<http::Authorizer> authorizer;  // nullptr: anonymous
  std::string api, account;                      // of the rate budgets
  bool is_hub = false;                           // at Docker Hub's origin, or its stand-in's
};

// What the caller says of a surface.
struct SurfaceRequest {
  std::string_view name;             // "hub"...
  std::string_view host;             // of "registry": host[:port]; empty: the configured one
  std::string_view scope;            // of "registry": what will be needed
  const Manifest* module = nullptr;  // whose destinations may be named
  bool anonymous = false;
};

class Surfaces {
 public:
  using Log = std::function<void(LogLevel, std::string_view text, std::string_view request_id)>;

  // budget_turns: see Hooks; or nullptr.
  Surfaces(Configuration configuration, std::shared_ptr<BudgetTurns> budget_turns, Log log);
  ~Surfaces();
  Surfaces(const Surfaces&) = delete;
  Surfaces& operator=(const Surfaces&) = delete;

  // May use the network: a registry on this machine is asked whether it speaks TLS.
  Result<Surface> find(const SurfaceRequest& request, const http::Control& control);

  http::Client& client();
  Credentials& credentials();
  // host[:port] of the configured registry, and whether it is Docker's.
  std::string registry_host() const;
  bool registry_is_docker_hub() const;

 private:
  Result<Surface> by_name(const SurfaceRequest& request, const http::Control& control);
  Result<Surface> registry(const SurfaceRequest& request, const http::Control& control);
  Result<Surface> destination(const SurfaceRequest& request) const;
  Result<http::Url> registry_base(std::string_view host, const http::Control& control);
  Result<bool> uses_tls(const http::Origin& origin, const http::Control& control);

  Configuration configuration_;
  std::shared_ptr<BudgetTurns> budget_turns_;
  Log log_;
  std::once_flag client_made_, credentials_made_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<Credentials> credentials_;
  std::mutex mutex_;
  std::map<std::string, bool, std::less<>> loopback_tls_;  // authority -> speaks TLS
};

}  // namespace dockerhub
