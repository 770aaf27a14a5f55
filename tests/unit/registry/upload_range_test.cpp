#include "upload_range.hpp"

#include <gtest/gtest.h>

namespace {

using dockerhub::registry::bytes_received;
using dockerhub::registry::least_chunk;

TEST(UploadRange, TellsHowManyBytesArrived) {
  EXPECT_EQ(bytes_received("0-9"), 10U);
  EXPECT_EQ(bytes_received("bytes=0-9"), 10U);
  EXPECT_EQ(bytes_received("0-18446744073709551614"), UINT64_MAX);
}

// It is what a registry says that has nothing, and what one says that has one byte.
TEST(UploadRange, OfZeroToZeroSaysNothing) {
  EXPECT_FALSE(bytes_received("0-0"));
}

TEST(UploadRange, ThatCannotBeReadSaysNothing) {
  for (const char* range : {"", "0-", "1-9", "0--1", "0-x", "0-9 ", "0-18446744073709551615",
                            "0-99999999999999999999", "9"}) {
    EXPECT_FALSE(bytes_received(range)) << range;
  }
}

TEST(ChunkMinimum, IsZeroWhereThereIsNone) {
  EXPECT_EQ(least_chunk("1048576"), 1048576U);
  EXPECT_EQ(least_chunk(""), 0U);
  EXPECT_EQ(least_chunk("-1"), 0U);
  EXPECT_EQ(least_chunk("many"), 0U);
}

}  // namespace
