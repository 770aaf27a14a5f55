#include "principal.hpp"

namespace dockerhub::server {
namespace {

std::string suffix_of(Effect most) {
  return " [" + std::string(effect_name(most)) + "]";
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string Principal::text() const {
  return most == Effect::destructive ? name : name + suffix_of(most);
}

Effect most_effect(std::string_view principal) {
  for (const Effect effect : {Effect::read, Effect::write}) {
    if (ends_with(principal, suffix_of(effect))) return effect;
  }
  return Effect::destructive;
}

bool is_plain_name(std::string_view name) {
  return most_effect(name) == Effect::destructive;
}

Result<void> check_limit(const CallView& view, const std::string& hint) {
  const Effect most = most_effect(view.principal);
  if (view.effect <= most || view.dry_run) return {};
  Error error;
  error.kind = ErrorKind::policy;
  error.message = "this caller may do no more than " + std::string(effect_name(most)) +
                  ", and this is " + std::string(effect_name(view.effect));
  error.hint = hint;
  return Failure(std::move(error));
}

}  // namespace dockerhub::server
