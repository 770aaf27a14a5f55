#include "images.hpp"

#include <list>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "hub/composed.hpp"
#include "hub/plan_text.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostConfig = 8 * 1024 * 1024;

// Walks an index and those within it, depth first.
class Unfolding {
 public:
  explicit Unfolding(Client& client) : client_(client) {}

  sdk::Status add(const Manifest& index, int depth) {
    for (const Descriptor& entry : index.entries) {
      if (entry.is_attestation) {
        ++images_.attestations;
        continue;
      }
      switch (manifest_kind(entry.media_type)) {
        case ManifestKind::index:
          if (const sdk::Status done = descend(entry, depth); !done) return done;
          break;
        case ManifestKind::image:
          images_.images.push_back(entry);
          break;
        default:
          ++images_.others;
      }
    }
    return {};
  }
  Images take() { return std::move(images_); }

 private:
  static constexpr int kMostDepth = 3;
  static constexpr std::size_t kMostIndexes = 16;

  sdk::Status descend(const Descriptor& entry, int depth) {
    if (!visited_.insert(entry.digest).second) return {};
    if (depth == kMostDepth || visited_.size() > kMostIndexes) {
      leave_out();
      return {};
    }
    const auto read = manifest_of_entry(client_, entry);
    if (!read) return read.status();
    return add(read->manifest, depth + 1);
  }
  void leave_out() {
    if (!std::exchange(has_left_out_, true))
      client_.context().warn("Indexes nested deeper than 3 levels, or more than 16, are left out.");
  }

  Client& client_;
  Images images_;
  std::set<std::string> visited_;
  bool has_left_out_ = false;
};

std::string platforms_text(const Images& images) {
  constexpr std::size_t kMostNamed = 30;
  std::string text;
  std::size_t named = 0;
  for (const Descriptor& image : images.images) {
    if (!image.platform) continue;
    if (named++ == kMostNamed) return text + ", ...";
    hub::add_named(text, image.platform->text());
  }
  return text;
}

}  // namespace

sdk::Reply<ReadManifest> manifest_of_entry(Client& client, const Descriptor& entry) {
  if (const auto digest = DigestName::parse(entry.digest))
    return client.manifest(Reference::of(*digest), entry.size);
  return refuse_answer(client.context(),
                       hub::composed("an index lists {} as a digest", {quoted(entry.digest)}),
                       "The registry sent a broken index.");
}

sdk::Reply<Images> images_of(Client& client, const Manifest& index) {
  Unfolding unfolding(client);
  if (const sdk::Status done = unfolding.add(index, 1); !done) return done;
  return unfolding.take();
}

sdk::Reply<Descriptor> choose_image(sdk::Context& ctx, const Images& images,
                                    const Platform& wanted) {
  std::list<Platform> offered;
  for (const Descriptor& image : images.images)
    offered.push_back(image.platform.value_or(Platform()));
  if (const auto chosen = choose_platform(offered, wanted)) return images.images[*chosen];
  Fault fault;
  const std::string there = platforms_text(images);
  fault.message = hub::composed("there is no image for {}", {wanted.text()});
  fault.hint = there.empty() ? "The index names no platform: name the manifest by its digest."
                             : hub::composed("Choose one of 'platform': {}.", {there});
  fault.parameter = "platform";
  fault.status_code = kNotFound;
  return fail(ctx, fault);
}

sdk::Reply<Verified> config_of(Client& client, const Manifest& image) {
  const auto digest = image.config ? DigestName::parse(image.config->digest) : std::nullopt;
  if (!digest) {
    return refuse_answer(client.context(), "the manifest names no digest of its config",
                         "The registry sent a broken manifest.");
  }
  auto config = client.blob(*digest, image.config->size, kMostConfig);
  if (!config) return config.status();
  // Storages behind a registry call everything octet-stream: the type is that of the descriptor.
  const auto document = parse_json(config->bytes);
  if (!document || !document->IsObject()) {
    return refuse_answer(client.context(), "the config is no JSON object",
                         "hub_registry get_blob shows it as it is.");
  }
  return config;
}

}  // namespace dockerhub::registry
