// What lies below /v1: the tools, their actions, the resources of these, and approvals. Public functions belong to the
// thread of the HTTP server's loop and do not wait; what takes its time is done on a worker.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "calls.hpp"
#include "documents.hpp"
#include "http/responder.hpp"
#include "http/target.hpp"
#include "server/authenticator.hpp"
#include "server/confirm.hpp"
#include "server/principal.hpp"

namespace dockerhub::rest {

class Api {
 public:
  using Reply = std::shared_ptr<web::Responder>;

  // All outlive it and every request.
  struct Parts {
    Documents& documents;
    Calls& calls;
    const server::Authenticator& authenticator;
    server::Confirm confirm;
    Effect most;  // of everybody
  };

  explicit Api(const Parts& parts) : parts_(parts) {}
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // path: the segments behind /v1.
  void route(web::Request& request, const std::vector<std::string>& path,
             const server::Principal& principal, const Reply& reply);

 private:
  // An action, as the path of a request names it.
  struct Target {
    std::string tool, action;
    web::Pairs parameters;     // of the path
    bool is_resource = false;  // its method is the row's
  };

  void approvals(web::Request& request, const std::vector<std::string>& path,
                 const server::Principal& principal, const Reply& reply);
  // POST /v1/approvals/{id}; on a worker.
  web::Response decide(web::Request& request, const std::string& id,
                       const server::Principal& principal);
  void resource(web::Request& request, const std::vector<std::string>& path,
                const server::Principal& principal, const Reply& reply);
  void call(web::Request& request, Target target, const server::Principal& principal,
            const Reply& reply);

  const Parts parts_;
};

}  // namespace dockerhub::rest
