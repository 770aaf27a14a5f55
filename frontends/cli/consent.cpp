#include "consent.hpp"

#include <string>

namespace dockerhub::cli {

Decision consent(const Question& question, bool yes, Prompter& prompter, Messages& messages) {
  if (yes || question.effect != Effect::destructive) {
    messages.note(question.text);
    return Decision::approved;
  }
  if (!prompter.available()) return Decision::unavailable;
  const std::string expected = question.target.empty() ? "yes" : question.target;
  messages.line(question.text);
  const std::optional<std::string> typed =
      prompter.line("Type " + visible(expected) + " to confirm: ");
  if (!typed) messages.line("");
  return typed == expected ? Decision::approved : Decision::denied;
}

}  // namespace dockerhub::cli
