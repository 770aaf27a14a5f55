#include "rest_of_list.hpp"

#include <gtest/gtest.h>

namespace dockerhub::mcp {
namespace {

Action action_with(const std::vector<std::string>& parameters) {
  Action action;
  for (const std::string& name : parameters) {
    action.parameters.emplace_back();
    action.parameters.back().name = name;
    action.parameters.back().type = ParameterType::integer;
  }
  return action;
}

Action paged_with(const std::string& style, const std::vector<std::string>& parameters) {
  Action action = action_with(parameters);
  action.request.emplace().paging_json = R"({"style":")" + style + R"(","items":"results"})";
  return action;
}

Action pages() {
  return paged_with("page", {"page", "page_size"});
}

std::string rest(const Action& action, std::string_view params, std::size_t shown,
                 std::string_view list = "[]") {
  const auto items = json::parse(list);
  return rest_of_list(action, params, *items, shown);
}

TEST(RestOfList, BeginsWithTheNextPageOfThatSize) {
  const Action action = pages();
  EXPECT_EQ(rest(action, R"({"page_size":100})", 40), R"({"page":2,"page_size":40})");
}

TEST(RestOfList, OfALaterPageBeginsWhereTheItemsEnd) {
  const Action action = pages();
  EXPECT_EQ(rest(action, R"({"page":"2","page_size":100})", 40), R"({"page":5,"page_size":35})")
      << "items 141 to 175";
}

TEST(RestOfList, LosesNothingWhereNoPageBeginsThere) {
  const Action action = pages();
  EXPECT_EQ(rest(action, R"({"page":2,"page_size":7})", 6), R"({"page":3,"page_size":6})")
      << "items 13 to 18, of which 13 was shown";
}

TEST(RestOfList, APageIsNotLargerThanTheActionTakes) {
  Action action = pages();
  action.parameters[1].maximum = 100;
  EXPECT_EQ(rest(action, "{}", 200), R"({"page":3,"page_size":100})");
}

TEST(RestOfList, APageIsNotSmallerThanTheActionTakes) {
  Action action = pages();
  action.parameters[1].minimum = 10;
  EXPECT_EQ(rest(action, "{}", 9), "");
  EXPECT_EQ(rest(action, "{}", 10), R"({"page":2,"page_size":10})");
  EXPECT_EQ(rest(action, R"({"page":2,"page_size":15})", 12), R"({"page":3,"page_size":12})")
      << "not the smaller sizes, of which 9 begins just there";
}

TEST(RestOfList, PagesWhoseSizeIsNotKnownHaveNoParameters) {
  EXPECT_EQ(rest(pages(), R"({"page":3})", 40), "");
}

TEST(RestOfList, TheDefaultOfTheRowCounts) {
  Action action = pages();
  action.parameters[1].default_json = "10";
  EXPECT_EQ(rest(action, R"({"page":2})", 5), R"({"page":4,"page_size":5})");
}

TEST(RestOfList, PositionsCountItems) {
  const Action action = paged_with("start_index", {"start_index", "count"});
  EXPECT_EQ(rest(action, "{}", 7), R"({"start_index":8})");
  EXPECT_EQ(rest(action, R"({"start_index":20})", 7), R"({"start_index":27})");
}

TEST(RestOfList, NamesGoOnBehindTheLastOne) {
  const Action action = action_with({"n", "last"});
  EXPECT_EQ(rest(action, "{}", 2, R"(["a","b","c"])"), R"({"last":"b"})");
  EXPECT_EQ(rest(action, "{}", 2, "[{},{},{}]"), "");
}

TEST(RestOfList, AnActionWithoutPositionsHasNone) {
  EXPECT_EQ(rest(action_with({"name"}), "{}", 7), "");
}

TEST(RestOfList, ListsOfHandlersAreNotCounted) {
  EXPECT_EQ(rest(action_with({"page", "page_size"}), "{}", 7), "") << "it may filter";
  const auto data = json::parse(R"({"results":[1,2]})");
  EXPECT_EQ(paged_items(action_with({"page", "page_size"}), *data), nullptr);
}

TEST(PagedItems, AreTheListThatTheRowNames) {
  const auto data = json::parse(R"({"other":[1,2,3],"Results":[1,2]})");
  EXPECT_EQ(paged_items(pages(), *data), json::find(*data, "Results"));
  const auto whole = json::parse("[1,2]");
  EXPECT_EQ(paged_items(pages(), *whole), &*whole);
  const auto within = json::parse(R"([{"results":[1,2]}])");
  EXPECT_EQ(paged_items(pages(), *within), &*within);
  EXPECT_EQ(paged_items(pages(), *json::parse("7")), nullptr);
}

TEST(PagedItems, OfARegistryAreThoseOfTheAnswer) {
  Action action = action_with({"n", "last"});
  action.answer.items_key = "tags";
  const auto data = json::parse(R"({"name":"r","tags":["a","b"]})");
  EXPECT_EQ(paged_items(action, *data), json::find(*data, "tags"));
}

}  // namespace
}  // namespace dockerhub::mcp
