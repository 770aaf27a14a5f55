#include "image_download.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "hub/composed.hpp"
#include "image_upload.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

sdk::Reply<DownloadCounts> download_blobs(const ImageDownload& download) {
  DownloadCounts counts;
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const BlobName& blob : download.tree.blobs) {
    transfers.push_back(
        std::make_unique<BlobDownload>(download.client, download.layout, blob, counts));
  }
  sdk::Context& ctx = download.client.context();
  if (const sdk::Status done = run_transfers(ctx, std::move(transfers), parallel_parameter(ctx));
      !done) {
    return done;
  }
  return counts;
}

sdk::Status store_manifests(const ImageDownload& download) {
  for (const TreeManifest& node : download.tree.manifests) {
    if (const sdk::Status put = download.layout.put_blob(node.digest, node.bytes); !put) return put;
  }
  const TreeManifest& root = download.tree.root();
  return download.layout.set(download.tag, {{"mediaType", root.manifest.media_type},
                                            {"digest", root.digest.text()},
                                            {"size", root.bytes.size()}});
}

}  // namespace

sdk::Reply<std::optional<DigestName>> replaced_by(const ImageDownload& download) {
  std::optional<DigestName> replaced;
  if (download.tag.empty()) return replaced;
  const auto present = download.layout.find(download.tag);
  if (!present) return present.status();
  if (*present) replaced = DigestName::parse((*present)->digest);
  if (replaced == download.tree.root().digest) replaced.reset();
  return replaced;
}

sdk::Reply<DownloadCounts> download_image(const ImageDownload& download) {
  auto counts = download_blobs(download);
  if (!counts) return counts;
  if (const sdk::Status stored = store_manifests(download); !stored) return stored;
  return counts;
}

sdk::Json summary_of(const ImageDownload& download, const std::optional<DigestName>& replaced) {
  const ImageName& image = download.client.image();
  const TreeManifest& root = download.tree.root();
  return {{"registry", image.registry},
          {"repository", image.repository},
          {"tag", text_or_null(download.tag)},
          {"digest", root.digest.text()},
          {"media_type", root.manifest.media_type},
          {"replaced", digest_or_null(replaced)},
          {"manifests", download.tree.manifests.size()}};
}

void tell_foreign(sdk::Context& ctx, const ImageTree& tree) {
  if (tree.foreign == 0) return;
  ctx.warn(hub::composed("{} layers that their publisher keeps elsewhere were left out.",
                         {tree.foreign}));
}

}  // namespace dockerhub::registry
