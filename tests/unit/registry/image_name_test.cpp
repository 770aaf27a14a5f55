#include "image_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::registry {
namespace {

const std::string kDigest = "sha256:" + std::string(64, 'a');

// "host|registry|repository|reference", or "refused".
std::string read(std::string_view text, const ConfiguredRegistry& configured = {}) {
  const auto name = ImageName::parse(text, configured);
  if (!name) return "refused";
  return name->host + "|" + name->registry + "|" + name->repository + "|" +
         (name->embedded ? name->embedded->text() : "");
}

TEST(ImageName, WithoutAHostIsOfTheConfiguredRegistry) {
  EXPECT_EQ(read("library/alpine"), "|registry-1.docker.io|library/alpine|");
  EXPECT_EQ(read("team/app", {"127.0.0.1:5000", false}), "|127.0.0.1:5000|team/app|");
}

TEST(ImageName, OfOneComponentIsInTheLibraryAtDockersRegistryOnly) {
  EXPECT_EQ(read("alpine"), "|registry-1.docker.io|library/alpine|");
  EXPECT_EQ(read("alpine", {"127.0.0.1:5000", true}), "|127.0.0.1:5000|library/alpine|");
  EXPECT_EQ(read("alpine", {"127.0.0.1:5000", false}), "|127.0.0.1:5000|alpine|");
  EXPECT_EQ(read("quay.io/alpine"), "quay.io|quay.io|alpine|");
}

TEST(ImageName, BeginsWithAHostWhenItsFirstPartHasADotOrAColonOrIsLocalhost) {
  EXPECT_EQ(read("registry.example.com/a/b"), "registry.example.com|registry.example.com|a/b|");
  EXPECT_EQ(read("box:5000/a"), "box:5000|box:5000|a|");
  EXPECT_EQ(read("localhost/a"), "localhost|localhost|a|");
  EXPECT_EQ(read("[::1]:5000/a"), "[::1]:5000|[::1]:5000|a|");
  EXPECT_EQ(read("box/a"), "|registry-1.docker.io|box/a|");
}

TEST(ImageName, TakesEveryNameOfDockersRegistryForIt) {
  for (const char* host : {"docker.io", "index.docker.io", "registry-1.docker.io", "Docker.IO"}) {
    EXPECT_EQ(read(std::string(host) + "/alpine"), "|registry-1.docker.io|library/alpine|") << host;
    EXPECT_EQ(read(std::string(host) + "/alpine", {"127.0.0.1:5000", true}),
              "|127.0.0.1:5000|library/alpine|")
        << host;
    EXPECT_EQ(read(std::string(host) + "/alpine", {"127.0.0.1:5000", false}),
              "registry-1.docker.io|registry-1.docker.io|library/alpine|")
        << host;
  }
}

TEST(ImageName, ThatNamesTheConfiguredRegistryIsAsWithoutAHost) {
  EXPECT_EQ(read("127.0.0.1:5000/alpine", {"127.0.0.1:5000", true}),
            "|127.0.0.1:5000|library/alpine|");
}

TEST(ImageName, MayCarryATagOrADigest) {
  EXPECT_EQ(read("alpine:3.20"), "|registry-1.docker.io|library/alpine|3.20");
  EXPECT_EQ(read("box:5000/a:v1"), "box:5000|box:5000|a|v1");
  EXPECT_EQ(read("alpine@" + kDigest), "|registry-1.docker.io|library/alpine|" + kDigest);
}

TEST(ImageName, WithTagAndDigestMeansTheDigest) {
  EXPECT_EQ(read("alpine:3.20@" + kDigest), "|registry-1.docker.io|library/alpine|" + kDigest);
}

TEST(ImageName, MayHaveSlashesAtItsEnds) {
  EXPECT_EQ(read("/team/app/"), "|registry-1.docker.io|team/app|");
}

TEST(ImageName, HasComponentsOfLettersDigitsAndSingleSeparators) {
  for (const char* name : {"a", "a.b", "a_b", "a__b", "a-b", "a---b", "a/b/c", "0/1"}) {
    EXPECT_NE(read(std::string("x/") + name), "refused") << name;
  }
  for (const char* name : {"A", "a..b", "a___b", "a._b", "-a", "a-", ".a", "a/", "a//b", "a b",
                           "a%2f", "..", "../b", "a?b", "a#b", "\xc3\xa4"}) {
    EXPECT_EQ(read(std::string("x/") + name + "/y"), "refused") << name;
  }
}

TEST(ImageName, ThatIsNoneIsRefusedByTheNameOfTheParameter) {
  for (const std::string& text :
       {std::string(), std::string("/"), std::string("quay.io:x/a"), std::string("a:"),
        std::string("a@"), std::string("a@sha256:abc"), std::string("a:b:c"),
        std::string("user@host.com/a"), std::string("-x.y/a")}) {
    const auto name = ImageName::parse(text, {});
    ASSERT_FALSE(name) << text;
    EXPECT_STREQ(name.error()->parameter, "repo") << text;
    EXPECT_FALSE(name.error()->hint.empty());
  }
}

TEST(ImageName, HasAtMost255CharactersWithItsRegistry) {
  const std::string host = "h.example";
  EXPECT_NE(read(host + "/" + std::string(245, 'a')), "refused");
  EXPECT_EQ(read(host + "/" + std::string(246, 'a')), "refused");
}

std::string reference_of(std::string_view repo, std::optional<std::string_view> parameter) {
  const auto reference = one_reference(*ImageName::parse(repo, {}), parameter);
  return reference ? reference->text() : std::string("refused: ") + reference.error()->parameter;
}

TEST(OneReference, IsThatOfTheParameterOrOfTheNameOrLatest) {
  EXPECT_EQ(reference_of("a/b", "v1"), "v1");
  EXPECT_EQ(reference_of("a/b:v2", std::nullopt), "v2");
  EXPECT_EQ(reference_of("a/b", std::nullopt), "latest");
}

TEST(OneReference, GivenTwiceIsRefused) {
  EXPECT_EQ(reference_of("a/b:v2", "v1"), "refused: repo");
}

TEST(OneReference, IsATagOrADigestOrBothWhereTheDigestCounts) {
  EXPECT_EQ(reference_of("a/b", kDigest), kDigest);
  EXPECT_EQ(reference_of("a/b", "v1@" + kDigest), kDigest);
  for (const std::string& text :
       {std::string("sha256:abc"), std::string(".x"), std::string("a b"), std::string("../x"),
        std::string(129, 'a'), std::string("v1@x"), std::string("")}) {
    EXPECT_EQ(reference_of("a/b", text), "refused: reference") << text;
  }
}

TEST(RequestHost, IsEmptyForTheConfiguredRegistry) {
  EXPECT_EQ(*request_host("docker.io", {}), "");
  EXPECT_EQ(*request_host("Quay.io", {}), "quay.io");
  EXPECT_STREQ(request_host("https://quay.io", {}).error()->parameter, "registry");
}

}  // namespace
}  // namespace dockerhub::registry
