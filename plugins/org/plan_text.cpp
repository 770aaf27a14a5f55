#include "plan_text.hpp"

#include <array>
#include <string_view>

namespace dockerhub::org {
namespace {

struct NamedKind {
  Change::Kind kind;
  bool lowers_role;
  std::size_t most_named;
  std::string_view of_the_rest;  // "and 5 more " and this
};

constexpr auto kNamedKinds = std::to_array<NamedKind>({
    {Change::Kind::remove, false, hub::kMostLosersNamed, "to remove"},
    {Change::Kind::leave, false, hub::kMostLosersNamed, "to take out of a team"},
    {Change::Kind::set_role, true, hub::kMostLosersNamed, "to give a lesser role"},
    {Change::Kind::set_role, false, hub::kMostOthersNamed, "to give another role"},
    {Change::Kind::invite, false, hub::kMostOthersNamed, "to invite"},
    {Change::Kind::join, false, hub::kMostOthersNamed, "to add to a team"},
});

std::string described(const Change& change) {
  switch (change.kind) {
    case Change::Kind::remove:
      return "remove " + change.member;
    case Change::Kind::leave:
      return "take " + change.member + " out of " + change.team;
    case Change::Kind::set_role:
      return "make " + change.member + " " + change.role +
             (change.old_role.empty() ? "" : " instead of " + change.old_role);
    case Change::Kind::invite:
      return "invite " + change.member + " as " + change.role +
             (change.team.empty() ? "" : " into " + change.team);
    case Change::Kind::join:
      return "add " + change.member + " to " + change.team;
  }
  return {};
}

}  // namespace

hub::PlanText plan_text(std::string_view beginning, const std::vector<Change>& changes) {
  hub::PlanText plan;
  for (const NamedKind& kind : kNamedKinds) {
    std::vector<std::string> entries;
    for (const Change& change : changes) {
      if (change.kind == kind.kind && lowers_role(change) == kind.lowers_role)
        entries.push_back(described(change));
    }
    hub::name_some(plan, entries, kind.most_named, kind.of_the_rest);
  }
  plan.text.insert(0, beginning);
  return plan;
}

std::string whole_plan_text(const std::vector<Change>& changes) {
  std::vector<std::string> entries;
  entries.reserve(changes.size());
  for (const Change& change : changes) entries.push_back(described(change));
  return hub::joined(entries);
}

}  // namespace dockerhub::org
