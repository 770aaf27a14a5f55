#include "base64.hpp"

#include <gtest/gtest.h>

namespace {

using dockerhub::registry::from_base64;
using dockerhub::registry::to_base64;

TEST(Base64, GoesThereAndBack) {
  const std::string bytes("\0\xff\x10 blob", 8);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    EXPECT_EQ(from_base64(to_base64(bytes.substr(0, size))), bytes.substr(0, size));
  }
  EXPECT_EQ(to_base64("blob"), "YmxvYg==");
}

TEST(Base64, ThatIsNoneIsRefused) {
  for (const char* text : {"Y", "YmxvYg", "YmxvYg=", "Ymxv Yg==", "Ym=vYg==", "====", "Ymxv\n"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
