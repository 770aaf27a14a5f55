#include "request/registry_scope.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

TEST(RegistryScope, NamesTheRepositoryAndWhatTheMethodNeeds) {
  EXPECT_EQ(registry_scope("GET", "/v2/library/alpine/manifests/latest"),
            "repository:library/alpine:pull");
  EXPECT_EQ(registry_scope("HEAD", "/v2/a/blobs/sha256:1"), "repository:a:pull");
  EXPECT_EQ(registry_scope("GET", "/v2/a/b/c/tags/list"), "repository:a/b/c:pull");
  EXPECT_EQ(registry_scope("POST", "/v2/a/blobs/uploads/"), "repository:a:pull,push");
  EXPECT_EQ(registry_scope("DELETE", "/v2/a/manifests/sha256:1"), "repository:a:delete,pull,push");
}

TEST(RegistryScope, IsNotMisledByARepositoryThatIsNamedLikeAPart) {
  EXPECT_EQ(registry_scope("GET", "/v2/a/manifests/b/manifests/latest"),
            "repository:a/manifests/b:pull");
  EXPECT_EQ(registry_scope("GET", "/v2/blobs/referrers/sha256:1"), "repository:blobs:pull");
}

TEST(RegistryScope, IsEmptyWhereNoRepositoryIsNamed) {
  EXPECT_EQ(registry_scope("GET", "/v2/"), "");
  EXPECT_EQ(registry_scope("GET", "/v2/_catalog"), "");
  EXPECT_EQ(registry_scope("GET", "/v2/tags/list"), "");
  EXPECT_EQ(registry_scope("GET", "/other"), "");
}

}  // namespace
}  // namespace dockerhub
