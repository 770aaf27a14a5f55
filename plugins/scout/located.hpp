// Which image of a name is meant: the manifest of one platform, by its digest, as Docker Scout wants it.
// Reading manifests is pure; locate() asks the registry, inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image.hpp"

namespace dockerhub::scout {

struct Located {
  Image image;
  std::string digest;        // of the platform's manifest
  std::string index_digest;  // empty: the name stands for one image alone
  std::string platform;      // "linux/amd64"; empty: the manifest does not say
  std::vector<std::string> attestation_manifests;  // digests of those in the index about this image
  bool is_read = true;  // false: taken as it was given, the registry could not be asked

  // repository, reference, digest, index_digest, platform: beside every answer.
  sdk::Json json() const;
};

// The image for `platform` of what a manifest lists, or of the manifest itself where it is no index.
// nullopt: the index has none for it.
std::optional<Located> choose(const sdk::Value& manifest, std::string_view digest,
                              std::string_view platform);
// The platforms that an index lists, with commas.
std::string platforms_of(const sdk::Value& manifest);

// By the parameters repo, reference, org and platform. One pull is counted where the registry counts.
sdk::Reply<Located> locate(sdk::Context& ctx, const Image& image);

// The image that the parameters name; `reference` in place of the parameter of that name.
sdk::Reply<Image> image_parameter(sdk::Context& ctx, std::string_view repo,
                                  std::string_view reference);
// The two together, by `repo` and `reference`.
sdk::Reply<Located> located_parameter(sdk::Context& ctx);

}  // namespace dockerhub::scout
