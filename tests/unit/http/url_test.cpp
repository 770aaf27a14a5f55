#include "http/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using testing::Not;

Url url(std::string_view text) {
  auto parsed = parse_url(text);
  EXPECT_TRUE(parsed) << text << ": " << parsed.error().message;
  return parsed.value_or(Url{});
}

TEST(UrlTest, HasOriginPathAndQuery) {
  const Url parsed = url("HTTPS://Registry.Example.COM:8443/v2/a%2Fb?n=1&last=x");
  EXPECT_EQ(parsed.origin, (Origin{"https", "registry.example.com", 8443}));
  EXPECT_EQ(parsed.path, "/v2/a%2Fb");
  EXPECT_EQ(parsed.query, "n=1&last=x");
  EXPECT_EQ(parsed.target(), "/v2/a%2Fb?n=1&last=x");
  EXPECT_EQ(parsed.text(), "https://registry.example.com:8443/v2/a%2Fb?n=1&last=x");
  EXPECT_EQ(parsed.without_query(), "https://registry.example.com:8443/v2/a%2Fb");
}

TEST(UrlTest, LeavesOutThePortOfItsScheme) {
  EXPECT_EQ(url("https://a.example:443/").origin.authority(), "a.example");
  EXPECT_EQ(url("http://a.example:80").text(), "http://a.example/");
  EXPECT_EQ(url("http://a.example:443/").origin.authority(), "a.example:443");
  EXPECT_EQ(url("https://a.example:/x").origin.port, 443);
}

TEST(UrlTest, OfAnIpv6HostKeepsItsBracketsOutside) {
  const Url parsed = url("http://[0:0::1]:5000/v2/");
  EXPECT_EQ(parsed.origin.host, "::1");
  EXPECT_EQ(parsed.origin.authority(), "[::1]:5000");
}

TEST(UrlTest, IsRefusedWhenItCouldMeanSomethingElse) {
  const std::vector<std::string> wrong = {
      "",
      "registry.example.com",
      "ftp://a.example/",
      "file:///etc/passwd",
      "https:a.example",
      "https:///path",
      "https://user@a.example/",
      "https://user:word@a.example/",
      "https://a.example@b.example/",
      "https://a.example/#part",
      "https://a.example/a b",
      "https://a.example/\r\nHost: b",
      "https://a.example/\xC3\xA4",
      "https://a.example:0/",
      "https://a.example:65536/",
      "https://a.example:-1/",
      "https://a.example:80x/",
      "https://a.example\\@b.example/",
      "https://a_b%2e.example/",
      "https://.a.example/",
      "https://a.example./",
      "https://127.1/",
      "https://2130706433/",
      "https://0x7f.0.0.1/",
      "https://a.example.0x7f/",
      "https://[::1/",
      "https://[fe80::1%25eth0]/",
      "https://[::1]x/",
      "https://" + std::string(300, 'a') + ".example/",
      "https://a.example/" + std::string(20000, 'a'),
  };
  for (const std::string& text : wrong) {
    const auto parsed = parse_url(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::parameter);
    EXPECT_FALSE(parsed.error().hint.empty());
  }
}

TEST(UrlTest, ThatIsRefusedIsShownWithoutPasswordAndSignature) {
  EXPECT_THAT(parse_url("https://me:hidden@a.example/").error().message, Not(HasSubstr("hidden")));
  EXPECT_THAT(parse_url("ftp://a.example/?signature=hidden").error().message,
              Not(HasSubstr("hidden")));
}

TEST(UrlTest, HasNoDotSegmentsAlsoNotEncodedOnes) {
  EXPECT_EQ(url("https://a.example/a/./b/../c").path, "/a/c");
  EXPECT_EQ(url("https://a.example/../../x").path, "/x");
  EXPECT_EQ(url("https://a.example/a/%2e%2E/x").path, "/x");
  EXPECT_EQ(url("https://a.example/a/..").path, "/");
  EXPECT_EQ(url("https://a.example/a//b/").path, "/a//b/");
}

struct Reference {
  const char* text;
  const char* result;
};

TEST(UrlTest, FromAnAnswerIsResolvedAgainstTheRequest) {
  const Url base = url("https://a.example:5000/v2/x/tags/list?n=2");
  const std::vector<Reference> references = {
      {"https://b.example/y?z=1", "https://b.example/y?z=1"},
      {"HTTP://b.example", "http://b.example/"},
      {"//b.example:1/y", "https://b.example:1/y"},
      {"/v2/x/tags/list?n=2&last=b", "https://a.example:5000/v2/x/tags/list?n=2&last=b"},
      {"?last=b", "https://a.example:5000/v2/x/tags/list?last=b"},
      {"other?last=b", "https://a.example:5000/v2/x/tags/other?last=b"},
      {"../../y", "https://a.example:5000/v2/y"},
      {"", "https://a.example:5000/v2/x/tags/list?n=2"},
      {"/y#part", "https://a.example:5000/y"},
      {"/a:b", "https://a.example:5000/a:b"},
  };
  for (const auto& [text, result] : references) {
    const auto resolved = resolve(base, text);
    ASSERT_TRUE(resolved) << text;
    EXPECT_EQ(resolved->text(), result) << text;
  }
}

TEST(UrlTest, FromAnAnswerMayNotBeOfAnotherKind) {
  const Url base = url("https://a.example/");
  for (const char* text : {"file:///etc/passwd", "javascript:x", "localhost:5000/y", "/a\nb",
                           "https://user@b.example/", "//b.example:99999/"}) {
    EXPECT_FALSE(resolve(base, text)) << text;
  }
}

TEST(BaseUrlTest, MayNameAUnixSocket) {
  for (const char* text : {"unix:///run/hub.sock", "http+unix://%2Frun%2Fhub.sock",
                           "HTTP+UNIX://%2frun%2fhub.sock/"}) {
    const auto base = parse_base_url(text);
    ASSERT_TRUE(base) << text;
    EXPECT_EQ(base->origin.host, "/run/hub.sock") << text;
    EXPECT_TRUE(base->origin.is_local()) << text;
    EXPECT_EQ(base->text(), "http+unix://%2Frun%2Fhub.sock/") << text;
    EXPECT_EQ(base->origin.host_field(), "localhost") << text;
  }
  EXPECT_EQ(parse_base_url("http+unix://%2Frun%2Fhub.sock/v2/x")->path, "/v2/x");
  EXPECT_EQ(parse_base_url("https://a.example/")->text(), "https://a.example/");
}

TEST(BaseUrlTest, IsAPrefixOfThePathsBelowIt) {
  for (const char* base : {"https://a.example/hub", "https://a.example/hub/"})
    EXPECT_EQ(url_below(url(base), "/v2/x").text(), "https://a.example/hub/v2/x") << base;
  EXPECT_EQ(url_below(url("https://a.example"), "/v2/").text(), "https://a.example/v2/");
}

TEST(BaseUrlTest, OfASocketIsAnAbsolutePathThatFits) {
  const std::string too_long = "unix:///" + std::string(200, 'x');
  for (const std::string& wrong :
       {std::string("unix://run/hub.sock"), std::string("unix:///"), std::string("unix://"),
        std::string("http+unix:///run/hub.sock"), std::string("http+unix://%2Frun%00x"),
        std::string("http+unix://%2"), std::string("unix:///run/x?y"), std::string("unix:///a b"),
        std::string("unix:/run/x"), too_long})
    EXPECT_FALSE(parse_base_url(wrong)) << wrong;
}

TEST(BaseUrlTest, OfASocketIsNothingThatAServerMayName) {
  const Url base = url("https://a.example/");
  for (const char* text : {"unix:///run/hub.sock", "http+unix://%2Frun%2Fhub.sock/"}) {
    EXPECT_FALSE(parse_url(text)) << text;
    EXPECT_FALSE(resolve(base, text)) << text;
  }
}

TEST(BaseUrlTest, OfASocketIsMeantWhereItsServerNamesItself) {
  const Url base = parse_base_url("unix:///run/hub.sock").value();
  for (const char* text :
       {"/v2/x", "http://localhost/v2/x", "http://localhost:80/v2/x", "//localhost/v2/x"}) {
    const auto target = resolve(base, text);
    ASSERT_TRUE(target) << text;
    EXPECT_EQ(target->origin, base.origin) << text;
    EXPECT_EQ(target->path, "/v2/x") << text;
  }
  EXPECT_EQ(resolve(base, "http://localhost:81/")->origin.port, 81);
  EXPECT_EQ(resolve(url("http://localhost:81/"), "http://localhost/")->origin.scheme, "http");
}

TEST(EncodingTest, IsTakenBack) {
  EXPECT_EQ(percent_decoded("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(percent_decoded(""), "");
  for (const char* wrong : {"%", "%2", "%zz", "a%-1"})
    EXPECT_FALSE(percent_decoded(wrong)) << wrong;
}

TEST(EncodingTest, MakesOneSegmentOfAnyText) {
  EXPECT_EQ(encode_segment("a-b._~Z9"), "a-b._~Z9");
  EXPECT_EQ(encode_segment("a/b?c#d e%"), "a%2Fb%3Fc%23d%20e%25");
  EXPECT_EQ(encode_segment("sha256:0f"), "sha256:0f") << "as servers expect digests";
  EXPECT_EQ(encode_segment("\xC3\xA4\n"), "%C3%A4%0A");
}

TEST(EncodingTest, AppendsToAQuery) {
  std::string query;
  append_query(query, "scope", "repository:a/b:pull");
  append_query(query, "a&b", "c=d+e");
  EXPECT_EQ(query, "scope=repository%3Aa%2Fb%3Apull&a%26b=c%3Dd%2Be");
}

TEST(AddressTest, OfThisMachineIsKnown) {
  for (const char* host : {"localhost", "127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
  }
  for (const char* host : {"128.0.0.1", "::2", "localhost.example", "10.0.0.1", "0.0.0.0"}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

TEST(AddressTest, ThatStrangersMustNotNameIsKnown) {
  for (const char* address : {"127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "ff02::1",
                              "::ffff:10.0.0.1",
                              "::10.0.0.1",
                              "64:ff9b::a00:1",
                              "2002:a00:1::"}) {
    EXPECT_TRUE(is_private_address(address)) << address;
  }
  for (const char* address : {"1.1.1.1", "172.32.0.1", "172.15.0.1", "192.167.1.1", "11.0.0.1",
                              "2606:4700::1", "::ffff:1.1.1.1", "registry.example.com"}) {
    EXPECT_FALSE(is_private_address(address)) << address;
  }
}

}  // namespace
}  // namespace dockerhub::http
