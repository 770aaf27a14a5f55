#include "server/protected_resource.hpp"

#include <gtest/gtest.h>

namespace dockerhub::server {
namespace {

TokenSettings settings_at(const std::string& base_url) {
  TokenSettings settings;
  settings.base_url = base_url;
  settings.servers = {"https://login.example"};
  settings.required_scopes = {"team"};
  return settings;
}

TEST(ProtectedResource, IsDescribedBelowTheWellKnownName) {
  const ProtectedResource resource(settings_at("https://hub.example"), "/mcp");
  const std::string* document = resource.document("");
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(*document, R"({"resource":"https://hub.example/mcp",)"
                       R"("authorization_servers":["https://login.example"],)"
                       R"("scopes_supported":["team","dockerhub:read","dockerhub:write",)"
                       R"("dockerhub:destructive"],"bearer_methods_supported":["header"]})");
  EXPECT_EQ(resource.document("/mcp"), document);
  EXPECT_EQ(resource.document("/other"), nullptr);
  EXPECT_EQ(resource.document("x"), nullptr);
}

TEST(ProtectedResource, IsFoundBetweenHostAndPath) {
  const ProtectedResource resource(settings_at("https://hub.example:8443/tools"), "/mcp");
  EXPECT_EQ(resource.parameter(),
            ", resource_metadata=\"https://hub.example:8443/.well-known/oauth-protected-resource"
            "/tools/mcp\"");
  EXPECT_NE(resource.document("/tools/mcp"), nullptr);
}

TEST(ProtectedResource, WithoutABaseUrlIsNotTold) {
  const ProtectedResource resource(settings_at(""), "/mcp");
  EXPECT_EQ(resource.parameter(), "");
  EXPECT_EQ(resource.document(""), nullptr);
}

}  // namespace
}  // namespace dockerhub::server
