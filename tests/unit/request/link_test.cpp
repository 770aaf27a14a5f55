#include "http/link.hpp"
#include "dockerhub/link_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string next(std::string_view header) {
  return next_link_target(header).value_or("none");
}

TEST(NextLinkTarget, IsTheOneWithThatRelation) {
  EXPECT_EQ(next(R"(</v2/a/tags/list?last=b&n=2>; rel="next")"), "/v2/a/tags/list?last=b&n=2");
  EXPECT_EQ(next(R"(</a>; rel="prev", </b>; rel="next")"), "/b");
  EXPECT_EQ(next(R"(</a>; rel="prev")"), "none");
}

TEST(NextLinkTarget, MayBeWrittenInMoreWaysThanOne) {
  EXPECT_EQ(next("</a>; rel=next"), "/a");
  EXPECT_EQ(next("</a>;rel=next"), "/a");
  EXPECT_EQ(next("</a> ; REL = \"NEXT\""), "/a");
  EXPECT_EQ(next(R"(</a>; title="x; rel=no, <y>"; rel="next")"), "/a");
  EXPECT_EQ(next(R"(</a>; rel="prev next"; type=x)"), "/a");
  EXPECT_EQ(next(R"(</a>; type; rel="next")"), "/a");
  EXPECT_EQ(next("</a,b;c>; rel=next"), "/a,b;c");
}

TEST(NextLinkTarget, HasTheRelationThatStandsFirst) {
  EXPECT_EQ(next(R"(</a>; rel="prev"; rel="next")"), "none");
}

TEST(NextLinkTarget, ThatIsBrokenIsNone) {
  for (const char* header : {"", "<", "</a", "/a; rel=next", "<>; rel=next", "</a b>; rel=next",
                             "</a\r\n>; rel=next", "</a>; title=\"rel=next", "</a>", ",,;;=<"}) {
    EXPECT_EQ(next(header), "none") << header;
  }
  EXPECT_EQ(next("<" + std::string(10000, 'a') + ">; rel=next"), "none");
}

std::string next_of(const std::vector<std::string>& headers) {
  Response response;
  response.url = *parse_url("https://registry.example:8443/v2/a/tags/list?n=2");
  for (const std::string& header : headers) response.headers.add("Link", header);
  const auto next = next_link(response);
  return next ? next->text() : "none";
}

TEST(NextLink, IsFoundInAllFormsThatServersWrite) {
  const std::string wanted = "https://registry.example:8443/v2/a/tags/list?last=b&n=2";
  EXPECT_EQ(next_of({R"(</v2/a/tags/list?last=b&n=2>; rel="next")"}), wanted);
  EXPECT_EQ(next_of({R"(</v2/a/tags/list?last=b&n=2>; rel=next)"}), wanted);
  EXPECT_EQ(next_of({R"(</v2/a/tags/list?last=b&n=2>;title="a, b; c" ; REL = "prev next")"}),
            wanted);
  EXPECT_EQ(next_of({R"(</x>; rel="prev", </v2/a/tags/list?last=b&n=2>; rel="next")"}), wanted);
  EXPECT_EQ(next_of({R"(</x>; rel="prev")", R"(<list?last=b&n=2>; rel="next")"}), wanted);
}

TEST(NextLink, NeverLeadsToAnotherPlace) {
  EXPECT_EQ(next_of({R"(<https://evil.example/v2/a/tags/list>; rel="next")"}), "none");
  EXPECT_EQ(next_of({R"(<http://registry.example:8443/v2/a>; rel="next")"}), "none");
  EXPECT_EQ(next_of({R"(<//evil.example/v2/a>; rel="next")"}), "none");
}

TEST(NextLink, IsNoneInWhatIsNoLink) {
  for (const char* header :
       {"", "<", "<>", "</a", R"(</a>; rel="prev")", R"(</a>; title="rel=next")",
        R"(/a; rel="next")", R"(</a>; rel="nextdoor")"}) {
    EXPECT_EQ(next_of({header}), "none") << header;
  }
}

TEST(QueryPairs, AreDecoded) {
  EXPECT_THAT(query_pairs("a=1&b=x%20y&c&=d&&e=%zz"),
              ElementsAre(Pair("a", "1"), Pair("b", "x y"), Pair("c", ""), Pair("", "d"),
                          Pair("e", "%zz")));
}

}  // namespace
}  // namespace dockerhub::http
