#include "mirror_work.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "client.hpp"
#include "companions.hpp"
#include "hub/composed.hpp"
#include "json_text.hpp"
#include "named_digest.hpp"
#include "narrowed_index.hpp"
#include "nested_call.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostMirrored = 100'000;  // tags of one repository

struct TagList {
  std::vector<std::string> tags;
  bool is_whole = true;
  std::string error;  // why it could not be looked up
};

class RuleSurvey {
 public:
  RuleSurvey(sdk::Context& ctx, const MirrorRule& rule, std::size_t& requests)
      : ctx_(ctx), rule_(rule), requests_(requests) {
    const ConfiguredRegistry configured = configured_registry(ctx.host());
    const auto source = ImageName::parse(rule.from, configured);
    const auto target = ImageName::parse(rule.to, configured);
    counts_at_source_ = source && source->is_dockers;
    counts_at_target_ = target && target->is_dockers;
    for (const std::string& text : rule.platforms) {
      if (auto platform = Platform::parse(text)) platforms_.push_back(*std::move(platform));
    }
  }

  sdk::Reply<std::list<MirrorWork>> run(bool prune) {
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
    list.is_whole = extra == nullptr || find_member(*extra, "complete") == nullptr;
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
    return named_digest(ctx_, name, tag);
  }

  // nullopt: it cannot be read. At Docker's registry this counts as a pull.
  sdk::Reply<std::optional<Manifest>> manifest_of(const std::string& name,
                                                  const DigestName& digest) {
    ++requests_;
    const NestedCall read(ctx_, "get_manifest", {{"repo", name}, {"reference", digest.text()}});
    if (read.is_over()) return read.status();
    if (read.data() == nullptr) return std::optional<Manifest>();
    auto manifest = parse_manifest(sdk::Json(*read.data()).text(), {});
    if (!manifest) return std::optional<Manifest>();
    return std::optional<Manifest>(*std::move(manifest));
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
    if (counts_at_target_) return false;
    const auto manifest = manifest_of(rule_.to, *work.replaced);
    if (!manifest) return manifest.status();
    if (!*manifest) return false;
    return has_one_digest ? is_narrow(**manifest, platforms_)
                          : is_made_so(**manifest, *work.digest);
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
      const bool is_of_image = owners != by_subject.end();
      if (is_of_image) {
        const auto goes_along = may_go_along(owners->second);
        if (!goes_along) return goes_along.status();
        if (!*goes_along) continue;
      }
      const sdk::Status done = add_companion(tag, is_of_image ? owners->second : copies);
      if (!done) return done;
    }
    return {};
  }

  // Whether what is signed of an image as a whole may be copied with it: an index of some platforms is another one than
  // that which was signed. Where only a pull would tell, it may. `owners` are copies of one image.
  sdk::Reply<bool> may_go_along(const Owners& owners) {
    if (owners.empty() || platforms_.empty() || counts_at_source_) return !owners.empty();
    const DigestName& digest = *owners.front()->digest;
    if (stays_whole_.count(digest.text()) > 0) return true;
    if (is_narrowed_.count(digest.text()) > 0) return false;
    const auto manifest = manifest_of(rule_.from, digest);
    if (!manifest) return manifest.status();
    const bool stays = !*manifest || is_narrow(**manifest, platforms_);
    (stays ? stays_whole_ : is_narrowed_).insert(digest.text());
    return stays;
  }

  // What cannot be looked up is found out by the copy.
  sdk::Status add_companion(const std::string& tag, const Owners& owners) {
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
      add_failure({}, hub::composed("nothing was deleted at the target: {}", {why_not}));
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
  bool counts_at_source_ = false, counts_at_target_ = false;  // reading a manifest is a pull
  std::list<Platform> platforms_;
  std::set<std::string> stays_whole_, is_narrowed_;  // digests of images that are copied
  std::optional<TagList> target_tags_;
  std::list<MirrorWork> work_;
};

}  // namespace

std::list<MirrorMove> MirrorWork::moves() const {
  std::list<MirrorMove> all;
  if (replaced && digest) all.push_back({tag, *replaced, *digest});
  all.insert(all.end(), companions.begin(), companions.end());
  return all;
}

sdk::Reply<std::list<MirrorWork>> mirror_work(sdk::Context& ctx, const MirrorRule& rule, bool prune,
                                              std::size_t& requests) {
  return RuleSurvey(ctx, rule, requests).run(prune);
}

}  // namespace dockerhub::registry
