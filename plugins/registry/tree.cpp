// tree: an image with everything that hangs on it: what its index lists, what is attested in the index, and what
// refers to each of them or is kept under tags of its digest. Configs and layers are not read.
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "actions.hpp"
#include "companions.hpp"
#include "images.hpp"
#include "json_text.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// A manifest of the tree as its row tells it.
struct TreeNode {
  Descriptor manifest;
  std::string artifact_type;
  std::string_view kind;
  std::string source;  // where it was found
  int depth = 0;
};

std::string_view tree_kind(const Descriptor& entry) {
  if (entry.is_attestation) return "attestation";
  switch (manifest_kind(entry.media_type)) {
    case ManifestKind::index:
      return "index";
    case ManifestKind::image:
      return "image";
    default:
      return "other";
  }
}

class TreeSurvey {
 public:
  TreeSurvey(Client& client, ReferrersSupport& support) : client_(client), support_(support) {}

  sdk::Status run(const ReadManifest& root, const std::string& name) {
    Descriptor entry;
    entry.media_type = root.manifest.media_type;
    entry.digest = root.body.digest;
    entry.size = root.body.bytes.size();
    const bool is_artifact =
        root.manifest.config && !is_image_config(root.manifest.config->media_type);
    const std::string type = is_artifact ? root.manifest.artifact_type : std::string();
    const std::string_view kind = is_artifact ? std::string_view("artifact") : tree_kind(entry);
    if (const sdk::Status told = tell({entry, type, kind, name, 0}); !told) return told;
    if (const sdk::Status told = add_companions(entry, 1); !told) return told;
    return add_entries(root.manifest, 1);
  }

 private:
  static constexpr int kMostDepth = 8;
  static constexpr std::size_t kMostAsked = 200;  // manifests whose companions are asked for

  sdk::Status add_entries(const Manifest& index, int depth) {
    for (const Descriptor& entry : index.entries) {
      if (entry.is_attestation && lists(index, entry.about)) continue;
      if (const sdk::Status told = add_entry(index, entry, depth); !told) return told;
    }
    return {};
  }

  static bool lists(const Manifest& index, const std::string& digest) {
    for (const Descriptor& entry : index.entries) {
      if (!entry.is_attestation && entry.digest == digest) return true;
    }
    return false;
  }

  sdk::Status add_entry(const Manifest& index, const Descriptor& entry, int depth) {
    if (const sdk::Status told = tell({entry, {}, tree_kind(entry), "index", depth}); !told)
      return told;
    if (entry.is_attestation || !visit(entry.digest, depth)) return {};
    for (const Descriptor& other : index.entries) {
      if (!other.is_attestation || other.about != entry.digest) continue;
      told_.insert(other.digest);
      if (const sdk::Status told = tell({other, {}, tree_kind(other), "index", depth + 1}); !told)
        return told;
    }
    if (const sdk::Status told = add_companions(entry, depth + 1); !told) return told;
    if (manifest_kind(entry.media_type) != ManifestKind::index) return {};
    const auto nested = manifest_of_entry(client_, entry);
    if (!nested) return nested.status();
    return add_entries(nested->manifest, depth + 1);
  }

  // Whether what is below this manifest is to be looked at: once, and not without end.
  bool visit(const std::string& digest, int depth) {
    if (!visited_.insert(digest).second) return false;
    if (depth < kMostDepth) return true;
    leave_out();
    return false;
  }

  sdk::Status add_companions(const Descriptor& subject, int depth) {
    const auto digest = DigestName::parse(subject.digest);
    if (!digest || !asked_.insert(subject.digest).second) return {};
    if (asked_.size() > kMostAsked) {
      leave_out();
      return {};
    }
    const auto found = companions_of(client_, support_, *digest);
    if (!found) return found.status();
    for (const Companion& one : *found) {
      // One that stands in the index as well was told there.
      if (told_.count(one.manifest.digest) > 0) continue;
      const std::string_view kind = one.tag.empty() ? "referrer" : "tag";
      if (const sdk::Status told = tell({one.manifest, one.artifact_type, kind, one.source, depth});
          !told) {
        return told;
      }
      if (!visit(one.manifest.digest, depth)) continue;
      if (const sdk::Status told = add_companions(one.manifest, depth + 1); !told) return told;
    }
    return {};
  }

  void leave_out() {
    if (!std::exchange(has_left_out_, true))
      client_.context().warn(
          "The tree is deeper than 8 levels, or has more than 200 manifests: the rest is left "
          "out.");
  }

  sdk::Status tell(const TreeNode& node) {
    const Descriptor& manifest = node.manifest;
    const bool has_platform = manifest.platform && !manifest.is_attestation;
    return client_.context().item(
        {{"depth", node.depth},
         {"kind", node.kind},
         {"digest", manifest.digest},
         {"media_type", text_or_null(manifest.media_type)},
         {"artifact_type", text_or_null(node.artifact_type)},
         {"size", manifest.size},
         {"platform", text_or_null(has_platform ? manifest.platform->text() : std::string())},
         {"source", node.source}});
  }

  Client& client_;
  ReferrersSupport& support_;
  std::set<std::string> visited_, asked_, told_;
  bool has_left_out_ = false;
};

}  // namespace

sdk::Status tree(ReferrersSupport& support, sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto root = target->client.manifest(target->reference);
  if (!root) return root.status();
  const sdk::Status told = TreeSurvey(target->client, support).run(*root, target->reference.text());
  const bool has_ended = told.ok() || told.value() == DH_E_RECEIVER;
  if (!has_ended) return told;
  const ImageName& image = target->client.image();
  return ctx.answer({{"registry", image.registry},
                     {"repository", image.repository},
                     {"digest", root->body.digest},
                     {"tree", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
