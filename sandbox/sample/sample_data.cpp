#include "sample/sample_data.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "sample/image_builder.hpp"
#include "sample/sample_time.hpp"
#include "sample/statements.hpp"

namespace dockerhub::sandbox {
namespace {

const Platform kAmd64{"linux", "amd64", ""};
const Platform kArm64{"linux", "arm64", "v8"};
const Platform kArmV7{"linux", "arm", "v7"};

struct Sample {
  std::string_view name;
  bool is_private;
  std::string_view description;
  void (*fill)(ImageBuilder& builder);
};

std::string content(std::string_view version, const Platform& platform) {
  return "version=" + std::string(version) + "\nplatform=" + platform.os + '/' +
         platform.architecture + '/' + platform.variant + '\n';
}

Descriptor simple_image(ImageBuilder& builder, std::string_view version) {
  return builder.image({kAmd64, content(version, kAmd64), false});
}

std::vector<Descriptor> platforms(ImageBuilder& builder, std::string_view version) {
  std::vector<Descriptor> images;
  for (const Platform& platform : {kAmd64, kArm64, kArmV7})
    images.push_back(builder.image({platform, content(version, platform), false}));
  return images;
}

void fill_multi(ImageBuilder& builder) {
  const Descriptor old = builder.index_with_attestations(platforms(builder, "1.0"));
  const Descriptor current = builder.index_with_attestations(platforms(builder, "1.1"));
  builder.tag("1.0", old);
  builder.tag("1.1", current);
  builder.tag("latest", current);
}

void fill_alpine(ImageBuilder& builder) {
  const Descriptor index = builder.index_with_attestations(platforms(builder, "3.20"));
  builder.tag("3.20", index);
  builder.tag("latest", index);
}

void fill_docker_types(ImageBuilder& builder) {
  const Descriptor image = builder.image({kAmd64, content("2.0", kAmd64), true});
  builder.tag("2.0", image);
  builder.tag("latest", image);
}

void fill_simple(ImageBuilder& builder) {
  builder.tag("latest", simple_image(builder, "1.0"));
}

void fill_artifact(ImageBuilder& builder) {
  const Descriptor artifact =
      builder.artifact({"application/vnd.sandbox.readme", "text/markdown", "# sandbox\n", {}});
  builder.tag("v1", artifact);
  builder.artifact({"application/spdx+json", "application/spdx+json",
                    spdx_document("sandbox/artifact").text(), artifact});
  builder.artifact({"application/vnd.sandbox.signature", "application/octet-stream",
                    "not a real signature\n", artifact});
}

void fill_tags(ImageBuilder& builder) {
  constexpr int count = 25;
  for (int i = 1; i <= count; ++i) {
    const std::string version = (i < 10 ? "v0" : "v") + std::to_string(i);
    builder.tag(version, simple_image(builder, version));
  }
}

constexpr std::array<Sample, 9> kSamples = {{
    {"library/alpine", false, "A minimal image, as an official one", &fill_alpine},
    {"ratelimitpreview/test", false, "To ask for the pull limit", &fill_simple},
    {"sandbox/artifact", false, "An artifact and what refers to it", &fill_artifact},
    {"sandbox/multi", false, "An image for three platforms, with attestations", &fill_multi},
    {"sandbox/private", true, "Not to be seen without its account", &fill_simple},
    {"sandbox/single", false, "An image for one platform, with Docker's media types",
     &fill_docker_types},
    {"sandbox/tags", false, "25 tags", &fill_tags},
    {"sandbox-org/service", false, "A repository of the organization", &fill_simple},
    {"sandbox-org/tools", true, "A private repository of the organization", &fill_simple},
}};

void add_sample(Store& store, const Sample& sample, std::uint64_t number) {
  Repository& repository = store.get_or_add(std::string(sample.name));
  repository.is_private = sample.is_private;
  repository.description = sample.description;
  repository.full_description = "# " + std::string(sample.name) + "\n\nSample data.\n";
  ImageBuilder builder(store, repository);
  sample.fill(builder);
  repository.registered = kFirstDay;
  repository.updated = kFirstDay + static_cast<UnixTime>(number) * kDay;
  repository.pulls = number * 10;
  for (auto& [name, tag] : repository.tags) tag.pushed = repository.updated;
}

}  // namespace

void add_sample_repositories(Store& store) {
  std::uint64_t number = 0;
  for (const Sample& sample : kSamples) add_sample(store, sample, ++number);
  // Enough for a second page at the Hub's default page size.
  for (int i = 1; i <= 12; ++i) {
    const std::string name =
        std::string("sandbox-org/component-") + (i < 10 ? "0" : "") + std::to_string(i);
    add_sample(store, {name, false, "One of many", &fill_simple}, ++number);
  }
}

void add_second_sample_repositories(Store& store) {
  add_sample(store, {"sandbox/elsewhere", false, "In the second registry", &fill_multi}, 1);
  add_sample(store, {"sandbox/private", true, "In the second registry", &fill_simple}, 2);
}

void add_sample_image(Store& store, const std::string& name) {
  add_sample(store, {name, false, "A sample image", &fill_multi}, 1);
}

}  // namespace dockerhub::sandbox
