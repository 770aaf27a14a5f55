#include "layout_source.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

sdk::Reply<TreeManifest> layout_manifest(sdk::Context& ctx, OciLayout& layout,
                                         const Descriptor& entry) {
  const auto digest = DigestName::parse(entry.digest);
  if (!digest || !entry.size) {
    return refuse_answer(
        ctx,
        hub::composed("the image layout lists {} without size or digest", {quoted(entry.digest)}),
        "The layout is broken: make it again.");
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
    return refuse_answer(ctx,
                         hub::composed("the image layout lacks {} of {} bytes, which it names",
                                       {blob.digest.text(), blob.size}),
                         "The layout is not whole: make it again.");
  }
  if (!entry) return entry.status();
  return std::unique_ptr<BlobSource>(std::make_unique<StoreSource>(*std::move(entry)));
}

}  // namespace

ReadEntry layout_entries(sdk::Context& ctx, OciLayout& layout) {
  return [&ctx, &layout](const Descriptor& entry) { return layout_manifest(ctx, layout, entry); };
}

std::function<OpenSource(const BlobName&)> layout_blobs(sdk::Context& ctx, OciLayout& layout) {
  return [&ctx, &layout](const BlobName& blob) {
    return OpenSource([&ctx, &layout, blob] { return open_blob(ctx, layout, blob); });
  };
}

std::string tag_in(const std::string& name) {
  return is_tag(name) ? name : name.substr(name.rfind(':') + 1);
}

}  // namespace dockerhub::registry
