// copy, put_manifest and the requests of an upload: what is asked, in which order, with which scope.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scripted_registry.hpp"

namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string kUploads = "/v2/team/copy/blobs/uploads/";

std::string descriptor(const std::string& type, const std::string& body) {
  return R"({"mediaType":")" + type + R"(","digest":")" + sha256(body) + R"(","size":)" +
         std::to_string(body.size()) + "}";
}

// team/app:v1 with a config and a layer, and a target that takes uploads.
class Copying : public testing::Test {
 protected:
  Copying() {
    registry_.blob("team/app", config_);
    registry_.blob("team/app", layer_);
    digest_ = registry_.manifest("team/app", "v1", manifest_, kOciManifestType);
    // At a neighbour nothing can be mounted.
    for (const std::string& body : {config_, layer_}) {
      registry_.answer("POST " + kUploads + "?mount=" + sha256(body) + "&from=team/app",
                       {202, "", {{"location", kUploads + "session?state=1"}}});
      registry_.answer("PUT " + kUploads + "session?state=1&digest=" + sha256(body), {201, "", {}});
    }
    registry_.answer("PUT /v2/team/copy/manifests/v1", {201, "", {}});
  }

  dh_status copy() {
    return registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":false,)"
                                 R"("parallel":2,"chunk_mib":64})");
  }
  std::string body_of(const std::string& target) const {
    const auto found = std::find(registry_.requests.begin(), registry_.requests.end(), target);
    return found == registry_.requests.end()
               ? "(not sent)"
               : registry_.bodies[static_cast<std::size_t>(found - registry_.requests.begin())];
  }
  bool wrote() const {
    return std::any_of(registry_.requests.begin(), registry_.requests.end(),
                       [](const auto& target) {
                         return target.rfind("GET", 0) != 0 && target.rfind("HEAD", 0) != 0;
                       });
  }

  ScriptedRegistry registry_;
  const std::string config_ = R"({"os":"linux"})";
  const std::string layer_ = "the bytes of a layer";
  const std::string manifest_ =
      R"({"schemaVersion":2,"mediaType":")" + std::string(kOciManifestType) + R"(","config":)" +
      descriptor("application/vnd.oci.image.config.v1+json", config_) + R"(,"layers":[)" +
      descriptor("application/vnd.oci.image.layer.v1.tar", layer_) + "]}";
  std::string digest_;
};

TEST_F(Copying, SendsBlobsThenTheManifestByteForByte) {
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(body_of("PUT " + kUploads + "session?state=1&digest=" + sha256(layer_)), layer_);
  EXPECT_EQ(body_of("PUT " + kUploads + "session?state=1&digest=" + sha256(config_)), config_);
  EXPECT_EQ(registry_.requests.back(), "PUT /v2/team/copy/manifests/v1");
  EXPECT_EQ(registry_.bodies.back(), manifest_);
  EXPECT_THAT(registry_.data, HasSubstr(R"("uploaded":2)"));
  EXPECT_EQ(registry_.open_handles, 0U);
}

TEST_F(Copying, AsksToMountWithTheScopesOfBoth) {
  ASSERT_EQ(copy(), DH_OK);
  EXPECT_THAT(registry_.scopes,
              Contains("repository:team/copy:pull,push repository:team/app:pull"));
}

TEST_F(Copying, SendsNoBlobThatIsThere) {
  for (const std::string& body : {config_, layer_})
    registry_.answer("HEAD /v2/team/copy/blobs/" + sha256(body), {200, "", {}});
  ASSERT_EQ(copy(), DH_OK);
  EXPECT_THAT(registry_.requests, Not(Contains(StartsWith("POST"))));
  EXPECT_THAT(registry_.data, HasSubstr(R"("existing":2)"));
}

TEST_F(Copying, AsksBeforeATagMovesAndBeforeAnythingIsWritten) {
  const std::string old =
      registry_.manifest("team/copy", "v1", R"({"layers":[]})", kOciManifestType);
  registry_.consent = DH_E_REFUSED;
  EXPECT_EQ(copy(), DH_E_REFUSED);
  EXPECT_THAT(registry_.questions, ElementsAre("Move registry.test/team/copy:v1 from " + old +
                                               " to " + digest_ + " | registry.test/team/copy:v1"));
  EXPECT_FALSE(wrote());
}

TEST_F(Copying, LeavesATagThatSomebodyElseMovedMeanwhile) {
  const std::string tag = "/v2/team/copy/manifests/v1";
  const std::string theirs = sha256("theirs");
  registry_.answer("HEAD " + tag, {404, "", {}});
  registry_.answer("HEAD " + tag, {200, "", {{"docker-content-digest", theirs}}});
  EXPECT_EQ(copy(), DH_E_FAILED);
  EXPECT_THAT(registry_.error_message, HasSubstr("moved by somebody else"));
  EXPECT_THAT(registry_.error_message, HasSubstr(theirs));
  EXPECT_THAT(registry_.requests, Not(Contains("PUT " + tag)));
}

TEST_F(Copying, AsksNothingWhereNoTagMoves) {
  ASSERT_EQ(copy(), DH_OK);
  EXPECT_THAT(registry_.questions, IsEmpty());
}

TEST_F(Copying, WritesNothingInADryRun) {
  registry_.dry = true;
  ASSERT_EQ(copy(), DH_OK);
  EXPECT_FALSE(wrote());
  EXPECT_THAT(registry_.data, HasSubstr(R"("would_push")"));
}

TEST_F(Copying, TellsInADryRunWhatItWouldTake) {
  registry_.dry = true;
  const std::string params =
      R"({"repo":"team/app:v1","to":"team/copy","no_referrers":true,"no_overwrite":false,)"
      R"("parallel":1,"chunk_mib":64})";
  const std::string bytes = R"(,"bytes":)" + std::to_string(config_.size() + layer_.size()) +
                            R"(,"pulls_are_exact":true})";
  ASSERT_EQ(registry_.run("copy", params), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.data, HasSubstr(R"("pulls":0)" + bytes));
  EXPECT_THAT(registry_.outcome,
              HasSubstr("0 counted pulls and at most " +
                        std::to_string(config_.size() + layer_.size()) + " bytes."));
  registry_.settings["kernel.registry.docker_hub"] = "true";
  ASSERT_EQ(registry_.run("copy", params), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.data, HasSubstr(R"("pulls":1)" + bytes));
  EXPECT_FALSE(wrote());
}

TEST_F(Copying, OfASourceThatLiesEndsTheUploadAndTagsNothing) {
  ScriptedRegistry lying;
  lying.manifest("team/app", "v1", manifest_, kOciManifestType);
  lying.blob("team/app", config_);
  lying.answer("GET /v2/team/app/blobs/" + sha256(layer_), {200, "other bytes of layer", {}});
  lying.answer("POST " + kUploads + "?mount=" + sha256(config_) + "&from=team/app", {201, "", {}});
  lying.answer("POST " + kUploads + "?mount=" + sha256(layer_) + "&from=team/app",
               {202, "", {{"location", kUploads + "session"}}});
  EXPECT_EQ(lying.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":false,)"
                              R"("parallel":1,"chunk_mib":64})"),
            DH_E_FAILED);
  EXPECT_THAT(lying.error_message, HasSubstr("digest mismatch"));
  EXPECT_EQ(lying.requests.back(), "DELETE " + kUploads + "session");
}

TEST_F(Copying, GivesOneImageSeveralTags) {
  for (const char* tag : {"1", "1.2"})
    registry_.answer(std::string("PUT /v2/team/copy/manifests/") + tag, {201, "", {}});
  ASSERT_EQ(
      registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy:1,1.2,1","no_overwrite":)"
                            R"(false,"parallel":2,"chunk_mib":64})"),
      DH_OK)
      << registry_.error_message;
  EXPECT_THAT(registry_.data, HasSubstr(R"("image":"registry.test/team/copy@)" + digest_));
  EXPECT_THAT(
      registry_.data,
      HasSubstr(R"("references":[{"reference":"1","replaced":null,"done":true,"error":null},)"
                R"({"reference":"1.2","replaced":null,"done":true,"error":null}])"));
  EXPECT_EQ(registry_.requests.back(), "PUT /v2/team/copy/manifests/1.2");
  EXPECT_EQ(registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy:1,,2"})"), DH_E_FAILED);
  EXPECT_EQ(registry_.error_parameter, "to");
}

TEST_F(Copying, TellsWhichOfSeveralTagsCouldNotBePut) {
  const std::string old =
      registry_.manifest("team/copy", "1.2", R"({"layers":[]})", kOciManifestType);
  const std::string body = R"({"errors":[{"code":"DENIED","message":"the tag is protected"}]})";
  registry_.answer("PUT /v2/team/copy/manifests/1", {403, body, {}});
  registry_.answer("PUT /v2/team/copy/manifests/1.2", {201, "", {}});
  const std::string params = R"("no_overwrite":false,"parallel":2,"chunk_mib":64})";
  ASSERT_EQ(registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy:1,1.2",)" + params),
            DH_OK)
      << registry_.error_message;
  EXPECT_THAT(registry_.data,
              AllOf(HasSubstr(R"("references":[{"reference":"1","replaced":null,"done":false,)"
                              R"("error":"HTTP 403 for PUT /v2/team/copy/manifests/1: )"
                              R"(DENIED: the tag is protected)"),
                    HasSubstr(R"({"reference":"1.2","replaced":")" + old +
                              R"(","done":true,"error":null}])")));
  EXPECT_THAT(registry_.outcome, HasSubstr("under 1:"));
  EXPECT_EQ(registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy:1",)" + params),
            DH_E_FAILED)
      << "none could be put";
}

// A signature under Cosign's tag, and what refers to the image.
class CopyingWithCompanions : public Copying {
 protected:
  CopyingWithCompanions() {
    const std::string tag = "sha256-" + digest_.substr(7) + ".sig";
    signature_ =
        registry_.manifest("team/app", tag, R"({"schemaVersion":2,"layers":[]})", kOciManifestType);
    signature_tag_ = tag;
    signature_put_ = "PUT /v2/team/copy/manifests/" + tag;
    const std::string sbom =
        R"({"schemaVersion":2,"layers":[],"subject":{"digest":")" + digest_ + R"(","size":1}})";
    sbom_ = registry_.manifest("team/app", "sbom", sbom, kOciManifestType);
    registry_.answer("GET /v2/team/app/referrers/" + digest_,
                     {200,
                      R"({"schemaVersion":2,"manifests":[)" + listed(sbom_, sbom.size()) + "," +
                          listed(sha256("gone"), 3) + "]}",
                      {}});
    sbom_put_ = "PUT /v2/team/copy/manifests/" + sbom_;
    registry_.answer(signature_put_, {201, "", {}});
    registry_.answer(sbom_put_, {201, "", {{"oci-subject", digest_}}});
  }
  static std::string listed(const std::string& digest, std::size_t size) {
    return R"({"mediaType":")" + std::string(kOciManifestType) + R"(","digest":")" + digest +
           R"(","size":)" + std::to_string(size) + "}";
  }

  std::string signature_, signature_tag_, signature_put_, sbom_, sbom_put_;
};

TEST_F(CopyingWithCompanions, TakesThemAlongBeforeTheTag) {
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.requests, Contains(signature_put_));
  EXPECT_THAT(registry_.requests, Contains(sbom_put_));
  EXPECT_EQ(registry_.requests.back(), "PUT /v2/team/copy/manifests/v1");
  EXPECT_THAT(registry_.warnings, Contains(HasSubstr(sha256("gone")))) << "and goes on without it";
}

TEST_F(CopyingWithCompanions, AsksBeforeOneOfTheirTagsMovesAndBeforeAnythingIsWritten) {
  const std::string old =
      registry_.manifest("team/copy", signature_tag_, R"({"layers":[ ]})", kOciManifestType);
  const std::string told =
      R"("companions":[{"reference":")" + signature_tag_ + R"(","replaced":")" + old + '"';
  registry_.dry = true;
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.data, HasSubstr(told));
  registry_.dry = false;
  registry_.consent = DH_E_REFUSED;
  EXPECT_EQ(copy(), DH_E_REFUSED);
  EXPECT_THAT(registry_.questions, ElementsAre(HasSubstr(signature_tag_ + " from " + old)));
  EXPECT_FALSE(wrote());
  registry_.consent = DH_OK;
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_THAT(registry_.data, HasSubstr(told));
  EXPECT_THAT(registry_.requests, Contains(signature_put_));
}

TEST_F(CopyingWithCompanions, LeavesTheirTagsWhereNothingIsToBeMoved) {
  registry_.manifest("team/copy", signature_tag_, R"({"layers":[ ]})", kOciManifestType);
  registry_.answer("PUT /v2/team/copy/manifests/" + signature_, {201, "", {}});
  ASSERT_EQ(registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":true,)"
                                  R"("parallel":2,"chunk_mib":64})"),
            DH_OK)
      << registry_.error_message;
  EXPECT_THAT(registry_.requests, Not(Contains(signature_put_)));
  EXPECT_THAT(registry_.requests, Contains("PUT /v2/team/copy/manifests/" + signature_));
  EXPECT_THAT(registry_.warnings, Contains(HasSubstr("left as it is")));
}

TEST_F(CopyingWithCompanions, LeavesThemWhereNobodyWantsThem) {
  ASSERT_EQ(registry_.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":false,)"
                                  R"("parallel":2,"chunk_mib":64,"no_referrers":true})"),
            DH_OK);
  EXPECT_THAT(registry_.requests, Not(Contains(HasSubstr("referrers"))));
  EXPECT_THAT(registry_.requests, Not(Contains(signature_put_)));
}

TEST_F(Copying, LeavesForeignLayersWhereTheyAre) {
  ScriptedRegistry registry;
  const std::string foreign =
      R"({"schemaVersion":2,"layers":[)" +
      descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "far") + "]}";
  registry.manifest("team/app", "v1", foreign, kOciManifestType);
  registry.answer("PUT /v2/team/copy/manifests/v1", {201, "", {}});
  ASSERT_EQ(registry.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":false,)"
                                 R"("parallel":1,"chunk_mib":64})"),
            DH_OK);
  EXPECT_THAT(registry.warnings, Contains(HasSubstr("1 layers")));
}

// An image of blobs of several pieces each, so that none of them ends before others could begin.
void put_image_of_layers(ScriptedRegistry& registry, int count) {
  constexpr std::size_t kBytes = 5000;
  std::string layers;
  for (int i = 0; i < count; ++i) {
    const std::string body(kBytes, static_cast<char>('a' + i));
    registry.blob("team/app", body);
    layers += (i == 0 ? "" : ",") + descriptor("application/vnd.oci.image.layer.v1.tar", body);
  }
  registry.manifest("team/app", "v1", R"({"schemaVersion":2,"layers":[)" + layers + "]}",
                    kOciManifestType);
}

TEST(Parallel, IsHowManyBlobsAreOpenAtOnce) {
  for (const std::size_t bound : {2U, 3U, 5U}) {
    ScriptedRegistry registry;
    put_image_of_layers(registry, 9);
    ASSERT_EQ(registry.run("verify",
                           R"({"repo":"team/app:v1","parallel":)" + std::to_string(bound) + "}"),
              DH_OK)
        << registry.error_message;
    EXPECT_THAT(registry.data, HasSubstr(R"("blobs":9)"));
    EXPECT_EQ(registry.most_open, bound);
    EXPECT_EQ(registry.open_handles, 0U);
  }
}

// ---- one by one

TEST(Uploads, KeepTheQueryOfALocation) {
  ScriptedRegistry registry;
  const std::string location = "/v2/team/app/blobs/uploads/u?_state=x";
  registry.answer("PUT " + location + "&digest=" + sha256("ab"), {201, "", {}});
  ASSERT_EQ(registry.run("complete_upload", R"({"repo":"team/app","location":")" + location +
                                                R"(","digest":")" + sha256("ab") +
                                                R"(","final_chunk_base64":"YWI="})"),
            DH_OK);
  EXPECT_EQ(registry.bodies.back(), "ab");
  EXPECT_THAT(registry.scopes, ElementsAre("repository:team/app:pull,push"));
}

TEST(Uploads, OfWhichOtherContentWasStoredFail) {
  ScriptedRegistry registry;
  const std::string location = "/v2/team/app/blobs/uploads/u";
  registry.answer("PUT " + location + "?digest=" + sha256("ab"),
                  {201, "", {{"docker-content-digest", sha256("other")}}});
  EXPECT_EQ(registry.run("complete_upload", R"({"repo":"team/app","location":")" + location +
                                                R"(","digest":")" + sha256("ab") +
                                                R"(","final_chunk":"ab"})"),
            DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr(sha256("other")));
}

TEST(Uploads, TakeARangeAsDockersExamplesWriteIt) {
  ScriptedRegistry registry;
  registry.answer("PATCH /v2/team/app/blobs/uploads/u", {202, "", {{"range", "0-1"}}});
  ASSERT_EQ(registry.run("upload_chunk",
                         R"({"repo":"team/app","location":"/v2/team/app/blobs/uploads/u",)"
                         R"("chunk":"ab","content_range":"bytes 0-1/*"})"),
            DH_OK);
  EXPECT_THAT(registry.request_headers.back(), HasSubstr(R"("Content-Range":"0-1")"));
}

TEST(Uploads, AreAskedAboutAndCancelledByTheirUuid) {
  const std::string upload = "/v2/team/app/blobs/uploads/5c1f-2b3e";
  const std::string params = R"({"repo":"team/app","uuid":"5c1f-2b3e"})";
  ScriptedRegistry registry;
  registry.answer("GET " + upload, {204, "", {{"range", "0-6"}}});
  registry.answer("DELETE " + upload, {204, "", {}});
  ASSERT_EQ(registry.run("upload_status", params), DH_OK) << registry.error_message;
  EXPECT_EQ(registry.annotations["status_code"], "204");
  EXPECT_THAT(registry.annotations["headers"], HasSubstr("0-6"));
  ASSERT_EQ(registry.run("cancel_upload", params), DH_OK) << registry.error_message;
  EXPECT_THAT(registry.requests, ElementsAre("GET " + upload, "DELETE " + upload));
  EXPECT_THAT(registry.scopes, Each("repository:team/app:pull,push"));
}

TEST(MountBlob, OfAnotherRegistryIsRefused) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("mount_blob",
                         R"({"repo":"team/app","from_repo":"other.test/team/app","digest":")" +
                             sha256("x") + "\"}"),
            DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "from_repo");
  EXPECT_THAT(registry.requests, IsEmpty());
}

TEST(PutManifest, SendsATextByteForByte) {
  ScriptedRegistry registry;
  const std::string text = R"({ "schemaVersion" : 2, "layers" : [] })";
  registry.answer("PUT /v2/team/app/manifests/v1", {201, "", {}});
  ASSERT_EQ(registry.run("put_manifest",
                         R"({"repo":"team/app","reference":"v1","media_type":")" +
                             std::string(kOciManifestType) +
                             R"(","manifest_text":"{ \"schemaVersion\" : 2, \"layers\" : [] }"})"),
            DH_OK)
      << registry.error_message;
  EXPECT_EQ(registry.bodies.back(), text);
  EXPECT_EQ(registry.annotations["digest"], "\"" + sha256(text) + "\"");
}

TEST(PutManifest, UnderAnotherDigestIsRefused) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("put_manifest", R"({"repo":"team/app","reference":")" + sha256("other") +
                                             R"(","media_type":")" + std::string(kOciManifestType) +
                                             R"(","manifest":{"layers":[]}})"),
            DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "manifest");
  EXPECT_THAT(registry.requests, IsEmpty());
}

TEST(PutManifest, WithASubjectIsListedWhereTheRegistryDoesNotDoIt) {
  ScriptedRegistry registry;
  const std::string subject = sha256("subject");
  const std::string tag = "sha256-" + subject.substr(7);
  const std::string text = R"({"layers":[],"artifactType":"a/b","subject":{"digest":")" + subject +
                           R"(","mediaType":"x","size":1}})";
  registry.answer("PUT /v2/team/app/manifests/v1", {201, "", {}});
  registry.answer("PUT /v2/team/app/manifests/" + tag, {201, "", {}});
  ASSERT_EQ(registry.run("put_manifest", R"({"repo":"team/app","reference":"v1","media_type":")" +
                                             std::string(kOciManifestType) + R"(","manifest":)" +
                                             text + "}"),
            DH_OK)
      << registry.error_message;
  EXPECT_EQ(registry.requests.back(), "PUT /v2/team/app/manifests/" + tag);
  EXPECT_THAT(registry.bodies.back(), HasSubstr(R"("artifactType":"a/b")"));
  EXPECT_THAT(registry.bodies.back(), HasSubstr(sha256(text)));
}

TEST(PutManifest, WithASubjectThatTheRegistryTookNoteOfIsNot) {
  ScriptedRegistry registry;
  const std::string subject = sha256("subject");
  registry.answer("PUT /v2/team/app/manifests/v1", {201, "", {{"oci-subject", subject}}});
  ASSERT_EQ(registry.run("put_manifest", R"({"repo":"team/app","reference":"v1","media_type":")" +
                                             std::string(kOciManifestType) +
                                             R"(","manifest":{"layers":[],"subject":{"digest":")" +
                                             subject + R"("}}})"),
            DH_OK);
  EXPECT_THAT(registry.requests, ElementsAre("PUT /v2/team/app/manifests/v1"));
}

TEST(PutManifest, WhoseAnswerWasLostIsListedOnlyWhereThereIsNoReferrersApi) {
  const std::string subject = sha256("subject");
  const std::string text =
      R"({"layers":[],"subject":{"digest":")" + subject + R"(","mediaType":"x","size":1}})";
  const std::string fallback = "PUT /v2/team/app/manifests/sha256-" + subject.substr(7);
  for (const int status : {200, 404}) {
    ScriptedRegistry registry;
    registry.answer("PUT /v2/team/app/manifests/v1", {201, "", {}, true, DH_E_NETWORK});
    registry.answer("HEAD /v2/team/app/manifests/v1",
                    {200, "", {{"docker-content-digest", sha256(text)}}});
    registry.answer("GET /v2/team/app/referrers/" + subject, {status, "{}", {}});
    registry.answer(fallback, {201, "", {}});
    ASSERT_EQ(registry.run("put_manifest", R"({"repo":"team/app","reference":"v1","media_type":")" +
                                               std::string(kOciManifestType) + R"(","manifest":)" +
                                               text + "}"),
              DH_OK)
        << registry.error_message;
    const auto written = std::count(registry.requests.begin(), registry.requests.end(), fallback);
    EXPECT_EQ(written, status == 200 ? 0 : 1);
  }
}

// A list of referrers under a tag, in a registry that tells its ETag and heeds If-Match.
class SharedList : public testing::Test {
 protected:
  // Somebody wrote the list meanwhile: it holds `theirs` now, under another ETag.
  void list(const std::string& entries, const std::string& etag) {
    registry_.answer("GET " + place_,
                     {200,
                      R"({"schemaVersion":2,"mediaType":")" + std::string(kOciIndexType) +
                          R"(","manifests":[)" + entries + "]}",
                      {{"content-type", kOciIndexType}, {"etag", etag}}});
  }
  dh_status put() {
    registry_.answer("PUT /v2/team/app/manifests/v1", {201, "", {}});
    return registry_.run("put_manifest", R"({"repo":"team/app","reference":"v1","media_type":")" +
                                             std::string(kOciManifestType) + R"(","manifest":)" +
                                             text_ + "}");
  }
  std::vector<std::size_t> writes() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < registry_.requests.size(); ++i) {
      if (registry_.requests[i] == "PUT " + place_) found.push_back(i);
    }
    return found;
  }

  ScriptedRegistry registry_;
  const std::string subject_ = sha256("subject");
  const std::string place_ = "/v2/team/app/manifests/sha256-" + subject_.substr(7);
  const std::string text_ =
      R"({"layers":[],"subject":{"digest":")" + subject_ + R"(","mediaType":"x","size":1}})";
  const std::string theirs_ =
      R"({"mediaType":"x","digest":")" + sha256("theirs") + R"(","size":1})";
};

TEST_F(SharedList, IsReadAgainWhereSomebodyElseWroteItMeanwhile) {
  list("", "\"one\"");
  list(theirs_, "\"two\"");
  registry_.answer("PUT " + place_, {412, "", {}});
  registry_.answer("PUT " + place_, {201, "", {}});
  ASSERT_EQ(put(), DH_OK) << registry_.error_message;
  ASSERT_EQ(writes().size(), 2U);
  EXPECT_THAT(registry_.request_headers[writes()[0]], HasSubstr(R"("If-Match":"\"one\"")"));
  EXPECT_THAT(registry_.request_headers[writes()[1]], HasSubstr(R"("If-Match":"\"two\"")"));
  EXPECT_THAT(registry_.bodies[writes()[1]], HasSubstr(sha256("theirs")));
  EXPECT_THAT(registry_.bodies[writes()[1]], HasSubstr(sha256(text_)));
}

TEST_F(SharedList, ThatIsWrittenAllTheTimeIsGivenUp) {
  list("", "\"one\"");
  registry_.answer("PUT " + place_, {412, "", {}});
  EXPECT_EQ(put(), DH_E_FAILED);
  EXPECT_THAT(registry_.error_message, HasSubstr("others write the list of referrers"));
  EXPECT_THAT(registry_.error_hint, HasSubstr("was pushed"));
  EXPECT_EQ(writes().size(), 5U);
}

TEST(DeleteBlob, ThatIsNotOfferedIsAnAnswer) {
  ScriptedRegistry registry;
  registry.answer("DELETE /v2/team/app/blobs/" + sha256("x"), {405, "", {}});
  ASSERT_EQ(registry.run("delete_blob", R"({"repo":"team/app","digest":")" + sha256("x") + "\"}"),
            DH_OK);
  EXPECT_EQ(registry.annotations["deleted"], "false");
  EXPECT_EQ(registry.annotations["status_code"], "405");
}

}  // namespace
