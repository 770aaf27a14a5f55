// Carries a call through all steps, in this order, for every frontend alike: resolve, policy, validate,
// dry run, gate, approve, invoke, envelope, redact, audit. Each step is a function in a file of its
// name; this type only strings them together. (Parameters are validated before the policy is asked,
// because it decides about them; what is wrong with them is told after it allowed the call.)
// Stateless but for the services; any thread. Nothing is thrown.
#pragma once

#include <functional>
#include <string>

#include "call/running_call.hpp"
#include "call/services.hpp"

namespace dockerhub {

class Pipeline {
 public:
  explicit Pipeline(const Services& services) : services_(services) {}

  // An action, from a frontend.
  CallResult run(const CallRequest& request, const Caller& caller) const;

  // An action, from a running call: its rights, deadline, dry run, stores and conversation.
  CallResult run_nested(const CallRequest& request, RunningCall& parent) const;

  // Something else that a module does (a resource, a prompt, a completion): its parameters are the
  // caller's to check, everything else is as for an action.
  using Function = std::function<dh_status(const Instance&, dh_call*)>;
  struct Other {
    CallView::Kind kind;
    std::string_view module, name;
    Function function;
  };
  CallResult run_other(const Other& other, const CallRequest& request, const Caller& caller) const;

  // A request that the caller wrote himself: all steps of an action but the module's.
  CallResult run_raw(const RawRequest& raw, const CallRequest& request, const Caller& caller) const;

 private:
  const Services& services_;
};

}  // namespace dockerhub
