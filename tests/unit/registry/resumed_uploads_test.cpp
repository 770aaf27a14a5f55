// What is remembered of an upload, and how another process goes on with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"
#include "upload_record.hpp"

namespace {

using dockerhub::registry::session_of;
using dockerhub::registry::session_text;
using dockerhub::registry::UploadSession;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(UploadRecords, AreReadAsTheyWereWritten) {
  const UploadSession session{"https://r.test/v2/a/blobs/uploads/u?_state=x", 7, 5};
  const auto back = session_of(session_text(session, 9), 9);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->location, session.location);
  EXPECT_EQ(back->sent, 7U);
  EXPECT_EQ(back->least_chunk, 5U);
}

TEST(UploadRecords, OfSomethingElseAreNone) {
  const UploadSession session{"/v2/a/blobs/uploads/u", 7, 0};
  EXPECT_FALSE(session_of(session_text(session, 9), 10)) << "another size";
  EXPECT_FALSE(session_of(session_text(session, 6), 6)) << "more than there is";
  EXPECT_FALSE(session_of(session_text({"u?_state=x", 7, 0}, 9), 9)) << "leads nowhere alone";
  for (const char* const text : {"", "[]", "{}", R"({"location":"/x","sent":-1,"size":9})"})
    EXPECT_FALSE(session_of(text, 9)) << text;
}

const std::string kResumedUploads = "/v2/team/copy/blobs/uploads/";
const std::string kOldSession = "GET " + kResumedUploads + "old?_state=1";

// team/app:v1 with one layer that takes two chunks, of which an earlier process sent the first.
class Resuming : public testing::Test {
 protected:
  Resuming() {
    const std::string digest = registry_.blob("team/app", layer_);
    name_ = "upload\nregistry.test\nteam/copy\n" + digest;
    registry_.manifest("team/app", "v1", image(), kOciManifestType);
    registry_.kept[name_] =
        session_text({kResumedUploads + "old?_state=1", kMebibyte, 0}, layer_.size());
    registry_.answer("POST " + kResumedUploads + "?mount=" + digest + "&from=team/app",
                     {202, "", {{"location", kResumedUploads + "new?_state=1"}}});
    for (const std::string session : {"old", "new"}) {
      registry_.answer("PATCH " + kResumedUploads + session + "?_state=1",
                       {202, "", {{"location", kResumedUploads + session + "?_state=2"}}});
      registry_.answer("PATCH " + kResumedUploads + session + "?_state=2",
                       {202, "", {{"location", kResumedUploads + session + "?_state=3"}}});
      registry_.answer("PUT " + kResumedUploads + session + "?_state=2&digest=" + digest,
                       {201, "", {}});
      registry_.answer("PUT " + kResumedUploads + session + "?_state=3&digest=" + digest,
                       {201, "", {}});
    }
    registry_.answer("PUT /v2/team/copy/manifests/v1", {201, "", {}});
  }

  std::string image() const {
    return R"({"schemaVersion":2,"layers":[{"mediaType":)"
           R"("application/vnd.oci.image.layer.v1.tar","digest":")" +
           sha256(layer_) + R"(","size":)" + std::to_string(layer_.size()) + "}]}";
  }
  static void has_received(ScriptedRegistry& registry, std::size_t bytes) {
    registry.answer(kOldSession, {204, "", {{"range", "0-" + std::to_string(bytes - 1)}}});
  }
  void has_received(std::size_t bytes) { has_received(registry_, bytes); }
  static dh_status copy(ScriptedRegistry& registry) {
    return registry.run("copy", R"({"repo":"team/app:v1","to":"team/copy","no_overwrite":false,)"
                                R"("parallel":1,"chunk_mib":1})");
  }
  dh_status copy() { return copy(registry_); }
  // The bytes that went to that session.
  std::string sent_to(const std::string& session) const {
    std::string all;
    for (std::size_t i = 0; i < registry_.requests.size(); ++i) {
      if (registry_.requests[i].rfind("PATCH " + kResumedUploads + session, 0) == 0)
        all += registry_.bodies[i];
    }
    return all;
  }

  static constexpr std::size_t kMebibyte = 1024 * 1024;
  const std::string layer_ = std::string(kMebibyte, 'a') + std::string(kMebibyte / 2, 'b');
  std::string name_;
  ScriptedRegistry registry_;
};

TEST_F(Resuming, SendsTheRestAlone) {
  has_received(kMebibyte);
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), layer_.substr(kMebibyte));
  EXPECT_THAT(registry_.requests, Not(Contains(StartsWith("POST"))));
  EXPECT_THAT(registry_.kept, IsEmpty()) << "at its end there is nothing to remember";
  EXPECT_EQ(registry_.open_handles, 0U);
}

TEST_F(Resuming, GoesOnInTheMiddleOfAChunk) {
  has_received(kMebibyte + 5);
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), layer_.substr(kMebibyte + 5));
}

TEST_F(Resuming, OfAWholeBlobOnlyEndsIt) {
  has_received(layer_.size());
  registry_.answer("PUT " + kResumedUploads + "old?_state=1&digest=" + sha256(layer_),
                   {201, "", {}});
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), "");
}

TEST_F(Resuming, OfASessionThatIsGoneBeginsAnew) {
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), "");
  EXPECT_EQ(sent_to("new"), layer_);
}

TEST_F(Resuming, WaitsForARegistryInTrouble) {
  registry_.answer(kOldSession, {503, "", {}});
  registry_.answer(kOldSession, {429, "", {}});
  registry_.answer(kOldSession, {204, "", {}, true, DH_E_NETWORK});
  has_received(kMebibyte);
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), layer_.substr(kMebibyte));
  EXPECT_THAT(registry_.requests, Not(Contains(StartsWith("POST"))));
}

TEST_F(Resuming, OfASessionThatStaysInTroubleBeginsAnew) {
  registry_.answer(kOldSession, {503, "", {}});
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("new"), layer_);
}

TEST_F(Resuming, AtARegistryThatStaysInTroubleForgetsNothing) {
  ScriptedRegistry broken;
  const std::string digest = broken.blob("team/app", layer_);
  broken.manifest("team/app", "v1", image(), kOciManifestType);
  broken.kept = registry_.kept;
  broken.answer(kOldSession, {503, "", {}});
  for (const std::string& query : {"?mount=" + digest + "&from=team/app", std::string()})
    broken.answer("POST " + kResumedUploads + query, {503, "", {}});
  EXPECT_EQ(copy(broken), DH_E_FAILED);
  EXPECT_EQ(broken.error_status_code, 503);
  EXPECT_EQ(broken.kept, registry_.kept);
}

TEST_F(Resuming, OfARegistryThatNeverTellsBeginsAnew) {
  registry_.answer(kOldSession, {501, "", {}});
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("new"), layer_);
}

TEST_F(Resuming, OfASourceThatLiesCancelsNothing) {
  ScriptedRegistry lying;
  lying.manifest("team/app", "v1", image(), kOciManifestType);
  lying.answer("GET /v2/team/app/blobs/" + sha256(layer_),
               {200, std::string(layer_.size(), 'x'), {}});
  lying.kept = registry_.kept;
  has_received(lying, kMebibyte);
  EXPECT_EQ(copy(lying), DH_E_FAILED);
  EXPECT_THAT(lying.error_message, HasSubstr("digest mismatch"));
  EXPECT_THAT(lying.requests, Contains(kOldSession));
  EXPECT_THAT(lying.requests, Not(Contains(StartsWith("DELETE"))))
      << "only the call that began a session may cancel it";
  EXPECT_THAT(lying.kept, IsEmpty());
}

TEST_F(Resuming, OfMoreThanThereIsBeginsAnew) {
  has_received(layer_.size() + 1);
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("new"), layer_);
}

TEST_F(Resuming, WhatTheRegistryRefusesInTheEndIsSentOnceMoreAsAWhole) {
  has_received(layer_.size());
  registry_.answer("PUT " + kResumedUploads + "old?_state=1&digest=" + sha256(layer_),
                   {400, R"({"errors":[{"code":"DIGEST_INVALID"}]})", {}});
  registry_.answer("POST " + kResumedUploads,
                   {202, "", {{"location", kResumedUploads + "new?_state=1"}}});
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("new"), layer_);
}

TEST_F(Resuming, LeavesTheSessionOfAnotherProcessAlone) {
  has_received(kMebibyte);
  registry_.is_taken = true;
  ASSERT_EQ(copy(), DH_OK) << registry_.error_message;
  EXPECT_EQ(sent_to("old"), "");
  EXPECT_EQ(sent_to("new"), layer_);
  EXPECT_EQ(registry_.kept.count(name_), 1U);
}

TEST_F(Resuming, RemembersWhereItFailed) {
  ScriptedRegistry fresh;
  const std::string digest = fresh.blob("team/app", layer_);
  fresh.manifest("team/app", "v1", image(), kOciManifestType);
  fresh.answer("POST " + kResumedUploads + "?mount=" + digest + "&from=team/app",
               {202, "", {{"location", kResumedUploads + "new?_state=1"}}});
  fresh.answer("PATCH " + kResumedUploads + "new?_state=1",
               {202, "", {{"location", kResumedUploads + "new?_state=2"}}});
  fresh.answer("PATCH " + kResumedUploads + "new?_state=2", {403, "", {}});
  EXPECT_EQ(copy(fresh), DH_E_FAILED);
  ASSERT_EQ(fresh.kept.count(name_), 1U);
  const auto left = session_of(fresh.kept[name_], layer_.size());
  ASSERT_TRUE(left);
  EXPECT_EQ(left->location, kResumedUploads + "new?_state=2");
  EXPECT_EQ(left->sent, kMebibyte);
}

}  // namespace
