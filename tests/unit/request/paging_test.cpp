#include "request/paging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::Contains;
using testing::Optional;
using testing::Pair;
using testing::UnorderedElementsAre;

http::Response response() {
  http::Response response;
  response.url = *http::parse_url("https://hub.docker.com/v2/x?page=1");
  return response;
}

Paging paging(const std::string& style) {
  return *Paging::from_row(R"({"style":")" + style + R"(","items":"results"})");
}

json::Document page(std::string_view text) {
  return std::move(*json::parse(text));
}

TEST(Paging, IsOfAStyleThatIsKnownOrNotThere) {
  EXPECT_FALSE(Paging::from_row(""));
  EXPECT_FALSE(Paging::from_row(R"({"style":"cursor","items":"x"})"));
  EXPECT_EQ(paging("page").items_key(), "results");
}

TEST(Paging, CountsPagesAsLongAsTheServerNamesANextOne) {
  const Paging pages = paging("page");
  EXPECT_THAT(
      pages.next({{"page_size", "2"}}, response(), page(R"({"next":"https://x/?page=2"})"), 2),
      Optional(UnorderedElementsAre(Pair("page_size", "2"), Pair("page", "2"))));
  EXPECT_THAT(pages.next({{"page", "7"}}, response(), page(R"({"next":"https://evil/"})"), 2),
              Optional(UnorderedElementsAre(Pair("page", "8"))));
  EXPECT_FALSE(pages.next({}, response(), page(R"({"next":null})"), 2));
  EXPECT_FALSE(pages.next({}, response(), page(R"({"next":""})"), 2));
}

TEST(Paging, OfAListInOneAnswerHasNoSecondPage) {
  const Paging paging = Paging::whole("data");
  Paging::Query query;
  paging.prefer_large_pages(query, 7);
  EXPECT_TRUE(query.empty());
  EXPECT_FALSE(paging.next({}, response(), page(R"({"next":"https://x/?page=2","total":9})"), 3));
}

TEST(Paging, EndsAtAnEmptyPage) {
  EXPECT_FALSE(paging("page").next({}, response(), page(R"({"next":"https://x/?page=2"})"), 0));
  EXPECT_FALSE(paging("page_without_total").next({{"page_size", "5"}}, response(), page("{}"), 0));
}

TEST(Paging, EndsAtAShortPageWhereNobodyTellsTheTotal) {
  const Paging pages = paging("page_without_total");
  EXPECT_FALSE(pages.next({{"page_size", "5"}}, response(), page("{}"), 4));
  EXPECT_THAT(pages.next({{"page_size", "5"}}, response(), page("{}"), 5),
              Optional(Contains(Pair("page", "2"))));
}

TEST(Paging, EndsAtAShortPageWhereTheServerDoesNotSayWhetherThereIsANextOne) {
  const Paging pages = paging("page");
  EXPECT_FALSE(pages.next({{"page_size", "5"}}, response(), page("{}"), 4));
  EXPECT_THAT(pages.next({{"page_size", "5"}}, response(), page("{}"), 5),
              Optional(Contains(Pair("page", "2"))));
  EXPECT_THAT(pages.next({}, response(), page("{}"), 4), Optional(Contains(Pair("page", "2"))))
      << "nobody knows how large a page is";
}

TEST(Paging, CountsItemsWhereTheServerDoes) {
  const Paging pages = paging("start_index");
  EXPECT_THAT(pages.next({}, response(), page(R"({"totalResults":5})"), 3),
              Optional(UnorderedElementsAre(Pair("startIndex", "4"))));
  EXPECT_FALSE(pages.next({{"startIndex", "4"}}, response(), page(R"({"totalResults":5})"), 2));
}

TEST(Paging, FindsItemsInEitherSpellingAndInAnArrayOfOnePage) {
  const Paging users = *Paging::from_row(R"({"style":"start_index","items":"resources"})");
  EXPECT_EQ(users.items_of(page(R"({"resources":[1]})"))->Size(), 1U);
  EXPECT_EQ(users.items_of(page(R"({"Resources":[1,2]})"))->Size(), 2U);
  EXPECT_EQ(users.items_of(page(R"({"Resources":{}})")), nullptr);
  EXPECT_EQ(users.items_of(page(R"({"Resources":{},"totalResults":0})")), nullptr);
  EXPECT_EQ(users.items_of(page(R"({"totalResults":1})")), nullptr);
  EXPECT_EQ(users.items_of(page(R"({"totalResults":0})"))->Size(), 0U) << "may be left out";
  EXPECT_EQ(users.items_of(page(R"({"resources":null,"totalResults":0})"))->Size(), 0U);
  EXPECT_EQ(users.summary_of(page(R"({"Resources":[1],"totalResults":1,"next":null})")),
            R"({"totalResults":1})");
  const json::Document wrapped = page(R"([{"results":[1]}])");
  EXPECT_NE(paging("page").items_of(Paging::page_in(wrapped)), nullptr);
  const json::Document several = page(R"([{"results":[1]},{"results":[2]}])");
  EXPECT_EQ(paging("page").items_of(Paging::page_in(several)), nullptr);
}

TEST(Paging, KnowsTheWordsForATotal) {
  EXPECT_EQ(Paging::total_of(page(R"({"count":3})")), 3U);
  EXPECT_EQ(Paging::total_of(page(R"({"total":4})")), 4U);
  EXPECT_EQ(Paging::total_of(page(R"({"totalResults":5})")), 5U);
  EXPECT_FALSE(Paging::total_of(page(R"({"results":[]})")));
}

TEST(Paging, TakesTheQueryOfALinkAndNoMore) {
  http::Response linked = response();
  linked.headers.add("Link", R"(</elsewhere?last=b&n=2>; rel="next")");
  EXPECT_THAT(paging("link").next({}, linked, page("{}"), 2),
              Optional(UnorderedElementsAre(Pair("last", "b"), Pair("n", "2"))));
  EXPECT_FALSE(paging("link").next({}, response(), page("{}"), 2));
}

TEST(Paging, AsksForLargePagesUnlessTheCallerChose) {
  Paging::Query query;
  paging("page").prefer_large_pages(query, std::nullopt);
  EXPECT_THAT(query, UnorderedElementsAre(Pair("page_size", "100")));
  paging("page").prefer_large_pages(query, 7);
  EXPECT_THAT(query, UnorderedElementsAre(Pair("page_size", "100"))) << "chosen before";
  Paging::Query few;
  paging("start_index").prefer_large_pages(few, 7);
  EXPECT_THAT(few, UnorderedElementsAre(Pair("count", "7")));
}

}  // namespace
}  // namespace dockerhub
