#include "companions.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

TEST(TagsOfDigests, BeginWithTheNameOfTheAlgorithm) {
  for (const char* tag : {"sha256-0a", "sha256-0a.sig", "sha512-0b"})
    EXPECT_TRUE(is_of_digest(tag)) << tag;
  for (const char* tag : {"", "1.0", "sha256", "my-sha256-0a"})
    EXPECT_FALSE(is_of_digest(tag)) << tag;
}

TEST(TagsOfCosign, BeginWithTheDigestThatTheyAreAbout) {
  const auto digest = DigestName::parse("sha256:" + std::string(64, 'a'));
  ASSERT_TRUE(digest);
  const std::string begin = fallback_tag(*digest);
  for (const char* ending : {".sig", ".att", ".sbom"})
    EXPECT_EQ(subject_part(begin + ending), begin) << ending;
}

TEST(TagsOfCosign, AreNoOthers) {
  for (const char* tag : {"", "1.0", "latest.sig", "sha256-aa", "sha256-aa.", "sha256-aa.txt"})
    EXPECT_EQ(subject_part(tag), "") << tag;
}

}  // namespace
}  // namespace dockerhub::registry
