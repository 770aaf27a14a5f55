// AUTH_TYPE=jwt and remote-oauth: tokens that somebody else signed. Their subject is who calls, their scopes
// (scopes.hpp) say the most that it may do.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "authenticator.hpp"
#include "protected_resource.hpp"
#include "worker_pool.hpp"

namespace dockerhub::server {

class SignedBearer : public Authenticator {
 public:
  // Keys are fetched by a worker, through the kernel; both live longer than that.
  struct Parts {
    std::shared_ptr<SignedTokens> tokens;
    std::string issuer;
    const Kernel& kernel;
    WorkerPool& workers;
    std::string program;  // as complaints on standard error begin
  };

  SignedBearer(Parts parts, ProtectedResource resource, std::vector<std::string> required_scopes,
               Confirms confirms)
      : parts_(std::move(parts)),
        resource_(std::move(resource)),
        required_scopes_(std::move(required_scopes)),
        confirms_(std::move(confirms)) {}

  tl::expected<Principal, web::Response> authenticate(const web::Request& request) const override;
  bool must_wait(const web::Request& request) const override;
  void stop() const override { stop_.request_stop(); }
  bool has_scopes() const override { return true; }
  web::Response more_scopes(Effect needed) const override;
  const std::string* resource_metadata(std::string_view suffix) const override {
    return resource_.document(suffix);
  }
  std::string advice() const override;

 private:
  std::vector<std::string> needed_scopes(Effect effect) const;
  std::optional<Confirm> confirm_for(const std::string& subject) const;
  web::Response refusal(std::string_view reason) const;
  static web::Response not_now();

  const Parts parts_;
  const ProtectedResource resource_;
  const std::vector<std::string> required_scopes_;
  const Confirms confirms_;
  const std::stop_source stop_;
};

}  // namespace dockerhub::server
