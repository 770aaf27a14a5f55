#include "call/redact.hpp"

#include "base/json.hpp"

namespace dockerhub {
namespace {

const std::vector<std::string>& shown_once(const Action* action) {
  static const std::vector<std::string> kNothing;
  return action == nullptr ? kNothing : action->answer.shown_once;
}

// Content whose digest is its contract is scanned, not rewritten.
Result<std::string> checked_verbatim(const CallRedaction& redaction, std::string_view json) {
  if (redaction.json_holds_secret(json)) return Failure(withheld("the answer"));
  return std::string(json);
}

bool is_verbatim(const Action* action) {
  return action != nullptr && action->answer.verbatim;
}

// Key and value are looked at together: the key may be what makes the value a secret.
Result<void> redact_annotation(const CallRedaction& redaction,
                               std::pair<std::string, std::string>& annotation) {
  const std::string key = json::quote(annotation.first);
  auto clean = redaction.json("{" + key + ":" + annotation.second + "}");
  if (!clean) return Failure(clean.error());
  const auto document = json::parse(*clean);
  if (!document || document->MemberCount() != 1) return Failure(withheld("an annotation"));
  annotation.first = json::view(document->MemberBegin()->name);
  annotation.second = json::write(document->MemberBegin()->value);
  return {};
}

Result<void> redact_content(const CallRedaction& redaction, Content& content) {
  if (redaction.holds_secret(content.data)) return Failure(withheld("a content part"));
  for (std::string* text : {&content.text, &content.uri, &content.name, &content.media_type}) {
    *text = redaction.text(*text);
  }
  if (content.annotations.empty()) return {};
  auto clean = redaction.json(content.annotations);
  if (!clean) return Failure(clean.error());
  content.annotations = std::move(*clean);
  return {};
}

}  // namespace

Error withheld(const std::string& what) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message =
      what + " holds one of this process's own secrets and may not be changed: it is withheld";
  error.hint = "Find out how the secret got there, and renew it.";
  return error;
}

Result<std::string> redact_item(const CallRedaction& redaction, const Action* action,
                                std::string_view item) {
  return is_verbatim(action) ? checked_verbatim(redaction, item)
                             : redaction.json(item, shown_once(action));
}

Result<void> redact_data(const CallRedaction& redaction, const Action* action, std::string& data) {
  // An error page never stands here: what failed has no data. A 401 may: the first half of a log-in.
  auto clean = redact_item(redaction, action, data);
  if (!clean) return Failure(std::move(clean.error()));
  data = std::move(*clean);
  return {};
}

Result<void> redact_beside(const CallRedaction& redaction, Envelope& envelope) {
  for (auto& annotation : envelope.annotations) {
    if (auto done = redact_annotation(redaction, annotation); !done) return done;
  }
  if (auto done = redact(redaction, envelope.rate_limit); !done) return done;
  for (std::string& warning : envelope.warnings) warning = redaction.text(warning);
  envelope.outcome_text = redaction.text(envelope.outcome_text);
  return {};
}

Result<void> redact(const CallRedaction& redaction, std::optional<http::RateLimit>& rate_limit) {
  if (!rate_limit) return {};
  for (std::string* value : {&rate_limit->limit, &rate_limit->remaining, &rate_limit->reset}) {
    if (value->empty()) continue;
    auto clean = redaction.json(*value);
    if (!clean) return Failure(clean.error());
    *value = std::move(*clean);
  }
  return {};
}

Result<void> redact(const CallRedaction& redaction, std::vector<Content>& contents) {
  for (Content& content : contents) {
    if (auto done = redact_content(redaction, content); !done) return done;
  }
  return {};
}

}  // namespace dockerhub
