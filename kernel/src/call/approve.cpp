#include "base/json.hpp"
#include "base/sha256.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

// Bytes of a value where the row does not say itself what is asked: a person reads names, and no text that
// somebody put into a parameter. The same of modules that are not part of the installation, where the row
// does, and of their whole text; what ours ask is theirs to bound.
constexpr std::size_t kLongestValue = 80;
constexpr std::size_t kLongestForeignName = 256;
constexpr std::size_t kLongestForeignText = 1024;
// Of the body of a request that the caller wrote himself, which stands last in its text.
constexpr std::size_t kLongestBody = 1024;

// What is left out is told.
std::string beginning(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto goes_on = [&] { return (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U; };
  const std::string size = std::to_string(text.size());
  while (bytes > 0 && goes_on()) --bytes;
  text.resize(bytes);
  return text + "... (" + size + " bytes)";
}

// Redacted while it is whole: of a secret that was cut nobody knows what it was.
std::string without_secrets(const Redactor& redactor, const json::Value& value) {
  return visible(redactor.text(value.IsString() ? json::view(value) : json::write(value)));
}

std::string shown(const Redactor& redactor, const json::Value& value, std::size_t bytes) {
  std::string text = beginning(without_secrets(redactor, value), bytes);
  return value.IsString() ? "'" + text + "'" : text;
}

// How the values of a row's texts are written.
struct Writing {
  const Redactor& redactor;
  bool plain = false;
  std::size_t longest = std::string::npos;       // bytes
  std::size_t longest_body = std::string::npos;  // bytes of {body}
};

// "Delete {name}" with the values of the parameters: in quotes for the text that a person reads,
// plain for the target that a person types.
std::string filled(std::string_view pattern, const json::Value& params, const Writing& writing) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return text.append(pattern);
    text.append(pattern.substr(0, open));
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    if (const json::Value* value = json::find(params, name); value != nullptr) {
      const std::size_t longest = name == "body" ? writing.longest_body : writing.longest;
      text += writing.plain && value->IsString() ? without_secrets(writing.redactor, *value)
                                                 : shown(writing.redactor, *value, longest);
    }
    pattern.remove_prefix(close + 1);
  }
  return text;
}

std::string default_text(const Redactor& redactor, const Tool& tool, const Action& action,
                         const json::Value& params) {
  std::string text = "Run " + tool.name + " " + action.name;
  const char* separator = " with ";
  for (const auto& member : params.GetObject()) {
    text += separator + std::string(json::view(member.name)) + " = " +
            shown(redactor, member.value, kLongestValue);
    separator = ", ";
  }
  return text;
}

Error not_approved(const std::string& text, Decision decision) {
  Error error;
  error.kind = ErrorKind::approval;
  if (decision == Decision::denied) {
    error.message = "not approved: " + text;
    error.hint = "Nothing was changed.";
    return error;
  }
  error.message = "nobody could be asked to approve: " + text;
  error.hint =
      "Nothing was changed. Use a client that can ask its user, --yes on the command line, or a "
      "dry run; "
      "the operator can lift the question with DOCKERHUB_CONFIRM=never.";
  return error;
}

// The key stands for exactly what is consented to; equal questions of one run are told apart by their
// order, so each consent is used once.
std::string key_of(const ConsentRequest& request, Conversation& conversation) {
  std::string what = std::to_string(static_cast<int>(request.effect));
  for (const std::string& part : {request.text, request.target, request.params})
    what.append(1, '\0').append(part);
  std::string key = request.key_prefix + "confirm-" + sha256_hex(what).substr(0, 16);
  const std::size_t before = conversation.count(key);
  return before == 0 ? key : key + "-" + std::to_string(before);
}

Question question_of(const Services& services, const ConsentRequest& request, std::string key) {
  Question question;
  question.kind = Question::Kind::approval;
  question.key = std::move(key);
  question.effect = request.effect;
  question.text = services.redactor->text(request.text);
  if (request.is_foreign) question.text = beginning(std::move(question.text), kLongestForeignText);
  question.target = services.redactor->text(request.target);
  // Nobody types that, and it is no name: a box is ticked instead.
  if (request.is_foreign && question.target.size() > kLongestForeignName) question.target.clear();
  question.deadline = request.deadline;
  question.stop = request.stop;
  return question;
}

}  // namespace

ConsentRequest consent_request(const Services& services, const Target& target,
                               const ValidParams& params) {
  const Action& action = *target.action;
  ConsentRequest request;
  request.effect = params.effect;
  request.params = params.public_json;
  request.is_foreign = !target.tool->publisher.empty();
  const auto document = json::parse(params.public_json);
  if (!document) return request;
  const Redactor& redactor = *services.redactor;
  const std::size_t longest = request.is_foreign ? kLongestForeignName : std::string::npos;
  const std::size_t longest_body = target.tool->module.empty() ? kLongestBody : longest;
  request.text =
      visible(action.confirm_text.empty() ? default_text(redactor, *target.tool, action, *document)
                                          : filled(action.confirm_text, *document,
                                                   {redactor, false, longest, longest_body}));
  request.target = visible(filled(action.confirm_target, *document, {redactor, true}));
  return request;
}

Result<ConsentOutcome> obtain_consent(const Services& services, const Caller& caller,
                                      Conversation& conversation, const ConsentRequest& request) {
  if (services.configuration.text("safety.confirm") == "never") return ConsentOutcome::granted;
  Question question = question_of(services, request, key_of(request, conversation));
  const Conversation::Consent known = conversation.consent(question.key);
  if (known == Conversation::Consent::granted) return ConsentOutcome::granted;
  if (known == Conversation::Consent::denied || conversation.refused()) {
    return Failure(not_approved(question.text, Decision::denied));
  }
  if (caller.suspends && caller.elicitation) {
    conversation.ask(std::move(question));
    return ConsentOutcome::suspended;
  }
  const Decision decision = caller.approve ? caller.approve(question) : Decision::unavailable;
  conversation.keep_consent(question.key, decision == Decision::approved);
  if (decision != Decision::approved) return Failure(not_approved(question.text, decision));
  return ConsentOutcome::granted;
}

}  // namespace dockerhub
