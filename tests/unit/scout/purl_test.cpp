#include "purl.hpp"

#include <gtest/gtest.h>

namespace dockerhub::scout {
namespace {

TEST(Purl, HasTypeNamespaceNameAndVersion) {
  const Purl purl = parse_purl("pkg:deb/debian/libssl%2B3@3.0.11-1?arch=amd64&distro=bookworm#x");
  EXPECT_EQ(purl.type, "deb");
  EXPECT_EQ(purl.name_space, "debian");
  EXPECT_EQ(purl.name, "libssl+3");
  EXPECT_EQ(purl.version, "3.0.11-1");
}

TEST(Purl, MayHaveAnAtInItsNamespace) {
  EXPECT_EQ(without_version("pkg:npm/@angular/core@12.0.0"), "pkg:npm/@angular/core");
  EXPECT_EQ(without_version("pkg:npm/@angular/core"), "pkg:npm/@angular/core");
  EXPECT_EQ(without_version("pkg:npm/%40angular/core@12.0.0"), "pkg:npm/%40angular/core");
  EXPECT_EQ(parse_purl("pkg:npm/@angular/core@12.0.0").name_space, "@angular");
}

TEST(Purl, IsTheSamePackageWhateverVersionAndQualifiers) {
  EXPECT_EQ(without_version("pkg:apk/alpine/zlib@1.3?os_version=3.19"),
            without_version("pkg:apk/alpine/zlib@1.4?os_version=3.20"));
  EXPECT_EQ(without_version("pkg:generic/zlib"), "pkg:generic/zlib");
}

TEST(Purl, OfAnotherTextIsEmpty) {
  for (const char* text : {"", "zlib", "pkg:", "pkg:apk", "http://example.com/a@1"}) {
    EXPECT_EQ(parse_purl(text).name, "") << text;
  }
  EXPECT_EQ(without_version("zlib@1"), "zlib@1");
}

}  // namespace
}  // namespace dockerhub::scout
