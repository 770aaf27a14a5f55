#include "policy_source.hpp"

#include <algorithm>

#include "graphql.hpp"
#include "json_parts.hpp"
#include "registry_call.hpp"

namespace dockerhub::scout {

sdk::Reply<std::vector<PolicyResult>> policies_in_scout(sdk::Context& ctx, const Located& located) {
  std::vector<PolicyResult> results;
  const auto answer =
      ask(ctx, kPolicyEvaluationQuery,
          {{"ctx", context_of(located.image.organization)}, {"q", {{"digest", located.digest}}}});
  if (!answer) {
    if (ends_call(answer.status())) return answer.status();
    ctx.warn("Docker Scout could not be asked for its evaluation of policies.");
    return results;
  }
  warn(ctx, answer->problems);
  const sdk::Value* value = answer->value();
  if (value != nullptr && value->IsObject()) results = read_policies(*value);
  const bool any = std::any_of(results.begin(), results.end(), [](const PolicyResult& result) {
    return result.verdict != Verdict::unknown;
  });
  if (!any) results.clear();
  return results;
}

sdk::Json outcome_of(const std::vector<PolicyResult>& results, const sdk::Json& head) {
  return with(head, {{"outcome", verdict_name(verdict_of(results))},
                     {"score", json_of(score_of(results))}});
}

}  // namespace dockerhub::scout
