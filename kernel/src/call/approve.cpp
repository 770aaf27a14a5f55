#include "base/json.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

std::string shown(const json::Value& value) {
  return value.IsString() ? "'" + visible(json::view(value)) + "'" : visible(json::write(value));
}

// "Delete {name}" with the values of the parameters: in quotes for the text that a person reads,
// plain for the target that a person types.
std::string filled(std::string_view pattern, const json::Value& params, bool plain) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return text.append(pattern);
    text.append(pattern.substr(0, open));
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    if (const json::Value* value = json::find(params, name); value != nullptr) {
      text += plain && value->IsString() ? visible(json::view(*value)) : shown(*value);
    }
    pattern.remove_prefix(close + 1);
  }
  return text;
}

std::string default_text(const Tool& tool, const Action& action, const json::Value& params) {
  std::string text = "Run " + tool.name + " " + action.name;
  const char* separator = " with ";
  for (const auto& member : params.GetObject()) {
    text += separator + std::string(json::view(member.name)) + " = " + shown(member.value);
    separator = ", ";
  }
  return text;
}

Error not_approved(const ConsentRequest& request, Decision decision) {
  Error error;
  error.kind = ErrorKind::approval;
  if (decision == Decision::denied) {
    error.message = "not approved: " + request.text;
    error.hint = "Nothing was changed.";
    return error;
  }
  error.message = "nobody could be asked to approve: " + request.text;
  error.hint =
      "Nothing was changed. Use a client that can ask its user, --yes on the command line, or a "
      "dry run; "
      "the operator can lift the question with DOCKERHUB_CONFIRM=never.";
  return error;
}

Question question_of(const Services& services, const ConsentRequest& request) {
  Question question;
  question.kind = Question::Kind::approval;
  question.key = request.key;
  question.effect = request.effect;
  question.text = services.redactor->text(request.text);
  question.target = services.redactor->text(request.target);
  return question;
}

}  // namespace

ConsentRequest consent_request(const Tool& tool, const Action& action, const ValidParams& params,
                               std::string_view key_prefix) {
  ConsentRequest request;
  request.key = std::string(key_prefix) + "confirm";
  request.effect = params.effect;
  const auto document = json::parse(params.public_json);
  if (!document) return request;
  request.text = action.confirm_text.empty() ? default_text(tool, action, *document)
                                             : filled(action.confirm_text, *document, false);
  request.target = filled(action.confirm_target, *document, true);
  return request;
}

Result<ConsentOutcome> obtain_consent(const Services& services, const Caller& caller,
                                      Conversation& conversation, const ConsentRequest& request) {
  if (services.configuration.text("safety.confirm") == "never") return ConsentOutcome::granted;
  const Question question = question_of(services, request);
  switch (conversation.consent(question.text)) {
    case Conversation::Consent::granted:
      return ConsentOutcome::granted;
    case Conversation::Consent::denied:
      return Failure(not_approved(request, Decision::denied));
    case Conversation::Consent::unknown:
      break;
  }
  if (caller.suspends && caller.elicitation) {
    conversation.ask(question);
    return ConsentOutcome::suspended;
  }
  const Decision decision = caller.approve ? caller.approve(question) : Decision::unavailable;
  if (decision != Decision::approved) return Failure(not_approved(request, decision));
  conversation.keep_consent(question.text, true);
  return ConsentOutcome::granted;
}

}  // namespace dockerhub
