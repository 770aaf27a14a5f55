#include "plan_text.hpp"

#include <array>
#include <string_view>

namespace dockerhub::org {
namespace {

struct NamedKind {
  Change::Kind kind;
  std::size_t most_named;
  std::string_view of_the_rest;  // "and 5 more " and this
};

constexpr auto kNamedKinds = std::to_array<NamedKind>({
    {Change::Kind::remove, 100, "to remove"},
    {Change::Kind::leave, 100, "to take out of a team"},
    {Change::Kind::set_role, 20, "to give another role"},
    {Change::Kind::invite, 20, "to invite"},
    {Change::Kind::join, 20, "to add to a team"},
});

std::string described(const Change& change) {
  switch (change.kind) {
    case Change::Kind::remove:
      return "remove " + change.member;
    case Change::Kind::leave:
      return "take " + change.member + " out of " + change.team;
    case Change::Kind::set_role:
      return "make " + change.member + " " + change.role;
    case Change::Kind::invite:
      return "invite " + change.member + " as " + change.role +
             (change.team.empty() ? "" : " into " + change.team);
    case Change::Kind::join:
      return "add " + change.member + " to " + change.team;
  }
  return {};
}

void add_to(std::string& text, std::string_view more) {
  text.append(text.empty() ? "" : ", ").append(more);
}

}  // namespace

PlanText plan_text(const std::vector<Change>& changes) {
  PlanText plan;
  for (const NamedKind& kind : kNamedKinds) {
    std::size_t count = 0;
    for (const Change& change : changes) {
      if (change.kind != kind.kind) continue;
      if (++count <= kind.most_named) add_to(plan.text, described(change));
    }
    if (count <= kind.most_named) continue;
    plan.is_whole = false;
    plan.text.append(" and ").append(std::to_string(count - kind.most_named)).append(" more ");
    plan.text.append(kind.of_the_rest);
  }
  return plan;
}

std::string whole_plan_text(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& change : changes) add_to(text, described(change));
  return text;
}

}  // namespace dockerhub::org
