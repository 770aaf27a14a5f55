// list_tags: one page, or all along the links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kList = "GET /v2/team/app/tags/list";
const std::string kParams = R"({"repo":"team/app"})";

ScriptedAnswer tag_page(const std::string& tags, const std::string& link = "") {
  ScriptedAnswer answer{200, R"({"name":"team/app","tags":[)" + tags + "]}", {}};
  if (!link.empty()) answer.headers["link"] = "<" + link + R"(>; rel="next")";
  return answer;
}

TEST(ListTags, HandsThemOutOneByOneBesideTheName) {
  ScriptedRegistry registry;
  registry.answer(kList, tag_page(R"("b","a")"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(R"("a")", R"("b")"));
  EXPECT_EQ(registry.data, R"({"name":"team/app","tags":[]})");
  EXPECT_EQ(registry.annotations.count("next"), 0U);
}

TEST(ListTags, OfNoneIsEmpty) {
  ScriptedRegistry registry;
  registry.answer(kList, {200, R"({"name":"team/app","tags":null})", {}});
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.items, IsEmpty());
  EXPECT_EQ(registry.data, R"({"name":"team/app","tags":[]})");
}

TEST(ListTags, AnswersOnePageAndTheParametersOfTheNext) {
  ScriptedRegistry registry;
  registry.answer(std::string(kList) + "?n=2",
                  tag_page(R"("b","a")", "/v2/team/app/tags/list?last=a%2B&n=2"));
  EXPECT_EQ(registry.run("list_tags", R"({"repo":"team/app","n":2})"), DH_OK);
  // The order of a server that pages is its own.
  EXPECT_THAT(registry.items, ElementsAre(R"("b")", R"("a")"));
  EXPECT_EQ(registry.annotations["next"], R"({"repo":"team/app","last":"a+","n":2})");
  EXPECT_THAT(registry.requests, SizeIs(1));
}

TEST(ListTags, PagesByItselfWhereTheServerIgnoresTheWish) {
  ScriptedRegistry registry;
  registry.answer(std::string(kList) + "?n=2", tag_page(R"("c","a","b")"));
  registry.answer(std::string(kList) + "?n=2&last=b", tag_page(R"("c","a","b")"));
  EXPECT_EQ(registry.run("list_tags", R"({"repo":"team/app","n":2})"), DH_OK);
  EXPECT_EQ(registry.annotations["next"], R"({"repo":"team/app","last":"b","n":2})");
  registry.annotations.clear();
  EXPECT_EQ(registry.run("list_tags", R"({"repo":"team/app","n":2,"last":"b"})"), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(R"("a")", R"("b")", R"("c")"));
  EXPECT_EQ(registry.annotations.count("next"), 0U);
}

TEST(ListTags, FollowsLinksToTheEndWhereAllPagesAreWanted) {
  ScriptedRegistry registry;
  registry.all_pages = true;
  registry.answer(kList, tag_page(R"("a")", "/v2/team/app/tags/list?last=a"));
  registry.answer(std::string(kList) + "?last=a", tag_page(R"("b")", "?last=b"));
  registry.answer(std::string(kList) + "?last=b",
                  tag_page(R"("c")", "https://registry.test/v2/team/app/tags/list?last=c"));
  registry.answer(std::string(kList) + "?last=c", tag_page(R"("d")"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(R"("a")", R"("b")", R"("c")", R"("d")"));
  EXPECT_EQ(registry.annotations.count("complete"), 0U);
  EXPECT_EQ(registry.open_handles, 0U);
}

TEST(ListTags, TellsProgressAfterEachOfAllPages) {
  ScriptedRegistry registry;
  registry.answer(kList, tag_page(R"("a","b")", "?last=b"));
  registry.answer(std::string(kList) + "?last=b", tag_page(R"("c")"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.progress, IsEmpty()) << "one page is no list in pages";
  registry.all_pages = true;
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.progress, ElementsAre("2/0 item", "3/0 item"));
}

TEST(ListTags, StopsAtTheMostItemsAndTellsHowToGoOn) {
  ScriptedRegistry registry;
  registry.all_pages = true;
  registry.max_items = 2;
  registry.answer(kList, tag_page(R"("a")", "?last=a"));
  registry.answer(std::string(kList) + "?last=a", tag_page(R"("b","c")", "?last=c"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.items, ElementsAre(R"("a")", R"("b")"));
  EXPECT_EQ(registry.annotations["next"], R"({"repo":"team/app","last":"b"})");
}

TEST(ListTags, FollowsNoLinkToAnotherServer) {
  for (const char* link : {"https://evil.test/v2/team/app/tags/list?last=a", "//evil.test/x",
                           "https://registry.test@evil.test/", "file:///etc/passwd"}) {
    ScriptedRegistry registry;
    registry.all_pages = true;
    registry.answer(kList, tag_page(R"("a")", link));
    EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
    EXPECT_THAT(registry.requests, SizeIs(1)) << link;
    EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("another server")));
    EXPECT_EQ(registry.annotations["complete"], "false");
  }
}

TEST(ListTags, EndsWhereALinkComesAgain) {
  ScriptedRegistry registry;
  registry.all_pages = true;
  registry.answer(kList, tag_page(R"("a")", "/v2/team/app/tags/list?last=a"));
  registry.answer(std::string(kList) + "?last=a",
                  tag_page(R"("b")", "/v2/team/app/tags/list?last=a"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.requests, SizeIs(2));
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("was there before")));
}

TEST(ListTags, EndsWhereAPageHasNoNews) {
  for (const char* tags : {"", R"("a")"}) {
    ScriptedRegistry registry;
    registry.all_pages = true;
    registry.answer(kList, tag_page(R"("a")", "?x=1"));
    registry.answer(std::string(kList) + "?x=1", tag_page(tags, "?x=2"));
    EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
    EXPECT_THAT(registry.requests, SizeIs(2)) << tags;
    EXPECT_THAT(registry.items, ElementsAre(R"("a")"));
  }
}

TEST(ListTags, TellsThatThereIsMoreWhereNoParameterGetsIt) {
  ScriptedRegistry registry;
  registry.answer(kList, tag_page(R"("a")", "?cursor=opaque"));
  EXPECT_EQ(registry.run("list_tags", kParams), DH_OK);
  EXPECT_THAT(registry.warnings, ElementsAre(HasSubstr("all_pages")));
}

TEST(ListTags, OfAnUnknownRepositoryIsAnErrorWithAHint) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("list_tags", kParams), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 404);
  EXPECT_THAT(registry.error_hint, HasSubstr("Check the name"));
}

TEST(ListTags, OfATagIsRefusedBeforeAnythingIsSent) {
  ScriptedRegistry registry;
  EXPECT_EQ(registry.run("list_tags", R"({"repo":"team/app:v1"})"), DH_E_FAILED);
  EXPECT_EQ(registry.error_parameter, "repo");
  EXPECT_THAT(registry.requests, IsEmpty());
}

TEST(ListTags, OfWhatIsNoRegistryIsAnError) {
  ScriptedRegistry registry;
  registry.answer(kList, {200, "<html>", {}});
  EXPECT_EQ(registry.run("list_tags", kParams), DH_E_FAILED);
  EXPECT_EQ(registry.error_type, "ApiError");
  EXPECT_EQ(registry.error_request, kList);
}

}  // namespace
