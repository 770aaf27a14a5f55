#include <array>

#include "base/json.hpp"
#include "call/steps.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

// What a kind of question needs of the caller, as MCP's capabilities name it.
struct Need {
  Question::Kind kind;
  const char* capability;
  bool Caller::*has;
};
constexpr std::array<Need, 3> kNeeds = {
    {{Question::Kind::input, "elicitation", &Caller::elicitation},
     {Question::Kind::sampling, "sampling", &Caller::sampling},
     {Question::Kind::roots, "roots", &Caller::roots}}};

dh_status lacks(RunningCall& running, const std::string& capability) {
  Error error;
  error.kind = ErrorKind::capability;
  error.message = "this action asks its user, and the caller cannot: it lacks '" + capability + "'";
  error.hint =
      "Use a client with that capability, or give the answer as a parameter where there is one.";
  error.details = "{\"requiredCapabilities\":{" + json::quote(capability) + ":{}}}";
  return running.fail(std::move(error), DH_E_UNSUPPORTED);
}

// The handler runs again from its start after a suspension: what it did would be done twice.
dh_status acted_already(RunningCall& running) {
  return running.invalid("asked after it had sent an item: a question has to come first");
}

std::string full_key(const RunningCall& running, dh_str key) {
  return running.frame().key_prefix + std::string(view(key));
}

dh_status refuse(RunningCall& running, Error error) {
  return running.fail(std::move(error), DH_E_REFUSED);
}

dh_status check_raise(RunningCall& running, Effect effect) {
  if (running.frame().effect == Effect::read) {
    return running.invalid("an action of effect read asked to change something");
  }
  if (effect == Effect::destructive &&
      !running.services().configuration.flag("safety.allow_destructive")) {
    return refuse(running, gate_closed(running.frame().action));
  }
  return DH_OK;
}

dh_status approve(dh_call* call, int32_t effect, dh_str text, dh_str target) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (effect != DH_EFFECT_WRITE && effect != DH_EFFECT_DESTRUCTIVE)
      return running.invalid("approve() of an unknown effect");
    if (text.size == 0) return running.invalid("approve() without a text");
    if (running.frame().dry_run) return DH_OK;
    if (running.answers().item_count > 0) return acted_already(running);
    const Effect raised = static_cast<Effect>(effect);
    if (const dh_status status = check_raise(running, raised); status != DH_OK) return status;
    // The key comes from the text: the same question is the same key in every round.
    ConsentRequest request{
        running.frame().key_prefix + "approve-" + sha256_hex(view(text)).substr(0, 16),
        visible(view(text)), visible(view(target)), raised};
    const auto consent =
        obtain_consent(running.services(), running.frame().caller, running.conversation(), request);
    if (!consent) return refuse(running, consent.error());
    if (*consent == ConsentOutcome::suspended) {
      running.suspend();
      return DH_SUSPENDED;
    }
    running.raise_effect(raised);
    return DH_OK;
  });
}

// A question whose answer is JSON: from an earlier round, from the caller now, or to be waited for.
dh_status ask(RunningCall& running, const Need& need, dh_str key, std::string request,
              dh_str* answer) {
  const Caller& caller = running.frame().caller;
  const std::string name = full_key(running, key);
  if (const std::string* known = running.conversation().answer(name); known != nullptr) {
    *answer = {known->data(), known->size()};
    return DH_OK;
  }
  if (running.answers().item_count > 0) return acted_already(running);
  if (!(caller.*need.has)) return lacks(running, need.capability);
  Question question;
  question.kind = need.kind;
  question.key = name;
  auto clean = running.services().redactor->json(request);
  if (!clean) return running.invalid("a question is not JSON");
  question.request = std::move(*clean);
  if (caller.suspends) {
    running.conversation().ask(std::move(question));
    running.suspend();
    return DH_SUSPENDED;
  }
  if (!caller.answer) return lacks(running, need.capability);
  Result<std::string> given = caller.answer(question);
  if (!given)
    return running.fail(given.error(), running.cancelled() ? DH_E_CANCELLED : DH_E_FAILED);
  running.conversation().keep_answer(name, std::move(*given));
  const std::string* kept = running.conversation().answer(name);
  *answer = {kept->data(), kept->size()};
  return DH_OK;
}

template <std::size_t Index>
dh_status ask_with_request(dh_call* call, dh_str key, dh_str request, dh_str* answer) {
  return guarded(call, [&](RunningCall& running) {
    return ask(running, kNeeds[Index], key, std::string(view(request)), answer);
  });
}

dh_status roots(dh_call* call, dh_str key, dh_str* answer) {
  return guarded(call,
                 [&](RunningCall& running) { return ask(running, kNeeds[2], key, "{}", answer); });
}

dh_status state_get(dh_call* call, dh_bytes* state) {
  return guarded(call, [&](RunningCall& running) {
    const std::string& kept = running.conversation().handler_state(running.frame().key_prefix);
    *state = {kept.data(), kept.size()};
    return DH_OK;
  });
}

dh_status state_set(dh_call* call, dh_bytes state) {
  return guarded(call, [&](RunningCall& running) {
    if (state.size > DH_STATE_MAX) return running.invalid("a state of more than 4 KiB");
    running.conversation().keep_handler_state(running.frame().key_prefix, std::string(view(state)));
    return static_cast<dh_status>(DH_OK);
  });
}

}  // namespace

const dh_ask_1 kAsk1 = {sizeof(dh_ask_1),    0,     approve,   ask_with_request<0>,
                        ask_with_request<1>, roots, state_get, state_set};

}  // namespace dockerhub
