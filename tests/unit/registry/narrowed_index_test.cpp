// What an index of some platforms is known by.
#include "narrowed_index.hpp"

#include <list>

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

std::list<Platform> platforms_of(const std::vector<std::string>& texts) {
  std::list<Platform> platforms;
  for (const std::string& text : texts) platforms.push_back(*Platform::parse(text));
  return platforms;
}

std::string entry(const std::string& digest, const std::string& more) {
  return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,"digest":")" +
         digest + '"' + more + "}";
}

// amd64 with an attestation about it, and arm64.
Manifest whole_index() {
  const std::string about =
      R"(,"platform":{"os":"unknown","architecture":"unknown"},"annotations":)"
      R"({"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"sha256:a"})";
  return *parse_manifest(
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
          entry("sha256:a", R"(,"platform":{"os":"linux","architecture":"amd64"})") + "," +
          entry("sha256:b", R"(,"platform":{"os":"linux","architecture":"arm64","variant":"v8"})") +
          "," + entry("sha256:c", about) + "]}",
      {});
}

TEST(NarrowedIndex, HasOneTextForEqualPlatforms) {
  EXPECT_EQ(platform_list(platforms_of({"linux/arm64", "linux/amd64"})),
            platform_list(platforms_of({"linux/x86_64", "linux/arm64/v8", "linux/amd64"})));
  EXPECT_NE(platform_list(platforms_of({"linux/arm64", "linux/amd64"})),
            platform_list(platforms_of({"linux/amd64"})));
}

TEST(NarrowedIndex, StaysAsItIsWhereNothingWouldBeLeftOut) {
  const Manifest index = whole_index();
  EXPECT_TRUE(is_narrow(index, platforms_of({"linux/arm64", "linux/amd64"})));
  EXPECT_FALSE(is_narrow(index, platforms_of({"linux/arm64"})));
  EXPECT_FALSE(is_narrow(index, platforms_of({"linux/arm64", "linux/amd64", "plan9/mips"})));
  EXPECT_TRUE(is_narrow(*parse_manifest(R"({"schemaVersion":2,"layers":[]})", {}),
                        platforms_of({"linux/arm64"})))
      << "no index";
}

}  // namespace
}  // namespace dockerhub::registry
