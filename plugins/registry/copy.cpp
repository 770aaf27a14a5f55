// copy: an image from one repository into another, of the same registry or of another one, with what belongs to it.
#include <algorithm>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "actions.hpp"
#include "hub/composed.hpp"
#include "image_copy.hpp"
#include "pull_budget.hpp"
#include "status_codes.hpp"
#include "target.hpp"
#include "transfer_cost.hpp"

namespace dockerhub::registry {
namespace {

// `to` without its tags, and these: "b:1,2,latest" has three.
struct CopyNames {
  std::string name;
  std::vector<std::string> tags;
};

CopyNames copy_names(std::string text) {
  CopyNames names;
  const std::size_t comma = text.find(',');
  const std::size_t colon = text.rfind(':', comma);
  const std::size_t slash = text.rfind('/', comma);
  const bool has_tags = comma != std::string::npos && colon != std::string::npos &&
                        (slash == std::string::npos || colon > slash);
  if (!has_tags) return {std::move(text), {}};
  names.name = text.substr(0, colon);
  for (std::size_t at = colon + 1; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    names.tags.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

sdk::Reply<ImageName> target_name(sdk::Context& ctx, const std::string& text) {
  auto name = ImageName::parse(text, configured_registry(ctx.host()));
  if (!name) return fail_as(ctx, "to", name.error());
  return *std::move(name);
}

// Of `to`; without any that of the source, or for a source by digest none.
sdk::Reply<std::list<Reference>> copied_tags(sdk::Context& ctx, const CopyNames& names,
                                             const ImageName& to) {
  std::list<Reference> references;
  if (to.embedded) references.push_back(*to.embedded);
  for (const std::string& tag : names.tags) {
    if (!is_tag(tag)) {
      return refuse_parameter(ctx, "to",
                              hub::composed("has the tag {}, which is none", {quoted(tag)}),
                              "Write several tags like team/app:1,1.2,latest.");
    }
    const Reference reference = Reference::of_tag(tag);
    const bool is_new = std::none_of(references.begin(), references.end(), [&](const auto& one) {
      return one.text() == reference.text();
    });
    if (is_new) references.push_back(reference);
  }
  return references;
}

sdk::Reply<std::list<Platform>> wanted_platforms(sdk::Context& ctx) {
  std::list<Platform> platforms;
  if (!ctx.params().has("platform")) return platforms;
  for (const std::string_view text : ctx.params().texts("platform")) {
    auto platform = Platform::parse(text);
    if (!platform) return fail(ctx, platform.error());
    platforms.push_back(*std::move(platform));
  }
  return platforms;
}

// Some of the budget at Docker's registry is left, as `min_remaining` says, in a dry run too, which reads manifests.
sdk::Status leave_pulls(Target& source) {
  Client& client = source.client;
  sdk::Context& ctx = client.context();
  if (!client.image().is_dockers || !ctx.params().has("min_remaining")) return {};
  const PullBudget::Look look = [&] {
    const auto head = client.send("HEAD", manifests(source.reference), kManifestTypes);
    return head ? sdk::Status() : head.status();
  };
  if (const sdk::Status looked = look(); !looked) return looked;
  const auto is_allowed = PullBudget(ctx).allows_pull(look);
  if (!is_allowed) return is_allowed.status();
  if (*is_allowed) return {};
  sdk::Failure failure;
  failure.type = "ApiError";
  failure.status_code = kTooManyRequests;
  failure.message = PullBudget::kSpent;
  failure.hint = "Nothing was copied. Run it again later; hub_admin limits shows the budget.";
  return ctx.fail(failure);
}

// What the copy would do, and take: the same manifests are read again by it.
sdk::Status answer_plan(const ImageUpload& upload, const ImageTree& tree) {
  const auto agreed = send_image(upload, tree);
  if (!agreed) return agreed.status();
  const RequestCounts& counts = upload.target.counts();
  const TransferCost cost{counts.requests, counts.pulls, tree.bytes, true};
  sdk::Context& ctx = upload.target.context();
  ctx.outcome(sdk::Outcome::ok, cost.plan_text(counts.pulls));
  return ctx.answer({{"would_push", summary_of(upload, tree, *agreed)}, {"cost", cost.json()}});
}

}  // namespace

sdk::Status copy(ReferrersSupport& support, sdk::Context& ctx) {
  auto source = reference_target(ctx);
  if (!source) return source.status();
  const CopyNames names = copy_names(std::string(ctx.params().text("to")));
  auto to = target_name(ctx, names.name);
  if (!to) return to.status();
  auto tags = copied_tags(ctx, names, *to);
  if (!tags) return tags.status();
  const auto platforms = wanted_platforms(ctx);
  if (!platforms) return platforms.status();
  if (const sdk::Status allowed = leave_pulls(*source); !allowed) return allowed;
  ImageCopy image{source->client, source->reference, *platforms,
                  ctx.params().flag("as_index", false), nullptr};
  if (!ctx.params().flag("no_referrers", false)) image.support = &support;
  const auto tree = read_image(image);
  if (!tree) return tree.status();
  if (tags->empty()) {
    tags->push_back(source->reference.digest() ? Reference::of(tree->root().digest)
                                               : source->reference);
  }
  Client target = source->client.beside(*std::move(to));
  const ImageUpload upload = upload_of(source->client, target, *std::move(tags));
  return ctx.dry_run() ? answer_plan(upload, *tree) : upload_image(upload, *tree);
}

}  // namespace dockerhub::registry
