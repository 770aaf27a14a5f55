// What is made of the catalogue, once for each state of it: routes and the OpenAPI document. One thread.
#pragma once

#include <memory>
#include <string>

#include "dockerhub/kernel.hpp"
#include "routes.hpp"

namespace dockerhub::rest {

class Documents {
 public:
  Documents(const Kernel& kernel, Effect most) : kernel_(kernel), most_(most) {}

  struct Now {
    std::shared_ptr<const Catalogue> catalogue;
    std::shared_ptr<const Routes> routes;
  };
  Now now();

  const std::string& openapi_json();
  const std::string& openapi_yaml();

 private:
  const Kernel& kernel_;
  const Effect most_;
  Now now_;
  std::string json_, yaml_;
};

}  // namespace dockerhub::rest
