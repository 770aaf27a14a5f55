#include "yaml_entry.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

std::string with_entry(const char* text, const json::Value* known = nullptr) {
  return with_yaml_entry(text, "extensions", "ours", known,
                         *json::parse(R"({"cmd":"x","args":[]})"))
      .value();
}

constexpr const char* kAlone = "extensions:\n  ours:\n    cmd: x\n    args: []\n";

TEST(YamlEntry, MakesTheSectionWhereThereIsNone) {
  EXPECT_EQ(with_entry(""), kAlone);
  EXPECT_EQ(with_entry("# mine\nmode: auto"), std::string("# mine\nmode: auto\n") + kAlone);
}

TEST(YamlEntry, FillsAnEmptySection) {
  EXPECT_EQ(with_entry("extensions:\n"), kAlone);
  EXPECT_EQ(with_entry("extensions: {}\nmode: auto\n"), std::string(kAlone) + "mode: auto\n");
  EXPECT_EQ(with_entry("extensions: # none yet\n"),
            "extensions: # none yet\n  ours:\n    cmd: x\n    args: []\n");
}

TEST(YamlEntry, ComesBehindTheOthersInTheirIndentation) {
  EXPECT_EQ(with_entry("extensions:\n    # first\n    a:\n        cmd: y\n\nmode: auto\n"),
            "extensions:\n    # first\n    a:\n        cmd: y\n"
            "    ours:\n      cmd: x\n      args: []\n\nmode: auto\n");
}

TEST(YamlEntry, ReplacesTheOneOfItsNameAlone) {
  EXPECT_EQ(with_entry("extensions:\n  ours:\n    cmd: old\n  # of b\n  ours2:\n    cmd: y\n"),
            "extensions:\n  ours:\n    cmd: x\n    args: []\n  # of b\n  ours2:\n    cmd: y\n");
  EXPECT_EQ(with_entry("extensions:\n  b: {cmd: y}\n  ours: {cmd: old}\nmode: auto\n"),
            "extensions:\n  b: {cmd: y}\n  ours:\n    cmd: x\n    args: []\nmode: auto\n");
}

TEST(YamlEntry, ChangesOnlyTheLinesOfABlockThatSayOtherwise) {
  const auto known = json::parse(R"({"cmd":"old","args":[]})");
  EXPECT_EQ(with_entry("extensions:\n  ours: # us\n      # the program\n      cmd: 'a #1'  # here\n"
                       "      # none\n      args: [ ]\n\n  # of b\n  b: {}\n",
                       &*known),
            "extensions:\n  ours: # us\n      # the program\n      cmd: x  # here\n"
            "      # none\n      args: [ ]\n\n  # of b\n  b: {}\n");
  EXPECT_EQ(with_entry("extensions:\n  ours:\n    args: []\n    cmd: >-\n      old\n    # end\n",
                       &*known),
            "extensions:\n  ours:\n    args: []\n    cmd: x\n    # end\n");
}

TEST(YamlEntry, AddsToABlockWhatItHasNot) {
  const auto known = json::parse(R"({"cmd":"x"})");
  EXPECT_EQ(with_entry("extensions:\n  ours:\n    # mine\n    cmd: x # here\n  b: {}\n", &*known),
            "extensions:\n  ours:\n    # mine\n    cmd: x # here\n    args: []\n  b: {}\n");
  EXPECT_EQ(with_entry("extensions:\n  ours: # nothing\n"),
            "extensions:\n  ours: # nothing\n    cmd: x\n    args: []\n");
}

}  // namespace
}  // namespace dockerhub::cli
