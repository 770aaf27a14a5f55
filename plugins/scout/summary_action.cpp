// summary.
#include "actions.hpp"
#include "content.hpp"
#include "filter.hpp"
#include "graphql.hpp"
#include "hub/members.hpp"
#include "json_parts.hpp"
#include "rest.hpp"
#include "settings.hpp"
#include "totals.hpp"

namespace dockerhub::scout {
namespace {

struct Report {
  std::string sbom_state;
  sdk::Json counts;  // null: none
};

// What is said of this digest; a digest that is not known is not in the list.
Report report_in(const sdk::Value* list, std::string_view digest) {
  Report report;
  if (list == nullptr || !list->IsArray()) return report;
  for (const sdk::Value& entry : list->GetArray()) {
    if (hub::text_member(entry, "digest") != digest) continue;
    report.sbom_state = hub::text_member(entry, "sbomState");
    const sdk::Value* counts = hub::member(entry, "vulnerabilityReport");
    if (counts != nullptr) report.counts = *counts;
  }
  return report;
}

sdk::Json summary_json(const Located& located, const Report& report) {
  const sdk::Json sbom = {{"state", text_or_null(report.sbom_state)}};
  return with(located.json(), {{"vulnerabilities", report.counts}, {"sbom", sbom}});
}

// The counts from what the image holds, where Docker Scout has no report.
sdk::Reply<Report> counted(KeptContents& kept, sdk::Context& ctx, const Located& located) {
  const auto content = content_of(kept, ctx, located, {});
  if (!content) return content.status();
  ctx.annotate("source", content->source);
  Report report;
  ctx.annotate("observed_at", content->observed_at);
  report.sbom_state = content->sbom_state;
  if (content->is_conclusive) {
    report.counts = count(Filter().select(content->findings)).json();
  } else {
    ctx.warn(not_conclusive(*content));
  }
  return report;
}

// More of the image; a refusal is a warning.
sdk::Reply<sdk::Json> details_of(sdk::Context& ctx, const Located& located) {
  const auto answer = ask(ctx, kDetailsQuery,
                          {{"ctx", context_of(located.image.organization)},
                           {"digest", located.digest},
                           {"repo", located.image.repository}});
  if (!answer) return answer.status();
  warn(ctx, answer->problems);
  const sdk::Value* list = answer->value();
  if (list == nullptr || !list->IsArray()) return sdk::Json(nullptr);
  for (const sdk::Value& image : list->GetArray()) {
    if (hub::text_member(image, "digest") == located.digest) return sdk::Json(image);
  }
  return sdk::Json(nullptr);
}

sdk::Reply<Report> report_of(KeptContents& kept, sdk::Context& ctx, const Located& located) {
  const auto answer =
      ask(ctx, kSummaryQuery,
          {{"ctx", context_of(located.image.organization)},
           {"digests", sdk::Json::array({sdk::Json(located.digest)})},
           {"repo", {{"hostName", located.image.host}, {"repoName", located.image.repository}}}});
  if (!answer) return answer.status();
  const bool has_failed = answer->value() == nullptr && !answer->problems.empty();
  if (has_failed && !is_refusal(answer->problems))
    return fail(ctx, answer->problems, answer->correlation_id);
  Report report = report_in(answer->value(), located.digest);
  const bool is_known = report.sbom_state == "INDEXED" && report.counts.text() != "null";
  if (!is_known) return counted(kept, ctx, located);
  warn(ctx, answer->problems);
  ctx.annotate("source", "graphql");
  return report;
}

}  // namespace

sdk::Status summary(KeptContents& kept, sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestSummary);
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const auto report = report_of(kept, ctx, *located);
  if (!report) return report.status();
  sdk::Json answer = summary_json(*located, *report);
  if (ctx.params().flag("details", false)) {
    const auto details = details_of(ctx, *located);
    if (!details) return details.status();
    answer = with(answer, {{"image", *details}});
  }
  return ctx.answer(answer);
}

}  // namespace dockerhub::scout
