#include "http/write_buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace dockerhub::web {
namespace {

TEST(WriteBuffer, GivesBytesInTheirOrder) {
  WriteBuffer buffer;
  EXPECT_TRUE(buffer.empty());
  buffer.bytes().append("one two");
  buffer.wrote(4);
  buffer.bytes().append(" three");
  EXPECT_EQ(buffer.waiting(), "two three");
  EXPECT_EQ(buffer.size(), 9U);
  buffer.wrote(9);
  EXPECT_TRUE(buffer.empty());
  EXPECT_TRUE(buffer.bytes().empty());
}

// Of a stream that its client reads slowly there is always something left to be written.
TEST(WriteBuffer, KeepsLittleOfWhatWasWritten) {
  constexpr std::size_t kPiece = 64 * 1024;
  constexpr std::size_t kBehind = 8 * kPiece;
  WriteBuffer buffer;
  std::size_t most = 0;
  std::string taken;
  for (char piece = 'a'; piece <= 'z'; ++piece) {
    for (int count = 0; count < 10; ++count) {
      buffer.bytes().append(kPiece, piece);
      most = std::max(most, buffer.bytes().size());
      if (buffer.size() <= kBehind) continue;
      taken.push_back(buffer.waiting().front());
      buffer.wrote(kPiece);
    }
  }
  EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
  EXPECT_EQ(taken.size(), 26U * 10 - 8);
  EXPECT_LE(most, 2 * kBehind + 2 * kPiece);
}

TEST(WriteBuffer, KeepsNoRoomWhenAllIsWritten) {
  WriteBuffer buffer;
  buffer.bytes().append(4 * WriteBuffer::kChunk, 'x');
  buffer.wrote(4 * WriteBuffer::kChunk);
  EXPECT_LE(buffer.bytes().capacity(), WriteBuffer::kChunk);
}

}  // namespace
}  // namespace dockerhub::web
