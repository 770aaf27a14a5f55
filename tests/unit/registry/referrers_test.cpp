// list_referrers: by the API, or by the tag that stands in for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kSubject = sha256("subject");
const std::string kApi = "GET /v2/team/app/referrers/" + kSubject;
const std::string kTag = "sha256-" + kSubject.substr(7);
const std::string kReferrerParams = R"({"repo":"team/app","digest":")" + kSubject + R"("})";
const std::string kFiltered =
    R"({"repo":"team/app","digest":")" + kSubject + R"(","artifact_type":"b"})";

const std::string kA = R"({"digest":"sha256:a","artifactType":"a"})";
const std::string kB = R"({"digest":"sha256:b","artifactType":"b"})";

std::string index_of(const std::string& entries) {
  return R"({"schemaVersion":2,"manifests":[)" + entries + "]}";
}

ScriptedAnswer page(const std::string& entries, const std::string& link = "") {
  ScriptedAnswer answer{200, index_of(entries), {{"content-type", kOciIndexType}}};
  if (!link.empty()) answer.headers["link"] = "<" + link + ">; rel=next";
  return answer;
}

TEST(ListReferrers, HandsOutWhatTheApiSays) {
  ScriptedRegistry registry;
  registry.answer(kApi, page(kA + "," + kB));
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(kA, kB));
  EXPECT_EQ(registry.data, R"({"schemaVersion":2,"mediaType":")" + std::string(kOciIndexType) +
                               R"(","manifests":[]})");
  EXPECT_EQ(registry.annotations["source"], R"("referrers API")");
}

TEST(ListReferrers, FiltersAlthoughTheServerDidNot) {
  ScriptedRegistry registry;
  registry.answer(kApi + "?artifactType=b", page(kA + "," + kB));
  EXPECT_EQ(registry.run("list_referrers", kFiltered), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(kB));
}

TEST(ListReferrers, FollowsLinksWhereAllPagesAreWanted) {
  ScriptedRegistry registry;
  registry.all_pages = true;
  registry.answer(kApi, page(kA, "?page=2"));
  registry.answer(kApi + "?page=2", page(kB));
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(kA, kB));
}

TEST(ListReferrers, TellsProgressAfterEachOfAllPages) {
  ScriptedRegistry registry;
  registry.answer(kApi + "?artifactType=b", page(kA + "," + kB, "?page=2"));
  registry.answer(kApi + "?page=2", page(kB));
  EXPECT_EQ(registry.run("list_referrers", kFiltered), DH_OK);
  EXPECT_THAT(registry.progress, IsEmpty()) << "one page is no list in pages";
  registry.all_pages = true;
  EXPECT_EQ(registry.run("list_referrers", kFiltered), DH_OK);
  EXPECT_THAT(registry.progress, ElementsAre("1/0 item", "2/0 item")) << "as many as were given";
}

TEST(ListReferrers, TellsThatThereIsMoreThanOnePage) {
  ScriptedRegistry registry;
  registry.answer(kApi, page(kA, "?page=2"));
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("all_pages")));
}

TEST(ListReferrers, AsksTheFallbackTagWhereThereIsNoApi) {
  ScriptedRegistry registry;
  registry.manifest("team/app", kTag, index_of(kA + "," + kB), kOciIndexType);
  EXPECT_EQ(registry.run("list_referrers", kFiltered), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(kB));
  EXPECT_EQ(registry.annotations["source"], "\"tag " + kTag + '"');
}

TEST(ListReferrers, AreNoneWhereTheFallbackTagIsMissingOrIsNoIndex) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  registry.manifest("team/app", kTag, R"({"layers":[]})", kOciManifestType);
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  EXPECT_THAT(registry.items, IsEmpty());
}

TEST(ListReferrers, OfATamperedFallbackTagIsRefused) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/team/app/manifests/" + kTag,
                  {200,
                   index_of(kA),
                   {{"content-type", kOciIndexType}, {"docker-content-digest", sha256("other")}}});
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_E_FAILED);
  EXPECT_THAT(registry.items, IsEmpty());
}

TEST(ListReferrers, RefusedByTheServerIsAnError) {
  ScriptedRegistry registry;
  registry.answer(kApi, {400, "", {}});
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 400);
}

TEST(ListReferrers, StopsWhereNoMoreAreWanted) {
  ScriptedRegistry registry;
  registry.all_pages = true;
  registry.max_items = 1;
  registry.answer(kApi, page(kA + "," + kB, "?page=2"));
  EXPECT_EQ(registry.run("list_referrers", kReferrerParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(kA));
  EXPECT_THAT(registry.requests, SizeIs(1));
}

}  // namespace
