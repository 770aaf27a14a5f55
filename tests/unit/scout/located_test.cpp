#include "located.hpp"

#include <gmock/gmock.h>

#include "findings.hpp"

namespace dockerhub::scout {
namespace {

using test::json;
using testing::ElementsAre;

constexpr const char* kIndex = R"({"manifests":[
  {"digest":"sha256:a1","platform":{"os":"linux","architecture":"amd64"}},
  {"digest":"sha256:b2","platform":{"os":"linux","architecture":"arm","variant":"v6"}},
  {"digest":"sha256:c3","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
  {"digest":"sha256:d4","platform":{"os":"unknown","architecture":"unknown"},
   "annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"sha256:a1"}},
  {"digest":"sha256:e5","platform":{"os":"unknown","architecture":"unknown"},
   "annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"sha256:c3"}},
  {"digest":"sha256:f6","annotations":{"vnd.docker.reference.type":"other","vnd.docker.reference.digest":"sha256:a1"}}
]})";

TEST(Choice, IsThePlatformsImageWithWhatIsSaidOfIt) {
  const auto located = choose(json(kIndex), "sha256:ff", "linux/amd64");
  ASSERT_TRUE(located);
  EXPECT_EQ(located->digest, "sha256:a1");
  EXPECT_EQ(located->index_digest, "sha256:ff");
  EXPECT_THAT(located->attestation_manifests, ElementsAre("sha256:d4"));
}

TEST(Choice, KnowsTheUsualVariants) {
  EXPECT_EQ(choose(json(kIndex), "", "linux/arm64")->digest, "sha256:c3");
  EXPECT_EQ(choose(json(kIndex), "", "Linux/ARM/v6")->digest, "sha256:b2");
  EXPECT_FALSE(choose(json(kIndex), "", "linux/arm")) << "v7 is meant";
  EXPECT_FALSE(choose(json(kIndex), "", "windows/amd64"));
  EXPECT_FALSE(choose(json(kIndex), "", "unknown/unknown")) << "attestations are no images";
}

TEST(Choice, OfASingleImageIsItself) {
  const auto located = choose(json(R"({"config":{}})"), "sha256:ff", "linux/amd64");
  ASSERT_TRUE(located);
  EXPECT_EQ(located->digest, "sha256:ff");
  EXPECT_EQ(located->index_digest, "");
}

TEST(Platforms, AreListedWithoutAttestations) {
  EXPECT_EQ(platforms_of(json(kIndex)), "linux/amd64, linux/arm/v6, linux/arm64/v8");
}

}  // namespace
}  // namespace dockerhub::scout
