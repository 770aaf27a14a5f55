// push: an image of a layout into a repository.
#include <utility>

#include "actions.hpp"
#include "image_upload.hpp"
#include "oci_layout.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

sdk::Reply<TreeManifest> layout_manifest(sdk::Context& ctx, OciLayout& layout,
                                         const Descriptor& entry) {
  const auto digest = DigestName::parse(entry.digest);
  if (!digest || !entry.size) {
    const auto refused =
        wrong_answer("the image layout lists " + quoted(entry.digest) + " without size or digest",
                     "The layout is broken: make it again.");
    return fail(ctx, refused.value());
  }
  auto bytes = layout.blob_text({*digest, *entry.size});
  if (!bytes) return bytes.status();
  auto manifest = parse_manifest(*bytes, entry.media_type);
  if (!manifest) return fail(ctx, manifest.error());
  return TreeManifest{*digest, *std::move(manifest), *std::move(bytes)};
}

sdk::Reply<std::unique_ptr<BlobSource>> open_blob(sdk::Context& ctx, OciLayout& layout,
                                                  const BlobName& blob) {
  auto entry = layout.blob(blob.digest);
  if (entry.status().value() == DH_E_NOT_FOUND || (entry && entry->size() != blob.size)) {
    const auto refused = wrong_answer("the image layout lacks " + blob.digest.text() + " of " +
                                          std::to_string(blob.size) + " bytes, which it names",
                                      "The layout is not whole: make it again.");
    return fail(ctx, refused.value());
  }
  if (!entry) return entry.status();
  return std::unique_ptr<BlobSource>(std::make_unique<StoreSource>(*std::move(entry)));
}

// The tag in a name of a layout, which may be that of a whole image: "docker.io/library/alpine:3.20".
std::string tag_in(const std::string& name) {
  return is_tag(name) ? name : name.substr(name.rfind(':') + 1);
}

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
  const ReadEntry read = [&](const Descriptor& entry) {
    return layout_manifest(ctx, *layout, entry);
  };
  auto root = read(*root_entry);
  if (!root) return root.status();
  const auto tree = read_tree(ctx, *std::move(root), *platform, read);
  if (!tree) return tree.status();
  const ImageUpload upload{
      target->client, *std::move(reference), {}, [&](const BlobName& blob) {
        return OpenSource([&ctx, &layout, blob] { return open_blob(ctx, *layout, blob); });
      }};
  return upload_image(upload, *tree);
}

}  // namespace dockerhub::registry
