#include "call/pipeline.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "call/steps.hpp"
#include "request/raw_request.hpp"

namespace dockerhub {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMaxDepth = 8;
// A module that is replaced while a call is being prepared makes it begin again; this often.
constexpr int kMaxAttempts = 5;
constexpr std::chrono::hours kLongestTimeout{24 * 30};

// What a sealed state is bound to: nobody else's call and no other call can use it.
std::string binding_of(const CallView& view, std::string_view params) {
  std::string text = std::to_string(static_cast<int>(view.kind));
  for (const std::string_view part : {view.principal, view.tool, view.action, params}) {
    text.append(1, '\0').append(part);
  }
  return sha256_hex(text);
}

Error wrong_option(std::string_view option, std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = option;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

Result<void> check_options(const CallOptions& options) {
  if (!options.timeout || options.timeout->count() > 0) return {};
  return Failure(wrong_option("timeout", "the time-out of a call must be above zero",
                              "Leave it out for none."));
}

// Options of lists: passed over in silence they would promise what nobody does.
Result<void> check_list_options(const Action& action, const CallOptions& options) {
  if (!options.all_pages && !options.max_items) return {};
  const bool lists =
      action.answer.kind == "items" || (action.request && !action.request->paging_json.empty());
  if (!lists) {
    return Failure(wrong_option(options.all_pages ? "all_pages" : "max_items",
                                "'" + action.name + "' does not answer a list",
                                "Leave `all_pages` and `max_items` out."));
  }
  if (options.max_items != 0U) return {};
  return Failure(wrong_option("max_items", "`max_items` must be above zero",
                              "Leave it out for all that there is."));
}

// A text has no members, of bytes that are the contract none may be missing, and what is shown once would
// be lost.
Result<void> check_fields(const Action& action, const CallOptions& options) {
  const std::string& kind = action.answer.kind;
  const bool is_whole = action.answer.verbatim || kind == "text" || kind == "bytes" ||
                        !action.answer.shown_once.empty();
  if (options.fields.empty() || !is_whole) return {};
  return Failure(wrong_option("fields", "'" + action.name + "' answers something whole",
                              "Leave `fields` out."));
}

std::optional<Clock::time_point> deadline_of(const Services& services, const CallOptions& options) {
  std::chrono::milliseconds time = services.call_time;
  if (options.timeout) time = *options.timeout;
  if (time.count() <= 0) return std::nullopt;
  return Clock::now() + std::min<std::chrono::milliseconds>(time, kLongestTimeout);
}

Error refusal(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
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
        parent_(parent),
        deadline_(deadline_of(services, request.options)),
        request_id_(request.request_id.empty() ? services.new_request_id() : request.request_id) {
    view_.request_id = request_id_;
    view_.principal = caller.principal;
    view_.tool = request.tool;
    view_.action = request.action;
    view_.dry_run = request.options.dry_run;
    view_.params = "{}";
    if (parent != nullptr) inherit(parent->frame());
  }

  CallResult run_action() {
    return audited([&] { return attempts(); });
  }

  CallResult run_raw(const RawRequest& raw) {
    Result<RawCall> made = raw_call(raw, request_.options);
    view_.tool = "api";
    view_.action = "request";
    if (made) {
      view_.effect = made->effect;
      view_.params = public_params(made->params);
    }
    return audited([&]() -> std::optional<CallResult> {
      if (auto good = check_options(request_.options); !good) return failed(good.error());
      if (auto allowed = check_policy(services_, view_); !allowed) return failed(allowed.error());
      if (!made) return failed(made.error());
      const auto shown = services_.redactor->json(made->params);
      if (!shown) return failed(shown.error());
      const Action& row = made->tool.actions.front();
      if (auto good = check_list_options(row, request_.options); !good) return failed(good.error());
      if (auto ready = begin(made->params); !ready) return failed(ready.error());
      return send(*made, row, *shown);
    });
  }

  CallResult run_other(const Pipeline::Other& other) {
    view_.kind = other.kind;
    view_.tool = other.module;
    view_.action = other.name;
    view_.params = public_params(request_.params);
    return audited([&]() -> std::optional<CallResult> {
      if (auto ready = begin(request_.params); !ready) return failed(ready.error());
      if (auto allowed = check_policy(services_, view_); !allowed) return failed(allowed.error());
      auto instance = services_.modules->acquire(other.module);
      if (!instance) return failed(instance.error());
      return run_in(std::move(*instance), nullptr, request_.params, other.function);
    });
  }

 private:
  void inherit(const RunningCall::Frame& frame) {
    if (frame.deadline)
      deadline_ = deadline_ ? std::min(*deadline_, *frame.deadline) : frame.deadline;
    view_.dry_run = view_.dry_run || frame.view.dry_run;
    depth_ = frame.depth + 1;
    // Equal calls of one handler are told apart by their order.
    const std::string name = frame.key_prefix + request_.tool + "." + request_.action;
    key_prefix_ = name + "." + std::to_string(conversation_.count(name)) + "/";
  }

  // Whose view decides what there is: what an action calls is its own affair, everything else is the
  // caller's.
  const Caller* teller() const {
    return parent_ == nullptr || parent_->frame().row == nullptr ? &caller_ : nullptr;
  }

  CallResult failed(Error error, const Action* row = nullptr) const {
    return make_failure(services_, std::move(error), request_id_, explained(row));
  }

  // Schemas are for the caller: what an action calls is nothing to it.
  const Action* explained(const Action* row) const { return depth_ == 0 ? row : nullptr; }

  // What hooks and trail see of parameters; nothing is done where there is none.
  std::string_view public_params(const std::string& json) {
    if (!services_.hooks.policy && !services_.hooks.audit && !services_.trail) return "{}";
    public_params_ = services_.redactor->json(json).value_or("{}");
    return public_params_;
  }

  template <typename Body>
  CallResult audited(const Body& body) {
    const auto start = Clock::now();
    std::optional<CallResult> result;
    try {
      result = body();
    } catch (const std::exception& exception) {
      result = failed(refusal(std::string("the kernel failed: ") + exception.what(),
                              "Report it with the request id."));
    }
    if (!result)
      result = failed(refusal("the module is being replaced again and again", "Call again."));
    audit(services_, view_, *result,
          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start));
    return std::move(*result);
  }

  std::optional<CallResult> attempts() {
    if (depth_ > kMaxDepth) {
      return failed(
          refusal("actions call each other more than " + std::to_string(kMaxDepth) + " levels deep",
                  "Report it to the publishers of the modules."));
    }
    if (auto good = check_options(request_.options); !good) return failed(good.error());
    for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
      if (auto result = attempt_once()) return result;
    }
    return std::nullopt;
  }

  // nullopt: the module was replaced meanwhile.
  std::optional<CallResult> attempt_once() {
    Result<Target> target = resolve(services_, request_, teller());
    if (!target) return failed(target.error());
    if (target->describe) return describe_tool(*target);
    Result<ValidParams> params = validate(*target->action, request_.params);
    view_.effect = params ? params->effect : target->action->worst_effect();
    view_.params = params ? public_params(params->public_json) : "{}";
    if (auto allowed = check_policy(services_, view_); !allowed) return failed(allowed.error());
    if (!params) return failed(params.error(), target->action);
    if (auto good = check_list_options(*target->action, request_.options); !good)
      return failed(good.error());
    if (auto good = check_fields(*target->action, request_.options); !good)
      return failed(good.error());
    // Before anybody is asked, or told what would be done; a read is found out when it is made.
    if (params->effect != Effect::read || view_.dry_run) {
      if (auto good = check_row(*target, *params); !good)
        return failed(good.error(), target->action);
    }
    if (auto ready = begin(params->json); !ready) return failed(ready.error());
    return perform(*target, *params);
  }

  static Result<void> check_row(const Target& target, const ValidParams& params) {
    const Manifest* manifest = target.manifest();
    if (!target.action->request || manifest == nullptr) return {};
    return check_request(*target.action, params.json, *manifest);
  }

  CallResult describe_tool(const Target& target) const {
    if (auto allowed = check_policy(services_, view_); !allowed) return failed(allowed.error());
    Result<std::string> data = describe(told(*target.tool, caller_), request_.params);
    if (data) return make_answer(services_, *data, view_);
    const Action row = describe_row();
    return failed(data.error(), &row);
  }

  // Takes up what a suspended call brings back.
  Result<void> begin(const std::string& params) {
    if (depth_ > 0) return {};
    bound_params_ = params;
    if (!resumed_ && (!request_.state.empty() || !request_.answers.empty())) {
      auto conversation = Conversation::resume(services_.seal, *services_.used_states, binding(),
                                               request_.state, request_.answers);
      if (!conversation) return Failure(conversation.error());
      conversation_ = std::move(*conversation);
      resumed_ = true;
    }
    conversation_.begin_run();
    return {};
  }

  std::string binding() const { return binding_of(view_, bound_params_); }

  std::optional<CallResult> perform(const Target& target, const ValidParams& params) {
    if (parent_ != nullptr && params.effect > parent_->effect()) return failed(above_parent());
    if (view_.dry_run) {
      if (auto data = dry_run_answer(target, params)) return make_answer(services_, *data, view_);
    } else {
      if (auto good = check_trail(services_, params.effect, caller_.stop); !good)
        return failed(good.error());
      const Result<bool> waits = permit(target, params);
      if (!waits) return failed(waits.error());
      if (*waits) return suspended();
    }
    if (target.action->request) return run_row(target, params);
    auto instance = services_.modules->acquire(target.tool->module);
    if (!instance) return failed(instance.error());
    if (&(*instance)->manifest() != target.manifest()) return std::nullopt;
    return run_in(std::move(*instance), target.action, params.json,
                  [&](const Instance& module, dh_call* call) {
                    return module.tools()->invoke(module.module(), call,
                                                  {request_.tool.data(), request_.tool.size()},
                                                  {request_.action.data(), request_.action.size()});
                  });
  }

  Error above_parent() const {
    Error error = refusal("'" + std::string(parent_->tool()) + " " +
                              std::string(parent_->action()) + "' may not run '" + request_.tool +
                              " " + request_.action + "', which does more than it says of itself",
                          "Call that action yourself; report this to the module's publisher.");
    error.kind = ErrorKind::forbidden;
    return error;
  }

  // The gate and the consent. True: the call has to wait for an answer.
  Result<bool> permit(const Target& target, const ValidParams& params) {
    if (params.effect != Effect::destructive) return false;
    if (auto open = check_gate(services_, target.action->name, params.effect); !open) {
      return Failure(open.error());
    }
    ConsentRequest request = consent_request(services_, target, params);
    request.key_prefix = key_prefix_;
    request.deadline = deadline_;
    request.stop = caller_.stop;
    const auto consent = obtain_consent(services_, caller_, conversation_, request);
    if (!consent) return Failure(consent.error());
    return *consent == ConsentOutcome::suspended;
  }

  std::optional<CallResult> run_row(const Target& target, const ValidParams& params) {
    const Manifest* manifest = target.manifest();
    if (manifest == nullptr) return std::nullopt;
    RunningCall call = running(nullptr, target.action, params.json);
    const Result<void> done = run_request(call, *manifest);
    return finished(call, done ? Result<bool>(false) : Failure(done.error()), target.action);
  }

  // shown: the parameters, redacted: a person is asked about a path, which may hold what looks like a secret.
  CallResult send(RawCall& made, const Action& row, const std::string& shown) {
    if (!view_.dry_run) {
      if (auto good = check_trail(services_, made.effect, caller_.stop); !good)
        return failed(good.error());
      const Result<bool> waits = permit({services_.modules->snapshot(), &made.tool, &row, false},
                                        {made.params, shown, made.effect});
      if (!waits) return failed(waits.error());
      if (*waits) return suspended();
    }
    RunningCall call = running(nullptr, &row, made.params);
    const Result<void> done = run_request(call, std::move(made.outgoing));
    return finished(call, done ? Result<bool>(false) : Failure(done.error()), nullptr);
  }

  RunningCall running(std::shared_ptr<Instance> instance, const Action* row,
                      const std::string& params) const {
    return RunningCall({services_, request_, caller_, conversation_, view_, row, params,
                        key_prefix_, depth_, deadline_},
                       std::move(instance));
  }

  CallResult run_in(std::shared_ptr<Instance> instance, const Action* row,
                    const std::string& params, const ModuleFunction& function) {
    RunningCall call = running(std::move(instance), row, params);
    return finished(call, invoke(call, function), row);
  }

  // row: as of make_failure.
  CallResult finished(RunningCall& call, const Result<bool>& waits, const Action* row) {
    view_.effect = call.effect();
    if (view_.effect > Effect::read && !view_.dry_run) conversation_.act();
    if (!waits) {
      return make_failure(call.redaction(), waits.error(), request_id_, call.traffic().rate_limit,
                          explained(row));
    }
    return *waits ? suspended() : make_result(call);
  }

  // A nested call's questions are asked by the outermost one.
  CallResult suspended() const {
    if (depth_ == 0) return make_suspension(services_, conversation_, binding(), request_id_);
    CallResult result;
    result.suspended = true;
    return result;
  }

  const Services& services_;
  const CallRequest& request_;
  const Caller& caller_;
  Conversation& conversation_;
  const RunningCall* parent_;
  std::optional<Clock::time_point> deadline_;
  std::string request_id_, key_prefix_, bound_params_, public_params_;
  CallView view_;
  int depth_ = 0;
  bool resumed_ = false;
};

// Only what stands in a store parameter of the calling action can be bound in a nested one.
auto stores_of_parent(const RunningCall& parent) {
  return [&parent](std::string_view parameter, std::string_view value,
                   bool writable) -> Result<std::unique_ptr<Store>> {
    const Action* row = parent.frame().row;
    const auto params = json::parse(parent.frame().params);
    const bool given =
        row != nullptr && params &&
        std::any_of(row->parameters.begin(), row->parameters.end(), [&](const Parameter& own) {
          return own.type == ParameterType::store && json::text_of(*params, own.name) == value;
        });
    if (given) return parent.frame().caller.store(parameter, value, writable);
    return Failure(
        refusal("a store that the caller did not name", "Report it to the module's publisher."));
  };
}

}  // namespace

CallResult Pipeline::run(const CallRequest& request, const Caller& caller) const {
  Conversation conversation;
  return Passage(services_, request, caller, conversation, nullptr).run_action();
}

CallResult Pipeline::run_nested(const CallRequest& request, RunningCall& parent) const {
  Caller caller = parent.frame().caller;
  // Items of a nested call are its caller's data, not the frontend's.
  caller.item = nullptr;
  caller.stop = parent.stop_token();
  if (caller.store) caller.store = stores_of_parent(parent);
  return Passage(services_, request, caller, parent.conversation(), &parent).run_action();
}

CallResult Pipeline::run_raw(const RawRequest& raw, const CallRequest& request,
                             const Caller& caller) const {
  Conversation conversation;
  return Passage(services_, request, caller, conversation, nullptr).run_raw(raw);
}

CallResult Pipeline::run_other(const Other& other, const CallRequest& request,
                               const Caller& caller) const {
  Conversation conversation;
  return Passage(services_, request, caller, conversation, nullptr).run_other(other);
}

}  // namespace dockerhub
