#include "mirror_work.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "client.hpp"
#include "companions.hpp"
#include "json_text.hpp"
#include "narrowed_index.hpp"
#include "nested_call.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostMirrored = 100'000;  // tags of one repository

// What was looked up, or why it could not be.
struct TagList {
  std::vector<std::string> tags;
  bool is_whole = true;
  std::string error;
};
struct NamedDigest {
  std::optional<DigestName> digest;  // nullopt: nothing is there
  std::string error;
};

class RuleSurvey {
 public:
  RuleSurvey(sdk::Context& ctx, const MirrorRule& rule, std::size_t& requests)
      : ctx_(ctx), rule_(rule), requests_(requests) {
    const auto target = ImageName::parse(rule.to, configured_registry(ctx.host()));
    counts_at_target_ = target && target->is_dockers;
    for (const std::string& text : rule.platforms) {
      if (auto platform = Platform::parse(text)) platforms_.push_back(*std::move(platform));
    }
  }

  sdk::Reply<std::vector<MirrorWork>> run(bool prune) {
    const auto source = tags_of(rule_.from);
    if (!source) return source.status();
    if (!source->error.empty()) {
      add_failure({}, source->error);
      return std::move(work_);
    }
    if (!source->is_whole)
      ctx_.warn("The list of the tags of " + rule_.from + " may not be whole.");
    const std::vector<std::string> wanted = mirrored_tags(rule_, source->tags);
    for (const std::string& tag : wanted) {
      if (const sdk::Status done = add_tag(tag); !done) return done;
    }
    if (const sdk::Status done = add_companions(*source); !done) return done;
    if (prune) {
      if (const sdk::Status done = add_removals(*source, wanted); !done) return done;
    }
    return std::move(work_);
  }

 private:
  MirrorWork work_on(const std::string& tag, MirrorWork::Kind kind) const {
    MirrorWork work;
    work.kind = kind;
    work.rule = &rule_;
    work.tag = tag;
    return work;
  }
  void add_failure(const std::string& tag, const std::string& error) {
    work_.push_back(work_on(tag, MirrorWork::Kind::failed));
    work_.back().error = error;
  }

  // A repository that is not there has none.
  sdk::Reply<TagList> tags_of(const std::string& name) {
    ++requests_;
    const NestedCall listed(ctx_, "list_tags", {{"repo", name}},
                            {{"all_pages", true}, {"max_items", kMostMirrored}});
    if (listed.is_over()) return listed.status();
    TagList list;
    if (!listed) {
      list.error = listed.error();
      if (listed.error_code() == kNotFound && name == rule_.to) list.error.clear();
      return list;
    }
    const sdk::Value* next = listed.part("next");
    if (next != nullptr && next->IsObject()) list.error = name + " has more than 100,000 tags";
    const sdk::Value* extra = listed.part("extra");
    list.is_whole = extra == nullptr || member(*extra, "complete") == nullptr;
    const sdk::Value* tags =
        listed.data() == nullptr ? nullptr : array_member(*listed.data(), "tags");
    if (tags == nullptr) return list;
    for (const sdk::Value& tag : tags->GetArray()) list.tags.emplace_back(sdk::view(tag));
    return list;
  }

  // Listed once, and only where it matters.
  sdk::Reply<const TagList*> target_tags() {
    if (target_tags_) return &*target_tags_;
    auto listed = tags_of(rule_.to);
    if (!listed) return listed.status();
    target_tags_ = *std::move(listed);
    return &*target_tags_;
  }

  sdk::Reply<NamedDigest> named(const std::string& name, const std::string& tag) {
    ++requests_;
    const NestedCall looked(ctx_, "resolve_digest", {{"repo", name}, {"reference", tag}});
    if (looked.is_over()) return looked.status();
    NamedDigest found;
    if (!looked) {
      found.error = looked.error();
    } else if (looked.data() != nullptr) {
      found.digest = DigestName::parse(text_member(*looked.data(), "digest"));
    }
    return found;
  }

  sdk::Status add_tag(const std::string& tag) {
    auto source = named(rule_.from, tag);
    if (!source) return source.status();
    if (source->error.empty() && !source->digest)
      source->error = "the source has no manifest under its tag";
    if (!source->error.empty()) {
      add_failure(tag, source->error);
      return {};
    }
    auto target = named(rule_.to, tag);
    if (!target) return target.status();
    if (!target->error.empty()) {
      add_failure(tag, target->error);
      return {};
    }
    MirrorWork work = work_on(tag, MirrorWork::Kind::copy);
    work.digest = std::move(source->digest);
    work.replaced = std::move(target->digest);
    const auto same = is_same(work);
    if (!same) return same.status();
    if (*same) work.kind = MirrorWork::Kind::same;
    work_.push_back(std::move(work));
    return {};
  }

  // An index of some platforms says of which one it was made, and for which platforms. Equal digests do not say it: the
  // whole index may have been copied before the rule named platforms.
  sdk::Reply<bool> is_same(const MirrorWork& work) {
    if (!work.replaced) return false;
    const bool has_one_digest = work.digest == work.replaced;
    if (platforms_.empty()) return has_one_digest;
    // Reading it there would count a pull.
    if (counts_at_target_) return false;
    ++requests_;
    const NestedCall read(ctx_, "get_manifest",
                          {{"repo", rule_.to}, {"reference", work.replaced->text()}});
    if (read.is_over()) return read.status();
    if (read.data() == nullptr) return false;
    const auto manifest = parse_manifest(sdk::Json(*read.data()).text(), {});
    if (!manifest) return false;
    return has_one_digest ? is_narrow(*manifest, platforms_) : is_made_so(*manifest, *work.digest);
  }

  bool is_made_so(const Manifest& manifest, const DigestName& source) const {
    const auto annotations = parse_json(manifest.annotations);
    return annotations && text_member(*annotations, kNarrowedFrom) == source.text() &&
           text_member(*annotations, kNarrowedTo) == platform_list(platforms_);
  }

  using Owners = std::vector<MirrorWork*>;

  // A tag can move where both sides have it.
  sdk::Status add_companions(const TagList& source) {
    if (!rule_.referrers || ctx_.dry_run()) return {};
    Owners copies;
    std::map<std::string, Owners, std::less<>> by_subject;  // no copies: it stays as it is
    for (MirrorWork& work : work_) {
      if (!work.digest) continue;
      Owners& owners = by_subject[fallback_tag(*work.digest)];
      if (work.kind != MirrorWork::Kind::copy) continue;
      owners.push_back(&work);
      copies.push_back(&work);
    }
    const bool is_possible = !copies.empty() && std::any_of(source.tags.begin(), source.tags.end(),
                                                            [](const std::string& tag) {
                                                              return !subject_part(tag).empty();
                                                            });
    if (!is_possible) return {};
    const auto there = target_tags();
    if (!there) return there.status();
    const std::set<std::string_view> known((*there)->tags.begin(), (*there)->tags.end());
    for (const std::string& tag : source.tags) {
      const std::string_view subject = subject_part(tag);
      if (subject.empty() || known.count(tag) == 0) continue;
      const auto owners = by_subject.find(subject);
      const sdk::Status done =
          add_companion(tag, owners == by_subject.end() ? copies : owners->second);
      if (!done) return done;
    }
    return {};
  }

  // What cannot be looked up is found out by the copy.
  sdk::Status add_companion(const std::string& tag, const Owners& owners) {
    if (owners.empty()) return {};
    const auto source = named(rule_.from, tag);
    if (!source) return source.status();
    const auto target = named(rule_.to, tag);
    if (!target) return target.status();
    if (!source->digest || !target->digest || source->digest == target->digest) return {};
    for (MirrorWork* owner : owners)
      owner->companions.push_back({tag, *target->digest, *source->digest});
    return {};
  }

  sdk::Status add_removals(const TagList& source, const std::vector<std::string>& wanted) {
    const auto listed = target_tags();
    if (!listed) return listed.status();
    const TagList* there = *listed;
    std::string why_not = there->error;
    if (wanted.empty()) why_not = "the source has no tag that the rule takes";
    if (!source.is_whole || !there->is_whole) why_not = "the list of the tags may not be whole";
    if (!why_not.empty()) {
      add_failure({}, "nothing was deleted at the target: " + why_not);
      return {};
    }
    const std::set<std::string> kept(wanted.begin(), wanted.end());
    for (const std::string& tag : there->tags) {
      if (!is_tag(tag) || is_of_digest(tag) || kept.count(tag) > 0) continue;
      if (const sdk::Status done = add_removal(tag); !done) return done;
    }
    return {};
  }

  sdk::Status add_removal(const std::string& tag) {
    auto target = named(rule_.to, tag);
    if (!target) return target.status();
    if (!target->error.empty()) {
      add_failure(tag, target->error);
    } else if (target->digest) {
      work_.push_back(work_on(tag, MirrorWork::Kind::remove));
      work_.back().digest = std::move(target->digest);
    }
    return {};
  }

  sdk::Context& ctx_;
  const MirrorRule& rule_;
  std::size_t& requests_;
  bool counts_at_target_ = false;
  std::vector<Platform> platforms_;
  std::optional<TagList> target_tags_;
  std::vector<MirrorWork> work_;
};

}  // namespace

std::vector<MirrorMove> MirrorWork::moves() const {
  std::vector<MirrorMove> all;
  if (replaced && digest) all.push_back({tag, *replaced, *digest});
  all.insert(all.end(), companions.begin(), companions.end());
  return all;
}

sdk::Reply<std::vector<MirrorWork>> mirror_work(sdk::Context& ctx, const MirrorRule& rule,
                                                bool prune, std::size_t& requests) {
  return RuleSurvey(ctx, rule, requests).run(prune);
}

}  // namespace dockerhub::registry
