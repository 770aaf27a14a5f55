#include "image.hpp"

#include <gtest/gtest.h>

namespace dockerhub::scout {
namespace {

constexpr const char* kDigest = "sha256:aa";

Image image(std::string_view repo, std::string_view org = {}, std::string_view reference = {}) {
  return image_of({repo, reference, org}, {"registry-1.docker.io", true});
}

TEST(Image, BelongsToTheNamespaceThatItNames) {
  EXPECT_EQ(image("alpine").repository, "library/alpine");
  EXPECT_EQ(image("acme/app").repository, "acme/app");
  EXPECT_EQ(image("app", "acme").repository, "acme/app");
  EXPECT_EQ(image("acme/app/deep", "other").repository, "acme/app/deep");
}

TEST(Image, WithoutANameGetsNone) {
  for (const char* repo : {":", "@", ":1.0", "@sha256:aa", "docker.io/", "docker.io/:1.0"}) {
    EXPECT_EQ(image(repo).repository, "") << repo;
    EXPECT_EQ(image(repo).in_registry, "") << repo;
    EXPECT_EQ(image(repo, "acme").repository, "") << repo;
  }
}

TEST(Image, IsAskedForInPublicWithoutAnOrganization) {
  EXPECT_EQ(image("acme/app").organization, "");
  EXPECT_EQ(image("acme/app", "acme").organization, "acme");
}

TEST(Image, MayCarryItsReference) {
  EXPECT_EQ(image("acme/app:1.0").reference, "1.0");
  EXPECT_EQ(image("acme/app@sha256:aa").reference, kDigest);
  EXPECT_EQ(image("acme/app:1.0@sha256:aa").reference, kDigest);
  EXPECT_EQ(image("acme/app").reference, "latest");
  EXPECT_EQ(image("acme/app", {}, "2.0").reference, "2.0");
  EXPECT_TRUE(contradicts({"acme/app:1.0", "2.0", {}}));
  EXPECT_FALSE(contradicts({"box:5000/app", "2.0", {}}));
}

TEST(Image, OfAnotherRegistryKeepsItsName) {
  const Image other = image("registry.example.com:5000/app:1.0", "acme");
  EXPECT_EQ(other.host, "registry.example.com:5000");
  EXPECT_EQ(other.repository, "app");
  EXPECT_EQ(other.in_registry, "registry.example.com:5000/app");
  EXPECT_EQ(other.text(), "registry.example.com:5000/app:1.0");
}

TEST(Image, OfDockersRegistryHasOneHostAtDockerScout) {
  for (const char* repo :
       {"alpine", "docker.io/alpine", "index.docker.io/library/alpine", "hub.docker.com/alpine"}) {
    EXPECT_EQ(image(repo).host, "hub.docker.com") << repo;
    EXPECT_EQ(image(repo).repository, "library/alpine") << repo;
  }
  EXPECT_EQ(image("docker.io/alpine").in_registry, "docker.io/library/alpine");
  EXPECT_EQ(image("alpine").text(), "library/alpine:latest");
}

TEST(Image, OfAConfiguredRegistryThatIsNotDockersHasNoLibrary) {
  const Image own = image_of({"app", {}, {}}, {"box.example:5000", false});
  EXPECT_EQ(own.repository, "app");
  EXPECT_EQ(own.host, "box.example:5000");
  EXPECT_EQ(own.in_registry, "app");
}

}  // namespace
}  // namespace dockerhub::scout
