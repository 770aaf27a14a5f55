#include <utility>

#include "base/pattern.hpp"
#include "hub/repositories/handlers.hpp"
#include "hub/repositories/repository_json.hpp"
#include "hub/repositories/visibility.hpp"

namespace dockerhub::sandbox {
namespace {

std::optional<Answer> refuse_rule(std::string_view member, const std::string& rule) {
  if (!rule.empty() && compile_pattern(rule)) return std::nullopt;
  return hub_member_error(member, "'" + visible(rule) + "' is no regular expression");
}

}  // namespace

Answer update_immutable_tags(HubCall& call) {
  if (auto refusal = refuse_right(call, Right::set_immutable_tags)) return *std::move(refusal);
  const std::optional<bool> enabled = call.body_flag("immutable_tags");
  auto rules = call.body_texts("immutable_tags_rules");
  if (!enabled) return hub_member_error("immutable_tags", "immutable_tags has to be true or false");
  if (!rules)
    return hub_member_error("immutable_tags_rules",
                            "immutable_tags_rules has to be a list of texts");
  for (const std::string& rule : *rules) {
    if (auto refusal = refuse_rule("immutable_tags_rules", rule)) return *std::move(refusal);
  }
  Repository& repository = *seen_repository(call, Right::read);
  repository.immutable_tags = *enabled;
  repository.rules = *std::move(rules);
  call.note(call.value("namespace"), "repo.immutable.tags.updated", repository.name);
  return json_answer(200, repository_info(call, repository));
}

Answer verify_immutable_tags(HubCall& call) {
  if (auto refusal = refuse_right(call, Right::set_immutable_tags)) return *std::move(refusal);
  const std::string rule = call.body_text("regex");
  if (auto refusal = refuse_rule("regex", rule)) return *std::move(refusal);
  std::vector<std::string> fitting;
  for (const auto& [name, tag] : seen_repository(call, Right::read)->tags) {
    if (matches(rule, name)) fitting.push_back(name);
  }
  return json_answer(200, JsonText::object({{"tags", JsonText::strings(fitting)}}));
}

}  // namespace dockerhub::sandbox
