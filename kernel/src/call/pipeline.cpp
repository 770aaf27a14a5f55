#include "call/pipeline.hpp"

#include "base/json.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMaxDepth = 8;

// What a sealed state is bound to: nobody else's call and no other call can use it.
std::string binding_of(const Caller& caller, std::string_view tool, std::string_view action,
                       std::string_view params) {
  std::string text = caller.principal;
  for (const std::string_view part : {tool, action, params}) text.append(1, '\0').append(part);
  return sha256_hex(text);
}

std::optional<Clock::time_point> deadline_of(const Services& services, const CallOptions& options) {
  if (options.timeout) return Clock::now() + *options.timeout;
  const std::int64_t configured = services.configuration.number("call.timeout");
  if (configured <= 0) return std::nullopt;
  return Clock::now() + std::chrono::milliseconds(configured);
}

Error too_deep() {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "actions call each other more than " + std::to_string(kMaxDepth) + " levels deep";
  error.hint = "Report it to the publishers of the modules.";
  return error;
}

// A deadline and a stop that a nested call takes over from its parent.
struct Limits {
  std::optional<Clock::time_point> deadline;
  bool dry_run = false;
  int depth = 0;
  std::string key_prefix;
};

Limits limits_of(const Services& services, const CallRequest& request, const RunningCall* parent) {
  Limits limits;
  limits.deadline = deadline_of(services, request.options);
  limits.dry_run = request.options.dry_run;
  if (parent == nullptr) return limits;
  const RunningCall::Frame& frame = parent->frame();
  if (frame.deadline)
    limits.deadline =
        limits.deadline ? std::min(*limits.deadline, *frame.deadline) : frame.deadline;
  limits.dry_run = limits.dry_run || frame.dry_run;
  limits.depth = frame.depth + 1;
  limits.key_prefix = frame.key_prefix + request.tool + "." + request.action + "/";
  return limits;
}

// Redaction knows the call's secret parameters while it runs.
std::vector<std::shared_ptr<void>> learn_secrets(const Services& services, const Action& action,
                                                 const std::string& params) {
  std::vector<std::shared_ptr<void>> leases;
  std::optional<json::Document> document;
  for (const Parameter& parameter : action.parameters) {
    if (!parameter.secret) continue;
    if (!document) {
      auto parsed = json::parse(params);
      if (!parsed) return leases;
      document.emplace(std::move(*parsed));
    }
    leases.push_back(services.book->learn(json::text_of(*document, parameter.name)));
  }
  return leases;
}

// The gate and the consent, which a dry run does not need. True: the call has to wait for an
// answer.
Result<bool> permit(const Services& services, const Caller& caller, Conversation& conversation,
                    const Target& target, const ValidParams& params, const Limits& limits) {
  if (limits.dry_run || params.effect != Effect::destructive) return false;
  if (auto open = check_gate(services, target, params.effect); !open) return Failure(open.error());
  const auto consent =
      obtain_consent(services, caller, conversation,
                     consent_request(*target.tool, *target.action, params, limits.key_prefix));
  if (!consent) return Failure(consent.error());
  return *consent == ConsentOutcome::suspended;
}

// A call from resolution to result. Members are what later steps need of earlier ones.
class Passage {
 public:
  Passage(const Services& services, const CallRequest& request, const Caller& caller,
          Conversation& conversation, const RunningCall* parent)
      : services_(services),
        request_(request),
        caller_(caller),
        conversation_(conversation),
        limits_(limits_of(services, request, parent)),
        request_id_(request.request_id.empty() ? random_hex(8) : request.request_id) {}

  CallResult run() {
    if (limits_.depth > kMaxDepth) return failed(too_deep());
    Result<Target> target = resolve(services_, request_);
    if (!target) return failed(target.error());
    if (target->describe) return describe_tool(*target);
    const auto begin = Clock::now();
    // The policy hook sees what was asked for, so a wrong call cannot be used to probe around it.
    CallView view = view_of(target->action->worst_effect(), "{}");
    Result<ValidParams> params = validate(*target->action, request_.params);
    if (params) view = view_of(params->effect, params->public_json);
    if (auto allowed = check_policy(services_, view); !allowed) return failed(allowed.error());
    CallResult result = params ? perform(*target, *params) : failed(params.error());
    audit(services_, view, result,
          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin));
    return result;
  }

 private:
  CallResult failed(Error error) const {
    return make_failure(services_, std::move(error), request_id_);
  }

  CallView view_of(Effect effect, std::string_view params) const {
    return {request_id_, caller_.principal, request_.tool, request_.action, params,
            effect,      limits_.dry_run};
  }

  CallResult describe_tool(const Target& target) const {
    const CallView view = view_of(Effect::read, "{}");
    if (auto allowed = check_policy(services_, view); !allowed) return failed(allowed.error());
    Result<std::string> data = describe(*target.tool, request_.params);
    return data ? make_answer(services_, std::move(*data), request_id_) : failed(data.error());
  }

  CallResult perform(const Target& target, const ValidParams& params) {
    const Result<bool> waits = permit(services_, caller_, conversation_, target, params, limits_);
    if (!waits) return failed(waits.error());
    if (*waits) return suspended(params);
    Result<std::shared_ptr<Instance>> instance = services_.modules->acquire(target.tool->module);
    if (!instance) return failed(instance.error());
    const auto leases = learn_secrets(services_, *target.action, params.json);
    RunningCall call(frame_of(target, params), std::move(*instance));
    const Result<bool> waits_on = invoke(call, [&](const Instance& module, dh_call* handle) {
      return module.tools()->invoke(module.module(), handle,
                                    {request_.tool.data(), request_.tool.size()},
                                    {request_.action.data(), request_.action.size()});
    });
    if (!waits_on) return failed(waits_on.error());
    if (*waits_on) return suspended(params);
    return make_result(services_, call);
  }

  // A nested call's questions are asked by the outermost one.
  CallResult suspended(const ValidParams& params) const {
    if (limits_.depth > 0) {
      CallResult result;
      result.suspended = true;
      return result;
    }
    return make_suspension(services_, conversation_,
                           binding_of(caller_, request_.tool, request_.action, params.json),
                           request_id_);
  }

  RunningCall::Frame frame_of(const Target& target, const ValidParams& params) const {
    return {services_,           request_,      caller_,          conversation_,  target.tool->name,
            target.action->name, target.action, params.effect,    params.json,    request_id_,
            limits_.key_prefix,  limits_.depth, limits_.deadline, limits_.dry_run};
  }

  const Services& services_;
  const CallRequest& request_;
  const Caller& caller_;
  Conversation& conversation_;
  Limits limits_;
  std::string request_id_;
};

bool continues(const CallRequest& request) {
  return !request.state.empty() || !request.answers.empty();
}

// The parameters as the handler will get them: what the state was bound to.
std::string canonical_params(const Services& services, const CallRequest& request) {
  const Result<Target> target = resolve(services, request);
  if (!target || target->action == nullptr) return request.params;
  const Result<ValidParams> params = validate(*target->action, request.params);
  return params ? params->json : request.params;
}

}  // namespace

CallResult Pipeline::run_in(const CallRequest& request, const Caller& caller,
                            Conversation& conversation, const RunningCall* parent) const {
  try {
    return Passage(services_, request, caller, conversation, parent).run();
  } catch (const std::exception& exception) {
    Error error;
    error.kind = ErrorKind::module_fault;
    error.message = std::string("the kernel failed: ") + exception.what();
    error.hint = "Report it with the request id.";
    return make_failure(services_, std::move(error), request.request_id);
  }
}

CallResult Pipeline::run(const CallRequest& request, const Caller& caller) const {
  Conversation conversation;
  if (continues(request)) {
    const std::string binding =
        binding_of(caller, request.tool, request.action, canonical_params(services_, request));
    auto resumed = Conversation::resume(services_.seal, *services_.used_states, binding,
                                        request.state, request.answers);
    if (!resumed) return make_failure(services_, resumed.error(), request.request_id);
    conversation = std::move(*resumed);
  }
  return run_in(request, caller, conversation, nullptr);
}

CallResult Pipeline::run_nested(const CallRequest& request, RunningCall& parent) const {
  // Items of a nested call are its caller's data, not the frontend's.
  Caller caller = parent.frame().caller;
  caller.item = nullptr;
  return run_in(request, caller, parent.conversation(), &parent);
}

CallResult Pipeline::run_function(const CallRequest& request, const Caller& caller,
                                  std::string_view module, const Function& function) const {
  Conversation conversation;
  const std::string binding = binding_of(caller, request.tool, request.action, request.params);
  if (continues(request)) {
    auto resumed = Conversation::resume(services_.seal, *services_.used_states, binding,
                                        request.state, request.answers);
    if (!resumed) return make_failure(services_, resumed.error(), request.request_id);
    conversation = std::move(*resumed);
  }
  const std::string request_id = request.request_id.empty() ? random_hex(8) : request.request_id;
  const CallView view{request_id,     caller.principal, request.tool, request.action,
                      request.params, Effect::read,     false};
  if (auto allowed = check_policy(services_, view); !allowed) {
    return make_failure(services_, allowed.error(), request_id);
  }
  Result<std::shared_ptr<Instance>> instance = services_.modules->acquire(module);
  if (!instance) return make_failure(services_, instance.error(), request_id);
  RunningCall call({services_, request, caller, conversation, request.tool, request.action, nullptr,
                    Effect::read, request.params, request_id, "", 0,
                    deadline_of(services_, request.options), false},
                   std::move(*instance));
  const Result<bool> waits = invoke(call, function);
  if (!waits) return make_failure(services_, waits.error(), request_id);
  if (*waits) return make_suspension(services_, conversation, binding, request_id);
  return make_result(services_, call);
}

}  // namespace dockerhub
