// What is made of the catalogue, once for each state of it: routes and the OpenAPI document. Any thread.
#pragma once

#include <memory>
#include <mutex>
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

  struct Text {
    std::string body;
    std::string tag;  // its entity tag: "\"...\""
  };
  // The OpenAPI document. Takes its time where it is not made yet: not on the loop's thread.
  std::shared_ptr<const Text> openapi_json();
  Result<std::shared_ptr<const Text>> openapi_yaml();  // errors: those of dockerhub/yaml.hpp

 private:
  std::shared_ptr<const Text> json_now();

  const Kernel& kernel_;
  const Effect most_;
  std::mutex mutex_;  // of now_
  Now now_;
  std::mutex making_;  // of the rest
  std::shared_ptr<const Catalogue> made_of_;
  std::shared_ptr<const Text> json_, yaml_;
};

}  // namespace dockerhub::rest
