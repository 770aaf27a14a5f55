#include "settings.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

#include "encoding/query.hpp"

namespace dockerhub::sandbox {
namespace {

using Switch = bool Settings::*;
using Number = std::int64_t Settings::*;
using Text = std::string Settings::*;

struct Row {
  std::string_view name;
  std::variant<Switch, Number, Text> member;
  std::string_view choices;  // of a text, separated by '|'; empty: any text
  std::string_view meaning;
};

const std::array<Row, 27> kRows = {{
    {"authentication", &Settings::authentication, "token|basic|none",
     "how the registries want to be asked"},
    {"anonymous_pull", &Settings::anonymous_pull, "",
     "public repositories can be pulled without an account"},
    {"token_post", &Settings::token_post, "", "the token service takes POST (OAuth 2)"},
    {"token_expires_in", &Settings::token_expires_in, "", "token answers have expires_in"},
    {"token_field", &Settings::token_field, "both|token|access_token",
     "where a token answer has the token"},
    {"token_lifetime", &Settings::token_lifetime, "", "of registry tokens, seconds"},
    {"jwt_lifetime", &Settings::jwt_lifetime, "", "of the Hub's bearers, seconds"},
    {"strict_accept", &Settings::strict_accept, "",
     "a manifest whose type the Accept header lacks is not found"},
    {"redirect_blobs", &Settings::redirect_blobs, "",
     "blob reads are redirected to the cdn listener"},
    {"referrers", &Settings::referrers, "", "the registries have the referrers API"},
    {"single_post", &Settings::single_post, "", "a blob can be uploaded by one POST"},
    {"relative_locations", &Settings::relative_locations, "",
     "Location headers have no scheme and host"},
    {"delete_referenced", &Settings::delete_referenced, "",
     "a manifest can be deleted while a tag or an index names it"},
    {"delete_blobs", &Settings::delete_blobs, "", "blobs can be deleted"},
    {"warning", &Settings::warning, "",
     "text of a Warning header on registry answers; empty: none"},
    {"tags_page", &Settings::tags_page, "", "most tags in one answer; 0: no bound"},
    {"referrers_page", &Settings::referrers_page, "", "most referrers in one answer; 0: no bound"},
    {"chunk_min_length", &Settings::chunk_min_length, "",
     "OCI-Chunk-Min-Length of uploads, bytes; 0: none. A shorter chunk has to be the last"},
    {"most_uploads", &Settings::most_uploads, "",
     "uploads under way in one registry, then the oldest ends; 0: no bound"},
    {"most_blob", &Settings::most_blob, "", "bytes of a blob; 0: no bound"},
    {"tokens_make_tokens", &Settings::tokens_make_tokens, "",
     "a personal access token can make personal access tokens"},
    {"drawn_shapes", &Settings::drawn_shapes, "",
     "the Hub answers as its document is drawn: members as an array of pages, a tag's images as "
     "one"},
    {"scim_list", &Settings::scim_list, "resources|Resources",
     "how SCIM spells the list of users: Docker's document and RFC 7644 differ"},
    {"seats", &Settings::seats, "",
     "members and invitations that an organization has room for; 0: no bound"},
    {"hub_limit", &Settings::hub_limit, "", "requests a minute to the Hub"},
    {"anonymous_pull_limit", &Settings::anonymous_pull_limit, "",
     "manifests in six hours without an account; 0: no limit"},
    {"signed_in_pull_limit", &Settings::signed_in_pull_limit, "",
     "manifests in six hours with an account; 0: no limit"},
}};

Error setting_error(std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = "dockerhub-sandbox --help lists the settings and what each takes.";
  return error;
}

const Row* find_row(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

bool is_choice(const Row& row, std::string_view value) {
  return row.choices.empty() ||
         (!value.empty() && value.find('|') == std::string_view::npos &&
          ("|" + std::string(row.choices) + "|").find("|" + std::string(value) + "|") !=
              std::string::npos);
}

std::string wanted(const Row& row) {
  if (std::holds_alternative<Switch>(row.member)) return "on or off";
  if (std::holds_alternative<Number>(row.member)) return "a whole number, 0 or more";
  return row.choices.empty() ? "a text without line ends" : "one of " + std::string(row.choices);
}

bool is_header_text(std::string_view text) {
  return text.find_first_of("\r\n\"\\") == std::string_view::npos;
}

bool assign(Settings& settings, const Row& row,
            const std::variant<bool, std::int64_t, std::string>& value) {
  if (const auto* member = std::get_if<Switch>(&row.member)) {
    const bool* flag = std::get_if<bool>(&value);
    if (flag != nullptr) settings.** member = *flag;
    return flag != nullptr;
  }
  if (const auto* member = std::get_if<Number>(&row.member)) {
    const std::int64_t* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr || *number < 0) return false;
    settings.** member = *number;
    return true;
  }
  const std::string* text = std::get_if<std::string>(&value);
  if (text == nullptr || !is_choice(row, *text) || !is_header_text(*text)) return false;
  settings.*std::get<Text>(row.member) = *text;
  return true;
}

// The text as the kind of value that the row takes, where it is one.
std::variant<bool, std::int64_t, std::string> value_of(const Row& row, std::string_view text) {
  if (std::holds_alternative<Switch>(row.member) && (text == "on" || text == "off"))
    return text == "on";
  if (std::holds_alternative<Number>(row.member)) {
    if (const auto number = to_number(text)) return *number;
  }
  return std::string(text);
}

std::variant<bool, std::int64_t, std::string> value_of(const json::Value& value) {
  if (value.IsBool()) return value.GetBool();
  if (value.IsInt64()) return value.GetInt64();
  if (value.IsString()) return std::string(json::view(value));
  return std::int64_t{-1};  // of no row's kind
}

JsonText current(const Settings& settings, const Row& row) {
  return std::visit([&](auto member) { return JsonText(settings.*member); }, row.member);
}

}  // namespace

Result<void> set_from_text(Settings& settings, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string_view name = assignment.substr(0, equals);
  const Row* row = find_row(name);
  if (row == nullptr || equals == std::string_view::npos)
    return Failure(setting_error("'" + visible(assignment) + "' is not NAME=VALUE of a setting"));
  if (!assign(settings, *row, value_of(*row, assignment.substr(equals + 1))))
    return Failure(setting_error(std::string(name) + " takes " + wanted(*row)));
  return {};
}

Result<void> set_from_json(Settings& settings, const json::Value& object) {
  if (!object.IsObject()) return Failure(setting_error("settings are a JSON object"));
  Settings changed = settings;
  for (const auto& member : object.GetObject()) {
    const std::string_view name = json::view(member.name);
    const Row* row = find_row(name);
    if (row == nullptr) return Failure(setting_error("no setting is called " + visible(name)));
    if (!assign(changed, *row, value_of(member.value)))
      return Failure(setting_error(std::string(name) + " takes " + wanted(*row)));
  }
  settings = std::move(changed);
  return {};
}

JsonText settings_json(const Settings& settings) {
  std::vector<JsonText::Member> members;
  members.reserve(kRows.size());
  for (const Row& row : kRows) members.push_back({row.name, current(settings, row)});
  return JsonText::object(members);
}

std::string settings_help() {
  constexpr std::size_t kMeanings = 30;  // the column in which those of the options begin
  const Settings start;
  std::string text;
  for (const Row& row : kRows) {
    std::string line = "  " + std::string(row.name) + '=' + current(start, row).text();
    line.resize(std::max(line.size() + 2, kMeanings), ' ');
    text += line.append(row.meaning);
    if (!row.choices.empty()) text += " (" + std::string(row.choices) + ")";
    text += '\n';
  }
  return text;
}

}  // namespace dockerhub::sandbox
