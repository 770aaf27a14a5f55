// get_blob, check_blob.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string blob_params(const std::string& digest, int max_bytes = 1000) {
  return R"({"repo":"team/app","digest":")" + digest + R"(","max_bytes":)" +
         std::to_string(max_bytes) + "}";
}

// What get_blob answers of a blob with this content.
std::string answered(const std::string& body,
                     const std::string& type = "application/octet-stream") {
  ScriptedRegistry registry;
  const std::string digest = registry.blob("team/app", body, type);
  EXPECT_EQ(registry.run("get_blob", blob_params(digest)), DH_OK);
  return registry.data;
}

TEST(GetBlob, AnswersJsonAsItIsWhateverTheContentType) {
  EXPECT_EQ(answered(R"({ "a" : 1 })"), R"({ "a" : 1 })");
  EXPECT_EQ(answered("[1]"), "[1]");
  EXPECT_EQ(answered("12", "application/vnd.example+json"), "12");
}

TEST(GetBlob, AnswersTextAsText) {
  EXPECT_EQ(answered("plain\n"), R"("plain\n")");
  EXPECT_EQ(answered("12"), R"("12")");
  EXPECT_EQ(answered(""), R"("")");
}

TEST(GetBlob, AnswersBytesInBase64) {
  EXPECT_EQ(answered(std::string("\x1f\x8b\0\xff", 4)),
            R"({"encoding":"base64","data":"H4sA/w==","size":4})");
}

TEST(GetBlob, WithOtherBytesThanItsDigestIsRefusedWithoutAnAnswer) {
  ScriptedRegistry registry;
  const std::string digest = sha256("wanted");
  registry.answer("GET /v2/team/app/blobs/" + digest, {200, "gotten", {}});
  EXPECT_EQ(registry.run("get_blob", blob_params(digest)), DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr("digest mismatch"));
  EXPECT_EQ(registry.data, "");
}

TEST(GetBlob, BySha512IsVerified) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/team/app/blobs/" + sha512("x"),
                  {200, "x", {{"docker-content-digest", sha256("x")}}});
  EXPECT_EQ(registry.run("get_blob", blob_params(sha512("x"))), DH_OK);
}

TEST(GetBlob, LargerThanTheCallAllowsIsRefused) {
  ScriptedRegistry registry;
  const std::string digest = registry.blob("team/app", std::string(1001, 'a'));
  EXPECT_EQ(registry.run("get_blob", blob_params(digest, 1000)), DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "max_bytes");
  EXPECT_EQ(registry.run("get_blob", blob_params(digest, 1001)), DH_OK);
}

TEST(GetBlob, OfAWrongDigestSendsNothing) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("get_blob", blob_params("latest")), DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "digest");
  EXPECT_EQ(registry.run("get_blob",
                         R"({"repo":"a:v1","digest":")" + sha256("x") + R"(","max_bytes":1})"),
            DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "repo");
  EXPECT_THAT(registry.requests, IsEmpty());
}

TEST(CheckBlob, TellsWhetherItIsThereAndHowLarge) {
  ScriptedRegistry registry;
  const std::string target = "HEAD /v2/team/app/blobs/" + sha256("x");
  registry.answer(target, {200, "", {{"content-length", "1"}}});
  EXPECT_EQ(registry.run("check_blob", blob_params(sha256("x"))), DH_OK);
  EXPECT_EQ(registry.annotations["exists"], "true");
  EXPECT_EQ(registry.annotations["headers"], R"({"Content-Length":"1"})");
  EXPECT_EQ(registry.run("check_blob", blob_params(sha256("y"))), DH_OK);
  EXPECT_EQ(registry.annotations["exists"], "false");
}

}  // namespace
