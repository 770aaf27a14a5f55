// What an entry of NO_PROXY covers.
#include "http/no_proxy.hpp"

#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

bool covers(std::string_view list, const char* url) {
  return NoProxy(list).covers(parse_url(url)->origin);
}

TEST(NoProxyTest, ANameCoversItselfAndWhatIsBelow) {
  EXPECT_TRUE(covers("example.com", "https://example.com/"));
  EXPECT_TRUE(covers("Example.COM", "https://a.b.example.com:5000/"));
  EXPECT_FALSE(covers("example.com", "https://badexample.com/"));
  EXPECT_FALSE(covers("example.com", "https://example.com.evil.test/"));
  EXPECT_FALSE(covers("a.example.com", "https://example.com/"));
}

TEST(NoProxyTest, ALeadingDotOrAsteriskCoversOnlyWhatIsBelow) {
  for (const char* list : {".example.com", "*.example.com"}) {
    EXPECT_TRUE(covers(list, "https://a.example.com/")) << list;
    EXPECT_FALSE(covers(list, "https://example.com/")) << list;
  }
}

TEST(NoProxyTest, APortRestrictsTheEntry) {
  EXPECT_TRUE(covers("example.com:5000", "https://example.com:5000/"));
  EXPECT_FALSE(covers("example.com:5000", "https://example.com/"));
  EXPECT_TRUE(covers("example.com:443", "https://example.com/"));
  EXPECT_TRUE(covers("[2001:db8::1]:5000", "https://[2001:db8:0::1]:5000/"));
  EXPECT_FALSE(covers("[2001:db8::1]:5000", "https://[2001:db8::1]/"));
}

TEST(NoProxyTest, AnAddressIsTheSameHoweverItIsWritten) {
  EXPECT_TRUE(covers("192.0.2.1", "https://192.0.2.1/"));
  EXPECT_FALSE(covers("192.0.2.1", "https://192.0.2.10/"));
  EXPECT_TRUE(covers("2001:DB8:0:0::1", "https://[2001:db8::1]/"));
  EXPECT_TRUE(covers("::ffff:192.0.2.1", "https://192.0.2.1/"));
}

TEST(NoProxyTest, ANetCoversItsAddressesAndNoNames) {
  EXPECT_TRUE(covers("10.0.0.0/8", "https://10.200.0.1/"));
  EXPECT_FALSE(covers("10.0.0.0/8", "https://11.0.0.1/"));
  EXPECT_TRUE(covers("192.0.2.128/25", "https://192.0.2.200/"));
  EXPECT_FALSE(covers("192.0.2.128/25", "https://192.0.2.100/"));
  EXPECT_TRUE(covers("2001:db8::/32", "https://[2001:db8:1::5]/"));
  EXPECT_FALSE(covers("2001:db8::/32", "https://[2001:db9::5]/"));
  EXPECT_FALSE(covers("0.0.0.0/0", "https://example.com/")) << "its address is not looked up";
  EXPECT_FALSE(covers("0.0.0.0/0", "https://[2001:db8::1]/"));
}

TEST(NoProxyTest, AnAsteriskCoversAll) {
  EXPECT_TRUE(covers("a.test,*", "https://example.com/"));
  EXPECT_TRUE(covers("*", "https://192.0.2.1/"));
}

TEST(NoProxyTest, EntriesStandBetweenCommasAndBlanks) {
  for (const char* host : {"https://a.test/", "https://b.test/", "https://c.test/"})
    EXPECT_TRUE(covers(" a.test, b.test\tc.test,", host)) << host;
  EXPECT_FALSE(covers("", "https://a.test/"));
}

TEST(NoProxyTest, WhatIsNoEntryIsPassedOver) {
  constexpr const char* kOdd =
      "example.com:,example.com:x,example.com:70000,10.0.0.0/33,10.0.0.0/,.,:,[,],[]";
  EXPECT_FALSE(covers(kOdd, "https://example.com/"));
  EXPECT_FALSE(covers(kOdd, "https://10.0.0.1/"));
}

}  // namespace
}  // namespace dockerhub::http
