#include <algorithm>

#include "base/json.hpp"
#include "base/pattern.hpp"
#include "base/shown_json.hpp"
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
constexpr Need kForm = {Question::Kind::input, "elicitation", &Caller::elicitation};
constexpr Need kUrl = {Question::Kind::input, "elicitation", &Caller::elicitation_url};
constexpr Need kSampling = {Question::Kind::sampling, "sampling", &Caller::sampling};
constexpr Need kRoots = {Question::Kind::roots, "roots", &Caller::roots};

dh_status lacks(RunningCall& running, const std::string& capability) {
  Error error;
  error.kind = ErrorKind::capability;
  error.message = "this action asks its user, and the caller cannot: it lacks '" + capability + "'";
  error.hint =
      "Use a client with that capability, or give the answer as a parameter where there is one.";
  error.details = "{\"requiredCapabilities\":{" + json::quote(capability) + ":{}}}";
  return running.fail(std::move(error), DH_E_UNSUPPORTED);
}

// The handler runs again from its start after a suspension: what it did would be done twice. It is a
// mistake also where the answer can be waited for, so that every module is the same in both.
dh_status acted_already(RunningCall& running) {
  return running.invalid(
      "asked after it had sent an item or changed something: a question has to come first");
}

dh_status refuse(RunningCall& running, Error error) {
  return running.fail(std::move(error), DH_E_REFUSED);
}

// The policy decides about what the call has become; the gate is the operator's as ever.
Result<void> check_raised(const RunningCall& running, Effect effect) {
  CallView view = running.frame().view;
  view.effect = std::max(view.effect, effect);
  if (auto allowed = check_policy(running.services(), view); !allowed) return allowed;
  return check_gate(running.services(), running.action(), effect);
}

// One that was unloaded meanwhile counts as one, too.
bool is_foreign(const RunningCall& running) {
  const auto snapshot = running.services().modules->snapshot();
  const Tool* tool = snapshot->catalogue.find_tool(running.tool());
  return tool == nullptr || !tool->publisher.empty();
}

dh_status consent(RunningCall& running, ConsentRequest request) {
  request.key_prefix = running.frame().key_prefix;
  request.is_foreign = is_foreign(running);
  request.deadline = running.frame().deadline;
  request.stop = running.stop_token();
  const auto given =
      obtain_consent(running.services(), running.frame().caller, running.conversation(), request);
  if (!given) return refuse(running, given.error());
  if (*given == ConsentOutcome::suspended) {
    running.suspend();
    return DH_SUSPENDED;
  }
  running.raise_effect(request.effect);
  return running.alive();
}

// What the consent to a write is kept as, for the calls that its module makes within the same call. Empty: for none;
// what dies is always asked about itself, and without a target nobody knows what was agreed to.
std::string agreement(const RunningCall& running, const ConsentRequest& request) {
  if (request.effect != Effect::write || request.target.empty()) return {};
  return std::string(running.tool()) + '\n' + request.target;
}

dh_status approve(dh_call* call, int32_t effect, dh_str text, dh_str target) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (effect != DH_EFFECT_WRITE && effect != DH_EFFECT_DESTRUCTIVE)
      return running.invalid("approve() of an unknown effect");
    if (text.size == 0) return running.invalid("approve() without a text");
    if (running.effect() == Effect::read)
      return running.invalid("an action of effect read asked to change something");
    if (running.dry_run()) return DH_OK;
    ConsentRequest request;
    request.text = visible(view(text));
    request.target = visible(view(target));
    request.effect = static_cast<Effect>(effect);
    if (auto allowed = check_raised(running, request.effect); !allowed)
      return refuse(running, allowed.error());
    const std::string agreed = agreement(running, request);
    // Only the outermost handler's consents are kept, so that the caller here is who asked.
    if (!agreed.empty() && running.frame().depth == 1 &&
        running.conversation().take_agreed(agreed)) {
      running.raise_effect(request.effect);
      return DH_OK;
    }
    if (running.conversation().acted()) return acted_already(running);
    const dh_status given = consent(running, std::move(request));
    if (given == DH_OK && !agreed.empty() && running.frame().depth == 0)
      running.conversation().keep_agreed(agreed);
    return given;
  });
}

// Names of fields stand in a question, not their values: the rule for names does not apply.
Result<std::string> clean_request(const RunningCall& running, std::string_view request) {
  auto clean = running.redaction().json(request, {}, KeyRule::ignore);
  if (!clean) return clean;
  const auto document = json::parse(*clean);
  if (document && document->IsObject()) return clean;
  return Failure(Error());
}

Question question_of(const RunningCall& running, Question::Kind kind, std::string key,
                     std::string request) {
  Question question;
  question.kind = kind;
  question.key = std::move(key);
  question.request = std::move(request);
  question.deadline = running.frame().deadline;
  question.stop = running.stop_token();
  return question;
}

// A question whose answer is JSON: from an earlier round, from the caller now, or to be waited for.
dh_status ask(RunningCall& running, const Need& need, dh_str key, std::string_view request,
              dh_str* answer) {
  if (!matches("[A-Za-z0-9_.-]{1,64}", view(key)))
    return running.invalid("a question's key has to be [A-Za-z0-9_.-]{1,64}");
  const Caller& caller = running.frame().caller;
  const std::string name = running.frame().key_prefix + std::string(view(key));
  if (const std::string* known = running.conversation().answer(name); known != nullptr) {
    *answer = {known->data(), known->size()};
    return DH_OK;
  }
  if (running.conversation().acted()) return acted_already(running);
  if (!(caller.*need.has)) return lacks(running, need.capability);
  auto clean = clean_request(running, request);
  if (!clean) return running.invalid("a question is no JSON object");
  // A person reads it, and chooses among what it lists.
  if (need.kind == Question::Kind::input) {
    clean = json::with_visible_words(*clean);
    if (json::hides_something(*clean))
      return running.invalid("characters hide in the names or values of a question's form");
  }
  Question question = question_of(running, need.kind, name, std::move(*clean));
  if (caller.suspends) {
    running.conversation().ask(std::move(question));
    running.suspend();
    return DH_SUSPENDED;
  }
  if (!caller.answer) return lacks(running, need.capability);
  Result<std::string> given = caller.answer(question);
  if (const dh_status status = running.alive(); status != DH_OK) return status;
  if (!given) return running.fail(given.error());
  const std::string& kept = running.conversation().keep_answer(name, std::move(*given));
  *answer = {kept.data(), kept.size()};
  return DH_OK;
}

bool asks_for_url(std::string_view request) {
  const auto document = json::parse(request);
  return document && json::find(*document, "url") != nullptr;
}

dh_status input(dh_call* call, dh_str key, dh_str request, dh_str* answer) {
  return guarded(call, [&](RunningCall& running) {
    return ask(running, asks_for_url(view(request)) ? kUrl : kForm, key, view(request), answer);
  });
}

dh_status sample(dh_call* call, dh_str key, dh_str request, dh_str* answer) {
  return guarded(call, [&](RunningCall& running) {
    return ask(running, kSampling, key, view(request), answer);
  });
}

dh_status roots(dh_call* call, dh_str key, dh_str* answer) {
  return guarded(call,
                 [&](RunningCall& running) { return ask(running, kRoots, key, "{}", answer); });
}

dh_status state_get(dh_call* call, dh_bytes* state) {
  return guarded(call, [&](RunningCall& running) {
    // Lent, since state_set() may replace the original while the module still reads.
    const dh_str kept =
        running.lend("state", running.conversation().handler_state(running.frame().key_prefix));
    *state = {kept.data, kept.size};
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

const dh_ask_1 kAsk1 = {sizeof(dh_ask_1), 0, approve, input, sample, roots, state_get, state_set};

}  // namespace dockerhub
