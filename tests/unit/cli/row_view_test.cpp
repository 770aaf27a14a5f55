#include "row_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

json::Document row(const char* text) {
  return std::move(*json::parse(text));
}

std::string sorted(std::vector<const char*> texts, std::string_view sort) {
  std::vector<json::Document> rows;
  for (const char* text : texts) rows.push_back(row(text));
  sort_rows(rows, sort);
  std::string all;
  for (const json::Document& one : rows) all += json::write(one);
  return all;
}

TEST(RowView, TakesNamesWithCommas) {
  EXPECT_THAT(column_names("a,b.c"), ElementsAre("a", "b.c"));
  EXPECT_THAT(column_names(",a,,"), ElementsAre("a"));
  EXPECT_THAT(column_names(""), IsEmpty());
}

TEST(RowView, FindsMembersOfNestedObjects) {
  const json::Document nested = row(R"({"a":{"b":1},"a.c":2})");
  EXPECT_EQ(json::write(*member_at(nested, "a.b")), "1");
  EXPECT_EQ(json::write(*member_at(nested, "a.c")), "2");
  EXPECT_EQ(member_at(nested, "a.d"), nullptr);
  EXPECT_EQ(json::write(projected(nested, {"a.b", "none"})), R"({"a.b":1,"none":null})");
}

TEST(RowView, HasTheMembersOfNestedObjectsByTheirPaths) {
  const json::Document nested = row(R"({"a":{"b":1,"c":{"d.e":[2]}},"f":null,"g":{},"h":"x"})");
  std::string all;
  for (const Leaf& leaf : leaves_of(nested))
    all += leaf.name + "=" + json::write(*leaf.value) + " ";
  EXPECT_EQ(all, R"(a.b=1 a.c.d.e=[2] f=null g={} h="x" )");
}

TEST(RowView, TakesListsOfObjectsOutOfTheMembers) {
  const json::Document plan =
      row(R"({"a":[{"b":1}],"c":["d"],"e":{"f":[{},{"g":2}]},"h":[],"i":[{},3]})");
  std::vector<Leaf> leaves = leaves_of(plan);
  const auto names = [](const std::vector<Leaf>& all) {
    std::vector<std::string> found;
    for (const Leaf& leaf : all) found.push_back(leaf.name);
    return found;
  };
  EXPECT_THAT(names(take_lists(leaves)), ElementsAre("a", "e.f"));
  EXPECT_THAT(names(leaves), ElementsAre("c", "h", "i"));
}

TEST(RowView, WritesListsOfTextsAndNumbersWithCommas) {
  const auto list = [](const char* text) { return list_text(row(text)).value_or("(none)"); };
  EXPECT_EQ(list(R"(["repo:read","",3,true])"), "repo:read,,3,true");
  EXPECT_EQ(list("[]"), "");
  for (const char* other : {R"([{"a":1}])", R"([["a"]])", "[null]", R"("a")", "{}", "1"})
    EXPECT_EQ(list(other), "(none)") << other;
}

TEST(RowView, SortsNumbersBySizeAndTextsByBytes) {
  EXPECT_EQ(sorted({R"({"n":10})", R"({"n":9})"}, "n"), R"({"n":9}{"n":10})");
  EXPECT_EQ(sorted({R"({"n":9})", R"({"n":10})"}, "-n"), R"({"n":10}{"n":9})");
  EXPECT_EQ(sorted({R"({"t":"b"})", R"({"t":"a"})"}, "t"), R"({"t":"a"}{"t":"b"})");
}

TEST(RowView, SortsBothWaysByAWordToo) {
  EXPECT_EQ(sorted({R"({"n":9})", R"({"n":10})"}, "n:desc"), R"({"n":10}{"n":9})");
  EXPECT_EQ(sorted({R"({"n":10})", R"({"n":9})"}, "n:asc"), R"({"n":9}{"n":10})");
  EXPECT_EQ(sorted({R"({"a:b":2})", R"({"a:b":1})"}, "a:b"), R"({"a:b":1}{"a:b":2})");
}

TEST(RowView, SortsWhatIsMissingLastAndEqualRowsAsTheyCame) {
  const std::vector<const char*> rows = {R"({"i":1})", R"({"n":null,"i":2})", R"({"n":1,"i":3})",
                                         R"({"n":1,"i":4})"};
  for (const char* sort : {"n", "-n"})
    EXPECT_EQ(sorted(rows, sort), R"({"n":1,"i":3}{"n":1,"i":4}{"i":1}{"n":null,"i":2})") << sort;
}

TEST(RowView, TellsWhatARowDoesNotHave) {
  EXPECT_THAT(missing_columns(row(R"({"a":1})"), {{"a", "b"}, "-c"}), ElementsAre("b", "c"));
  EXPECT_THAT(missing_columns(row(R"({"a":1})"), {{}, "c:desc"}), ElementsAre("c"));
}

}  // namespace
}  // namespace dockerhub::cli
