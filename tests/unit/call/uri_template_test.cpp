#include "dockerhub/uri_template.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

TEST(UriTemplate, TheKernelFindsByWhatModulesReadVariables) {
  EXPECT_TRUE(fits_template("t://template/1/data", "t://template/{id}/data"));
  EXPECT_TRUE(fits_template("t://a/b", "t://{x}/{y}"));
  EXPECT_TRUE(fits_template("t://a-b-c", "t://{x}-{y}"));
  EXPECT_FALSE(fits_template("t://template//data", "t://template/{id}/data"));
  EXPECT_FALSE(fits_template("t://template/1/2/data", "t://template/{id}/data"));
  EXPECT_FALSE(fits_template("t://template/1/date", "t://template/{id}/data"));
  EXPECT_TRUE(fits_template("t://a/b@c/d", "t://{x}@{y}/d"));
  EXPECT_FALSE(fits_template("t://a/b@c/c/d", "t://{x}@{y}/d"));
  EXPECT_FALSE(fits_template("t://a", "t://{x"));
  EXPECT_TRUE(fits_template("t://a", "t://a"));
}

}  // namespace
}  // namespace dockerhub
