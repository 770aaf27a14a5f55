// A plain read action, everything included, in at most eight lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <string>

#include "fake_host.hpp"

// The module is compiled into this test as it stands; last, because of its using directive.
#include "eight_lines.cpp"  // NOLINT(bugprone-suspicious-include)

namespace {

TEST(EightLines, AreEnough) {
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/tests/unit/sdk/eight_lines.cpp");
  int lines = 0;
  for (std::string line; std::getline(file, line);) {
    ++lines;
    EXPECT_LE(line.size(), 100U);
  }
  EXPECT_GT(lines, 0);
  EXPECT_LE(lines, 8);
}

TEST(EightLines, HaveAManifest) {
  rapidjson::Document manifest;
  manifest.Parse(dockerhub_manifest.data(), dockerhub_manifest.size());
  ASSERT_FALSE(manifest.HasParseError());
  EXPECT_STREQ(manifest["tools"][0]["actions"][0]["name"].GetString(), "greet");
}

TEST(EightLines, Answer) {
  FakeHost host;
  host.params = R"({"name":"you"})";
  EXPECT_EQ(host.run(dockerhub_module_entry, "eight_lines", "greet"), DH_OK);
  EXPECT_THAT(host.answered, testing::ElementsAre(R"({"hello":"you"})"));
}

}  // namespace
