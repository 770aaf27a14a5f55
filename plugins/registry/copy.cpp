// copy: an image from one repository into another, of the same registry or of another one.
#include <utility>

#include "actions.hpp"
#include "image_upload.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// Where it goes: the tag of `to`, else that of the source; of a source by digest, no tag.
sdk::Reply<Reference> wanted_reference(const Target& source, const ImageName& to,
                                       const DigestName& root) {
  if (to.embedded) return *to.embedded;
  return source.reference.digest() ? Reference::of(root) : source.reference;
}

sdk::Reply<ImageName> target_name(sdk::Context& ctx) {
  auto name = ImageName::parse(ctx.params().text("to"), configured_registry(ctx.host()));
  if (name) return *std::move(name);
  Fault fault = name.error();
  fault.parameter = "to";
  return fail(ctx, fault);
}

}  // namespace

sdk::Status copy(sdk::Context& ctx) {
  auto source = reference_target(ctx);
  if (!source) return source.status();
  auto to = target_name(ctx);
  if (!to) return to.status();
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  Client& from = source->client;
  auto root = remote_manifest(from, source->reference, {});
  if (!root) return root.status();
  const auto tree = read_tree(ctx, *std::move(root), *platform, remote_entries(from));
  if (!tree) return tree.status();
  auto reference = wanted_reference(*source, *to, tree->root().digest);
  if (!reference) return reference.status();
  const bool is_neighbour = to->registry == from.image().registry;
  Client target = from.beside(*std::move(to));
  const ImageUpload upload{
      target,
      {*std::move(reference)},
      is_neighbour ? from.image().repository : std::string(),
      [&](const BlobName& blob) {
        return OpenSource([&from, blob]() -> sdk::Reply<std::unique_ptr<BlobSource>> {
          return std::unique_ptr<BlobSource>(std::make_unique<RemoteSource>(from, blob.digest));
        });
      }};
  return upload_image(upload, *tree);
}

}  // namespace dockerhub::registry
