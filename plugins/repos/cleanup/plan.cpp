#include "plan.hpp"

#include <algorithm>

#include "contents.hpp"
#include "hub/members.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using Failed = tl::unexpected<std::string>;

constexpr std::string_view kDelete = "delete";
constexpr std::string_view kKeep = "keep";

sdk::Json time_json(const std::optional<hub::UnixTime>& time) {
  return time ? sdk::Json(hub::rfc3339(*time)) : sdk::Json(nullptr);
}

std::optional<hub::UnixTime> time_member(const sdk::Value& value, std::string_view name) {
  return hub::unix_time(hub::text_member(value, name));
}

std::vector<std::string> texts_member(const sdk::Value& value, std::string_view name) {
  std::vector<std::string> texts;
  const sdk::Value* list = hub::array_member(value, name);
  if (list == nullptr) return texts;
  for (const sdk::Value& text : list->GetArray()) {
    if (text.IsString()) texts.emplace_back(sdk::view(text));
  }
  return texts;
}

Entry entry_of(const sdk::Value& value) {
  Entry entry;
  entry.goes = hub::text_member(value, "action") == kDelete;
  entry.tag = hub::text_member(value, "tag");
  entry.digest = hub::text_member(value, "digest");
  entry.bytes = hub::number_member(value, "bytes");
  entry.pushed = time_member(value, "pushed");
  entry.pulled = time_member(value, "pulled");
  entry.reason = hub::text_member(value, "reason");
  entry.can_come_back = hub::member(value, "restore") != nullptr;
  entry.of = texts_member(value, "of");
  return entry;
}

// Whether the value says the same, in whatever order and spacing.
bool says(const sdk::Value& value, const sdk::Json& json) {
  const auto document = sdk::parse_json(json.text());
  return document && *document == value;
}

// Of what goes the names lead into requests.
bool can_be_deleted(const Entry& entry) {
  const bool is_named = entry.tag.empty() || is_tag_name(entry.tag);
  return is_named && is_digest(entry.digest);
}

bool is_head_member(const sdk::Value::Member& member) {
  const std::string_view name = sdk::view(member.name);
  return name != "id" && name != "entries";
}

// The same without the members that head_json() has not.
bool has_head(const sdk::Value& value, const Plan& plan) {
  const auto head = sdk::parse_json(head_json(plan).text());
  const auto members = value.GetObject();
  const auto count = std::count_if(members.begin(), members.end(), is_head_member);
  if (!head || static_cast<std::size_t>(count) != head->MemberCount()) return false;
  return std::all_of(members.begin(), members.end(), [&](const sdk::Value::Member& member) {
    if (!is_head_member(member)) return true;
    const sdk::Value* own = hub::member(*head, sdk::view(member.name));
    return own != nullptr && *own == member.value;
  });
}

// nullopt: it is one that this program reads.
std::optional<std::string> foreign(const sdk::Value& value) {
  if (!value.IsObject() || hub::text_member(value, "format") != kPlanFormat)
    return "it is no plan of a clean-up";
  const std::uint64_t version = hub::number_member(value, "version");
  if (version > kPlanVersion)
    return "its format " + std::to_string(version) + " is newer than the " +
           std::to_string(kPlanVersion) + " that this program knows";
  if (version != kPlanVersion) return "it has no version of its format";
  return std::nullopt;
}

std::size_t count(const Plan& plan, bool goes, bool is_tag) {
  const auto fits = [&](const Entry& entry) {
    return entry.goes == goes && entry.is_tag() == is_tag;
  };
  return static_cast<std::size_t>(std::count_if(plan.entries.begin(), plan.entries.end(), fits));
}

}  // namespace

std::size_t Plan::tags_that_go() const {
  return count(*this, true, true);
}

std::size_t Plan::tags_that_stay() const {
  return count(*this, false, true);
}

std::size_t Plan::manifests_that_go() const {
  return count(*this, true, false);
}

std::string restore_command(const Plan& plan, const Entry& entry) {
  const std::string image = "docker.io/" + plan.place();
  return "dockerhub hub_registry copy " + image + "@" + entry.digest + " " + image + ":" +
         entry.tag;
}

sdk::Json entry_json(const Plan& plan, const Entry& entry) {
  return {{"action", entry.goes ? kDelete : kKeep},
          {"tag", entry.is_tag() ? sdk::Json(entry.tag) : sdk::Json(nullptr)},
          {"digest", entry.digest.empty() ? sdk::Json(nullptr) : sdk::Json(entry.digest)},
          {"bytes", entry.bytes},
          {"pushed", time_json(entry.pushed)},
          {"pulled", time_json(entry.pulled)},
          {"reason", entry.reason},
          {"of", sdk::Json::array(entry.of)},
          {"restore",
           entry.can_come_back ? sdk::Json(restore_command(plan, entry)) : sdk::Json(nullptr)}};
}

sdk::Json head_json(const Plan& plan) {
  return {{"format", kPlanFormat},
          {"version", kPlanVersion},
          {"namespace", plan.name_space},
          {"repository", plan.repository},
          {"made_at", hub::rfc3339(plan.made)},
          {"rules", plan.rules.json()},
          {"totals",
           {{"tags_to_delete", plan.tags_that_go()},
            {"tags_to_keep", plan.tags_that_stay()},
            {"manifests_to_delete", plan.manifests_that_go()},
            {"bytes_freed", plan.bytes_freed},
            {"bytes_kept", plan.bytes_kept}}},
          {"unseen", sdk::Json::array(plan.unseen)}};
}

tl::expected<StoredPlan, std::string> read_plan(const sdk::Value& value) {
  constexpr std::string_view kAltered = "it was altered, or is not whole";
  if (auto why = foreign(value)) return Failed(*std::move(why));
  const auto made = time_member(value, "made_at");
  const sdk::Value* rules = hub::member(value, "rules");
  const sdk::Value* totals = hub::member(value, "totals");
  const sdk::Value* entries = hub::array_member(value, "entries");
  const bool is_whole =
      made && rules != nullptr && rules->IsObject() && totals != nullptr && entries != nullptr;
  auto read = is_whole ? read_rules(*rules, *made) : tl::unexpected<WrongRule>(WrongRule{});
  if (!read) return Failed(std::string(kAltered));
  StoredPlan stored;
  stored.id = hub::text_member(value, "id");
  Plan& plan = stored.plan;
  plan.name_space = hub::text_member(value, "namespace");
  plan.repository = hub::text_member(value, "repository");
  plan.made = *made;
  plan.rules = *std::move(read);
  plan.bytes_freed = hub::number_member(*totals, "bytes_freed");
  plan.bytes_kept = hub::number_member(*totals, "bytes_kept");
  plan.unseen = texts_member(value, "unseen");
  plan.entries.reserve(entries->Size());
  for (const sdk::Value& row : entries->GetArray()) {
    Entry entry = entry_of(row);
    const bool is_own =
        says(row, entry_json(plan, entry)) && (!entry.goes || can_be_deleted(entry));
    if (!is_own) return Failed(std::string(kAltered));
    plan.entries.push_back(std::move(entry));
  }
  if (!has_head(value, plan)) return Failed(std::string(kAltered));
  return stored;
}

}  // namespace dockerhub::repos::cleanup
