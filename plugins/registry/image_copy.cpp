#include "image_copy.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "narrowed_index.hpp"

namespace dockerhub::registry {

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
    find = [&copy](const DigestName& subject) {
      return companions_of(copy.source, *copy.support, subject);
    };
  }
  return read_tree(ctx, *std::move(root), one, remote_entries(copy.source), find);
}

ImageUpload upload_of(Client& source, Client& target, std::vector<Reference> references) {
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
