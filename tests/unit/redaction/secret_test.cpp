#include "credentials/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <type_traits>

#include "credentials/wiping_allocator.hpp"

namespace dockerhub {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_constructible_v<Secret, std::string_view>, "only the book makes secrets");

TEST(Wipe, OverwritesEveryByte) {
  std::array<char, 32> bytes{};
  bytes.fill('s');
  wipe(bytes.data(), bytes.size());
  EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\0'), 32);
}

TEST(Secret, MovedFromIsEmpty) {
  SecretBook book;
  Secret first = book.make("correct horse");
  const Secret second = std::move(first);
  EXPECT_EQ(second.reveal(), "correct horse");
  // What is left is what this test is about.
  EXPECT_TRUE(first.empty());            // NOLINT(bugprone-use-after-move,clang-analyzer-*)
  EXPECT_EQ(first.reveal().size(), 0U);  // NOLINT(bugprone-use-after-move,clang-analyzer-*)
}

TEST(SecretBook, KnowsWhatItMade) {
  SecretBook book;
  const Secret secret = book.make("correct horse");
  ASSERT_EQ(book.known()->values.size(), 1U);
  EXPECT_EQ(book.known()->values[0].reveal(), "correct horse");
}

TEST(SecretBook, KeepsAValueAfterItsSecretDied) {
  SecretBook book;
  { const Secret secret = book.make("correct horse"); }
  EXPECT_EQ(book.known()->values.size(), 1U);
}

TEST(SecretBook, ForgetsALearntValueWithItsHandle) {
  SecretBook book;
  auto handle = book.learn("only for a call");
  EXPECT_EQ(book.known()->values.size(), 1U);
  handle.reset();
  EXPECT_TRUE(book.known()->values.empty());
}

TEST(SecretBook, KeepsALearntValueAsLongAsOneHandleLives) {
  SecretBook book;
  auto first = book.learn("the same value");
  auto second = book.learn("the same value");
  EXPECT_EQ(book.known()->values.size(), 1U);
  first.reset();
  EXPECT_EQ(book.known()->values.size(), 1U);
  second.reset();
  EXPECT_TRUE(book.known()->values.empty());
}

TEST(SecretBook, NeverForgetsAMadeValueThroughAHandle) {
  SecretBook book;
  const Secret secret = book.make("the account's own");
  book.learn("the account's own").reset();
  EXPECT_EQ(book.known()->values.size(), 1U);
}

TEST(SecretBook, IgnoresEmptyValues) {
  SecretBook book;
  EXPECT_EQ(book.learn(""), nullptr);
  const Secret empty = book.make("");
  EXPECT_TRUE(empty.empty());
  EXPECT_TRUE(book.known()->values.empty());
}

TEST(SecretBook, ASnapshotDoesNotChange) {
  SecretBook book;
  const auto before = book.known();
  const Secret secret = book.make("correct horse");
  EXPECT_TRUE(before->values.empty());
  EXPECT_GT(book.known()->version, before->version);
}

}  // namespace
}  // namespace dockerhub
