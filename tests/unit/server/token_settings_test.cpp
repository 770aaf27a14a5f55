#include "server/token_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace dockerhub::server {
namespace {

constexpr SettingNames kNames{"mcp", "MCP_", "AUTH_TYPE", "DOCKERHUB_STATIC_TOKENS_FILE", "/mcp"};

using Variables = std::map<std::string, std::string>;

Result<TokenSettings> read_tokens(const std::string& auth, const Variables& variables) {
  ConfigurationSources sources;
  sources.read_user_file = false;
  sources.system_file.clear();
  sources.environment = variables;
  const auto configuration = Configuration::load(sources);
  if (!configuration) return Failure(configuration.error());
  return read_token_settings(*configuration, kNames, auth);
}

// Why they are refused; "accepted" otherwise.
std::string refusal(const std::string& auth, const Variables& variables) {
  const auto read = read_tokens(auth, variables);
  return read ? "accepted" : read.error().message;
}

Variables good_variables() {
  return {{"MCP_TOKEN_ISSUER", "https://issuer.example"},
          {"MCP_TOKEN_JWKS_URI", "https://issuer.example/keys"},
          {"MCP_REMOTE_BASE_URL", "https://hub.example"},
          {"MCP_REQUIRED_SCOPES", "team, office other"}};
}

TEST(TokenSettings, HaveDefaultsFromTheResourceAndTheIssuer) {
  const auto read = read_tokens("jwt", good_variables());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->rules.audience, "https://hub.example/mcp");
  EXPECT_THAT(read->servers, testing::ElementsAre("https://issuer.example"));
  EXPECT_THAT(read->required_scopes, testing::ElementsAre("team", "office", "other"));
}

TEST(TokenSettings, OfALogInWithoutTokensAreNotIgnored) {
  EXPECT_TRUE(read_tokens("none", {}));
  EXPECT_TRUE(read_tokens("none", {{"MCP_TOKEN_ISSUER", ""}}));
  for (const char* auth : {"none", "static"}) {
    const auto read = read_tokens(auth, {{"MCP_TOKEN_ISSUER", "x"}});
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, testing::HasSubstr("MCP_TOKEN_ISSUER"));
  }
}

TEST(TokenSettings, ThatLeaveAGapAreRefused) {
  const std::map<const char*, const char*> gaps = {{"MCP_TOKEN_ISSUER", "issuer"},
                                                   {"MCP_TOKEN_JWKS_URI", "no key"},
                                                   {"MCP_REMOTE_BASE_URL", "audience"}};
  for (const auto& [missing, word] : gaps) {
    Variables variables = good_variables();
    variables.erase(missing);
    EXPECT_THAT(refusal("jwt", variables), testing::HasSubstr(word)) << missing;
  }
  EXPECT_THAT(refusal("remote-oauth", good_variables()), testing::HasSubstr("mcp.auth_servers"));
}

TEST(TokenSettings, TakeOneSourceOfKeys) {
  Variables variables = good_variables();
  variables["MCP_TOKEN_SECRET"] = std::string(32, 's');
  EXPECT_THAT(refusal("jwt", variables), testing::HasSubstr("several keys"));
  variables.erase("MCP_TOKEN_JWKS_URI");
  const auto read = read_tokens("jwt", variables);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rules.secret, "mcp.token_secret");
}

TEST(TokenSettings, TakeNoAddressWhereOthersReadAlong) {
  for (const char* url :
       {"http://hub.example", "http://localhost.hub.example", "http://127.0.0.1.hub.example:80"}) {
    Variables variables = good_variables();
    variables["MCP_REMOTE_BASE_URL"] = url;
    EXPECT_THAT(refusal("jwt", variables), testing::HasSubstr("unencrypted")) << url;
    variables = good_variables();
    variables["MCP_REMOTE_AUTH_SERVERS"] = url;
    EXPECT_THAT(refusal("jwt", variables), testing::HasSubstr("not safe")) << url;
  }
  Variables variables = good_variables();
  variables["MCP_REMOTE_BASE_URL"] = "http://localhost:8000";
  variables["MCP_REMOTE_AUTH_SERVERS"] = "http://[::1]:9000/realm";
  EXPECT_TRUE(read_tokens("remote-oauth", variables));
}

}  // namespace
}  // namespace dockerhub::server
