#include "wanted.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "csv.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"

namespace dockerhub::org {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"owner", "editor", "member"};
constexpr std::string_view kHint =
    "A row has member (Docker ID or e-mail address), role (owner, editor, member) and teams, in a "
    "CSV "
    "separated by semicolons.";

std::string trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(" \t") - start + 1));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    if (std::string part = trimmed(text.substr(0, end)); !part.empty())
      parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Wanted from_csv(const CsvRow& row) {
  Wanted wanted;
  const auto cell = [&](std::string_view name) {
    const auto found = row.find(name);
    return found == row.end() ? std::string() : trimmed(found->second);
  };
  wanted.member = cell("member");
  wanted.role = hub::folded(cell("role"));
  if (row.find("teams") != row.end()) wanted.teams = split(cell("teams"));
  return wanted;
}

Wanted from_object(const sdk::Value& row) {
  Wanted wanted;
  wanted.member = trimmed(hub::text_member(row, "member"));
  wanted.role = hub::folded(hub::text_member(row, "role"));
  const sdk::Value* teams = hub::member(row, "teams");
  if (teams != nullptr && teams->IsString()) wanted.teams = split(sdk::view(*teams));
  if (teams == nullptr || !teams->IsArray()) return wanted;
  wanted.teams.emplace();
  for (const sdk::Value& team : teams->GetArray()) {
    if (team.IsString()) wanted.teams->emplace_back(sdk::view(team));
  }
  return wanted;
}

// nullopt: nothing is wrong with it.
std::optional<std::string> problem_of(const Wanted& wanted, std::set<std::string>& seen) {
  if (wanted.member.empty()) return "has no member";
  if (!seen.insert(hub::folded(wanted.member)).second) return "names '" + wanted.member + "' again";
  const bool is_known = std::find(kRoles.begin(), kRoles.end(), wanted.role) != kRoles.end();
  if (wanted.role.empty() || is_known) return std::nullopt;
  return "has the role '" + wanted.role + "', which is none";
}

sdk::Reply<std::vector<Wanted>> read(sdk::Context& ctx) {
  std::vector<Wanted> all;
  if (const sdk::Value* rows = ctx.params().find("rows")) {
    for (const sdk::Value& row : rows->GetArray()) all.push_back(from_object(row));
    return all;
  }
  const auto rows = parse_csv(ctx.params().text("csv"));
  if (!rows) return hub::wrong_parameter(ctx, "csv", "'csv' is no comma-separated text", kHint);
  for (const CsvRow& row : *rows) all.push_back(from_csv(row));
  return all;
}

}  // namespace

sdk::Reply<std::vector<Wanted>> wanted_members(sdk::Context& ctx) {
  auto all = read(ctx);
  if (!all) return all;
  const char* parameter = ctx.params().has("rows") ? "rows" : "csv";
  if (all->empty()) return hub::wrong_parameter(ctx, parameter, "there is no row", kHint);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (const auto problem = problem_of((*all)[i], seen)) {
      return hub::wrong_parameter(ctx, parameter, "row " + std::to_string(i + 1) + " " + *problem,
                                  kHint);
    }
  }
  return all;
}

}  // namespace dockerhub::org
