// pull: an image of a repository into a layout.
#include <optional>
#include <string>
#include <utility>

#include "actions.hpp"
#include "hub/composed.hpp"
#include "image_download.hpp"
#include "image_upload.hpp"
#include "json_text.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// Under which name the layout lists it: the one that the call names there, else the tag that was pulled.
std::string tag_in_layout(const OciLayout& layout, const Reference& reference) {
  if (!layout.tag().empty()) return layout.tag();
  return reference.digest() ? std::string() : reference.text();
}

sdk::Status carry_out(const ImageDownload& pull, const std::optional<DigestName>& replaced) {
  sdk::Context& ctx = pull.client.context();
  if (const sdk::Status agreed =
          consent_to_move(ctx, hub::composed("the tag {} of the image layout", {pull.tag}),
                          replaced, pull.tree.root().digest);
      !agreed) {
    return agreed;
  }
  const sdk::Json summary = summary_of(pull, replaced);
  if (ctx.dry_run()) {
    return ctx.answer({{"would_pull", with(summary, {{"blobs", pull.tree.blobs.size()},
                                                     {"bytes", pull.tree.bytes}})}});
  }
  const auto counts = download_image(pull);
  if (!counts) return counts.status();
  if (const sdk::Status finished = pull.layout.finish(); !finished) return finished;
  tell_foreign(ctx, pull.tree);
  return ctx.answer(with(summary, {{"blobs",
                                    {{"downloaded", counts->downloaded},
                                     {"existing", counts->existing},
                                     {"bytes", counts->bytes}}}}));
}

}  // namespace

sdk::Status pull(sdk::Context& ctx) {
  auto source = reference_target(ctx);
  if (!source) return source.status();
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  auto layout = OciLayout::open(ctx, "store", true);
  if (!layout) return layout.status();
  auto root = remote_manifest(source->client, source->reference, {});
  if (!root) return root.status();
  const auto tree = read_tree(ctx, *std::move(root), *platform, remote_entries(source->client));
  if (!tree) return tree.status();
  const ImageDownload pull{source->client, *layout, *tree,
                           tag_in_layout(*layout, source->reference)};
  const auto replaced = replaced_by(pull);
  if (!replaced) return replaced.status();
  return carry_out(pull, *replaced);
}

}  // namespace dockerhub::registry
