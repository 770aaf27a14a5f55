#include <array>
#include <limits>
#include <utility>

#include "audit/actions.hpp"
#include "hub/audit/answers.hpp"
#include "hub/audit/handlers.hpp"
#include "hub/gate.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::int64_t kPageSize = 25;
constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

// An account reads its own log; that of an organization its owners do, and a token with the scope.
std::optional<Answer> refuse_reader(const HubCall& call) {
  const std::string& account = call.value("account");
  if (call.world.accounts.find(account) == nullptr)
    return audit_error(404, "the account is not found");
  const Organization* organization = call.world.accounts.organization(account);
  const bool own =
      call.caller->account == account && call.caller->secret != SecretKind::organization_token;
  if (own ||
      (organization != nullptr && !refuse_non_owner(call, *organization, "scope-activity-read")))
    return std::nullopt;
  return audit_error(403, "you may not read the audit log of this account");
}

struct Window {
  UnixTime from = std::numeric_limits<UnixTime>::min();
  UnixTime to = std::numeric_limits<UnixTime>::max();
};

// nullopt: a bound is no time.
std::optional<Window> window_of(const Query& query) {
  Window window;
  const std::array<std::pair<std::string_view, UnixTime*>, 2> bounds = {
      {{"from", &window.from}, {"to", &window.to}}};
  for (const auto& [name, bound] : bounds) {
    const std::string text = query.text(name);
    if (text.empty()) continue;
    const std::optional<UnixTime> time = from_rfc3339(text);
    if (!time) return std::nullopt;
    *bound = *time;
  }
  return window;
}

bool is_or_absent(const Query& query, std::string_view name, const std::string& value) {
  const std::string wanted = query.text(name);
  return wanted.empty() || wanted == value;
}

bool fits(const HubCall& call, const AuditEvent& event, const Window& window) {
  return event.account == call.value("account") && event.time >= window.from &&
         event.time <= window.to && is_or_absent(call.query, "action", event.action) &&
         is_or_absent(call.query, "name", event.name) &&
         is_or_absent(call.query, "actor", event.actor);
}

JsonText event_json(const AuditEvent& event) {
  std::vector<JsonText::Member> data;
  for (const auto& [name, value] : event.data) data.push_back({name, value});
  return JsonText::object({{"account", event.account},
                           {"action", event.action},
                           {"name", event.name},
                           {"actor", event.actor},
                           {"data", JsonText::object(data)},
                           {"timestamp", rfc3339(event.time)},
                           {"action_description", audit_label(event.action) + ": " + event.name}});
}

// The members of one group, beginning with `first`; moves `first` behind them.
JsonText group_json(std::span<const AuditAction> actions, std::size_t& first) {
  const std::string_view group = actions[first].group;
  std::vector<JsonText> list;
  for (; first < actions.size() && actions[first].group == group; ++first) {
    list.push_back(JsonText::object({{"name", actions[first].name},
                                     {"description", actions[first].label},
                                     {"label", actions[first].label}}));
  }
  return JsonText::object(
      {{"label", audit_group_label(group)}, {"actions", JsonText::array(list)}});
}

}  // namespace

Answer list_audit_actions(HubCall& call) {
  if (auto refusal = refuse_reader(call)) return *std::move(refusal);
  const std::span<const AuditAction> actions = audit_actions();
  std::vector<JsonText::Member> groups;
  for (std::size_t first = 0; first < actions.size();) {
    const std::string_view group = actions[first].group;
    groups.push_back({group, group_json(actions, first)});
  }
  return json_answer(200, JsonText::object({{"actions", JsonText::object(groups)}}));
}

Answer list_audit_logs(HubCall& call) {
  if (auto refusal = refuse_reader(call)) return *std::move(refusal);
  const std::optional<Window> window = window_of(call.query);
  if (!window) return audit_error(400, "from and to have to be times as RFC 3339 has them");
  const auto page = bounded(call.query, "page", 1, kMost);
  const auto size = bounded(call.query, "page_size", kPageSize, kMost);
  if (!page || !size) return audit_error(400, "page and page_size have to be 1 or more");
  std::int64_t skipped = (*page - 1) * *size;
  std::vector<JsonText> logs;
  for (const AuditEvent& event : call.world.audit.events()) {
    if (static_cast<std::int64_t>(logs.size()) == *size) break;
    if (fits(call, event, *window) && skipped-- <= 0) logs.push_back(event_json(event));
  }
  return json_answer(200, JsonText::object({{"logs", JsonText::array(logs)}}));
}

}  // namespace dockerhub::sandbox
