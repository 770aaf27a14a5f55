// The steps of the pipeline, one function each, in the order in which they run. A step either lets
// the call go on or gives the Error that ends it. docs/architecture.md has the table.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "call/running_call.hpp"
#include "call/services.hpp"

namespace dockerhub {

// The rows that a call is about; valid as long as the snapshot.
struct Target {
  std::shared_ptr<const ModuleTable::Snapshot> snapshot;
  const Tool* tool = nullptr;
  const Action* action = nullptr;
  bool describe = false;  // the reserved action: answered from the manifest
};

// Parameters as the handler gets them.
struct ValidParams {
  std::string json;         // canonical names, defaults filled in
  std::string public_json;  // the same without secret ones
  Effect effect = Effect::read;
};

// 1. Tool and action by name, with near misses. Names are case-sensitive.
Result<Target> resolve(const Services& services, const CallRequest& request);
Error unknown_action(const Tool& tool, const std::string& given);

// 2. The operator's policy hook.
Result<void> check_policy(const Services& services, const CallView& view);

// 3. Parameters against the row; the effect of this very call.
Result<ValidParams> validate(const Action& action, std::string_view params);

// 4. The operator's gate for destructive calls.
Result<void> check_gate(const Services& services, const Target& target, Effect effect);
Error gate_closed(std::string_view what);

// 5. Consent. obtain_consent() is also what ask/1 uses while a handler runs.
enum class ConsentOutcome { granted, suspended };
struct ConsentRequest {
  std::string key, text, target;
  Effect effect = Effect::destructive;
};
Result<ConsentOutcome> obtain_consent(const Services& services, const Caller& caller,
                                      Conversation& conversation, const ConsentRequest& request);
ConsentRequest consent_request(const Tool& tool, const Action& action, const ValidParams& params,
                               std::string_view key_prefix);

// 6. Runs a function of a module behind a wall for exceptions. True: it was suspended, and its
// questions wait in the conversation.
Result<bool> invoke(RunningCall& call,
                    const std::function<dh_status(const Instance&, dh_call*)>& function);

// 7 and 8. The envelope of what the handler answered, or of an error; redacted.
CallResult make_result(const Services& services, RunningCall& call);
CallResult make_failure(const Services& services, Error error, std::string_view request_id);
CallResult make_answer(const Services& services, std::string data, std::string_view request_id);
// The questions and the sealed state of a call that has to wait for answers.
CallResult make_suspension(const Services& services, const Conversation& conversation,
                           std::string_view binding, std::string_view request_id);

// 9. The operator's audit hook.
void audit(const Services& services, const CallView& view, const CallResult& result,
           std::chrono::microseconds time);

// The reserved action `describe`: a tool's rows as JSON, or one action's.
Result<std::string> describe(const Tool& tool, std::string_view params);

}  // namespace dockerhub
