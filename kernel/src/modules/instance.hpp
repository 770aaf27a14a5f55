// One loaded module with its one instance: the library, the host it was given, and the extensions
// that it offers. Held by shared_ptr: a call keeps what it runs in, the last holder destroys the
// instance and closes the library. Any thread.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <string>

#include "dockerhub/abi.h"
#include "modules/library.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

// Makes the host side of one instance. The pointer (with whatever stands behind it) lives as long
// as the instance.
using MakeHost = std::function<std::shared_ptr<const dh_host>(const Manifest&)>;

class Instance {
 public:
  // Loads `library`'s entry, checks magic, version and size, and calls create(). Every failure,
  // also a thrown one, is an Error (module_fault) that names file and cause.
  static Result<std::shared_ptr<Instance>> create(std::unique_ptr<Library> library,
                                                  std::shared_ptr<const Manifest> manifest,
                                                  const MakeHost& make_host);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const Manifest& manifest() const { return *manifest_; }
  dh_module* module() const { return module_; }

  // nullptr where the module does not offer it. Each struct's `size` covers its mandatory
  // functions.
  const dh_tools_1* tools() const { return tools_; }
  const dh_resources_1* resources() const { return resources_; }
  const dh_prompts_1* prompts() const { return prompts_; }
  const dh_complete_1* complete() const { return complete_; }
  const dh_health_1* health() const { return health_; }

  // Requested when the module is being unloaded and its grace time is over: its calls end.
  std::stop_token stop_token() const { return stop_.get_token(); }
  void request_stop() { stop_.request_stop(); }

  // Ready when the instance is gone and its library closed: true when that has left the process.
  std::shared_future<bool> closed() const { return library_->closed(); }

 private:
  Instance(std::unique_ptr<Library> library, std::shared_ptr<const Manifest> manifest,
           std::shared_ptr<const dh_host> host);
  Result<void> bind_entry();
  Result<void> make_module();
  Result<void> bind_extensions();

  std::unique_ptr<Library> library_;
  std::shared_ptr<const Manifest> manifest_;
  std::shared_ptr<const dh_host> host_;
  const dh_entry* entry_ = nullptr;
  dh_module* module_ = nullptr;
  const dh_tools_1* tools_ = nullptr;
  const dh_resources_1* resources_ = nullptr;
  const dh_prompts_1* prompts_ = nullptr;
  const dh_complete_1* complete_ = nullptr;
  const dh_health_1* health_ = nullptr;
  std::stop_source stop_;
};

}  // namespace dockerhub
