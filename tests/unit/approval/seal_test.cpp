#include "approval/seal.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace dockerhub {
namespace {

TEST(Seal, OpensWhatItClosed) {
  const Seal seal = *Seal::create("");
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("\0\xff", 2), std::string(100'000, 'x')}) {
    const auto sealed = seal.close(text, "purpose");
    ASSERT_TRUE(sealed);
    EXPECT_EQ(sealed->find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_EQ(seal.open(*sealed, "purpose"), text);
  }
}

TEST(Seal, NeverGivesTheSameTextTwice) {
  const Seal seal = *Seal::create("key");
  EXPECT_NE(*seal.close("text", "p"), *seal.close("text", "p"));
}

TEST(Seal, RefusesAnotherPurposeKeyOrAnyChange) {
  const Seal seal = *Seal::create("key");
  const std::string sealed = *seal.close("text", "purpose");
  EXPECT_FALSE(seal.open(sealed, "another"));
  EXPECT_FALSE(Seal::create("another key")->open(sealed, "purpose"));
  EXPECT_EQ(Seal::create("key")->open(sealed, "purpose"), "text");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(seal.open(changed, "purpose")) << i;
    EXPECT_FALSE(seal.open(sealed.substr(0, i), "purpose")) << i;
  }
}

TEST(Seal, RefusesWhatIsNoSeal) {
  const Seal seal = *Seal::create("key");
  for (const char* text :
       {"", "A", "====", "not a seal!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_FALSE(seal.open(text, "purpose")) << text;
  }
}

TEST(Sha256, IsTheStandardsOwn) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace dockerhub
