// list_platforms, get_config, inspect.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr const char* kConfigType = "application/vnd.oci.image.config.v1+json";

std::string descriptor(const std::string& type, const std::string& digest, std::size_t size,
                       const std::string& more = "") {
  return R"({"mediaType":")" + type + R"(","digest":")" + digest + R"(","size":)" +
         std::to_string(size) + more + "}";
}

std::string platform(const std::string& os, const std::string& architecture) {
  return R"(,"platform":{"os":")" + os + R"(","architecture":")" + architecture + R"("})";
}

// An image for linux/arm64 under this tag; gives its entry for an index.
std::string put_image(ScriptedRegistry& registry, const std::string& tag,
                      const std::string& architecture = "arm64") {
  const std::string config = R"({"os":"linux","architecture":")" + architecture +
                             R"(","config":{"Env":["A=b"]},"tag":")" + tag + R"("})";
  const std::string config_digest = registry.blob("team/app", config);
  const std::string manifest = R"({"schemaVersion":2,"config":)" +
                               descriptor(kConfigType, config_digest, config.size()) +
                               R"(,"layers":[]})";
  const std::string digest = registry.manifest("team/app", tag, manifest, kOciManifestType);
  return descriptor(kOciManifestType, digest, manifest.size(), platform("linux", architecture));
}

std::string index_of(const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries) text += (text.empty() ? "" : ",") + entry;
  return R"({"schemaVersion":2,"manifests":[)" + text + "]}";
}

const std::string kAttestation =
    descriptor(kOciManifestType, sha256("attestation"), 5,
               R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"})" +
                   platform("unknown", "unknown"));

// Two platforms and what was attested about them.
std::string put_index(ScriptedRegistry& registry) {
  return registry.manifest("team/app", "v1",
                           index_of({kAttestation, put_image(registry, "amd", "amd64"),
                                     put_image(registry, "arm", "arm64"), kAttestation}),
                           kOciIndexType);
}

const std::string kImageParams = R"({"repo":"team/app","reference":"v1","include_config":false,)"
                                 R"("platform":"linux/amd64"})";

TEST(ListPlatforms, ListsImagesAndCountsAttestations) {
  ScriptedRegistry registry;
  put_index(registry);
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"({"os":"linux","architecture":"amd64","variant":null)"));
  EXPECT_THAT(registry.data, HasSubstr(R"("architecture":"arm64")"));
  EXPECT_THAT(registry.data, HasSubstr(R"("attestations":2,"others":0)"));
  EXPECT_THAT(registry.data, Not(HasSubstr("unknown")));
  EXPECT_THAT(registry.requests, SizeIs(1));
}

TEST(ListPlatforms, OfASingleImageComesFromItsConfig) {
  ScriptedRegistry registry;
  put_image(registry, "v1");
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("os":"linux","architecture":"arm64")"));
}

TEST(ListPlatforms, TakesEntriesOfUnknownTypesForNoMistake) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1",
                    index_of({descriptor("application/vnd.example", sha256("x"), 1)}),
                    kOciIndexType);
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_EQ(registry.data, R"({"platforms":[],"attestations":0,"others":1})");
}

TEST(ListPlatforms, OfAnArtifactReadsNoConfig) {
  ScriptedRegistry registry;
  const std::string manifest =
      R"({"config":)" + descriptor("application/vnd.example.chart", sha256("chart"), 5) + "}";
  registry.manifest("team/app", "v1", manifest, kOciManifestType);
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("os":null)"));
  EXPECT_THAT(registry.requests, SizeIs(1));
}

TEST(NestedIndexes, AreUnfolded) {
  ScriptedRegistry registry;
  const std::string inner = index_of({put_image(registry, "arm")});
  const std::string digest = registry.manifest("team/app", "inner", inner, kOciIndexType);
  const std::string entry = descriptor(kOciIndexType, digest, inner.size());
  registry.manifest("team/app", "v1", index_of({entry, entry}), kOciIndexType);
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("architecture":"arm64")"));
  // Named twice, read once.
  EXPECT_THAT(registry.requests, SizeIs(2));
}

TEST(NestedIndexes, AreReadThreeLevelsDeep) {
  ScriptedRegistry registry;
  std::string entry = put_image(registry, "arm");
  for (int level = 0; level < 5; ++level) {
    const std::string index = index_of({entry});
    const std::string digest = registry.manifest("team/app", "v1", index, kOciIndexType);
    entry = descriptor(kOciIndexType, digest, index.size());
  }
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.requests, SizeIs(3));
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("left out")));
}

TEST(NestedIndexes, AreReadSixteenInAll) {
  ScriptedRegistry registry;
  std::vector<std::string> entries;
  for (int i = 0; i < 40; ++i) {
    const std::string inner = R"({"manifests":[],"n":)" + std::to_string(i) + "}";
    entries.push_back(descriptor(
        kOciIndexType, registry.manifest("team/app", "x", inner, kOciIndexType), inner.size()));
  }
  registry.manifest("team/app", "v1", index_of(entries), kOciIndexType);
  EXPECT_EQ(registry.run("list_platforms", kImageParams), DH_OK);
  EXPECT_THAT(registry.requests, SizeIs(17));
  EXPECT_THAT(registry.warnings, SizeIs(1));
}

TEST(GetConfig, IsThatOfTheWantedPlatform) {
  ScriptedRegistry registry;
  put_index(registry);
  EXPECT_EQ(registry.run("get_config",
                         R"({"repo":"team/app","reference":"v1","platform":"linux/aarch64"})"),
            DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("architecture":"arm64")"));
}

TEST(GetConfig, OfAPlatformThatIsNotThereNamesThoseThatAre) {
  ScriptedRegistry registry;
  put_index(registry);
  EXPECT_EQ(registry.run("get_config",
                         R"({"repo":"team/app","reference":"v1","platform":"linux/s390x"})"),
            DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "platform");
  EXPECT_EQ(registry.error_message, "there is no image for linux/s390x");
  EXPECT_THAT(registry.error_hint, HasSubstr("linux/amd64, linux/arm64"));
  EXPECT_THAT(registry.error_hint, Not(HasSubstr("unknown")));
}

TEST(GetConfig, OfAManifestWithoutOneIsAnsweredAs404) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1", R"({"schemaVersion":2,"layers":[]})", kOciManifestType);
  EXPECT_EQ(registry.run("get_config", kImageParams), DH_OK);
  EXPECT_EQ(registry.annotations["status_code"], "404");
  EXPECT_EQ(registry.annotations["headers"], "{}");
  EXPECT_EQ(registry.data, R"({"error":"the manifest has no config"})");
}

TEST(GetConfig, ThatHasNotTheSizeOfItsDescriptorIsRefused) {
  ScriptedRegistry registry;
  const std::string config = R"({"os":"linux"})";
  const std::string digest = registry.blob("team/app", config);
  for (const std::size_t size : {config.size() - 1, config.size() + 1}) {
    registry.manifest("team/app", "v1",
                      R"({"config":)" + descriptor(kConfigType, digest, size) + R"(,"layers":[]})",
                      kOciManifestType);
    registry.data.clear();
    EXPECT_EQ(registry.run("get_config", kImageParams), DH_E_FAILED);
    EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
    EXPECT_EQ(registry.data, "");
  }
}

TEST(GetConfig, WithOtherBytesThanItsDigestIsRefused) {
  ScriptedRegistry registry;
  const std::string wanted = R"({"os":"linux"})";
  const std::string given = R"({"os":"LINUX"})";
  registry.answer("GET /v2/team/app/blobs/" + sha256(wanted), {200, given, {}});
  registry.manifest(
      "team/app", "v1",
      R"({"config":)" + descriptor(kConfigType, sha256(wanted), wanted.size()) + R"(,"layers":[]})",
      kOciManifestType);
  EXPECT_EQ(registry.run("get_config", kImageParams), DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
}

TEST(GetConfig, BehindADigestThatIsNoneIsNotAskedFor) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1",
                    R"({"config":)" + descriptor(kConfigType, "sha256:../../x", 1) + "}",
                    kOciManifestType);
  EXPECT_EQ(registry.run("get_config", kImageParams), DH_E_FAILED);
  EXPECT_THAT(registry.requests, SizeIs(1));
}

TEST(Inspect, TellsAllOfAnIndexWithOneRequest) {
  ScriptedRegistry registry;
  const std::string digest = put_index(registry);
  EXPECT_EQ(registry.run("inspect", kImageParams), DH_OK);
  EXPECT_THAT(registry.requests, ElementsAre("GET /v2/team/app/manifests/v1"));
  EXPECT_THAT(registry.data,
              HasSubstr(R"({"repository":"team/app","registry":"registry.test","reference":"v1",)"
                        R"("digest":")" +
                        digest + R"(","media_type":")" + kOciIndexType + '"'));
  EXPECT_THAT(registry.data, HasSubstr(R"("attestations":2})"));
  EXPECT_THAT(registry.data, Not(HasSubstr("config")));
}

TEST(Inspect, AnswersTheConfigWhereItIsAskedFor) {
  ScriptedRegistry registry;
  put_index(registry);
  EXPECT_EQ(registry.run("inspect", R"({"repo":"team/app","reference":"v1","include_config":true,)"
                                    R"("platform":"linux/amd64"})"),
            DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("config":{"os":"linux","architecture":"amd64")"));
  EXPECT_THAT(registry.requests, SizeIs(3));
}

TEST(Inspect, OfASingleImageReadsItsConfigOnce) {
  ScriptedRegistry registry;
  put_image(registry, "v1");
  EXPECT_EQ(registry.run("inspect", R"({"repo":"team/app","reference":"v1","include_config":true,)"
                                    R"("platform":"linux/amd64"})"),
            DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("config":{"os":"linux")"));
  EXPECT_THAT(registry.requests, SizeIs(2));
}

TEST(Inspect, OfWhatIsNotThereIsAnError) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("inspect", kImageParams), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 404);
}

}  // namespace
