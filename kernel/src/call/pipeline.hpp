// Carries a call through all steps, in this order, for every frontend alike: resolve, policy,
// validate, dry run, gate, approve, invoke, envelope, redact, audit. Each step is a function in a
// file of its name; this type only strings them together. Stateless but for the services; any
// thread.
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

  // An action, from a running call: its rights, deadline, dry run and conversation.
  CallResult run_nested(const CallRequest& request, RunningCall& parent) const;

  // Something else of a module (a resource, a prompt, a completion): everything but validation.
  using Function = std::function<dh_status(const Instance&, dh_call*)>;
  CallResult run_function(const CallRequest& request, const Caller& caller, std::string_view module,
                          const Function& function) const;

 private:
  CallResult run_in(const CallRequest& request, const Caller& caller, Conversation& conversation,
                    const RunningCall* parent) const;

  const Services& services_;
};

}  // namespace dockerhub
