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

TEST(Image, IsKnownWithoutTheRegistryByAWholeDigestAlone) {
  const std::string digits = "0123456789abcdef0123456789abcdef";
  const std::string sha256 = "sha256:" + digits + digits;
  const std::string sha512 = "sha512:" + digits + digits + digits + digits;
  for (const std::string& whole : {sha256, sha512, std::string("blake3+b64u:Az_9-=")}) {
    EXPECT_TRUE(image("acme/app", {}, whole).has_digest()) << whole;
    EXPECT_TRUE(image("acme/app@" + whole).has_digest()) << whole;
  }
  for (const std::string& other :
       {std::string("1.0"), std::string("Z:\r\n"), std::string("Z:"), std::string(":aa"),
        std::string(":"), std::string("a:b\r\n"), std::string("a:b:c"), std::string("a:b/c"),
        std::string("a..b:c"), std::string("a-:c"), std::string("-a:c"), std::string("sha256:aa"),
        sha256 + "0", sha256 + "\n", "sha512:" + digits, "SHA256:" + digits + digits,
        "1.0@" + sha256, "sha256:" + digits + "ABCDEF0123456789abcdef0123456789"}) {
    EXPECT_FALSE(image("acme/app", {}, other).has_digest()) << other;
  }
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
