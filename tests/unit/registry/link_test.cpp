#include "link.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::registry {
namespace {

std::string next(std::string_view header) {
  return next_link(header).value_or("none");
}

TEST(NextLink, IsTheOneWithThatRelation) {
  EXPECT_EQ(next(R"(</v2/a/tags/list?last=b&n=2>; rel="next")"), "/v2/a/tags/list?last=b&n=2");
  EXPECT_EQ(next(R"(</a>; rel="prev", </b>; rel="next")"), "/b");
  EXPECT_EQ(next(R"(</a>; rel="prev")"), "none");
}

TEST(NextLink, MayBeWrittenInMoreWaysThanOne) {
  EXPECT_EQ(next("</a>; rel=next"), "/a");
  EXPECT_EQ(next("</a>;rel=next"), "/a");
  EXPECT_EQ(next("</a> ; REL = \"NEXT\""), "/a");
  EXPECT_EQ(next(R"(</a>; title="x; rel=no, <y>"; rel="next")"), "/a");
  EXPECT_EQ(next(R"(</a>; rel="prev next"; type=x)"), "/a");
  EXPECT_EQ(next(R"(</a>; type; rel="next")"), "/a");
  EXPECT_EQ(next("</a,b;c>; rel=next"), "/a,b;c");
}

TEST(NextLink, HasTheRelationThatStandsFirst) {
  EXPECT_EQ(next(R"(</a>; rel="prev"; rel="next")"), "none");
}

TEST(NextLink, ThatIsBrokenIsNone) {
  for (const char* header :
       {"", "<", "</a", "/a; rel=next", "<>; rel=next", "</a b>; rel=next", "</a\r\n>; rel=next",
        "</\xc3\xa4>; rel=next", "<\\\\evil\\a>; rel=next", "<<a>; rel=next",
        "</a>; title=\"rel=next", "</a>", ",,;;=<"}) {
    EXPECT_EQ(next(header), "none") << header;
  }
  EXPECT_EQ(next("<" + std::string(10000, 'a') + ">; rel=next"), "none");
}

TEST(StaysAt, IsSoForRelativeLinks) {
  for (const char* target : {"/v2/a", "?n=1", "list?n=1", "../a", "a?x=http://other/"}) {
    EXPECT_TRUE(stays_at(target, "r.test")) << target;
  }
}

TEST(StaysAt, IsSoForTheSameHostAndPort) {
  EXPECT_TRUE(stays_at("https://r.test/v2/", "r.test"));
  EXPECT_TRUE(stays_at("HTTPS://R.test:443/v2/", "r.test"));
  EXPECT_TRUE(stays_at("http://127.0.0.1:5000?x", "127.0.0.1:5000"));
}

TEST(StaysAt, IsNotSoForAnyOther) {
  for (const char* target :
       {"https://evil.test/v2/", "https://r.test.evil/v2/", "https://r.test:8443/", "//evil.test/",
        "https://r.test@evil.test/", "https://user@r.test/", "ftp://r.test/", "javascript:x",
        "https://evil.test#r.test", "https:///v2"}) {
    EXPECT_FALSE(stays_at(target, "r.test")) << target;
  }
}

TEST(QueryParameter, IsDecoded) {
  EXPECT_EQ(query_parameter("/v2/_catalog?last=b%2Ftwo&n=2", "last"), "b/two");
  EXPECT_EQ(query_parameter("/v2/_catalog?last=b%2Ftwo&n=2#last=x", "n"), "2");
  EXPECT_EQ(query_parameter("/x?a+b=c+d", "a b"), "c d");
  EXPECT_EQ(query_parameter("/x?last", "last"), "");
  EXPECT_EQ(query_parameter("/x?last=%zz%4", "last"), "%zz%4");
  EXPECT_EQ(query_parameter("/x?lasts=1", "last"), std::nullopt);
  EXPECT_EQ(query_parameter("/x#?last=1", "last"), std::nullopt);
}

}  // namespace
}  // namespace dockerhub::registry
