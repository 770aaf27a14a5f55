// tree: an image from the top down, each manifest under what it belongs to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kTreeParams = R"({"repo":"team/app","reference":"v1"})";
constexpr const char* kSpdx = "application/spdx+json";

std::string row(int depth, const std::string& kind, const std::string& digest) {
  return R"({"depth":)" + std::to_string(depth) + R"(,"kind":")" + kind + R"(","digest":")" +
         digest + '"';
}

// An index of one image, an attestation about it, and what refers to both.
class Tree : public testing::Test {
 protected:
  Tree() {
    image_ = registry_.manifest("team/app", "image", R"({"schemaVersion":2,"layers":[]})",
                                kOciManifestType);
    const std::string about =
        R"("annotations":{"vnd.docker.reference.type":"attestation-manifest",)"
        R"("vnd.docker.reference.digest":")" +
        image_ + R"("})";
    root_ = registry_.manifest(
        "team/app", "v1",
        R"({"schemaVersion":2,"manifests":[{"mediaType":")" + std::string(kOciManifestType) +
            R"(","digest":")" + attestation_ + R"(","size":7,)" + about + R"(},{"mediaType":")" +
            kOciManifestType + R"(","digest":")" + image_ +
            R"(","size":30,"platform":{"os":"linux","architecture":"arm64"}}]})",
        kOciIndexType);
  }
  void refers(const std::string& subject, const std::string& digest, const std::string& type) {
    registry_.answer(
        "GET /v2/team/app/referrers/" + subject,
        {200,
         R"({"schemaVersion":2,"manifests":[{"mediaType":")" + std::string(kOciManifestType) +
             R"(","digest":")" + digest + R"(","size":9,"artifactType":")" + type + R"("}]})",
         {}});
  }

  ScriptedRegistry registry_;
  const std::string attestation_ = sha256("attestation"), sbom_ = sha256("sbom"),
                    signature_ = sha256("signature");
  std::string image_, root_;
};

TEST_F(Tree, TellsEachManifestBelowWhatItBelongsTo) {
  // A registry that knows the way of asking, although nothing refers to the root.
  registry_.answer("GET /v2/team/app/referrers/" + root_, {200, R"({"manifests":[]})", {}});
  refers(image_, sbom_, kSpdx);
  refers(sbom_, signature_, "application/vnd.example.signature");
  ASSERT_EQ(registry_.run("tree", kTreeParams), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.items,
              ElementsAre(StartsWith(row(0, "index", root_)),
                          AllOf(StartsWith(row(1, "image", image_)),
                                HasSubstr(R"("platform":"linux/arm64")")),
                          StartsWith(row(2, "attestation", attestation_)),
                          AllOf(StartsWith(row(2, "referrer", sbom_)), HasSubstr(kSpdx)),
                          StartsWith(row(3, "referrer", signature_))));
  EXPECT_THAT(registry_.data, HasSubstr(R"("digest":")" + root_ + '"'));
}

TEST_F(Tree, TellsWhatStandsUnderTagsOfADigest) {
  const std::string tag = "sha256-" + root_.substr(7) + ".sig";
  const std::string signature =
      registry_.manifest("team/app", tag, R"({"layers":[]})", kOciManifestType);
  ASSERT_EQ(registry_.run("tree", kTreeParams), DH_OK) << registry_.error_message;
  ASSERT_EQ(registry_.items.size(), 4U);
  EXPECT_THAT(registry_.items[1],
              AllOf(StartsWith(row(1, "tag", signature)), HasSubstr(R"("source":"tag )" + tag)));
}

TEST_F(Tree, OfManifestsThatReferToEachOtherEnds) {
  refers(root_, sbom_, kSpdx);
  refers(sbom_, signature_, kSpdx);
  refers(signature_, sbom_, kSpdx);
  ASSERT_EQ(registry_.run("tree", kTreeParams), DH_OK) << registry_.error_message;
  // The root, what refers to it thrice over, the image and its attestation.
  EXPECT_EQ(registry_.items.size(), 6U);
}

TEST_F(Tree, OfAnImageWithoutIndexIsOneRow) {
  ASSERT_EQ(registry_.run("tree", R"({"repo":"team/app","reference":"image"})"), DH_OK);
  EXPECT_THAT(registry_.items, ElementsAre(StartsWith(row(0, "image", image_))));
}

}  // namespace
