// The module file of this process. What is wrong with it is told as a sentence without its end, in the
// words that the kernel's own loader has for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/abi.h"
#include "protocol.hpp"
#include "wire.hpp"

namespace dockerhub::plugin_host {

class LoadedModule {
 public:
  // Loads the file and makes its instance, once. Empty, or what is wrong. [the thread of `start`]
  std::string start(const char* file, const dh_host* host);
  // Ends the instance, where there is one. No function of it runs.
  void stop();

  // Ids of the module's extensions that can be called.
  std::vector<std::string_view> extensions() const;
  // Runs a function of its extensions with the arguments that `in` still has. Exceptions pass. [any]
  dh_status run(ModuleFunction function, dh_call* call, FieldReader& in) const;

 private:
  std::string load(const char* file);
  template <typename Extension, typename Function>
  std::string bind(const char* id, Function Extension::*mandatory, const Extension*& bound);
  std::string bind_extensions();

  const dh_entry* entry_ = nullptr;
  dh_module* module_ = nullptr;
  const dh_tools_1* tools_ = nullptr;
  const dh_resources_1* resources_ = nullptr;
  const dh_prompts_1* prompts_ = nullptr;
  const dh_complete_1* complete_ = nullptr;
  const dh_health_1* health_ = nullptr;
};

}  // namespace dockerhub::plugin_host
