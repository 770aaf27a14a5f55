#include "mirror_work.hpp"

#include <algorithm>
#include <utility>

#include "image_upload.hpp"
#include "json_text.hpp"
#include "narrowed_index.hpp"
#include "status_codes.hpp"
#include "tag_pages.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostMirrored = 100'000;  // tags of one repository

sdk::Reply<Client> client_of(sdk::Context& ctx, const std::string& name) {
  auto image = ImageName::parse(name, configured_registry(ctx.host()));
  if (!image) return fail(ctx, image.error());
  return Client(ctx, *std::move(image));
}

class RuleSurvey {
 public:
  RuleSurvey(Client source, Client target, const MirrorRule& rule, std::size_t& requests)
      : source_(std::move(source)), target_(std::move(target)), rule_(rule), requests_(requests) {}

  sdk::Reply<std::vector<MirrorWork>> run(bool prune) {
    const auto all = tags_of(source_, false);
    if (!all) return all.status();
    const std::vector<std::string> wanted = mirrored_tags(rule_, *all);
    std::vector<MirrorWork> work;
    for (const std::string& tag : wanted) {
      auto one = work_of(tag);
      if (!one) return one.status();
      work.push_back(*std::move(one));
    }
    if (!prune) return work;
    if (const sdk::Status done = add_removals(wanted, work); !done) return done;
    return work;
  }

 private:
  // A target that is not there yet has none.
  sdk::Reply<std::vector<std::string>> tags_of(Client& client, bool may_be_missing) {
    std::vector<std::string> all;
    ++requests_;
    if (may_be_missing) {
      auto answer = client.send({"GET", registry::tags(), "application/json"});
      if (!answer) return answer.status();
      if (answer->status_code == kNotFound) return all;
      ++requests_;
    }
    auto pages = TagPages::open(client, std::nullopt, {});
    if (!pages) return pages.status();
    for (bool goes_on = true; goes_on;) {
      all.insert(all.end(), pages->tags().begin(), pages->tags().end());
      if (all.size() > kMostMirrored) break;
      const auto more = pages->advance();
      if (!more) return more.status();
      goes_on = *more;
      requests_ += goes_on ? 1U : 0U;
    }
    return all;
  }

  sdk::Reply<std::optional<DigestName>> named(Client& client, const std::string& tag) {
    ++requests_;
    return named_now(client, Reference::of_tag(tag));
  }

  sdk::Reply<MirrorWork> work_of(const std::string& tag) {
    MirrorWork work;
    work.rule = &rule_;
    work.tag = tag;
    auto digest = named(source_, tag);
    if (!digest) return digest.status();
    auto present = named(target_, tag);
    if (!present) return present.status();
    work.digest = *std::move(digest);
    work.replaced = *std::move(present);
    const auto same = is_same(work);
    if (!same) return same.status();
    if (!work.digest) work.kind = MirrorWork::Kind::gone;
    if (*same) work.kind = MirrorWork::Kind::same;
    return work;
  }

  // An index of some platforms says of which one it was made.
  sdk::Reply<bool> is_same(const MirrorWork& work) {
    if (!work.digest || !work.replaced) return false;
    if (*work.digest == *work.replaced) return true;
    if (rule_.platforms.empty() || target_.image().is_dockers) return false;
    ++requests_;
    const auto read = target_.manifest(Reference::of(*work.replaced));
    if (!read) return read.status();
    const auto annotations = parse_json(read->manifest.annotations);
    return annotations && text_member(*annotations, kNarrowedFrom) == work.digest->text();
  }

  sdk::Status add_removals(const std::vector<std::string>& wanted, std::vector<MirrorWork>& work) {
    const auto there = tags_of(target_, true);
    if (!there) return there.status();
    for (const std::string& tag : *there) {
      // Tags of digests belong to what stays.
      const bool is_kept = !is_tag(tag) || tag.rfind("sha256-", 0) == 0 ||
                           std::find(wanted.begin(), wanted.end(), tag) != wanted.end();
      if (is_kept) continue;
      MirrorWork removal;
      removal.kind = MirrorWork::Kind::remove;
      removal.rule = &rule_;
      removal.tag = tag;
      work.push_back(std::move(removal));
    }
    return {};
  }

  Client source_, target_;
  const MirrorRule& rule_;
  std::size_t& requests_;
};

}  // namespace

sdk::Reply<std::vector<MirrorWork>> mirror_work(sdk::Context& ctx, const MirrorRule& rule,
                                                bool prune, std::size_t& requests) {
  auto source = client_of(ctx, rule.from);
  if (!source) return source.status();
  auto target = client_of(ctx, rule.to);
  if (!target) return target.status();
  return RuleSurvey(*std::move(source), *std::move(target), rule, requests).run(prune);
}

}  // namespace dockerhub::registry
