#include "application.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "deletion.hpp"
#include "hub/members.hpp"
#include "hub/stopped.hpp"
#include "manifest_look.hpp"
#include "manifest_users.hpp"

namespace dockerhub::repos::cleanup {
namespace {

// The plan's entry with what became of it in the place of what is to become of it.
sdk::Json result_json(const Plan& plan, const Entry& entry, std::string_view what,
                      const std::string& detail) {
  auto row = sdk::parse_json(entry_json(plan, entry).text());
  if (!row) return nullptr;
  auto& memory = row->GetAllocator();
  const auto text = [&](std::string_view value) {
    return sdk::Value(value.empty() ? "" : value.data(),
                      static_cast<rapidjson::SizeType>(value.size()), memory);
  };
  (*row)["action"] = text(what);
  if (!detail.empty()) (*row)["reason"] = text(detail);
  return *row;
}

class TagsToDelete final : public Deletable {
 public:
  TagsToDelete(sdk::Context& ctx, const Agreed& agreed) : ctx_(ctx), agreed_(agreed) {}

  sdk::Request look(std::size_t number) const override {
    return agreed_.place.tag("GET", entry(number).tag);
  }
  sdk::Request remove(std::size_t number) const override {
    return agreed_.place.tag("DELETE", entry(number).tag);
  }
  std::string objection(std::size_t number, const hub::Answer& answer) override {
    std::string digest(hub::text_member(answer.body, "digest"));
    if (digest.empty()) digest = digest_at_registry(entry(number).tag);
    if (digest == entry(number).digest) return {};
    if (digest.empty()) return "what it names now is not known";
    has_moved_ = true;
    return "it names " + digest + " now";
  }
  // One of them names something else by now: the plan is not that of the repository any more.
  bool has_moved() const { return has_moved_; }

 private:
  const Entry& entry(std::size_t number) const { return agreed_.plan.entries[number]; }
  std::string digest_at_registry(const std::string& tag) const {
    const auto head = hub::send(ctx_, agreed_.place.manifest("HEAD", tag));
    return head && head->good() ? digest_header(head->headers) : std::string();
  }

  sdk::Context& ctx_;
  const Agreed& agreed_;
  bool has_moved_ = false;
};

class ManifestsToDelete final : public Deletable {
 public:
  ManifestsToDelete(const Agreed& agreed, ManifestUsers& users) : agreed_(agreed), users_(users) {}

  sdk::Request look(std::size_t number) const override { return request("HEAD", number); }
  sdk::Request remove(std::size_t number) const override { return request("DELETE", number); }
  std::string objection(std::size_t number, const hub::Answer& /*answer*/) override {
    return users_.user_of(agreed_.plan.entries[number]);
  }
  sdk::Status waited() override { return users_.look(); }

 private:
  sdk::Request request(std::string_view method, std::size_t number) const {
    return agreed_.place.manifest(method, agreed_.plan.entries[number].digest);
  }
  const Agreed& agreed_;
  ManifestUsers& users_;
};

class Application {
 public:
  Application(sdk::Context& ctx, const Agreed& agreed)
      : ctx_(ctx),
        agreed_(agreed),
        users_(ctx, agreed.place, agreed.plan),
        all_(agreed.plan.tags_that_go() + agreed.plan.manifests_that_go()) {
    for (const Tag& tag : agreed.now.tags) present_.emplace(tag.name, &tag);
  }

  sdk::Status run() {
    sdk::Status done = delete_tags();
    if (done && !has_given_up()) done = delete_manifests();
    if (!done) return hub::stopped(ctx_, done, {told_, all_, at_}, summary());
    tell_outcome();
    return ctx_.answer(summary());
  }

  // What a dry run finds: nothing is looked at again.
  sdk::Status preview() {
    for (const Entry& entry : agreed_.plan.entries) {
      if (!entry.goes) continue;
      const bool is_gone = entry.is_tag() && is_surely_gone(entry.tag);
      const sdk::Json row = result_json(agreed_.plan, entry, is_gone ? "gone" : "delete", {});
      if (const sdk::Status told = hub::tell(ctx_, row); !told) return told;
    }
    return ctx_.answer(summary());
  }

 private:
  sdk::Status delete_tags() {
    TagsToDelete tags(ctx_, agreed_);
    Deletion deletion(ctx_, tags,
                      [this](std::size_t number, const Fate& fate) { return end(number, fate); });
    const auto& entries = agreed_.plan.entries;
    for (std::size_t i = 0; i < entries.size() && !has_given_up(); ++i) {
      if (!entries[i].goes || !entries[i].is_tag()) continue;
      at_ = entries[i].tag;
      if (const sdk::Status done = begin_tag(deletion, i); !done) return done;
    }
    const sdk::Status done = deletion.drain();
    has_moved_ = tags.has_moved();
    return done;
  }

  // A list that is not whole may leave out what is there: the look before the deletion tells then.
  bool is_surely_gone(const std::string& tag) const {
    return agreed_.knows_all && present_.count(tag) == 0;
  }

  sdk::Status begin_tag(Deletion& deletion, std::size_t number) {
    const std::string& tag = agreed_.plan.entries[number].tag;
    if (is_surely_gone(tag)) return end(number, {Fate::Kind::gone, {}});
    if (agreed_.immutable.holds(tag)) return end(number, {Fate::Kind::skipped, "it is immutable"});
    return deletion.add(number);
  }

  sdk::Status delete_manifests() {
    if (agreed_.plan.manifests_that_go() == 0) return {};
    if (const sdk::Status looked = users_.look(); !looked) return looked;
    ManifestsToDelete manifests(agreed_, users_);
    Deletion deletion(ctx_, manifests,
                      [this](std::size_t number, const Fate& fate) { return end(number, fate); });
    std::unordered_set<std::string_view> under_way;
    const auto& entries = agreed_.plan.entries;
    for (std::size_t i = 0; i < entries.size() && !has_given_up(); ++i) {
      const Entry& entry = entries[i];
      if (!entry.goes || entry.is_tag()) continue;
      at_ = entry.digest;
      // What lists it has to be gone before.
      const bool waits =
          std::any_of(entry.of.begin(), entry.of.end(),
                      [&](const std::string& index) { return under_way.count(index) > 0; });
      if (waits) {
        if (const sdk::Status done = deletion.drain(); !done) return done;
        under_way.clear();
      }
      const std::string user = user_of(entry);
      const sdk::Status done = user.empty() ? deletion.add(i) : end(i, {Fate::Kind::skipped, user});
      if (!done) return done;
      under_way.insert(entry.digest);
    }
    return deletion.drain();
  }

  // What still uses the manifest; empty: nothing does.
  std::string user_of(const Entry& entry) const {
    if (std::string user = users_.user_of(entry); !user.empty()) return user;
    for (const std::string& index : entry.of) {
      if (away_.count(index) == 0) return "the index " + index + " lists it and is still there";
    }
    return {};
  }

  sdk::Status end(std::size_t number, const Fate& fate) {
    const Entry& entry = agreed_.plan.entries[number];
    if (fate.is_away()) away_.insert(entry.is_tag() ? std::string_view(entry.tag) : entry.digest);
    ++counts_[fate_name(fate.kind)];
    failures_in_a_row_ = fate.kind == Fate::Kind::failed ? failures_in_a_row_ + 1 : 0;
    const sdk::Status told =
        hub::tell(ctx_, result_json(agreed_.plan, entry, fate_name(fate.kind), fate.detail));
    ++told_;
    ctx_.progress({told_, all_, "deletion", "", ""});
    return told;
  }

  // Where one after the other fails there is something else wrong.
  bool has_given_up() const {
    constexpr int kMostFailures = 20;
    return failures_in_a_row_ >= kMostFailures;
  }

  std::size_t count(Fate::Kind kind) const {
    const auto found = counts_.find(fate_name(kind));
    return found == counts_.end() ? 0 : found->second;
  }

  void tell_outcome() {
    const std::size_t away = count(Fate::Kind::deleted) + count(Fate::Kind::gone);
    if (away == all_) return;
    std::string text =
        std::to_string(all_ - away) + " of " + std::to_string(all_) + " were not deleted.";
    if (has_given_up()) text += " Stopped, since one after the other failed.";
    // A plan of another repository than there is now is refused.
    const bool is_refused = has_moved_ || !users_.objection().empty();
    text += is_refused ? " Make a new plan; `earlier` finds what this one left."
                       : " The plan can be given again.";
    ctx_.outcome(sdk::Outcome::partial, text);
  }

  sdk::Json summary() const {
    return {{"plan", agreed_.id},
            {"namespace", agreed_.plan.name_space},
            {"repository", agreed_.plan.repository},
            {"deleted", count(Fate::Kind::deleted)},
            {"gone", count(Fate::Kind::gone)},
            {"failed", count(Fate::Kind::failed)},
            {"skipped", count(Fate::Kind::skipped)}};
  }

  sdk::Context& ctx_;
  const Agreed& agreed_;
  ManifestUsers users_;
  std::size_t all_;
  std::size_t told_ = 0;
  bool has_moved_ = false;  // a tag, since the plan was made
  std::string at_;
  int failures_in_a_row_ = 0;
  std::unordered_map<std::string_view, const Tag*> present_;
  std::unordered_set<std::string_view> away_;  // tags by name, manifests by digest
  std::unordered_map<std::string_view, std::size_t> counts_;
};

}  // namespace

sdk::Status carry_out(sdk::Context& ctx, const Agreed& agreed) {
  Application application(ctx, agreed);
  return ctx.dry_run() ? application.preview() : application.run();
}

}  // namespace dockerhub::repos::cleanup
