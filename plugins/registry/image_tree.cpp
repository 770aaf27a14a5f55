#include "image_tree.hpp"

#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "hub/composed.hpp"
#include "images.hpp"

namespace dockerhub::registry {
namespace {

sdk::Status too_much(sdk::Context& ctx, std::string_view what) {
  return ctx.fail("UnsupportedError", hub::composed("the image has {}", {what}),
                  "Name one image of it by its digest, or with 'platform'.");
}

class Walk {
 public:
  Walk(sdk::Context& ctx, const ReadEntry& read) : ctx_(ctx), read_(read) {}

  sdk::Status add(TreeManifest node, int depth) {
    if (!seen_.insert(node.digest.text()).second) return {};
    if (const sdk::Status fits = count(node, depth); !fits) return fits;
    if (const sdk::Status added = add_entries(node, depth); !added) return added;
    if (const sdk::Status added = add_blobs(node.manifest); !added) return added;
    if (node.manifest.kind == ManifestKind::unknown) {
      ctx_.warn(hub::composed(
          "The manifest {} is of the unknown type {}: what it may point to is left out.",
          {node.digest.text(), quoted(node.manifest.media_type)}));
    }
    tree_.manifests.push_back(std::move(node));
    return {};
  }

  // What belongs to the manifests that are there, and to what is found so. The root stays the last.
  sdk::Status add_companions(const FindCompanions& find) {
    const auto root = std::prev(tree_.manifests.end());
    for (const TreeManifest& node : tree_.manifests) {  // it grows meanwhile
      const DigestName& subject = node.digest;
      if (attestations_.count(subject.text()) > 0) continue;
      const auto found = find(subject);
      if (!found) return found.status();
      for (const Companion& companion : *found) {
        if (const sdk::Status added = add_companion(companion); !added) return added;
      }
    }
    tree_.manifests.splice(tree_.manifests.end(), tree_.manifests, root);
    return {};
  }
  ImageTree take() { return std::move(tree_); }

 private:
  static constexpr int kMostDepth = 8;
  static constexpr std::size_t kMostManifests = 1000;
  static constexpr std::size_t kMostBytes = 16 * 1024 * 1024;

  sdk::Status count(const TreeManifest& node, int depth) {
    bytes_ += node.bytes.size();
    if (depth > kMostDepth) return too_much(ctx_, "indexes nested deeper than 8 levels");
    if (seen_.size() > kMostManifests) return too_much(ctx_, "more than 1,000 manifests");
    if (bytes_ > kMostBytes) return too_much(ctx_, "more than 16 MiB of manifests");
    return {};
  }

  sdk::Status add_companion(const Companion& companion) {
    const std::string& digest = companion.manifest.digest;
    if (seen_.count(digest) == 0) {
      auto read = read_(companion.manifest);
      if (!read) return read.status();
      if (const sdk::Status added = add(*std::move(read), 1); !added) return added;
    }
    if (companion.tag.empty()) return {};
    for (TreeManifest& node : tree_.manifests) {
      if (node.digest.text() == digest) node.tags.push_back(companion.tag);
    }
    return {};
  }

  sdk::Status add_entries(const TreeManifest& node, int depth) {
    for (const Descriptor& entry : node.manifest.entries) {
      if (entry.is_attestation) attestations_.insert(entry.digest);
      if (seen_.count(entry.digest) > 0) continue;
      auto read = read_(entry);
      if (!read) return read.status();
      if (const sdk::Status added = add(*std::move(read), depth + 1); !added) return added;
    }
    return {};
  }

  sdk::Status add_blobs(const Manifest& manifest) {
    if (manifest.config) {
      if (const sdk::Status added = add_blob(*manifest.config); !added) return added;
    }
    for (const Descriptor& layer : manifest.layers) {
      if (is_foreign_layer(layer.media_type)) {
        ++tree_.foreign;
      } else if (const sdk::Status added = add_blob(layer); !added) {
        return added;
      }
    }
    return {};
  }

  sdk::Status add_blob(const Descriptor& named) {
    const auto digest = DigestName::parse(named.digest);
    if (!digest || !named.size || *named.size > INT64_MAX) {
      return refuse_answer(
          ctx_,
          hub::composed("a manifest names the blob {} without a digest and a size that can be used",
                        {quoted(named.digest)}),
          "The image is broken: push it again with a current client.");
    }
    if (!blobs_.insert(named.digest).second) return {};
    tree_.blobs.push_back({*digest, *named.size});
    tree_.bytes += *named.size;
    return {};
  }

  sdk::Context& ctx_;
  const ReadEntry& read_;
  ImageTree tree_;
  std::set<std::string> seen_, blobs_, attestations_;
  std::size_t bytes_ = 0;
};

// The image for a platform, of an index that may be nested.
sdk::Reply<TreeManifest> choose(sdk::Context& ctx, TreeManifest node, const Platform& platform,
                                const ReadEntry& read) {
  constexpr int kMostDepth = 8;
  for (int depth = 0; node.manifest.kind == ManifestKind::index; ++depth) {
    if (depth == kMostDepth) return too_much(ctx, "indexes nested deeper than 8 levels");
    Images images;
    for (const Descriptor& entry : node.manifest.entries) {
      const ManifestKind kind = manifest_kind(entry.media_type);
      if (!entry.is_attestation && (kind == ManifestKind::image || kind == ManifestKind::index))
        images.images.push_back(entry);
    }
    const auto chosen = choose_image(ctx, images, platform);
    if (!chosen) return chosen.status();
    auto next = read(*chosen);
    if (!next) return next;
    node = *std::move(next);
  }
  return node;
}

}  // namespace

sdk::Reply<ImageTree> read_tree(sdk::Context& ctx, TreeManifest root,
                                const std::optional<Platform>& platform, const ReadEntry& read,
                                const FindCompanions& find) {
  if (platform) {
    auto chosen = choose(ctx, std::move(root), *platform, read);
    if (!chosen) return chosen.status();
    root = *std::move(chosen);
  }
  Walk walk(ctx, read);
  if (const sdk::Status added = walk.add(std::move(root), 1); !added) return added;
  if (find) {
    if (const sdk::Status added = walk.add_companions(find); !added) return added;
  }
  return walk.take();
}

sdk::Reply<TreeManifest> remote_manifest(Client& client, const Reference& reference,
                                         std::optional<std::uint64_t> size) {
  auto read = client.manifest(reference, size);
  if (!read) return read.status();
  auto digest = DigestName::parse(read->body.digest);
  if (!digest) return sdk::Status(DH_E_INVALID);
  if (!read->body.is_verified) {
    return client.context().fail(
        "UnsupportedError",
        hub::composed("the digest algorithm of {} cannot be computed", {digest->text()}),
        "Content that cannot be verified is not passed on.");
  }
  return TreeManifest{*std::move(digest), std::move(read->manifest), std::move(read->body.bytes)};
}

ReadEntry remote_entries(Client& client) {
  return [&client](const Descriptor& entry) -> sdk::Reply<TreeManifest> {
    const auto digest = DigestName::parse(entry.digest);
    if (digest) return remote_manifest(client, Reference::of(*digest), entry.size);
    return refuse_answer(client.context(),
                         hub::composed("an index lists {} as a digest", {quoted(entry.digest)}),
                         "The registry sent a broken index.");
  };
}

sdk::Reply<std::optional<Platform>> platform_parameter(sdk::Context& ctx) {
  if (!ctx.params().has("platform")) return std::optional<Platform>();
  auto platform = Platform::parse(ctx.params().text("platform"));
  if (!platform) return fail(ctx, platform.error());
  return std::optional<Platform>(*std::move(platform));
}

}  // namespace dockerhub::registry
