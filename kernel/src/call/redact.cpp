#include "call/redact.hpp"

namespace dockerhub {
namespace {

const std::vector<std::string> kNothing;

Error holds_secret(const std::string& what) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message =
      what + " holds one of this process's own secrets and may not be changed: it is withheld";
  error.hint = "Find out how the secret got there, and renew it.";
  return error;
}

Result<void> replace(const Services& services, std::string& json,
                     const std::vector<std::string>& shown_once) {
  Result<std::string> clean = services.redactor->json(json, shown_once);
  if (!clean) return Failure(clean.error());
  json = std::move(*clean);
  return {};
}

Result<void> redact_data(const Services& services, const Action* action, Envelope& envelope) {
  if (action != nullptr && action->answer.verbatim) {
    if (services.redactor->holds_secret(envelope.data)) return Failure(holds_secret("the answer"));
    return {};
  }
  // Shown once means: by an answer that made the thing, not by an error page.
  const bool success = envelope.status_code >= 200 && envelope.status_code < 300;
  return replace(services, envelope.data,
                 action != nullptr && success ? action->answer.shown_once : kNothing);
}

}  // namespace

Result<void> redact(const Services& services, const Action* action, Envelope& envelope) {
  if (auto done = redact_data(services, action, envelope); !done) return done;
  for (auto& annotation : envelope.annotations) {
    if (auto done = replace(services, annotation.second, kNothing); !done) return done;
  }
  for (std::string& warning : envelope.warnings) warning = services.redactor->text(warning);
  envelope.outcome_text = services.redactor->text(envelope.outcome_text);
  return {};
}

Result<void> redact(const Services& services, std::vector<Content>& contents) {
  for (Content& content : contents) {
    if (services.redactor->holds_secret(content.data))
      return Failure(holds_secret("a content part"));
    content.text = services.redactor->text(content.text);
    content.uri = services.redactor->text(content.uri);
    content.name = services.redactor->text(content.name);
  }
  return {};
}

}  // namespace dockerhub
