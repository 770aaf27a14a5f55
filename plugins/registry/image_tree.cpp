#include "image_tree.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "images.hpp"

namespace dockerhub::registry {
namespace {

Fault too_much(const std::string& what) {
  Fault fault;
  fault.type = "UnsupportedError";
  fault.message = "the image has " + what;
  fault.hint = "Name one image of it by its digest, or with 'platform'.";
  return fault;
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
      ctx_.warn("The manifest " + node.digest.text() + " is of the unknown type " +
                quoted(node.manifest.media_type) + ": what it may point to is left out.");
    }
    tree_.manifests.push_back(std::move(node));
    return {};
  }

  // What belongs to the manifests that are there, and to what is found so. The root stays the last.
  sdk::Status add_companions(const FindCompanions& find) {
    const std::size_t root = tree_.manifests.size() - 1;
    for (std::size_t i = 0; i < tree_.manifests.size(); ++i) {
      const DigestName subject = tree_.manifests[i].digest;
      if (attestations_.count(subject.text()) > 0) continue;
      const auto found = find(subject);
      if (!found) return found.status();
      for (const Companion& companion : *found) {
        if (const sdk::Status added = add_companion(companion); !added) return added;
      }
    }
    const auto first = tree_.manifests.begin() + static_cast<std::ptrdiff_t>(root);
    std::rotate(first, first + 1, tree_.manifests.end());
    return {};
  }
  ImageTree take() { return std::move(tree_); }

 private:
  static constexpr int kMostDepth = 8;
  static constexpr std::size_t kMostManifests = 1000;
  static constexpr std::size_t kMostBytes = 16 * 1024 * 1024;

  sdk::Status count(const TreeManifest& node, int depth) {
    bytes_ += node.bytes.size();
    if (depth > kMostDepth) return fail(ctx_, too_much("indexes nested deeper than 8 levels"));
    if (seen_.size() > kMostManifests) return fail(ctx_, too_much("more than 1,000 manifests"));
    if (bytes_ > kMostBytes) return fail(ctx_, too_much("more than 16 MiB of manifests"));
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
      const auto refused =
          wrong_answer("a manifest names the blob " + quoted(named.digest) +
                           " without a digest and a size that can be used",
                       "The image is broken: push it again with a current client.");
      return fail(ctx_, refused.value());
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
    if (depth == kMostDepth) return fail(ctx, too_much("indexes nested deeper than 8 levels"));
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
    Fault fault;
    fault.type = "UnsupportedError";
    fault.message = "the digest algorithm of " + digest->text() + " cannot be computed";
    fault.hint = "Content that cannot be verified is not passed on.";
    return fail(client.context(), fault);
  }
  return TreeManifest{*std::move(digest), std::move(read->manifest), std::move(read->body.bytes)};
}

ReadEntry remote_entries(Client& client) {
  return [&client](const Descriptor& entry) -> sdk::Reply<TreeManifest> {
    const auto digest = DigestName::parse(entry.digest);
    if (digest) return remote_manifest(client, Reference::of(*digest), entry.size);
    const auto refused = wrong_answer("an index lists " + quoted(entry.digest) + " as a digest",
                                      "The registry sent a broken index.");
    return fail(client.context(), refused.value());
  };
}

sdk::Reply<std::optional<Platform>> platform_parameter(sdk::Context& ctx) {
  if (!ctx.params().has("platform")) return std::optional<Platform>();
  auto platform = Platform::parse(ctx.params().text("platform"));
  if (!platform) return fail(ctx, platform.error());
  return std::optional<Platform>(*std::move(platform));
}

}  // namespace dockerhub::registry
