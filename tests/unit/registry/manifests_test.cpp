// get_manifest, check_manifest, resolve_digest: what is answered was verified.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Spaces that a second writing would lose.
const std::string kBody = R"({ "schemaVersion":2,  "manifests":[] })";
const std::string kPath = "GET /v2/team/app/manifests/";

std::string lookup(const std::string& reference) {
  return R"({"repo":"team/app","reference":")" + reference + R"("})";
}

TEST(GetManifest, AnswersTheBytesThatTheDigestIsOf) {
  ScriptedRegistry registry;
  const std::string digest = registry.manifest("team/app", "v1", kBody, kOciIndexType);
  EXPECT_EQ(registry.run("get_manifest", lookup("v1")), DH_OK);
  EXPECT_EQ(registry.data, kBody);
  EXPECT_EQ(registry.annotations["digest"], '"' + digest + '"');
  EXPECT_EQ(registry.annotations["headers"], R"({"Content-Type":")" + std::string(kOciIndexType) +
                                                 R"(","Docker-Content-Digest":")" + digest +
                                                 R"("})");
  EXPECT_EQ(registry.open_handles, 0U);
}

TEST(GetManifest, AcceptsEveryKindOfManifestInOneHeader) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1", kBody, kOciIndexType);
  registry.run("get_manifest", lookup("v1"));
  EXPECT_THAT(registry.request_headers.at(0),
              HasSubstr("application/vnd.oci.image.index.v1+json, "
                        "application/vnd.oci.image.manifest.v1+json, "
                        "application/vnd.docker.distribution.manifest.list.v2+json, "
                        "application/vnd.docker.distribution.manifest.v2+json"));
}

TEST(GetManifest, GoesToTheRegistryThatTheNameBeginsWith) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "latest", kBody, kOciIndexType);
  EXPECT_EQ(registry.run("get_manifest", R"({"repo":"box:5000/team/app"})"), DH_OK);
  EXPECT_THAT(registry.hosts, ElementsAre("box:5000"));
}

TEST(GetManifest, ByDigestOfOtherBytesIsRefusedWithoutAnAnswer) {
  ScriptedRegistry registry;
  const std::string digest = sha256("something else");
  registry.answer(kPath + digest, {200, kBody, {{"content-type", kOciIndexType}}});
  EXPECT_EQ(registry.run("get_manifest", lookup(digest)), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "ApiError");
  EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
  EXPECT_THAT(registry.error_message, HasSubstr(digest));
  EXPECT_EQ(registry.data, "");
}

TEST(GetManifest, ByTagIsComparedWithTheDigestOfTheHeader) {
  ScriptedRegistry registry;
  registry.answer(kPath + "v1", {200,
                                 kBody,
                                 {{"content-type", kOciIndexType},
                                  {"docker-content-digest", sha256("something else")}}});
  EXPECT_EQ(registry.run("get_manifest", lookup("v1")), DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
}

TEST(GetManifest, ByTagWithoutAHeaderIsNamedByItsSha256) {
  ScriptedRegistry registry;
  registry.answer(kPath + "v1", {200, kBody, {{"content-type", kOciIndexType}}});
  EXPECT_EQ(registry.run("get_manifest", lookup("v1")), DH_OK);
  EXPECT_EQ(registry.annotations["digest"], '"' + sha256(kBody) + '"');
}

TEST(GetManifest, BySha512IsVerifiedAlthoughTheHeaderNamesAnotherAlgorithm) {
  ScriptedRegistry registry;
  const std::string digest = sha512(kBody);
  const std::map<std::string, std::string> headers = {{"content-type", kOciIndexType},
                                                      {"docker-content-digest", sha256(kBody)}};
  registry.answer(kPath + digest, {200, kBody, headers});
  EXPECT_EQ(registry.run("get_manifest", lookup(digest)), DH_OK);
  EXPECT_EQ(registry.annotations["digest"], '"' + digest + '"');
}

TEST(GetManifest, ByADigestThatCannotBeComputedSaysThatItIsNotVerified) {
  ScriptedRegistry registry;
  registry.answer(kPath + "blake3:abc", {200, kBody, {{"content-type", kOciIndexType}}});
  EXPECT_EQ(registry.run("get_manifest", lookup("blake3:abc")), DH_OK);
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("Not verified: blake3")));
}

TEST(GetManifest, LargerThan4MibIsRefused) {
  ScriptedRegistry registry;
  const std::string body = R"({"x":")" + std::string(4 * 1024 * 1024, 'a') + R"("})";
  for (const bool tells_length : {true, false}) {
    registry.answer(kPath + "big",
                    {200, body, {{"content-type", kOciIndexType}}, tells_length, DH_OK});
    EXPECT_EQ(registry.run("get_manifest", lookup("big")), DH_E_FAILED);
    EXPECT_THAT(registry.error_message, HasSubstr("larger than 4194304 bytes"));
  }
}

TEST(GetManifest, OfSchema1IsRefused) {
  ScriptedRegistry registry;
  registry.answer(
      kPath + "old",
      {200, "{}", {{"content-type", "application/vnd.docker.distribution.manifest.v1+prettyjws"}}});
  EXPECT_EQ(registry.run("get_manifest", lookup("old")), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "UnsupportedError");
  EXPECT_THAT(registry.error_message, HasSubstr("schema 1"));
}

TEST(GetManifest, ThatIsNotThereIsAnErrorWithAHint) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("get_manifest", lookup("none")), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 404);
  EXPECT_THAT(registry.error_hint, HasSubstr("list_tags"));
}

TEST(GetManifest, TellsEachWarningOfTheRegistryOnce) {
  ScriptedRegistry registry;
  registry.answer(kPath + "v1", {200,
                                 kBody,
                                 {{"content-type", kOciIndexType},
                                  {"warning", R"(299 - "This repository moves")"}}});
  EXPECT_EQ(registry.run("get_manifest", lookup("v1")), DH_OK);
  EXPECT_THAT(registry.warnings, ElementsAre("The registry says: This repository moves"));
}

TEST(GetManifest, OfAWrongNameSendsNothing) {
  ScriptedRegistry registry;
  const std::map<std::string, std::string> cases = {
      {R"({"repo":"Team/App"})", "repo"},
      {R"({"repo":"team/app","reference":"a b"})", "reference"},
      {R"({"repo":"team/app","reference":"sha256:ABC"})", "reference"},
      {R"({"repo":"team/app:v1","reference":"v2"})", "repo"}};
  for (const auto& [given, parameter] : cases) {
    EXPECT_EQ(registry.run("get_manifest", given), DH_E_FAILED) << given;
    EXPECT_EQ(registry.error_parameter, parameter) << given;
  }
  EXPECT_THAT(registry.requests, IsEmpty());
}

TEST(CheckManifest, TellsWhetherItIsThere) {
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1", kBody, kOciIndexType);
  EXPECT_EQ(registry.run("check_manifest", lookup("v1")), DH_OK);
  EXPECT_EQ(registry.annotations["exists"], "true");
  EXPECT_EQ(registry.data, "null");
  EXPECT_EQ(registry.run("check_manifest", lookup("none")), DH_OK);
  EXPECT_EQ(registry.annotations["exists"], "false");
  EXPECT_EQ(registry.annotations["status_code"], "404");
  EXPECT_THAT(registry.requests, Each(HasSubstr("HEAD ")));
}

TEST(CheckManifest, ThatMayNotBeSeenIsAnError) {
  ScriptedRegistry registry;
  registry.answer("HEAD /v2/team/app/manifests/v1", {403, "", {}});
  EXPECT_EQ(registry.run("check_manifest", lookup("v1")), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 403);
}

TEST(ResolveDigest, TellsWhatATagNames) {
  ScriptedRegistry registry;
  const std::string digest = registry.manifest("team/app", "v1", kBody, kOciIndexType);
  EXPECT_EQ(registry.run("resolve_digest", lookup("v1")), DH_OK);
  EXPECT_EQ(registry.data, R"({"reference":"v1","digest":")" + digest + R"(","media_type":")" +
                               kOciIndexType + R"(","exists":true})");
  EXPECT_THAT(registry.requests, ElementsAre("HEAD /v2/team/app/manifests/v1"));
}

TEST(ResolveDigest, AnswersThatATagIsNotThere) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("resolve_digest", lookup("none")), DH_OK);
  EXPECT_EQ(registry.data,
            R"({"reference":"none","digest":null,"media_type":null,"exists":false})");
  EXPECT_EQ(registry.annotations["status_code"], "404");
}

TEST(ResolveDigest, IsAnErrorWhereNobodyCanTell) {
  for (const int status : {401, 403, 409, 429, 500, 503}) {
    ScriptedRegistry registry;
    registry.answer("HEAD /v2/team/app/manifests/v1", {status, "", {}});
    EXPECT_EQ(registry.run("resolve_digest", lookup("v1")), DH_E_FAILED) << status;
    EXPECT_EQ(registry.error_status_code, status);
  }
}

TEST(ResolveDigest, ComputesTheDigestWhereTheRegistryDoesNotSayIt) {
  ScriptedRegistry registry;
  registry.answer("HEAD /v2/team/app/manifests/v1", {200, "", {{"content-type", kOciIndexType}}});
  registry.answer(kPath + "v1", {200, kBody, {{"content-type", kOciIndexType}}});
  EXPECT_EQ(registry.run("resolve_digest", lookup("v1")), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(sha256(kBody)));
}

TEST(ResolveDigest, OfADigestThatIsAnsweredWithAnotherIsRefused) {
  ScriptedRegistry registry;
  const std::string asked = sha256("asked");
  registry.answer("HEAD /v2/team/app/manifests/" + asked,
                  {200, "", {{"docker-content-digest", sha256("other")}}});
  EXPECT_EQ(registry.run("resolve_digest", lookup(asked)), DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
}

}  // namespace
