#include "mirror_report.hpp"

#include "hub/composed.hpp"
#include "json_text.hpp"
#include "tag_moves.hpp"

namespace dockerhub::registry {
namespace {

std::string tagged_name(const std::string& repository, const std::string& tag) {
  return tag.empty() ? repository : hub::composed("{}:{}", {repository, tag});
}

}  // namespace

std::string name_at_source(const MirrorWork& work) {
  return tagged_name(work.rule->from, work.tag);
}

std::string name_at_target(const MirrorWork& work) {
  return tagged_name(work.rule->to, work.tag);
}

sdk::Status MirrorReport::same(const MirrorWork& work) {
  ++totals_.same;
  return row(work, "same");
}

sdk::Status MirrorReport::copied(const MirrorWork& work) {
  ++totals_.copied;
  return row(work, ctx_.dry_run() ? "to copy" : "copied");
}

sdk::Status MirrorReport::deleted(const MirrorWork& work) {
  ++totals_.deleted;
  return row(work, ctx_.dry_run() ? "to delete" : "deleted");
}

sdk::Status MirrorReport::failed(const MirrorWork& work, std::string_view why) {
  ++totals_.failed;
  return row(work, "failed", why);
}

sdk::Status MirrorReport::row(const MirrorWork& work, std::string_view state,
                              std::string_view error) {
  const bool is_removal = work.kind == MirrorWork::Kind::remove;
  return ctx_.item({{"from", text_or_null(is_removal ? std::string() : name_at_source(work))},
                    {"to", name_at_target(work)},
                    {"state", state},
                    {"digest", digest_or_null(work.digest)},
                    {"replaced", digest_or_null(work.replaced)},
                    {"error", text_or_null(error)}});
}

void MirrorReport::tell_end() {
  const std::string plan = ctx_.dry_run() ? totals_.cost.plan_text(0) : std::string();
  if (totals_.failed > 0) {
    const std::size_t all = totals_.failed + totals_.same + totals_.copied + totals_.deleted;
    ctx_.outcome(sdk::Outcome::partial,
                 hub::composed("{} of {} could not be done; each row says its state.{}{}",
                               {totals_.failed, all, plan.empty() ? "" : " ", plan}));
  } else if (!plan.empty()) {
    ctx_.outcome(sdk::Outcome::ok, plan);
  }
}

sdk::Status MirrorReport::answer() {
  tell_end();
  return ctx_.answer({{"images", sdk::kGivenItems},
                      {"cost", totals_.cost.json()},
                      {"same", totals_.same},
                      {"copied", totals_.copied},
                      {"deleted", totals_.deleted},
                      {"failed", totals_.failed}});
}

}  // namespace dockerhub::registry
