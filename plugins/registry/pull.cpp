// pull: an image of a repository into a layout.
#include <memory>
#include <utility>
#include <vector>

#include "actions.hpp"
#include "blob_download.hpp"
#include "image_tree.hpp"
#include "image_upload.hpp"
#include "json_text.hpp"
#include "oci_layout.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// One pull, when everything about it is known.
struct Pull {
  Client& client;
  OciLayout& layout;
  const ImageTree& tree;
  std::string tag;  // in the layout; empty: none
  std::optional<DigestName> replaced;
};

// Under which name the layout lists it: the one that the call names there, else the tag that was pulled.
std::string tag_in_layout(const OciLayout& layout, const Reference& reference) {
  if (!layout.tag().empty()) return layout.tag();
  return reference.digest() ? std::string() : reference.text();
}

sdk::Json summary(const Pull& pull) {
  const ImageName& image = pull.client.image();
  const TreeManifest& root = pull.tree.root();
  return {{"registry", image.registry},
          {"repository", image.repository},
          {"tag", text_or_null(pull.tag)},
          {"digest", root.digest.text()},
          {"media_type", root.manifest.media_type},
          {"replaced", pull.replaced ? sdk::Json(pull.replaced->text()) : sdk::Json(nullptr)},
          {"manifests", pull.tree.manifests.size()}};
}

sdk::Status tell_plan(const Pull& pull) {
  const sdk::Json plan = with_member(with_member(summary(pull), "blobs", pull.tree.blobs.size()),
                                     "bytes", pull.tree.bytes);
  return pull.client.context().answer({{"would_pull", plan}});
}

sdk::Reply<DownloadCounts> download_blobs(const Pull& pull) {
  DownloadCounts counts;
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const BlobName& blob : pull.tree.blobs) {
    transfers.push_back(std::make_unique<BlobDownload>(pull.client, pull.layout, blob, counts));
  }
  sdk::Context& ctx = pull.client.context();
  if (const sdk::Status done = run_transfers(ctx, std::move(transfers), parallel_parameter(ctx));
      !done) {
    return done;
  }
  return counts;
}

// The list of the layout comes last: until then nobody sees anything of it.
sdk::Status store_manifests(const Pull& pull) {
  for (const TreeManifest& node : pull.tree.manifests) {
    if (const sdk::Status put = pull.layout.put_blob(node.digest, node.bytes); !put) return put;
  }
  const TreeManifest& root = pull.tree.root();
  return pull.layout.set(pull.tag, {{"mediaType", root.manifest.media_type},
                                    {"digest", root.digest.text()},
                                    {"size", root.bytes.size()}});
}

sdk::Status tell_done(const Pull& pull, const DownloadCounts& counts) {
  sdk::Context& ctx = pull.client.context();
  if (pull.tree.foreign > 0) {
    ctx.warn(std::to_string(pull.tree.foreign) +
             " layers that their publisher keeps elsewhere were left out.");
  }
  return ctx.answer(with_member(
      summary(pull), "blobs",
      {{"downloaded", counts.downloaded}, {"existing", counts.existing}, {"bytes", counts.bytes}}));
}

sdk::Status carry_out(const Pull& pull) {
  sdk::Context& ctx = pull.client.context();
  if (const sdk::Status agreed =
          consent_to_move(ctx, "the tag " + pull.tag + " of the image layout", pull.replaced,
                          pull.tree.root().digest);
      !agreed) {
    return agreed;
  }
  if (ctx.dry_run()) return tell_plan(pull);
  const auto counts = download_blobs(pull);
  if (!counts) return counts.status();
  if (const sdk::Status stored = store_manifests(pull); !stored) return stored;
  return tell_done(pull, *counts);
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
  Pull pull{source->client, *layout, *tree, tag_in_layout(*layout, source->reference), {}};
  if (!pull.tag.empty()) {
    const auto present = layout->find(pull.tag);
    if (!present) return present.status();
    if (*present) pull.replaced = DigestName::parse((*present)->digest);
    if (pull.replaced == tree->root().digest) pull.replaced.reset();
  }
  return carry_out(pull);
}

}  // namespace dockerhub::registry
