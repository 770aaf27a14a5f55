#include "wanted.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "changes.hpp"
#include "csv.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"

namespace dockerhub::org {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"owner", "editor", "member"};
constexpr std::array<std::string_view, 3> kKeys = {"member", "role", "teams"};
constexpr std::string_view kRowHint =
    "A row has member (Docker ID or e-mail address), role (owner, editor, member) and teams: "
    "a list of names, in a CSV separated by semicolons.";

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

// Blank: they stay.
std::optional<std::vector<std::string>> teams_in(std::string_view text) {
  auto teams = split(text);
  return teams.empty() ? std::nullopt : std::optional(std::move(teams));
}

Wanted from_csv(const CsvRow& row) {
  Wanted wanted;
  const auto cell = [&](std::string_view name) {
    const auto found = row.find(name);
    return found == row.end() ? std::string() : trimmed(found->second);
  };
  wanted.member = cell("member");
  wanted.role = hub::folded(cell("role"));
  wanted.teams = teams_in(cell("teams"));
  return wanted;
}

bool is_name(const sdk::Value& value) {
  return value.IsString() && !trimmed(sdk::view(value)).empty();
}

bool is_readable(std::string_view key, const sdk::Value& value) {
  if (value.IsNull() || value.IsString()) return true;
  return key == "teams" && value.IsArray() &&
         std::all_of(value.GetArray().begin(), value.GetArray().end(), is_name);
}

bool is_key(std::string_view name) {
  return std::find(kKeys.begin(), kKeys.end(), name) != kKeys.end();
}

// A column that was not understood must not pass for blank cells. nullopt: all of them are read.
std::optional<std::string> unreadable_column(const std::vector<std::string>& columns) {
  std::set<std::string_view> seen;
  for (const std::string& column : columns) {
    if (!is_key(column)) return "the column '" + column + "' is not known";
    if (!seen.insert(column).second) return "the column '" + column + "' stands there twice";
  }
  return std::nullopt;
}

// What was not understood must not pass for "no teams". nullopt: everything in the row is read.
std::optional<std::string> unreadable_in(const sdk::Value& row) {
  for (const auto& [name, value] : row.GetObject()) {
    const std::string_view key = sdk::view(name);
    if (!is_key(key)) return "has '" + std::string(key) + "', which is not known";
    if (!is_readable(key, value)) return "has '" + std::string(key) + "' that cannot be read";
  }
  return std::nullopt;
}

Wanted from_object(const sdk::Value& row) {
  Wanted wanted;
  wanted.member = trimmed(hub::text_member(row, "member"));
  wanted.role = hub::folded(hub::text_member(row, "role"));
  const sdk::Value* teams = hub::member(row, "teams");
  if (teams == nullptr) return wanted;
  if (teams->IsString()) {
    wanted.teams = teams_in(sdk::view(*teams));
    return wanted;
  }
  wanted.teams.emplace();
  for (const sdk::Value& team : teams->GetArray())
    wanted.teams->push_back(trimmed(sdk::view(team)));
  return wanted;
}

// nullopt: nothing is wrong with it.
std::optional<std::string> problem_of(const Wanted& wanted, std::set<std::string>& seen) {
  if (wanted.member.empty()) return "has no member";
  const bool has_long_team =
      wanted.teams && std::any_of(wanted.teams->begin(), wanted.teams->end(), hub::is_too_long);
  if (hub::is_too_long(wanted.member) || has_long_team) return "has a name of more than 255 bytes";
  if (!seen.insert(hub::folded(wanted.member)).second) return "names '" + wanted.member + "' again";
  const bool is_known = std::find(kRoles.begin(), kRoles.end(), wanted.role) != kRoles.end();
  if (!wanted.role.empty() && !is_known) return "has the role '" + wanted.role + "', which is none";
  const bool wants_owners =
      wanted.teams && std::any_of(wanted.teams->begin(), wanted.teams->end(), is_owners_team);
  if (wants_owners && wanted.role != "owner")
    return "has the team owners without the role owner, which that team is";
  return std::nullopt;
}

const char* parameter_of(sdk::Context& ctx) {
  return ctx.params().has("rows") ? "rows" : "csv";
}

sdk::Status wrong_row(sdk::Context& ctx, std::size_t number, const std::string& problem) {
  return hub::wrong_parameter(ctx, parameter_of(ctx),
                              "row " + std::to_string(number) + " " + problem, kRowHint);
}

sdk::Reply<std::vector<Wanted>> read(sdk::Context& ctx) {
  std::vector<Wanted> all;
  if (const sdk::Value* rows = ctx.params().find("rows")) {
    for (const sdk::Value& row : rows->GetArray()) {
      if (const auto problem = unreadable_in(row)) return wrong_row(ctx, all.size() + 1, *problem);
      all.push_back(from_object(row));
    }
    return all;
  }
  const auto table = parse_csv(ctx.params().text("csv"));
  if (!table) return hub::wrong_parameter(ctx, "csv", "'csv' is no comma-separated text", kRowHint);
  if (const auto problem = unreadable_column(table->columns))
    return hub::wrong_parameter(ctx, "csv", *problem, kRowHint);
  for (const CsvRow& row : table->rows) all.push_back(from_csv(row));
  return all;
}

}  // namespace

sdk::Reply<std::vector<Wanted>> wanted_members(sdk::Context& ctx) {
  auto all = read(ctx);
  if (!all) return all;
  if (all->empty())
    return hub::wrong_parameter(ctx, parameter_of(ctx), "there is no row", kRowHint);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (const auto problem = problem_of((*all)[i], seen)) return wrong_row(ctx, i + 1, *problem);
  }
  return all;
}

}  // namespace dockerhub::org
