// What logging in needs of the network: requests, and where a registry is. Its client is its own, made when it is
// first needed. Any thread.
#pragma once

#include <memory>
#include <string>

#include "credentials/fetch.hpp"
#include "dockerhub/kernel.hpp"
#include "http/url.hpp"

namespace dockerhub {

class LoginNetwork {
 public:
  explicit LoginNetwork(const Configuration& configuration);
  ~LoginNetwork();
  LoginNetwork(const LoginNetwork&) = delete;
  LoginNetwork& operator=(const LoginNetwork&) = delete;

  // Valid as long as this object.
  Fetch fetch();
  // The base URL of host[:port]: https, except where plain http is allowed (docs/http.md).
  Result<http::Url> registry(const std::string& host, const http::Control& control);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
