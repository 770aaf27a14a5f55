#include "image_copy.hpp"

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hub/composed.hpp"
#include "narrowed_index.hpp"

namespace dockerhub::registry {
namespace {

// A list of referrers may name what was deleted since: that does not keep the image.
sdk::Reply<std::list<Companion>> present_ones(Client& client, std::list<Companion> named) {
  std::list<Companion> present;
  for (Companion& one : named) {
    const auto digest = DigestName::parse(one.manifest.digest);
    std::optional<DigestName> found = digest;
    if (digest && one.tag.empty()) {
      auto now = named_now(client, Reference::of(*digest));
      if (!now) return now.status();
      found = *std::move(now);
    }
    if (found) {
      present.push_back(std::move(one));
    } else {
      client.context().warn(
          hub::composed("The manifest {} ({}) is named and not there: it was left out.",
                        {quoted(one.manifest.digest), one.source}));
    }
  }
  return present;
}

}  // namespace

sdk::Reply<ImageTree> read_image(const ImageCopy& copy) {
  sdk::Context& ctx = copy.source.context();
  auto root = remote_manifest(copy.source, copy.reference, {});
  if (!root) return root.status();
  std::optional<Platform> one;
  if (copy.platforms.size() == 1 && !copy.as_index) {
    one = copy.platforms.front();
  } else if (!copy.platforms.empty()) {
    root = narrowed_index(ctx, *std::move(root), copy.platforms);
    if (!root) return root.status();
  }
  FindCompanions find;
  if (copy.support != nullptr) {
    find = [&copy](const DigestName& subject) -> sdk::Reply<std::list<Companion>> {
      auto named = companions_of(copy.source, *copy.support, subject);
      if (!named) return named.status();
      return present_ones(copy.source, *std::move(named));
    };
  }
  return read_tree(ctx, *std::move(root), one, remote_entries(copy.source), find);
}

ImageUpload upload_of(Client& source, Client& target, std::list<Reference> references) {
  const bool is_neighbour = target.image().registry == source.image().registry;
  return {
      target, std::move(references), is_neighbour ? source.image().repository : std::string(),
      [&source](const BlobName& blob) {
        return OpenSource([&source, blob]() -> sdk::Reply<std::unique_ptr<BlobSource>> {
          return std::unique_ptr<BlobSource>(std::make_unique<RemoteSource>(source, blob.digest));
        });
      }};
}

}  // namespace dockerhub::registry
