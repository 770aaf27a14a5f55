// The steps of the pipeline, one function each, in the order in which they run. A step either lets the
// call go on or gives the Error that ends it. docs/architecture.md has the table.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "call/running_call.hpp"
#include "call/services.hpp"

namespace dockerhub {

struct Outgoing;

// The rows that a call is about; valid as long as the snapshot.
struct Target {
  std::shared_ptr<const ModuleTable::Snapshot> snapshot;
  const Tool* tool = nullptr;
  const Action* action = nullptr;
  bool describe = false;  // the reserved action: answered from the manifest

  // The manifest that the rows are from; nullptr when the module was unloaded since.
  const Manifest* manifest() const;
};

// Parameters as the handler gets them.
struct ValidParams {
  std::string json;         // canonical names, defaults filled in
  std::string public_json;  // the same without secret ones
  Effect effect = Effect::read;
};

// Tool and action by name, with near misses. Names are case-sensitive. caller: from whom some may be hidden;
// nullptr: a module, which may call all.
Result<Target> resolve(const Services& services, const CallRequest& request, const Caller* caller);
Error unknown_action(const Tool& tool, const std::string& given);

// The part of a tool that the caller is told of.
Tool told(const Tool& tool, const Caller& caller);

// The operator's policy hook. A hook that throws has not allowed anything.
Result<void> check_policy(const Services& services, const CallView& view);

// Parameters against the row; the effect of this very call.
Result<ValidParams> validate(const Action& action, std::string_view params);

// A dry run of something that changes, whose handler does not say that it honours dry runs: what would
// be called, as the answer's data. nullopt: the handler answers.
std::optional<std::string> dry_run_answer(const Target& target, const ValidParams& params);

// The operator's gate for destructive calls.
Result<void> check_gate(const Services& services, std::string_view action, Effect effect);

// Consent: by the pipeline for destructive calls, by ask/1 while a handler runs.
enum class ConsentOutcome { granted, suspended };
struct ConsentRequest {
  std::string key_prefix, text, target;
  std::string params;  // what is consented to where the text tells only the beginning of it
  Effect effect = Effect::destructive;
  bool is_foreign = false;  // its module is not part of the installation
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::stop_token stop;
};
Result<ConsentOutcome> obtain_consent(const Services& services, const Caller& caller,
                                      Conversation& conversation, const ConsentRequest& request);
// Text and target of the row for these parameters, whose values are redacted.
ConsentRequest consent_request(const Services& services, const Target& target,
                               const ValidParams& params);

// Runs a function of a module behind a wall for exceptions. True: it was suspended, and its questions
// wait in the conversation.
using ModuleFunction = std::function<dh_status(const Instance&, dh_call*)>;
Result<bool> invoke(RunningCall& call, const ModuleFunction& function);

// What is wrong with a value that the path of the row's request needs; told before gate and consent.
Result<void> check_request(const Action& row, std::string_view params, const Manifest& module);

// Executes the row's request (row feature "request/1") from the manifest alone: no module is loaded.
Result<void> run_request(RunningCall& call, const Manifest& module);
// The same of a request that is there already; the call's row says the rest.
Result<void> run_request(RunningCall& call, Outgoing outgoing);

// The envelope of what the handler answered, or of an error; redacted.
CallResult make_result(RunningCall& call);
// row: of the action that was called, whose schema an error about its parameters tells; nullptr: of none.
CallResult make_failure(const Services& services, Error error, std::string_view request_id,
                        const Action* row = nullptr);
CallResult make_failure(const CallRedaction& redaction, Error error, std::string_view request_id,
                        std::optional<http::RateLimit> rate_limit = {},
                        const Action* row = nullptr);
// Of what the kernel answers by itself: names of parameters stand in it, not their values.
CallResult make_answer(const Services& services, std::string_view data, const CallView& view);
// The questions and the sealed state of a call that has to wait for answers.
CallResult make_suspension(const Services& services, const Conversation& conversation,
                           std::string_view binding, std::string_view request_id);

// Whether what this call does could be recorded: where a trail is kept nothing is changed without it.
Result<void> check_trail(const Services& services, Effect effect, const std::stop_token& stop);

// The log, the trail and the operator's audit hook.
void audit(const Services& services, const CallView& view, const CallResult& result,
           std::chrono::microseconds time);
// The log and the trail.
void audit(const Services& services, const ConsentDecision& decision);

// The row of the reserved action `describe`, which no manifest has.
Action describe_row();
// What it answers: a tool's rows as JSON, or one action's.
Result<std::string> describe(const Tool& tool, std::string_view params);

}  // namespace dockerhub
