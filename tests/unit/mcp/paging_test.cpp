#include "paging.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dockerhub::mcp {
namespace {

constexpr const char* kList =
    R"({"tools":[{"name":"a","b":"],}\""},{"name":"c","d":[1.0,[]]},{"name":"e"}]})";

// What that page is, or the error's message.
std::string page(const std::string& list, std::size_t rows, const std::string& params) {
  auto body =
      json::parse(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":)" + params + "}");
  const auto request = read_message(std::move(*body));
  const Reply reply = page_of(list, *request, rows);
  return reply ? reply->json : reply.error().message;
}

std::string next(const std::string& page) {
  const auto read = json::parse(page);
  return read ? std::string(json::text_of(&*read, "nextCursor")) : std::string();
}

std::string with(const std::string& cursor) {
  return R"({"cursor":)" + json::quote(cursor) + "}";
}

TEST(Paging, LeavesAListOfOnePageAsItIs) {
  EXPECT_EQ(page(kList, 3, "{}"), kList);
  EXPECT_EQ(page(kList, 3, with("")), kList);
  EXPECT_EQ(page(kList, 3, R"({"cursor":null})"), kList);
  EXPECT_EQ(page(R"({"prompts":[]})", 1, "{}"), R"({"prompts":[]})");
}

TEST(Paging, KeepsRowsByteForByte) {
  const std::string first = page(kList, 1, "{}");
  const std::string second = page(kList, 1, with(next(first)));
  const std::string third = page(kList, 1, with(next(second)));
  EXPECT_EQ(first, R"({"tools":[{"name":"a","b":"],}\""}],"nextCursor":")" + next(first) + "\"}");
  EXPECT_EQ(second,
            R"({"tools":[{"name":"c","d":[1.0,[]]}],"nextCursor":")" + next(second) + "\"}");
  EXPECT_EQ(third, R"({"tools":[{"name":"e"}]})");
}

TEST(Paging, EndsWhereTheListEnds) {
  const std::string first = page(kList, 2, "{}");
  EXPECT_FALSE(next(first).empty());
  EXPECT_EQ(next(page(kList, 2, with(next(first)))), "");
}

TEST(Paging, RefusesWhatWasNotGivenOut) {
  const std::string cursor = next(page(kList, 1, "{}"));
  const std::vector<std::string> wrong = {"x", "1", "0", cursor + " ", "0" + cursor, "+" + cursor};
  for (const std::string& each : wrong) {
    EXPECT_EQ(page(kList, 1, with(each)).find("unknown cursor"), 0U) << each;
  }
  EXPECT_EQ(page(kList, 1, R"({"cursor":1})").find("unknown cursor"), 0U);
  // Of pages of another size.
  EXPECT_EQ(page(kList, 2, with(cursor)).find("unknown cursor"), 0U);
}

TEST(Paging, RefusesACursorOfTheListThatWas) {
  const std::string cursor = next(page(kList, 1, "{}"));
  std::string changed = kList;
  changed.replace(changed.find("\"c\""), 3, "\"f\"");
  EXPECT_EQ(page(changed, 1, with(cursor)).find("unknown cursor"), 0U);
  EXPECT_EQ(page(R"({"tools":[]})", 1, with(cursor)).find("unknown cursor"), 0U);
}

}  // namespace
}  // namespace dockerhub::mcp
