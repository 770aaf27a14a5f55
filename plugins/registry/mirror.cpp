// mirror: repositories made the same as others. What differs is found out by requests that count no pull; each image is
// a copy of its own, so that one that fails keeps no other.
#include <list>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "actions.hpp"
#include "client.hpp"
#include "hub/composed.hpp"
#include "json_text.hpp"
#include "mirror_report.hpp"
#include "mirror_work.hpp"
#include "named_digest.hpp"
#include "nested_call.hpp"
#include "pull_budget.hpp"
#include "tag_moves.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::string_view kModuleError = "ModuleError";

// Empty: the tag still names what it did when it was looked up.
std::string why_not_as_seen(const std::string& repository, const std::string& tag,
                            const NamedDigest& now, const DigestName& seen) {
  const std::string name = hub::composed("{}:{}", {repository, tag});
  if (!now.error.empty())
    return hub::composed("{} could not be looked up again: {}", {name, now.error});
  if (now.digest == seen) return {};
  return hub::composed("{}{} by somebody else after it was looked up: run the mirror again",
                       {name, now.digest ? " was moved" : " was deleted"});
}

class Mirroring {
 public:
  explicit Mirroring(sdk::Context& ctx) : ctx_(ctx), report_(ctx), budget_(ctx) {}

  sdk::Status run(const std::list<MirrorRule>& rules) {
    const bool prune = ctx_.params().flag("prune", false);
    std::list<MirrorWork> all;
    for (const MirrorRule& rule : rules) {
      auto work = mirror_work(ctx_, rule, prune, report_.totals().cost.requests);
      if (!work) return work.status();
      all.splice(all.end(), *work);
    }
    if (const sdk::Status agreed = consent_to_moves(all); !agreed) return agreed;
    for (const MirrorWork& one : all) {
      const sdk::Status done = carry_out(one);
      if (!done && done.value() != DH_E_RECEIVER) return done;
    }
    return report_.answer();
  }

 private:
  // Here for all of them, since no question may come after the first row; `copy` does not ask again.
  sdk::Status consent_to_moves(const std::list<MirrorWork>& all) {
    if (ctx_.dry_run()) return {};
    std::set<std::string> asked;
    sdk::Status waits;  // who is asked between two rounds is asked about all at once
    for (const MirrorWork& work : all) {
      if (work.kind != MirrorWork::Kind::copy) continue;
      const auto target = ImageName::parse(work.rule->to, configured_registry(ctx_.host()));
      if (!target) return fail(ctx_, target.error());
      for (const MirrorMove& move : work.moves()) {
        const std::string where = reference_name(*target, Reference::of_tag(move.tag));
        if (!asked.insert(where).second) continue;
        const std::string text =
            hub::composed("Move {} from {} to the copy of {}@{}",
                          {where, move.old.text(), work.rule->from, move.digest.text()});
        const sdk::Status agreed = ctx_.ask().approve(sdk::write, text, where);
        if (!agreed && !agreed.suspended()) return agreed;
        if (agreed.suspended()) waits = agreed;
      }
    }
    return waits;
  }

  sdk::Status carry_out(const MirrorWork& work) {
    switch (work.kind) {
      case MirrorWork::Kind::same:
        return report_.same(work);
      case MirrorWork::Kind::failed:
        return report_.failed(work, work.error);
      case MirrorWork::Kind::remove:
        return remove(work);
      case MirrorWork::Kind::copy:
        break;
    }
    return copy_image(work);
  }

  sdk::Status copy_image(const MirrorWork& work) {
    const bool counts = counts_pulls(work);
    if (ctx_.dry_run() && counts) {
      // How many manifests it has only a pull would tell.
      report_.totals().cost.pulls_are_exact = false;
      ++report_.totals().cost.pulls;
      return report_.copied(work);
    }
    if (counts) {
      const auto may_pull = wait_for_budget(work);
      if (!may_pull) return may_pull.status();
      if (!*may_pull) return report_.failed(work, PullBudget::kSpent);
    }
    const auto changed = changed_since(work);
    if (!changed) return changed.status();
    if (!changed->empty()) return report_.failed(work, *changed);
    const NestedCall copied(ctx_, "copy", copy_params(work));
    if (copied.is_over()) return copied.status();
    if (counts) count_pulls(work, copied);
    if (!copied) return report_.failed(work, why_failed(work, copied));
    add_bytes(copied);
    return report_.copied(work);
  }

  // A consent is to the move from one digest, and may be long ago: why it does not hold any more; empty: it does.
  sdk::Reply<std::string> changed_since(const MirrorWork& work) {
    if (ctx_.dry_run()) return std::string();
    for (const MirrorMove& move : work.moves()) {
      const auto there = named(work.rule->to, move.tag);
      if (!there) return there.status();
      if (there->digest == move.digest) continue;  // it came along with another image
      std::string why = why_not_as_seen(work.rule->to, move.tag, *there, move.old);
      // The image is read by its digest, what goes along by its tag.
      if (why.empty() && move.tag != work.tag) {
        const auto here = named(work.rule->from, move.tag);
        if (!here) return here.status();
        why = why_not_as_seen(work.rule->from, move.tag, *here, move.digest);
      }
      if (!why.empty()) return why;
    }
    return std::string();
  }

  sdk::Reply<NamedDigest> named(const std::string& repository, const std::string& tag) {
    ++report_.totals().cost.requests;
    return named_digest(ctx_, repository, tag);
  }

  // A consent is used once, by a copy that fails as well, and nobody can be asked again after the first row. So the
  // next copy that was to take the same tag along asks too late, which the kernel calls a mistake of the module.
  std::string why_failed(const MirrorWork& work, const NestedCall& copied) {
    std::string why = copied.error();
    for (const MirrorMove& companion : work.companions) {
      const std::string name = hub::composed("{}:{}", {work.rule->to, companion.tag});
      const bool was_agreed_before = !left_behind_.insert(name).second;
      if (was_agreed_before && copied.error_type() == kModuleError) {
        why = hub::composed(
            "it goes along with {}, which another copy was to move, and that one failed: run the "
            "mirror again",
            {name});
      }
    }
    return why;
  }

  sdk::Status remove(const MirrorWork& work) {
    if (ctx_.dry_run()) return report_.deleted(work);
    const auto there = named(work.rule->to, work.tag);
    if (!there) return there.status();
    const std::string why = why_not_as_seen(work.rule->to, work.tag, *there, *work.digest);
    if (!why.empty()) return report_.failed(work, why);
    const NestedCall removed(ctx_, "delete_tag", {{"repo", work.rule->to}, {"tag", work.tag}});
    if (removed.is_over()) return removed.status();
    return removed ? report_.deleted(work) : report_.failed(work, removed.error());
  }

  sdk::Json copy_params(const MirrorWork& work) const {
    const MirrorRule& rule = *work.rule;
    const sdk::Params& given = ctx_.params();
    sdk::Json params = {{"repo", hub::composed("{}@{}", {rule.from, work.digest->text()})},
                        {"to", name_at_target(work)},
                        {"no_referrers", !rule.referrers},
                        {"parallel", given.integer("parallel")},
                        {"chunk_mib", given.integer("chunk_mib")}};
    if (rule.platforms.empty()) return params;
    return with(params, {{"platform", sdk::Json::array(rule.platforms)}, {"as_index", true}});
  }

  bool counts_pulls(const MirrorWork& work) const {
    const auto source = ImageName::parse(work.rule->from, configured_registry(ctx_.host()));
    return source && source->is_dockers;
  }

  // Each manifest of the image was one. Of a copy that failed nobody knows how many, and beside the manifests a list of
  // referrers may have been read that is kept under a tag.
  void count_pulls(const MirrorWork& work, const NestedCall& copied) {
    const sdk::Value* data = copied.data();
    const auto manifests =
        data == nullptr ? std::optional<std::uint64_t>() : size_member(*data, "manifests");
    report_.totals().cost.pulls += static_cast<std::size_t>(manifests.value_or(1));
    if (!manifests || work.rule->referrers) report_.totals().cost.pulls_are_exact = false;
  }

  sdk::Reply<bool> wait_for_budget(const MirrorWork& work) {
    return budget_.allows_pull([&] {
      ++report_.totals().cost.requests;
      const NestedCall looked(ctx_, "resolve_digest", {{"repo", name_at_source(work)}});
      return looked.is_over() ? looked.status() : sdk::Status();
    });
  }

  void add_bytes(const NestedCall& copied) {
    const sdk::Value* data = copied.data();
    if (data == nullptr) return;
    const sdk::Value* plan = find_member(*data, "would_push");
    const sdk::Value* counts = plan != nullptr ? plan : find_member(*data, "blobs");
    if (counts != nullptr) report_.totals().cost.bytes += size_member(*counts, "bytes").value_or(0);
  }

  sdk::Context& ctx_;
  MirrorReport report_;
  PullBudget budget_;
  std::set<std::string> left_behind_;  // tags that were to go along with copies that failed
};

}  // namespace

sdk::Status mirror(sdk::Context& ctx) {
  const auto rules = read_mirror(ctx.params().value("config"), configured_registry(ctx.host()));
  if (!rules) return fail(ctx, rules.error());
  return Mirroring(ctx).run(*rules);
}

}  // namespace dockerhub::registry
