#include "request/page_items.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

json::Document item(std::string_view text) {
  return std::move(*json::parse(text));
}

TEST(PageItems, AreNewOnce) {
  PageItems seen("id");
  seen.begin_page();
  EXPECT_TRUE(seen.is_new(item(R"({"id":"1"})")));
  EXPECT_TRUE(seen.is_new(item(R"({"id":1})"))) << "a number is no text";
  EXPECT_FALSE(seen.is_new(item(R"({"id":"1","more":2})")));
}

TEST(PageItems, AreAllNewWithoutAKey) {
  PageItems keyless("");
  EXPECT_TRUE(keyless.is_new(item(R"({"id":1})")));
  EXPECT_TRUE(keyless.is_new(item(R"({"id":1})")));
  PageItems keyed("id");
  EXPECT_TRUE(keyed.is_new(item(R"({"name":"a"})")));
  EXPECT_TRUE(keyed.is_new(item(R"({"name":"a"})")));
  EXPECT_TRUE(keyed.is_new(item(R"("a text")")));
  EXPECT_TRUE(keyed.is_new(item(R"({"id":""})")));
  EXPECT_TRUE(keyed.is_new(item(R"({"id":""})"))) << "an empty text tells nothing apart";
}

TEST(PageItems, StandStillAfterThreePagesWithoutNews) {
  PageItems seen("id");
  const auto page = [&](const char* text) {
    seen.begin_page();
    seen.is_new(item(text));
    return seen.stands_still();
  };
  EXPECT_FALSE(page(R"({"id":1})"));
  EXPECT_FALSE(page(R"({"id":1})"));
  EXPECT_FALSE(page(R"({"id":1})"));
  EXPECT_FALSE(page(R"({"id":2})")) << "news begin the count again";
  EXPECT_FALSE(page(R"({"id":1})"));
  EXPECT_FALSE(page(R"({"id":2})"));
  EXPECT_TRUE(page(R"({"id":2})"));
}

}  // namespace
}  // namespace dockerhub
