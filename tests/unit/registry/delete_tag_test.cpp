// delete_tag: one request, and nothing else where the registry does not do it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kTagParams = R"({"repo":"registry.example.com/team/app","tag":"v1"})";
const std::string kManifest = "/v2/team/app/manifests/v1";

TEST(DeleteTag, IsOneRequest) {
  ScriptedRegistry registry;
  registry.answer("DELETE " + kManifest, {202, "", {}});
  EXPECT_EQ(registry.run("delete_tag", kTagParams), DH_OK);
  EXPECT_THAT(registry.requests, ElementsAre("DELETE " + kManifest));
  EXPECT_EQ(registry.annotations["status_code"], "202");
}

TEST(DeleteTag, ThatTheRegistryDoesNotDoIsLeftAtThat) {
  for (const int status : {400, 405}) {
    ScriptedRegistry registry;
    registry.answer("DELETE " + kManifest, {status, R"({"errors":[{"code":"UNSUPPORTED"}]})", {}});
    EXPECT_EQ(registry.run("delete_tag", kTagParams), DH_E_FAILED);
    EXPECT_EQ(registry.error_type, "UnsupportedError");
    EXPECT_THAT(registry.error_hint, HasSubstr("delete_manifest"));
    EXPECT_THAT(registry.requests, ElementsAre("DELETE " + kManifest));
  }
}

TEST(DeleteTag, WhoseAnswerIsLostIsLookedUp) {
  ScriptedRegistry registry;
  ScriptedAnswer lost;
  lost.failure = DH_E_NETWORK;
  registry.answer("DELETE " + kManifest, lost);
  EXPECT_EQ(registry.run("delete_tag", kTagParams), DH_OK);
  EXPECT_THAT(registry.requests, ElementsAre("DELETE " + kManifest, "HEAD " + kManifest));
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("is gone")));
  registry.manifest("team/app", "v1", "{}", kOciManifestType);
  EXPECT_EQ(registry.run("delete_tag", kTagParams), DH_E_FAILED);
  EXPECT_THAT(registry.error_message, HasSubstr("still there"));
}

TEST(DeleteTag, AtDockersWantsTheModuleThatDoesIt) {
  ScriptedRegistry registry;
  registry.settings["kernel.registry.docker_hub"] = "true";
  EXPECT_EQ(registry.run("delete_tag", R"({"repo":"team/app","tag":"v1"})"), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "UnsupportedError");
  EXPECT_THAT(registry.error_hint, HasSubstr("hub_repos"));
  EXPECT_THAT(registry.requests, IsEmpty());
}

}  // namespace
