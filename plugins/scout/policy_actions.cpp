// policies, policy_evaluation.
#include <algorithm>
#include <string>

#include "actions.hpp"
#include "exporter.hpp"
#include "graphql.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "image_facts.hpp"
#include "json_parts.hpp"
#include "policy_source.hpp"
#include "registry_call.hpp"
#include "rest.hpp"
#include "settings.hpp"

namespace dockerhub::scout {
namespace {

sdk::Json policy_row(const sdk::Value& item) {
  static const sdk::Value kNothing;
  const sdk::Value* found = hub::member(item, "policy");
  const sdk::Value& policy = found == nullptr ? kNothing : *found;
  const auto number = [&](std::string_view name) { return hub::member(item, name); };
  const std::string_view configured = hub::text_member(policy, "configurationName");
  return {{"id", configured.empty() ? hub::text_member(policy, "definitionName") : configured},
          {"name", text_or_null(hub::text_member(policy, "displayName"))},
          {"stream", hub::text_member(item, "stream")},
          {"compliant", number("compliantImages")},
          {"total", number("totalImages")},
          {"unknown", number("unknownImages")},
          {"deviations", number("totalDeviations")},
          {"enabled", flag_member(policy, "enabled")},
          {"type", text_or_null(hub::text_member(policy, "resultType"))},
          {"description", text_or_null(hub::text_member(policy, "description"))},
          {"remediation", text_or_null(hub::text_member(policy, "remediationLink"))},
          {"delta", number("delta")}};
}

sdk::Status tell(sdk::Context& ctx, const std::vector<sdk::Json>& rows, const sdk::Json& summary) {
  for (const sdk::Json& row : rows) {
    const sdk::Status sent = ctx.item(row);
    if (sent == sdk::Status(DH_E_RECEIVER)) break;
    if (!sent) return sent;
  }
  return ctx.answer(with(summary, {{"policies", sdk::kGivenItems}}));
}

std::vector<sdk::Json> rows_in(const sdk::Value* value) {
  std::vector<sdk::Json> rows;
  const sdk::Value* items = value == nullptr ? nullptr : hub::array_member(*value, "items");
  if (items == nullptr) return rows;
  for (const sdk::Value& item : items->GetArray()) rows.push_back(policy_row(item));
  return rows;
}

// Asked only where the operator names it: its token is that of an owner of the organization.
bool has_exporter(sdk::Context& ctx) {
  const auto url = ctx.host().text_setting("exporter_url");
  return url && !url->empty();
}

sdk::Status tell_exported(sdk::Context& ctx) {
  sdk::Request request;
  request.surface = "exporter";
  request.path = "/v1/exporter/org/{org}/metrics";
  request.path_params = sdk::Json{{"org", ctx.params().text("org")}};
  request.headers = sdk::Json{{"Accept", "text/plain"}};
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  const auto response = exchange->finish();
  if (!response) return response.status();
  if (!response->good()) {
    return exchange->reject(
        "The metrics exporter wants the access token of an owner of the organization: "
        "DOCKER_SCOUT_METRICS_TOKEN.");
  }
  const auto text = exchange->text();
  if (!text) return text.status();
  const std::vector<Sample> samples = read_samples(*text);
  ctx.annotate("source", "exporter");
  return tell(
      ctx, policy_rows(samples),
      {{"org", ctx.params().text("org")}, {"vulnerabilities", stream_vulnerabilities(samples)}});
}

sdk::Json stream_query(sdk::Context& ctx) {
  if (!ctx.params().has("stream")) return sdk::Json::raw("{}");
  return {{"stream", ctx.params().text("stream")}};
}

sdk::Status check_settings(sdk::Context& ctx) {
  const sdk::Value* settings = ctx.params().find("policies");
  const auto problem = settings == nullptr ? std::nullopt : problem_with(*settings);
  if (!problem) return {};
  return hub::wrong_parameter(ctx, "policies", *problem,
                              "docs/modules/hub_scout.md has all settings.");
}

struct Evaluation {
  std::vector<PolicyResult> results;
  std::string_view source;
};

sdk::Reply<Evaluation> evaluated_here(KeptContents& kept, sdk::Context& ctx,
                                      const Located& located) {
  static const sdk::Value kNoSettings(rapidjson::kObjectType);
  const auto facts = facts_of(kept, ctx, located);
  if (!facts) return facts.status();
  if (facts->content) ctx.annotate("observed_at", facts->content->observed_at);
  const sdk::Value* settings = ctx.params().find("policies");
  return Evaluation{evaluate(facts->view(), settings == nullptr ? kNoSettings : *settings),
                    "local"};
}

sdk::Reply<Evaluation> evaluated(KeptContents& kept, sdk::Context& ctx, const Located& located) {
  const std::string_view how = ctx.params().text("evaluation", "auto");
  const bool has_settings = ctx.params().has("policies");
  if (how == "local" || (how == "auto" && has_settings)) return evaluated_here(kept, ctx, located);
  auto results = policies_in_scout(ctx, located);
  if (!results) return results.status();
  if (!results->empty() || how == "scout") return Evaluation{*std::move(results), "graphql"};
  ctx.warn("Docker Scout has no result of policies for this image: they were evaluated here.");
  return evaluated_here(kept, ctx, located);
}

void judge(sdk::Context& ctx, const std::vector<PolicyResult>& results) {
  if (!ctx.params().has("fail_on")) return;
  const std::vector<std::string_view> words = ctx.params().texts("fail_on");
  std::string names;
  for (const PolicyResult& result : results) {
    const bool counts =
        std::find(words.begin(), words.end(), verdict_name(result.verdict)) != words.end();
    if (counts) names.append(names.empty() ? "" : ", ").append(result.id);
  }
  // Nothing that was evaluated is unknown as well.
  const bool knows_nothing =
      results.empty() && std::find(words.begin(), words.end(), "unknown") != words.end();
  if (knows_nothing) names = "no policy was evaluated";
  if (!names.empty()) ctx.outcome(sdk::Outcome::condition_met, "Policies: " + names + ".");
}

}  // namespace

sdk::Status policies(sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestPolicies);
  const auto answer =
      ask(ctx, kPoliciesQuery,
          {{"ctx", context_of(ctx.params().text("org"))}, {"q", stream_query(ctx)}});
  if (!answer) return answer.status();
  const std::vector<sdk::Json> rows = rows_in(answer->value());
  if (rows.empty() && has_exporter(ctx)) {
    const sdk::Status told = tell_exported(ctx);
    if (told.ok() || ends_call(told)) return told;
    ctx.warn("The metrics exporter did not answer either.");
  }
  if (rows.empty()) {
    const auto value = value_of(ctx, *answer);
    if (!value) return value.status();
    ctx.warn("Docker Scout lists no policies: its service for them may have been retired.");
  }
  ctx.annotate("source", "graphql");
  if (!rows.empty()) warn(ctx, answer->problems);
  return tell(ctx, rows, {{"org", ctx.params().text("org")}});
}

sdk::Status policy_evaluation(KeptContents& kept, sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestPolicy);
  if (const sdk::Status good = check_settings(ctx); !good) return good;
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const auto evaluation = evaluated(kept, ctx, *located);
  if (!evaluation) return evaluation.status();
  judge(ctx, evaluation->results);
  ctx.annotate("source", evaluation->source);
  std::vector<sdk::Json> rows;
  for (const PolicyResult& result : evaluation->results) rows.push_back(result.json());
  return tell(ctx, rows, outcome_of(evaluation->results, located->json()));
}

}  // namespace dockerhub::scout
