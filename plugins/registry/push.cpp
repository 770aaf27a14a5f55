// push: an image of a layout into a repository.
#include <utility>

#include "actions.hpp"
#include "image_upload.hpp"
#include "layout_source.hpp"
#include "oci_layout.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// The tag of the layout, where the call names none for the registry.
sdk::Reply<Reference> wanted_reference(Target& target, const OciLayout& layout) {
  sdk::Context& ctx = target.client.context();
  const bool is_named = ctx.params().has("reference") || target.client.image().embedded;
  if (is_named || layout.tag().empty()) return target.reference;
  auto reference = Reference::parse("store", tag_in(layout.tag()));
  if (!reference) return fail(ctx, reference.error());
  return *std::move(reference);
}

}  // namespace

sdk::Status push(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  auto layout = OciLayout::open(ctx, "store", false);
  if (!layout) return layout.status();
  auto reference = wanted_reference(*target, *layout);
  if (!reference) return reference.status();
  const auto root_entry = layout->manifest(layout->tag());
  if (!root_entry) return root_entry.status();
  const ReadEntry read = layout_entries(ctx, *layout);
  auto root = read(*root_entry);
  if (!root) return root.status();
  const auto tree = read_tree(ctx, *std::move(root), *platform, read);
  if (!tree) return tree.status();
  const ImageUpload upload{target->client, {*std::move(reference)}, {}, layout_blobs(ctx, *layout)};
  return upload_image(upload, *tree);
}

}  // namespace dockerhub::registry
