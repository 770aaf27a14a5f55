#include "plan_text.hpp"

namespace dockerhub::hub {

void add_named(std::string& text, std::string_view entry) {
  text.append(text.empty() ? "" : ", ").append(entry);
}

void name_some(PlanText& plan, const std::vector<std::string>& entries, std::size_t most_named,
               std::string_view of_the_rest) {
  std::size_t named = 0;
  for (const std::string& entry : entries) {
    if (named == most_named) break;
    add_named(plan.text, entry);
    ++named;
  }
  if (named == entries.size()) return;
  plan.is_whole = false;
  plan.text.append(" and ").append(std::to_string(entries.size() - named)).append(" more ");
  plan.text.append(of_the_rest);
}

std::string joined(const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries) add_named(text, entry);
  return text;
}

sdk::Reply<std::string> plan_question(sdk::Context& ctx, const PlanText& plan,
                                      const std::string& whole) {
  if (plan.is_whole) return plan.text;
  auto digest = ctx.digest("sha256");
  if (!digest) return digest.status();
  if (const sdk::Status updated = digest->update(whole); !updated) return updated;
  const auto id = digest->finish();
  if (!id) return id.status();
  return plan.text + " (a dry run names all; plan " + *id + ")";
}

}  // namespace dockerhub::hub
