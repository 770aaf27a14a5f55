// mirror: repositories made the same as others. What differs is found out by requests that count no pull; each image is
// a copy of its own, so that one that fails keeps no other.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actions.hpp"
#include "hub/rate_wait.hpp"
#include "json_text.hpp"
#include "mirror_work.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::string_view kModule = "hub_registry";

// What the whole of it took, or would take at least.
struct MirrorTotals {
  std::size_t requests = 0, pulls = 0, same = 0, copied = 0, deleted = 0, failed = 0;
  std::uint64_t bytes = 0;
  bool is_exact = true;  // false: sizes of images at Docker's registry are known after a pull
};

sdk::Json strings(const std::vector<std::string>& texts) {
  std::vector<sdk::Json> list;
  for (const std::string& text : texts) list.emplace_back(text);
  return sdk::Json::array(list);
}

class Mirroring {
 public:
  explicit Mirroring(sdk::Context& ctx) : ctx_(ctx), wait_(ctx) {}

  sdk::Status run(const std::vector<MirrorRule>& rules) {
    for (const MirrorRule& rule : rules) {
      const auto work =
          mirror_work(ctx_, rule, ctx_.params().flag("prune", false), totals_.requests);
      if (!work) return work.status();
      for (const MirrorWork& one : *work) {
        const sdk::Status done = carry_out(one);
        if (!done && done.value() != DH_E_RECEIVER) return done;
      }
    }
    return tell_totals();
  }

 private:
  static std::string from(const MirrorWork& work) { return work.rule->from + ":" + work.tag; }
  static std::string to(const MirrorWork& work) { return work.rule->to + ":" + work.tag; }

  sdk::Status carry_out(const MirrorWork& work) {
    switch (work.kind) {
      case MirrorWork::Kind::same:
        ++totals_.same;
        return tell(work, "same");
      case MirrorWork::Kind::gone:
        ++totals_.failed;
        return tell(work, "failed", "the source has no manifest under its tag");
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
      totals_.is_exact = false;
      ++totals_.pulls;
      ++totals_.copied;
      return tell(work, "to copy");
    }
    if (counts) {
      if (const sdk::Status waited = wait_for_budget(work); !waited) return waited;
    }
    const sdk::CallOutcome outcome = ctx_.run(kModule, "copy", copy_params(work));
    if (is_over(outcome)) return outcome.status;
    const auto envelope = parse_json(outcome.envelope);
    if (!outcome.status) return tell_failed(work, envelope);
    ++totals_.copied;
    totals_.pulls += counts ? 1U : 0U;
    add_bytes(envelope);
    return tell(work, ctx_.dry_run() ? "to copy" : "copied");
  }

  sdk::Status remove(const MirrorWork& work) {
    if (ctx_.dry_run()) {
      ++totals_.deleted;
      return tell(work, "to delete");
    }
    const sdk::CallOutcome outcome =
        ctx_.run(kModule, "delete_tag", {{"repo", work.rule->to}, {"tag", work.tag}});
    if (is_over(outcome)) return outcome.status;
    if (!outcome.status) return tell_failed(work, parse_json(outcome.envelope));
    ++totals_.deleted;
    return tell(work, "deleted");
  }

  sdk::Json copy_params(const MirrorWork& work) const {
    const MirrorRule& rule = *work.rule;
    const sdk::Params& given = ctx_.params();
    sdk::Json params = {{"repo", rule.from + "@" + work.digest->text()},
                        {"to", to(work)},
                        {"no_referrers", !rule.referrers},
                        {"parallel", given.integer("parallel")},
                        {"chunk_mib", given.integer("chunk_mib")}};
    if (rule.platforms.empty()) return params;
    return with_member(with_member(params, "platform", strings(rule.platforms)), "as_index", true);
  }

  // Nothing can go on: the call was cancelled, or waits for an answer.
  static bool is_over(const sdk::CallOutcome& outcome) {
    const sdk::Status& status = outcome.status;
    return !status &&
           (outcome.envelope.empty() || status.suspended() || status.value() == DH_E_CANCELLED);
  }

  bool counts_pulls(const MirrorWork& work) const {
    const auto source = ImageName::parse(work.rule->from, configured_registry(ctx_.host()));
    return source && source->is_dockers;
  }

  // Pulls that are left at Docker's registry, as last seen; nullopt: not known.
  std::optional<std::int64_t> remaining_pulls() const {
    const auto budgets = ctx_.limits();
    if (!budgets || !budgets->IsArray()) return std::nullopt;
    std::optional<std::int64_t> least;
    for (const sdk::Value& budget : static_cast<const sdk::Value&>(*budgets).GetArray()) {
      const sdk::Value* remaining = member(budget, "remaining");
      if (text_member(budget, "api") != "registry" || remaining == nullptr || !remaining->IsInt64())
        continue;
      least = std::min(least.value_or(remaining->GetInt64()), remaining->GetInt64());
    }
    return least;
  }

  sdk::Status wait_for_budget(const MirrorWork& work) {
    if (!ctx_.params().has("min_remaining")) return {};
    const std::int64_t wanted = ctx_.params().integer("min_remaining");
    for (;;) {
      const auto left = remaining_pulls();
      if (!left || *left > wanted) {
        wait_.passed();
        return {};
      }
      if (const sdk::Status waited = wait_.wait("registry"); !waited) return waited;
      // The budget is seen anew with an answer; this one counts no pull.
      ++totals_.requests;
      const sdk::CallOutcome looked = ctx_.run(kModule, "resolve_digest", {{"repo", from(work)}});
      if (is_over(looked)) return looked.status;
    }
  }

  void add_bytes(const std::optional<sdk::Document>& envelope) {
    const sdk::Value* data = envelope ? member(*envelope, "data") : nullptr;
    if (data == nullptr) return;
    const sdk::Value* plan = member(*data, "would_push");
    const sdk::Value* counts = plan != nullptr ? plan : member(*data, "blobs");
    if (counts != nullptr) totals_.bytes += size_member(*counts, "bytes").value_or(0);
  }

  sdk::Status tell_failed(const MirrorWork& work, const std::optional<sdk::Document>& envelope) {
    ++totals_.failed;
    const sdk::Value* error = envelope ? member(*envelope, "error") : nullptr;
    const std::string message(error == nullptr ? "it could not be done"
                                               : text_member(*error, "message"));
    return tell(work, "failed", message);
  }

  sdk::Status tell(const MirrorWork& work, std::string_view state, std::string_view error = {}) {
    const bool is_removal = work.kind == MirrorWork::Kind::remove;
    return ctx_.item(
        {{"from", is_removal ? sdk::Json(nullptr) : sdk::Json(from(work))},
         {"to", to(work)},
         {"state", state},
         {"digest", work.digest ? sdk::Json(work.digest->text()) : sdk::Json(nullptr)},
         {"replaced", work.replaced ? sdk::Json(work.replaced->text()) : sdk::Json(nullptr)},
         {"error", text_or_null(error)}});
  }

  sdk::Status tell_totals() {
    if (totals_.failed > 0) {
      ctx_.outcome(sdk::Outcome::partial, std::to_string(totals_.failed) + " of " +
                                              std::to_string(totals_.failed + totals_.same +
                                                             totals_.copied + totals_.deleted) +
                                              " could not be done; each row says its state.");
    }
    if (ctx_.dry_run()) {
      ctx_.warn((totals_.is_exact ? "It would take " : "It would take at least ") +
                std::to_string(totals_.pulls) + " counted pulls and " +
                std::to_string(totals_.bytes) + " bytes" +
                (totals_.is_exact ? "."
                                  : "; how large an image is at Docker's registry is known "
                                    "after a pull.") +
                " Looking took " + std::to_string(totals_.requests) +
                " requests, none of them counted.");
    }
    return ctx_.answer({{"images", sdk::Json::raw("[]")},
                        {"cost",
                         {{"requests", totals_.requests},
                          {"pulls", totals_.pulls},
                          {"bytes", totals_.bytes},
                          {"is_exact", totals_.is_exact}}},
                        {"same", totals_.same},
                        {"copied", totals_.copied},
                        {"deleted", totals_.deleted},
                        {"failed", totals_.failed}});
  }

  sdk::Context& ctx_;
  hub::RateWait wait_;
  MirrorTotals totals_;
};

}  // namespace

sdk::Status mirror(sdk::Context& ctx) {
  const auto rules = read_mirror(ctx.params().value("config"), configured_registry(ctx.host()));
  if (!rules) return fail(ctx, rules.error());
  return Mirroring(ctx).run(*rules);
}

}  // namespace dockerhub::registry
