#include "exchange/byte_range.hpp"

#include <gtest/gtest.h>

namespace dockerhub::sandbox {
namespace {

Answer asked(const std::string& range, const std::string& bytes) {
  Request request;
  request.headers = {{"Range", range}};
  return answer_with_bytes(request, Body(bytes));
}

TEST(ByteRange, GivesThePartThatIsAskedFor) {
  EXPECT_EQ(asked("bytes=0-0", "abc").body.view(), "a");
  EXPECT_EQ(asked("bytes=1-", "abc").body.view(), "bc");
  EXPECT_EQ(asked("bytes=-2", "abc").body.view(), "bc");
  EXPECT_EQ(asked("bytes=-9", "abc").body.view(), "abc");
  EXPECT_EQ(asked("bytes=1-99", "abc").header("Content-Range"), "bytes 1-2/3");
}

TEST(ByteRange, WhatIsNotThereIs416) {
  for (const char* range : {"bytes=3-", "bytes=3-5", "bytes=-0"})
    EXPECT_EQ(asked(range, "abc").status, 416) << range;
  EXPECT_EQ(asked("bytes=-1", "").status, 416);
}

TEST(ByteRange, WhatIsNotUnderstoodIsPassedOver) {
  for (const char* range : {"", "lines=0-1", "bytes=", "bytes=-", "bytes=2-1", "bytes=a-b",
                            "bytes=0-1,2-2", "bytes=--1"})
    EXPECT_EQ(asked(range, "abc").status, 200) << range;
}

}  // namespace
}  // namespace dockerhub::sandbox
