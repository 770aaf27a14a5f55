// The action `cleanup`: makes a plan and answers it, or carries out one that is handed back.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "application.hpp"
#include "changes.hpp"
#include "hub/answer.hpp"
#include "manifest_look.hpp"
#include "place.hpp"
#include "plan.hpp"
#include "planner.hpp"
#include "repos/actions.hpp"
#include "repos/immutable_tags.hpp"
#include "tag_listing.hpp"

namespace dockerhub::repos {
namespace {

using namespace cleanup;

constexpr std::array<const char*, 7> kRuleNames = {
    "only", "keep", "keep_newest", "keep_releases", "older_than", "not_pulled_for", "untagged"};

bool has_single_rules(const sdk::Params& params) {
  return std::any_of(kRuleNames.begin(), kRuleNames.end(),
                     [&](const char* name) { return params.has(name); });
}

sdk::Json single_rules(const sdk::Params& params) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const char* name : kRuleNames) {
      const sdk::Value* value = params.find(name);
      if (value == nullptr) continue;
      json.Key(name);
      value->Accept(json);
    }
    json.EndObject();
  });
}

// Rules of the call, which have to say what goes.
sdk::Reply<Rules> wanted_rules(sdk::Context& ctx, hub::UnixTime now) {
  const sdk::Params& params = ctx.params();
  const bool is_object = params.has("rules");
  if (is_object && has_single_rules(params)) {
    return hub::wrong_parameter(ctx, "rules", "'rules' is given beside single rules",
                                "Give all of them one way.");
  }
  const auto object = sdk::parse_json(is_object ? sdk::Json(params.value("rules")).text()
                                                : single_rules(params).text());
  if (!object) return sdk::Status(DH_E_INVALID);
  const auto rules = read_rules(*object, now);
  if (!rules) {
    const std::string& rule = rules.error().rule;
    return hub::wrong_parameter(ctx, is_object ? "rules" : rule,
                                "the rule '" + rule + "' " + rules.error().message,
                                "Rules are only, keep, keep_newest, keep_releases, older_than, "
                                "not_pulled_for and untagged.");
  }
  if (!rules->takes_tags() && !rules->untagged) {
    return hub::wrong_parameter(
        ctx, is_object ? "rules" : "only", "no rule says what may go",
        "Give older_than, not_pulled_for, keep_newest or only ('*' for every tag); keep and "
        "keep_releases only hold tags.");
  }
  return *rules;
}

sdk::Reply<std::string> id_of(sdk::Context& ctx, const Plan& plan) {
  auto digest = ctx.digest("sha256");
  if (!digest) return digest.status();
  sdk::Status updated = digest->update(head_json(plan).text());
  for (auto entry = plan.entries.begin(); updated && entry != plan.entries.end(); ++entry)
    updated = digest->update("\n" + entry_json(plan, *entry).text());
  return updated ? digest->finish() : sdk::Reply<std::string>(updated);
}

sdk::Status refuse_plan(sdk::Context& ctx, std::string_view parameter, const std::string& why) {
  return hub::wrong_parameter(ctx, parameter, "the plan cannot be used: " + why,
                              "Nothing was changed. Make a new plan.");
}

// A plan that was answered once, as it was.
sdk::Reply<StoredPlan> stored_plan(sdk::Context& ctx, std::string_view parameter,
                                   const Place& place) {
  auto stored = read_plan(ctx.params().value(parameter));
  if (!stored) return refuse_plan(ctx, parameter, stored.error());
  const auto id = id_of(ctx, stored->plan);
  if (!id) return id.status();
  if (*id != stored->id) return refuse_plan(ctx, parameter, "it was altered, or is not whole");
  if (stored->plan.place() != place.name())
    return refuse_plan(ctx, parameter, "it is about " + stored->plan.place());
  return *std::move(stored);
}

void mark_immutable(const ImmutableTags& immutable, Contents& contents) {
  for (Tag& tag : contents.tags) tag.is_immutable = immutable.holds(tag.name);
}

// What a plan of these rules cannot know.
std::vector<std::string> unseen(const Rules& rules, const Listing& listing,
                                const ImmutableTags& immutable, bool has_earlier) {
  std::vector<std::string> texts;
  if (!immutable.is_known)
    texts.emplace_back(
        "Which tags are immutable is not told to this account; those will be refused.");
  if (!listing.is_whole)
    texts.emplace_back("Docker Hub counts another number of tags than it lists.");
  if (!rules.untagged) {
    texts.emplace_back(
        "Manifests stay when their tags go, and count until Docker Hub removes them.");
    return texts;
  }
  texts.emplace_back(
      std::string("Docker's open API lists no untagged manifests: only those are found that "
                  "tags of this plan") +
      (has_earlier ? " and of the earlier plan" : "") + " name, and what these list.");
  texts.emplace_back(
      "What refers to a manifest (signatures, SBOMs) is not looked for and stays behind it.");
  return texts;
}

// "12.3 MB"; in powers of 1,000, as Docker Hub shows sizes.
std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {" kB", " MB", " GB", " TB", " PB"};
  constexpr std::uint64_t kStep = 1000;
  constexpr std::uint64_t kTen = 10;
  if (bytes < kStep) return std::to_string(bytes) + " bytes";
  std::size_t unit = 0;
  while (bytes >= kStep * kStep && unit + 1 < kUnits.size()) {
    bytes /= kStep;
    ++unit;
  }
  const std::uint64_t tenths = bytes * kTen / kStep;
  return std::to_string(tenths / kTen) + "." + std::to_string(tenths % kTen) + kUnits.at(unit);
}

std::string described(const Plan& plan) {
  std::string text = std::to_string(plan.tags_that_go()) + " of " +
                     std::to_string(plan.tags_that_go() + plan.tags_that_stay()) + " tags";
  if (plan.manifests_that_go() > 0)
    text += " and " + std::to_string(plan.manifests_that_go()) + " manifests";
  return text + ", at most " + size_text(plan.bytes_freed);
}

sdk::Json answer_of(const Plan& plan, const std::string& id) {
  const std::string head = head_json(plan).text();
  return sdk::Json::raw("{\"id\":" + sdk::Json(id).text() + "," + head.substr(1));
}

sdk::Status tell_plan(sdk::Context& ctx, const Plan& plan) {
  const auto id = id_of(ctx, plan);
  if (!id) return id.status();
  for (const Entry& entry : plan.entries) {
    if (const sdk::Status told = hub::tell(ctx, entry_json(plan, entry)); !told) return told;
  }
  for (const std::string& text : plan.unseen) ctx.warn(text);
  ctx.outcome(sdk::Outcome::ok,
              "Nothing was changed. " + described(plan) + " would go by the plan " + *id + ".");
  return ctx.answer(answer_of(plan, *id));
}

// What a plan with untagged manifests has to know beside the tags. Gives what it cannot know of that.
sdk::Reply<std::vector<std::string>> find_manifests(sdk::Context& ctx, const Place& place,
                                                    Contents& contents,
                                                    const std::optional<StoredPlan>& earlier) {
  std::vector<std::string> unknown;
  if (const sdk::Status found = find_images(ctx, place, contents); !found) return found;
  if (!earlier) return unknown;
  const auto left_out = find_seen(ctx, place, earlier->plan, contents);
  if (!left_out) return left_out.status();
  if (*left_out > 0) {
    unknown.push_back("Of the earlier plan " + std::to_string(*left_out) +
                      " manifests could not be looked at; no manifest goes, since these may "
                      "list it.");
  }
  return unknown;
}

sdk::Reply<std::optional<StoredPlan>> earlier_plan(sdk::Context& ctx, const Place& place) {
  if (!ctx.params().has("earlier")) return std::optional<StoredPlan>();
  auto stored = stored_plan(ctx, "earlier", place);
  if (!stored) return stored.status();
  return std::optional<StoredPlan>(*std::move(stored));
}

sdk::Status answer_plan(sdk::Context& ctx) {
  const hub::UnixTime now = hub::unix_now();
  const Place place(ctx);
  const auto rules = wanted_rules(ctx, now);
  if (!rules) return rules.status();
  const auto earlier = earlier_plan(ctx, place);
  if (!earlier) return earlier.status();
  const auto immutable = immutable_tags(ctx);
  if (!immutable) return immutable.status();
  auto listing = list_tags(ctx, place);
  if (!listing) return listing.status();
  if (rules->untagged && !listing->is_whole) {
    return ctx.fail("ApiError", "the list of tags changes while it is read",
                    "Untagged manifests are only sought where all tags are known. Try again.");
  }
  mark_immutable(*immutable, listing->contents);
  std::vector<std::string> unknown;
  if (rules->untagged) {
    auto found = find_manifests(ctx, place, listing->contents, *earlier);
    if (!found) return found.status();
    unknown = *std::move(found);
  }
  Plan plan = make_plan(listing->contents, *rules, now);
  plan.name_space = place.name_space();
  plan.repository = place.repository();
  plan.unseen = unseen(*rules, *listing, *immutable, earlier->has_value());
  plan.unseen.insert(plan.unseen.end(), unknown.begin(), unknown.end());
  return tell_plan(ctx, plan);
}

// ---- a plan that is handed back

constexpr std::size_t kMostNamed = 20;

// "a, b, c and 4 more".
std::string named(const std::vector<std::string>& all, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < all.size() && i < kMostNamed; ++i)
    text.append(i == 0 ? "" : separator).append(all[i]);
  if (all.size() > kMostNamed) text += " and " + std::to_string(all.size() - kMostNamed) + " more";
  return text;
}

std::string question(const StoredPlan& stored) {
  const Plan& plan = stored.plan;
  std::vector<std::string> tags;
  std::size_t for_good = 0;
  for (const Entry& entry : plan.entries) {
    if (!entry.goes || !entry.is_tag()) continue;
    tags.push_back(entry.tag);
    if (!entry.can_come_back) ++for_good;
  }
  std::string text = "Clean up " + plan.place() + " by the plan " + stored.id + ": delete " +
                     described(plan) + ": " + (tags.empty() ? "no tag" : named(tags, ", "));
  if (for_good > 0) text += "; " + std::to_string(for_good) + " of the tags cannot be put back";
  return text;
}

sdk::Status refuse_changes(sdk::Context& ctx, const std::vector<std::string>& changes) {
  const std::string message =
      "the repository is not as it was when the plan was made: " + named(changes, "; ");
  const std::string details = sdk::Json{{"changes", sdk::Json::array(changes)}}.text();
  sdk::Failure failure;
  failure.type = "ParameterError";
  failure.parameter = "plan";
  failure.message = message;
  failure.hint = "Nothing was deleted. Make a new plan.";
  failure.details = details;
  return ctx.fail(failure);
}

sdk::Status apply_plan(sdk::Context& ctx) {
  const Place place(ctx);
  if (has_single_rules(ctx.params()) || ctx.params().has("rules") || ctx.params().has("earlier")) {
    return hub::wrong_parameter(ctx, "plan", "'plan' is given beside rules",
                                "A plan has its rules. Give it alone, or make a new one.");
  }
  const auto stored = stored_plan(ctx, "plan", place);
  if (!stored) return stored.status();
  const Plan& plan = stored->plan;
  if (plan.tags_that_go() + plan.manifests_that_go() > 0) {
    const sdk::Status agreed =
        ctx.ask().approve(sdk::Effect::destructive, question(*stored), place.name());
    if (!agreed) return agreed;
  }
  const auto immutable = immutable_tags(ctx);
  if (!immutable) return immutable.status();
  auto listing = list_tags(ctx, place);
  if (!listing) return listing.status();
  const auto changes = changes_since(plan, listing->contents);
  if (!changes.empty()) return refuse_changes(ctx, changes);
  return carry_out(ctx,
                   {place, plan, stored->id, listing->contents, listing->is_whole, *immutable});
}

}  // namespace

sdk::Status clean_up(sdk::Context& ctx) {
  return ctx.params().has("plan") ? apply_plan(ctx) : answer_plan(ctx);
}

}  // namespace dockerhub::repos
