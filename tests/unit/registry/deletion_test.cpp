// delete_manifest: nothing goes that was not named, nothing is sent twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scripted_registry.hpp"

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kDeletedBody = R"({"schemaVersion":2,"layers":[]})";
const std::string kManifestPath = "/v2/team/app/manifests/";

std::string deletion(const std::string& reference, bool all_tags = false) {
  return R"({"repo":"team/app","reference":")" + reference + R"(","all_tags":)" +
         (all_tags ? "true}" : "false}");
}

// A repository where v1 and each of `siblings` name one manifest, and `other` another.
std::string put(ScriptedRegistry& registry, const std::vector<std::string>& siblings) {
  std::string tags = R"("other","v1")";
  for (const std::string& tag : siblings) {
    registry.manifest("team/app", tag, kDeletedBody, kOciManifestType);
    tags += ",\"" + tag + '"';
  }
  registry.manifest("team/app", "other", R"({"layers":[],"x":1})", kOciManifestType);
  registry.answer("GET /v2/team/app/tags/list", {200, R"({"tags":[)" + tags + "]}", {}});
  std::string digest = registry.manifest("team/app", "v1", kDeletedBody, kOciManifestType);
  registry.answer("DELETE " + kManifestPath + digest, {202, "", {}});
  return digest;
}

std::size_t deletions(const ScriptedRegistry& registry) {
  return static_cast<std::size_t>(
      std::count_if(registry.requests.begin(), registry.requests.end(),
                    [](const std::string& target) { return target.rfind("DELETE", 0) == 0; }));
}

TEST(DeleteManifest, OfADigestSendsItAsItIs) {
  ScriptedRegistry registry;
  const std::string digest = put(registry, {"v2"});
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_OK);
  EXPECT_THAT(registry.requests,
              ElementsAre("GET " + kManifestPath + digest, "DELETE " + kManifestPath + digest));
  EXPECT_EQ(registry.annotations["status_code"], "202");
  EXPECT_EQ(registry.data, "null");
}

TEST(DeleteManifest, OfADigestWarnsOfAnIndexThatListsIt) {
  ScriptedRegistry registry;
  const std::string digest = put(registry, {});
  registry.dry = true;
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_OK);
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("index that lists this manifest would be")));
  registry.dry = false;
  registry.warnings.clear();
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1")), DH_OK);
  EXPECT_THAT(registry.warnings, IsEmpty()) << "a tag is meant";
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_OK);
  EXPECT_THAT(registry.warnings,
              ElementsAre(HasSubstr("index that lists this manifest is broken")));
}

TEST(DeleteManifest, OfATagThatIsAloneDeletesItsDigest) {
  ScriptedRegistry registry;
  const std::string digest = put(registry, {});
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1")), DH_OK);
  EXPECT_EQ(registry.requests.back(), "DELETE " + kManifestPath + digest);
  EXPECT_THAT(registry.requests, Not(Contains("DELETE " + kManifestPath + "v1")));
  EXPECT_THAT(registry.questions, IsEmpty());
  EXPECT_EQ(registry.annotations["deleted"], R"({"digest":")" + digest + R"(","tags":["v1"]})");
}

TEST(DeleteManifest, OfATagWithSiblingsIsRefusedNamingThem) {
  ScriptedRegistry registry;
  put(registry, {"v1.0", "latest"});
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1")), DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "all_tags");
  EXPECT_THAT(registry.error_message, HasSubstr("also latest, v1.0"));
  EXPECT_THAT(registry.error_message, Not(HasSubstr("other")));
  EXPECT_EQ(deletions(registry), 0U);
}

TEST(DeleteManifest, NamesTheActionForOneTagWhereItIsOffered) {
  ScriptedRegistry registry;
  put(registry, {"v2"});
  registry.run("delete_manifest", deletion("v1"));
  EXPECT_THAT(registry.error_hint, Not(HasSubstr("delete_tag")));
  registry.offered = {"hub_repos.delete_tag", "hub_registry.delete_tag"};
  registry.run("delete_manifest", deletion("v1"));
  EXPECT_THAT(registry.error_hint, HasSubstr("hub_registry delete_tag"));
  registry.settings["kernel.registry.docker_hub"] = "true";
  registry.run("delete_manifest", deletion("v1"));
  EXPECT_THAT(registry.error_hint, HasSubstr("hub_repos delete_tag"));
}

TEST(DeleteManifest, OfAllTagsAsksWithEachTagByName) {
  ScriptedRegistry registry;
  const std::string digest = put(registry, {"v2", "latest"});
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1", true)), DH_OK);
  EXPECT_THAT(registry.questions,
              ElementsAre("Delete " + digest +
                          " of registry.test/team/app with the tags v1, latest, v2 | team/app"));
  EXPECT_EQ(deletions(registry), 1U);
}

TEST(DeleteManifest, IsNotSentWithoutTheConsent) {
  ScriptedRegistry registry;
  put(registry, {"v2"});
  for (const dh_status consent : {DH_E_REFUSED, DH_SUSPENDED}) {
    registry.consent = consent;
    EXPECT_EQ(registry.run("delete_manifest", deletion("v1", true)), consent);
  }
  EXPECT_EQ(deletions(registry), 0U);
}

TEST(DeleteManifest, ShowsInADryRunWhatWouldGo) {
  ScriptedRegistry registry;
  const std::string digest = put(registry, {"v2"});
  registry.dry = true;
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1", true)), DH_OK);
  EXPECT_THAT(registry.data, HasSubstr(R"("tags":["v1","v2"])"));
  EXPECT_THAT(registry.data, HasSubstr("DELETE " + kManifestPath + digest));
  EXPECT_EQ(deletions(registry), 0U);
  EXPECT_THAT(registry.questions, IsEmpty());
}

TEST(DeleteManifest, LooksAtManyTagsEightAtOnce) {
  ScriptedRegistry registry;
  std::vector<std::string> siblings;
  for (int i = 10; i < 50; ++i) siblings.push_back("t" + std::to_string(i));
  put(registry, siblings);
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1", true)), DH_OK);
  EXPECT_EQ(registry.most_open, 8U);
  EXPECT_THAT(registry.questions.at(0), HasSubstr("v1, t10, t11"));
  EXPECT_THAT(registry.questions.at(0), HasSubstr("t48, t49 |"));
  EXPECT_EQ(registry.open_handles, 0U);
}

TEST(DeleteManifest, OfATagIsRefusedWhereTheOtherTagsCannotBeKnown) {
  ScriptedRegistry registry;
  const std::string digest = registry.manifest("team/app", "v1", kDeletedBody, kOciManifestType);
  registry.answer("GET /v2/team/app/tags/list", {403, "", {}});
  registry.answer("DELETE " + kManifestPath + digest, {202, "", {}});
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1")), DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "all_tags");
  EXPECT_THAT(registry.error_message, HasSubstr("could be looked at"));
  EXPECT_EQ(deletions(registry), 0U);
  EXPECT_EQ(registry.run("delete_manifest", deletion("v1", true)), DH_OK);
  EXPECT_THAT(registry.questions, ElementsAre(HasSubstr("could not be listed")));
}

// Whether a tag is deleted without all_tags where this is the first page of the list.
bool deletes_behind(const ScriptedAnswer& page) {
  ScriptedRegistry registry;
  const std::string digest = registry.manifest("team/app", "v1", kDeletedBody, kOciManifestType);
  registry.manifest("team/app", "other", R"({"layers":[],"x":1})", kOciManifestType);
  registry.answer("GET /v2/team/app/tags/list", page);
  registry.answer("DELETE " + kManifestPath + digest, {202, "", {}});
  const dh_status done = registry.run("delete_manifest", deletion("v1"));
  EXPECT_EQ(done == DH_OK, deletions(registry) == 1U);
  if (done != DH_OK) {
    EXPECT_THAT(registry.error_message, HasSubstr("could be looked at"));
  }
  return done == DH_OK;
}

TEST(DeleteManifest, OfATagIsRefusedWhereTheListOfTagsIsCut) {
  const std::string tags = R"({"tags":["other","v1"]})";
  EXPECT_TRUE(deletes_behind({200, tags, {}}));
  for (const char* const link : {"<https://elsewhere.test/v2/team/app/tags/list?last=v1>",
                                 "</v2/team/app/tags/list>", "</v2/team/app/tags/list?last=v1>"}) {
    ScriptedAnswer page{200, tags, {}};
    page.headers["link"] = std::string(link) + "; rel=\"next\"";
    EXPECT_FALSE(deletes_behind(page)) << link;
  }
}

TEST(DeleteManifest, OfATagIsRefusedWhereTheListDoesNotHaveIt) {
  EXPECT_FALSE(deletes_behind({200, R"({"tags":["other"]})", {}}));
  EXPECT_FALSE(deletes_behind({200, R"({"tags":null})", {}}));
}

TEST(DeleteManifest, OfATagThatIsNotThereSendsNoDeletion) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("delete_manifest", deletion("none")), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 404);
  EXPECT_EQ(deletions(registry), 0U);
}

// The hint for an answer with this status.
std::string hint_for(int status) {
  ScriptedRegistry registry;
  const std::string digest = sha256(kDeletedBody);
  registry.answer("DELETE " + kManifestPath + digest, {status, "", {}});
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, status);
  EXPECT_EQ(deletions(registry), 1U);
  return registry.error_hint;
}

TEST(DeleteManifest, ExplainsARefusalOfTheRegistry) {
  EXPECT_THAT(hint_for(403), HasSubstr("still refers"));
  EXPECT_THAT(hint_for(405), HasSubstr("does not delete"));
  EXPECT_THAT(hint_for(404), HasSubstr("deleted already"));
}

TEST(DeleteManifest, AfterAServerErrorLooksWhatBecameOfItAndDoesNotRepeat) {
  const std::string digest = sha256(kDeletedBody);
  {
    ScriptedRegistry registry;
    registry.answer("DELETE " + kManifestPath + digest, {500, "", {}});
    EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_OK);
    EXPECT_THAT(registry.warnings, Contains(HasSubstr("is gone")));
    EXPECT_THAT(registry.requests,
                ElementsAre("GET " + kManifestPath + digest, "DELETE " + kManifestPath + digest,
                            "HEAD " + kManifestPath + digest));
  }
  ScriptedRegistry registry;
  registry.manifest("team/app", "v1", kDeletedBody, kOciManifestType);
  registry.answer("DELETE " + kManifestPath + digest, {500, "", {}});
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "ApiError");
  EXPECT_THAT(registry.error_message, HasSubstr("still there"));
  EXPECT_EQ(deletions(registry), 1U);
}

TEST(DeleteManifest, WhoseAnswerWasLostLooksWhatBecameOfIt) {
  const std::string digest = sha256(kDeletedBody);
  ScriptedRegistry registry;
  registry.answer("DELETE " + kManifestPath + digest, {200, "", {}, true, DH_E_TIMEOUT});
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_OK);
  registry.answer("HEAD " + kManifestPath + digest, {200, "", {}, true, DH_E_NETWORK});
  EXPECT_EQ(registry.run("delete_manifest", deletion(digest)), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "NetworkError");
  EXPECT_THAT(registry.error_message, HasSubstr("unknown"));
  EXPECT_EQ(deletions(registry), 2U);
}

}  // namespace
