#include "manifest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::registry {
namespace {

constexpr const char* kIndex = "application/vnd.oci.image.index.v1+json";
constexpr const char* kImage = "application/vnd.oci.image.manifest.v1+json";

TEST(Manifest, IsOfTheKindThatItsContentTypeSays) {
  EXPECT_EQ(parse_manifest("{}", kIndex)->kind, ManifestKind::index);
  EXPECT_EQ(parse_manifest("{}", kImage)->kind, ManifestKind::image);
  EXPECT_EQ(parse_manifest("{}", "application/vnd.oci.artifact.manifest.v1+json")->kind,
            ManifestKind::artifact);
  EXPECT_EQ(
      parse_manifest("{}", "Application/vnd.docker.distribution.manifest.v2+JSON; charset=utf-8")
          ->kind,
      ManifestKind::image);
}

TEST(Manifest, WithoutAContentTypeIsOfTheKindThatItSaysItself) {
  EXPECT_EQ(parse_manifest(R"({"mediaType":")" + std::string(kIndex) + R"("})", "")->kind,
            ManifestKind::index);
  EXPECT_EQ(parse_manifest(R"({"manifests":[]})", "")->kind, ManifestKind::index);
  EXPECT_EQ(parse_manifest(R"({"layers":[]})", "")->kind, ManifestKind::image);
}

TEST(Manifest, OfAnUnknownTypeIsNoMistake) {
  EXPECT_EQ(parse_manifest("{}", "application/vnd.example+json")->kind, ManifestKind::unknown);
}

TEST(Manifest, ThatSaysTwoThingsAboutItselfIsRefused) {
  const std::string says_index = R"({"mediaType":")" + std::string(kIndex) + R"("})";
  EXPECT_FALSE(parse_manifest(says_index, kImage));
  EXPECT_FALSE(parse_manifest(R"({"manifests":[],"layers":[]})", kIndex));
  EXPECT_FALSE(parse_manifest(R"({"manifests":[],"config":{}})", kImage));
}

TEST(Manifest, OfSchema1IsRefusedAsThat) {
  for (const char* type : {"application/vnd.docker.distribution.manifest.v1+prettyjws",
                           "application/vnd.docker.distribution.manifest.v1+json"}) {
    const auto refused = parse_manifest("{}", type);
    ASSERT_FALSE(refused);
    EXPECT_STREQ(refused.error()->type, "UnsupportedError");
  }
  EXPECT_FALSE(parse_manifest(R"({"schemaVersion":1,"fsLayers":[]})", ""));
}

TEST(Manifest, ThatIsNoObjectOrTooDeepIsRefused) {
  for (const std::string& body :
       {std::string(), std::string("[]"), std::string("{"), std::string("<html>"),
        std::string("{}\0{}", 5), std::string("{\"a\":\"\xff\"}"), std::string("{} {}"),
        R"({"a":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}"}) {
    EXPECT_FALSE(parse_manifest(body, kIndex)) << body.substr(0, 20);
  }
}

TEST(Manifest, OfAnIndexListsItsEntries) {
  const auto index = parse_manifest(
      R"({"manifests":[
        {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:a","size":7,
         "platform":{"os":"linux","architecture":"arm","variant":"v7"}},
        {"mediaType":"application/x","digest":"sha256:b","size":-1,"artifactType":"t"}, 5, null]})",
      kIndex);
  ASSERT_TRUE(index);
  ASSERT_EQ(index->entries.size(), 2U);
  EXPECT_EQ(index->entries[0].platform->text(), "linux/arm/v7");
  EXPECT_EQ(index->entries[0].size, 7U);
  EXPECT_EQ(index->entries[1].size, std::nullopt);
  EXPECT_FALSE(index->entries[1].platform);
}

TEST(Manifest, KnowsAnAttestationByItsAnnotationOrItsUnknownPlatform) {
  const auto index = parse_manifest(
      R"({"manifests":[
        {"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},
        {"platform":{"os":"unknown","architecture":"unknown"}},
        {"platform":{"os":"unknown","architecture":"amd64"}}]})",
      kIndex);
  ASSERT_TRUE(index);
  EXPECT_TRUE(index->entries[0].is_attestation);
  EXPECT_TRUE(index->entries[1].is_attestation);
  EXPECT_FALSE(index->entries[2].is_attestation);
}

TEST(Manifest, OfAnImageNamesItsConfig) {
  const auto image =
      parse_manifest(R"({"config":{"digest":"sha256:c","size":2},"layers":[]})", kImage);
  ASSERT_TRUE(image && image->config);
  EXPECT_EQ(image->config->digest, "sha256:c");
  EXPECT_FALSE(parse_manifest(R"({"config":"x"})", kImage)->config);
}

}  // namespace
}  // namespace dockerhub::registry
