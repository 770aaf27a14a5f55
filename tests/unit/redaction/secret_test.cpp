#include "credentials/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <ostream>
#include <string>
#include <type_traits>

#include "credentials/wiping_allocator.hpp"

namespace dockerhub {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<Secret> && Printable<std::string>);
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

TEST(SecretBook, RemembersADroppedTokenForAWhile) {
  SecretBook book;
  book.learn("a minted token", SecretBook::After::remembered).reset();
  EXPECT_EQ(book.known()->values.size(), 1U);
  for (std::size_t i = 0; i < SecretBook::kRemembered; ++i)
    book.learn("newer-" + std::to_string(i), SecretBook::After::remembered).reset();
  ASSERT_EQ(book.known()->values.size(), SecretBook::kRemembered) << "thousands must not pile up";
  EXPECT_EQ(book.known()->values[0].reveal(), "newer-0") << "the oldest went";
}

TEST(SecretBook, RemembersATokenOnceHoweverOftenItIsDropped) {
  SecretBook book;
  book.learn("first", SecretBook::After::remembered).reset();
  for (std::size_t i = 0; i < 3 * SecretBook::kRemembered; ++i)
    book.learn("the same", SecretBook::After::remembered).reset();
  EXPECT_EQ(book.known()->values.size(), 2U);
}

TEST(SecretBook, KeepsATokenThatIsStillHeldWhenItsMemoryIsFull) {
  SecretBook book;
  const auto held = book.learn("held", SecretBook::After::remembered);
  book.learn("held", SecretBook::After::remembered).reset();
  for (std::size_t i = 0; i < 2 * SecretBook::kRemembered; ++i)
    book.learn("newer-" + std::to_string(i), SecretBook::After::remembered).reset();
  EXPECT_EQ(book.known()->values[0].reveal(), "held");
}

TEST(SecretBook, KnowsTheValueOfAHeaderAsLongAsTheHeaderLives) {
  SecretBook book;
  auto header = SecretBook::with_scheme("Bearer", book.learn("the token"));
  EXPECT_EQ(header->reveal(), "Bearer the token");
  ASSERT_EQ(book.known()->values.size(), 1U);
  EXPECT_EQ(book.known()->values[0].reveal(), "the token");
  header.reset();
  EXPECT_TRUE(book.known()->values.empty());
}

TEST(SecretBook, MayGoBeforeItsHandles) {
  auto book = std::make_unique<SecretBook>();
  const auto handle = book->learn("the token", SecretBook::After::remembered);
  book.reset();
  EXPECT_EQ(handle->reveal(), "the token");
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
