#include "call/steps.hpp"
#include "surfaces/surfaces.hpp"
#include "trail/entry.hpp"

namespace dockerhub {
namespace {

bool is_policy_refusal(const CallResult& result) {
  return result.error && result.error->kind == ErrorKind::policy;
}

std::string_view outcome_of(const CallResult& result) {
  if (result.suspended) return "suspended";
  return result.error ? type_name(result.error->kind) : "ok";
}

void log_end(const Services& services, const CallView& view, const CallResult& result,
             std::chrono::microseconds time) {
  const LogLevel level = result.error ? LogLevel::notice : LogLevel::info;
  if (!services.log->wants(level)) return;
  const auto duration = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  services.log->write(level,
                      std::string(view.tool) + " " + std::string(view.action) + ": " +
                          std::string(outcome_of(result)) + " after " + std::to_string(duration) +
                          " ms",
                      view.request_id);
}

// entry: gives the text of the entry for its number and for the account. what: for the log.
template <typename Entry>
void append_to_trail(const Services& services, const Entry& entry, const std::string& what,
                     std::string_view request_id) {
  const std::string account = services.surfaces->credentials().identity().name;
  const auto members = [&](std::uint64_t number) {
    const std::string text = "{" + entry(number, account) + "}";
    // Names of members are ours; a secret may stand in a value.
    const std::string clean = services.redactor->json(text, {}, KeyRule::ignore).value_or("{}");
    return clean.substr(1, clean.size() - 2);
  };
  if (auto done = services.trail->append(members); !done) {
    services.log->write(LogLevel::critical,
                        "not recorded in the trail: " + what + ": " + done.error().message,
                        request_id);
  }
}

// Also what was refused: somebody tried it. Nothing is changed by a dry run.
void record(const Services& services, const CallView& view, const CallResult& result,
            std::chrono::microseconds time) {
  if (!services.trail || view.effect == Effect::read || view.dry_run) return;
  const auto entry = [&](std::uint64_t number, const std::string& account) {
    return entry_text(number, view, result, account, time);
  };
  append_to_trail(services, entry, std::string(view.tool) + " " + std::string(view.action),
                  view.request_id);
}

// "hub_repos delete_tag of alice: approved by bob"
std::string decision_text(const ConsentDecision& decision) {
  std::string text(decision.tool);
  text.append(" ").append(decision.action).append(" of ").append(decision.caller).append(": ");
  return text.append(decision_name(decision.kind)).append(" by ").append(decision.principal);
}

void tell_hook(const Services& services, const CallView& view, const CallResult& result,
               std::chrono::microseconds time) {
  if (!services.hooks.audit || is_policy_refusal(result)) return;
  try {
    services.hooks.audit(view, result, time);
  } catch (const std::exception& exception) {
    services.log->write(LogLevel::error, std::string("the audit hook failed: ") + exception.what(),
                        view.request_id);
  } catch (...) {
    services.log->write(LogLevel::error, "the audit hook failed", view.request_id);
  }
}

}  // namespace

Result<void> check_trail(const Services& services, Effect effect, const std::stop_token& stop) {
  if (!services.trail || effect == Effect::read) return {};
  return services.trail->check(stop);
}

void audit(const Services& services, const CallView& view, const CallResult& result,
           std::chrono::microseconds time) {
  log_end(services, view, result, time);
  record(services, view, result, time);
  tell_hook(services, view, result, time);
}

void audit(const Services& services, const ConsentDecision& decision) {
  const std::string what = decision_text(decision);
  // Without a trail the log is all that tells it.
  services.log->write(services.trail ? LogLevel::info : LogLevel::warning, what,
                      decision.request_id);
  if (!services.trail) return;
  const auto entry = [&](std::uint64_t number, const std::string& account) {
    return entry_text(number, decision, account);
  };
  append_to_trail(services, entry, what, decision.request_id);
}

}  // namespace dockerhub
