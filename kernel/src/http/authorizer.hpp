// Which credential goes with the requests of one surface; the implementations are in credentials/.
// The client asks before each attempt, never for another origin than the first request's.
#pragma once

#include <memory>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/control.hpp"
#include "http/message.hpp"

namespace dockerhub::http {

class Authorizer {
 public:
  virtual ~Authorizer() = default;
  // The header that carries the credential.
  virtual std::string_view header_name() const { return "Authorization"; }
  // The value of the Authorization header for this request, nullptr for none. May use the network
  // (a log-in, a token); any thread.
  virtual Result<std::shared_ptr<const Secret>> authorization(const Request& request,
                                                              const Control& control) = 0;
  // The server answered 401 to a request that carried `used` (nullptr: nothing). True: something was
  // renewed or learnt and authorization() should be asked again. Asked at most twice for one request.
  virtual Result<bool> challenged(const Request& request, const Response& response,
                                  const std::shared_ptr<const Secret>& used,
                                  const Control& control) = 0;
};

}  // namespace dockerhub::http
