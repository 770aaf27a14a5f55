// Reading parameters.
#include <gtest/gtest.h>
#include <dockerhub/sdk/params.hpp>

#include <stdexcept>

namespace {

using dockerhub::sdk::Params;

TEST(Params, GivesValuesByTheirType) {
  const Params params(R"({"t":"x","i":7,"n":1.5,"f":true,"l":["a","b"]})");
  EXPECT_EQ(params.text("t"), "x");
  EXPECT_EQ(params.integer("i"), 7);
  EXPECT_EQ(params.number("n"), 1.5);
  EXPECT_EQ(params.number("i"), 7.0);
  EXPECT_TRUE(params.flag("f"));
  EXPECT_EQ(params.texts("l"), (std::vector<std::string_view>{"a", "b"}));
}

TEST(Params, AnAbsentOrNullOneGivesTheOtherwise) {
  const Params params(R"({"null":null})");
  EXPECT_FALSE(params.has("null"));
  EXPECT_EQ(params.text("null", "o"), "o");
  EXPECT_EQ(params.integer("none", 4), 4);
  EXPECT_EQ(params.find("none"), nullptr);
}

TEST(Params, AskingForWhatIsNotThereThrows) {
  const Params params("{}");
  EXPECT_THROW(static_cast<void>(params.text("t")), std::out_of_range);
}

TEST(Params, AskingForAnotherTypeThrowsAndNamesTheParameter) {
  const Params params(R"({"count":"three","list":["a",1]})");
  try {
    static_cast<void>(params.integer("count"));
    FAIL() << "took a text for an integer";
  } catch (const std::invalid_argument& thrown) {
    EXPECT_STREQ(thrown.what(), "parameter \"count\" is not an integer");
  }
  EXPECT_THROW(static_cast<void>(params.texts("list")), std::invalid_argument);
}

TEST(Params, TakesNothingButAnObject) {
  EXPECT_THROW(Params("[1]"), std::invalid_argument);
  EXPECT_THROW(Params("{"), std::invalid_argument);
}

}  // namespace
