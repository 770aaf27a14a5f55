// Rules for tags that cannot be moved: which tags they hold, and setting them. A rule is a regular
// expression of Docker Hub's; only Docker Hub says what it matches.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/flight.hpp"
#include "hub/members.hpp"
#include "immutable_tags.hpp"

namespace dockerhub::repos {
namespace {

using Rules = std::vector<std::string>;

constexpr std::string_view kUntriedRule =
    "Nothing was changed: each rule has to be a regular expression that Docker Hub can try.";
constexpr std::string_view kRepository = "/v2/namespaces/{namespace}/repositories/{repository}";

sdk::Json place(sdk::Context& ctx) {
  return {{"namespace", ctx.params().text("namespace")},
          {"repository", ctx.params().text("repository")}};
}

sdk::Status unknown_rules(sdk::Context& ctx) {
  return ctx.fail("ApiError", "Docker Hub does not tell the present rules",
                  "Give `rules`. Nothing was changed.");
}

bool is_off(const sdk::Value& settings) {
  const sdk::Value* enabled = hub::member(settings, "enabled");
  return enabled != nullptr && enabled->IsFalse();
}

sdk::Reply<hub::Answer> read_repository(sdk::Context& ctx) {
  sdk::Request request;
  request.path = kRepository;
  request.path_params = place(ctx);
  return hub::ask(ctx, request);
}

// The rules that the repository has now. Those that are not known are the error of the call.
sdk::Reply<Rules> present_rules(sdk::Context& ctx) {
  const auto answer = read_repository(ctx);
  if (!answer) return answer.status();
  const sdk::Value* settings = hub::member(answer->body, "immutable_tags_settings");
  if (settings == nullptr) return unknown_rules(ctx);
  Rules rules;
  const sdk::Value* found = hub::array_member(*settings, "rules");
  if (found == nullptr) return is_off(*settings) ? sdk::Reply<Rules>(rules) : unknown_rules(ctx);
  for (const sdk::Value& rule : found->GetArray()) {
    if (rule.IsString()) rules.emplace_back(sdk::view(rule));
  }
  return rules;
}

// The tags that one rule matches. hint: what to do where Docker Hub does not take it.
sdk::Reply<std::vector<std::string>> matches_of(sdk::Context& ctx, std::string_view rule,
                                                std::string_view hint = {}) {
  const std::string path = std::string(kRepository) + "/immutabletags/verify";
  const std::string body = sdk::Json{{"regex", rule}}.text();
  sdk::Request request;
  request.method = "POST";
  request.path = path;
  request.path_params = place(ctx);
  request.media_type = "application/json";
  request.body = body;
  const auto answer = hub::ask(ctx, request, hint);
  if (!answer) return answer.status();
  std::vector<std::string> tags;
  if (const sdk::Value* found = hub::array_member(answer->body, "tags")) {
    for (const sdk::Value& tag : found->GetArray()) {
      if (tag.IsString()) tags.emplace_back(sdk::view(tag));
    }
  }
  return tags;
}

struct Preview {
  std::set<std::string> tags;  // all that match
  std::map<std::string, std::vector<std::string>> by_rule;
};

// Only tags of `wanted` unless it is empty.
sdk::Reply<Preview> preview(sdk::Context& ctx, const Rules& rules,
                            const std::set<std::string_view>& wanted, std::string_view hint = {}) {
  Preview found;
  for (const std::string& rule : rules) {
    auto tags = matches_of(ctx, rule, hint);
    if (!tags) return tags.status();
    if (!wanted.empty())
      std::erase_if(*tags, [&](const std::string& tag) { return wanted.count(tag) == 0; });
    found.tags.insert(tags->begin(), tags->end());
    found.by_rule[rule] = *std::move(tags);
  }
  return found;
}

sdk::Json told(const Preview& found) {
  return {{"tags", sdk::Json::array(found.tags)},
          {"by_rule", sdk::Json::write([&](sdk::JsonWriter& json) {
             json.StartObject();
             for (const auto& [rule, tags] : found.by_rule) {
               sdk::put_key(json, rule);
               json.StartArray();
               for (const std::string& tag : tags) sdk::put(json, tag);
               json.EndArray();
             }
             json.EndObject();
           })}};
}

// A row for each tag, with the rules that hold it.
sdk::Json rows_of(const Preview& found) {
  std::vector<sdk::Json> rows;
  for (const std::string& tag : found.tags) {
    Rules rules;
    for (const auto& [rule, tags] : found.by_rule) {
      if (std::find(tags.begin(), tags.end(), tag) != tags.end()) rules.push_back(rule);
    }
    rows.push_back(sdk::Json{{"tag", tag}, {"rules", sdk::Json::array(rules)}});
  }
  return sdk::Json::array(rows);
}

Rules given_rules(sdk::Context& ctx) {
  Rules rules;
  for (const std::string_view rule : ctx.params().texts("rules")) rules.emplace_back(rule);
  return rules;
}

// Without rules in the call those of the repository stay; switched off it needs none.
sdk::Reply<Rules> rules_to_set(sdk::Context& ctx) {
  if (ctx.params().has("rules")) return given_rules(ctx);
  if (!ctx.params().flag("enabled")) return Rules();
  return present_rules(ctx);
}

// `regex` and `rules` together; without either the rules that the repository has.
sdk::Reply<Rules> rules_to_verify(sdk::Context& ctx) {
  const sdk::Params& params = ctx.params();
  if (!params.has("regex") && !params.has("rules")) return present_rules(ctx);
  Rules rules = params.has("rules") ? given_rules(ctx) : Rules();
  if (params.has("regex")) rules.emplace_back(params.text("regex"));
  return rules;
}

// A refusal is what this account is not told; only the end of the call is an error.
sdk::Reply<ImmutableTags> unknown_unless_ended(sdk::Context& ctx, sdk::Status status) {
  if (hub::ends_call(ctx, status)) return status;
  ImmutableTags unknown;
  unknown.is_known = false;
  return unknown;
}

}  // namespace

sdk::Reply<ImmutableTags> immutable_tags(sdk::Context& ctx) {
  const auto answer = read_repository(ctx);
  if (!answer) return answer.status();
  const sdk::Value* settings = hub::member(answer->body, "immutable_tags_settings");
  if (settings == nullptr) return unknown_unless_ended(ctx, DH_E_FAILED);
  ImmutableTags tags;
  if (is_off(*settings)) return tags;
  const sdk::Value* rules = hub::array_member(*settings, "rules");
  tags.all = rules == nullptr || rules->Empty();
  if (tags.all) return tags;
  for (const sdk::Value& rule : rules->GetArray()) {
    if (!rule.IsString()) return unknown_unless_ended(ctx, DH_E_FAILED);
    const auto matching = matches_of(ctx, sdk::view(rule));
    if (!matching) return unknown_unless_ended(ctx, matching.status());
    tags.names.insert(matching->begin(), matching->end());
  }
  return tags;
}

sdk::Status set_immutable_tags(sdk::Context& ctx) {
  const auto rules = rules_to_set(ctx);
  if (!rules) return rules.status();
  const bool enabled = ctx.params().flag("enabled");
  std::optional<sdk::Json> held;
  if (enabled && rules->empty()) {
    ctx.warn("There is no rule: every tag of the repository is held.");
  } else if (enabled) {
    const auto matching = preview(ctx, *rules, {}, kUntriedRule);
    if (!matching) return matching.status();
    ctx.annotate("preview", told(*matching));
    held = rows_of(*matching);
  }
  const std::string path = std::string(kRepository) + "/immutabletags";
  const std::string body =
      sdk::Json{{"immutable_tags", enabled}, {"immutable_tags_rules", sdk::Json::array(*rules)}}
          .text();
  sdk::Request request;
  request.method = "PATCH";
  request.path = path;
  request.path_params = place(ctx);
  request.media_type = "application/json";
  request.body = body;
  const sdk::Status sent = hub::forward(ctx, request);
  const bool is_planned = sent == sdk::Status(DH_E_DRY_RUN);
  return is_planned && held ? ctx.answer({{"preview", *held}}) : sent;
}

sdk::Status verify_immutable_tags(sdk::Context& ctx) {
  const auto rules = rules_to_verify(ctx);
  if (!rules) return rules.status();
  std::set<std::string_view> wanted;
  if (ctx.params().has("tags")) {
    const auto tags = ctx.params().texts("tags");
    wanted.insert(tags.begin(), tags.end());
  }
  const auto matching = preview(ctx, *rules, wanted);
  return matching ? ctx.answer(told(*matching)) : matching.status();
}

}  // namespace dockerhub::repos
