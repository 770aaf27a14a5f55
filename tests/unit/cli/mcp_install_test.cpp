#include "mcp_install.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Variables kNothingSet{{"HOME", "/home/me"}};
const Variables kTokenSet{{"HOME", "/home/me"}, {"DOCKER_HUB_TOKEN", ""}};

json::Document wanted_for(const char* client, const Variables& variables = kNothingSet) {
  return client_document(*find_mcp_client(client), "dockerhub", "/opt/dockerhub-mcp", variables);
}

Result<std::optional<std::string>> installed(const char* client, std::string_view text) {
  return with_client_document(*find_mcp_client(client), text, wanted_for(client), "the file");
}

TEST(McpClients, HaveAFileOfTheirOwnForUsersOrProjects) {
  for (const McpClient& client : mcp_clients()) {
    const bool has_user_file = client.user.folder != ClientFolder::none;
    EXPECT_TRUE(has_user_file || client.project.folder != ClientFolder::none) << client.name;
    if (!has_user_file) continue;
    EXPECT_EQ(client_file_path(client, false, kNothingSet)->string().find("/home/me/"), 0U);
  }
}

TEST(McpClients, AreFoundBelowTheConfiguredFolder) {
  const McpClient& goose = *find_mcp_client("goose");
  EXPECT_EQ(*client_file_path(goose, false, kNothingSet), "/home/me/.config/goose/config.yaml");
  EXPECT_EQ(*client_file_path(goose, false, {{"XDG_CONFIG_HOME", "/c"}}), "/c/goose/config.yaml");
  EXPECT_EQ(*client_file_path(goose, false, {{"HOME", "/h"}, {"XDG_CONFIG_HOME", "c"}}),
            "/h/.config/goose/config.yaml");
  EXPECT_FALSE(client_file_path(goose, false, {}));
  EXPECT_FALSE(client_file_path(goose, true, kNothingSet));
}

TEST(McpClients, NameCredentialsThatAreSetAndContainNone) {
  for (const McpClient& client : mcp_clients()) {
    const std::string none = json::write(wanted_for(client.name.data()));
    const std::string set = json::write(wanted_for(client.name.data(), kTokenSet));
    const bool names = !client.reference.empty();
    EXPECT_EQ(set.find("DOCKER_HUB_TOKEN") != std::string::npos, names) << client.name;
    EXPECT_EQ(none.find("DOCKER_HUB_TOKEN") != std::string::npos, client.prompts) << client.name;
  }
  EXPECT_THAT(json::write(wanted_for("cursor", kTokenSet)),
              HasSubstr(R"("env":{"DOCKER_HUB_TOKEN":"${env:DOCKER_HUB_TOKEN}"})"));
  EXPECT_THAT(json::write(wanted_for("vscode")), HasSubstr(R"("password":true)"));
}

TEST(McpInstall, IsDoneOnce) {
  for (const McpClient& client : mcp_clients()) {
    const auto first = installed(client.name.data(), "");
    ASSERT_TRUE(first && *first) << client.name;
    const auto second = installed(client.name.data(), **first);
    ASSERT_TRUE(second) << client.name;
    EXPECT_FALSE(*second) << client.name;
  }
}

TEST(McpInstall, KeepsWhatIsThereAndUpdatesTheProgram) {
  const auto text =
      installed("claude-code", R"({"b":1.0,"mcpServers":{"dockerhub":)"
                               R"({"command":"/old/dockerhub-mcp","env":{"X":"1"}}},"a":2})");
  ASSERT_TRUE(text && *text);
  EXPECT_EQ(**text, R"({"b":1.0,"mcpServers":{"dockerhub":{"command":"/opt/dockerhub-mcp",)"
                    R"("env":{"X":"1"}, "type": "stdio"}},"a":2})");
  const auto yaml = installed("goose",
                              "# mine\nextensions:\n  dockerhub:\n    # of it\n"
                              "    cmd: /old/dockerhub-mcp # here\n    timeout: 5 # s\n");
  ASSERT_TRUE(yaml && *yaml);
  EXPECT_THAT(**yaml, StartsWith("# mine\nextensions:\n  dockerhub:\n    # of it\n"
                                 "    cmd: \"/opt/dockerhub-mcp\" # here\n    timeout: 5 # s\n"));
  EXPECT_THAT(**yaml, HasSubstr("\n    type: stdio\n"));
}

TEST(McpInstall, TakesTheProgramFromThePathForOurs) {
  const auto text =
      installed("cursor", R"({"mcpServers":{"dockerhub":{"command":"dockerhub-mcp"}}})");
  ASSERT_TRUE(text && *text);
  EXPECT_THAT(**text, HasSubstr(R"("command":"/opt/dockerhub-mcp")"));
}

void expect_another_server(const char* client, const std::string& text) {
  const auto refused = installed(client, text);
  ASSERT_FALSE(refused) << text;
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration) << text;
  EXPECT_THAT(refused.error().message, HasSubstr("the file was not changed: another server"));
  EXPECT_THAT(refused.error().hint, HasSubstr("--name"));
}

TEST(McpInstall, LeavesAnotherServersEntryAlone) {
  for (const char* entry :
       {R"({"command":"docker","args":["run","-i","dockerhub-mcp:local","dockerhub-mcp"]})",
        R"({"url":"http://localhost:8000/mcp"})", R"({"type":"http","httpUrl":"https://a/mcp"})",
        R"({"command":"/old/dockerhub-mcp","serverUrl":"https://a/mcp"})",
        R"({"command":{"path":"/old/dockerhub-mcp","args":[],"env":{"A":"1"}}})",
        R"({"command":"/old/dockerhub-mcp-wrapped"})", R"({"command":null})", "{}"}) {
    expect_another_server("cursor", R"({"mcpServers":{"dockerhub":)" + std::string(entry) + "}}");
  }
  for (const char* entry : {"cmd: docker\n    args: [run, -i]\n", "type: builtin\n",
                            "type: sse\n    uri: https://a/mcp\n"}) {
    expect_another_server("goose", "extensions:\n  dockerhub:\n    " + std::string(entry));
  }
}

TEST(McpInstall, GoesBesideAnotherServersEntry) {
  const auto text =
      installed("cursor", R"({"mcpServers":{"dockerhub2":{"command":"docker","args":["run"]}}})");
  ASSERT_TRUE(text && *text);
  EXPECT_THAT(**text, HasSubstr(R"("dockerhub2":{"command":"docker","args":["run"]})"));
}

TEST(McpInstall, RefusesWhatItCannotChangeWithoutLoss) {
  for (const char* text :
       {"// mine\n{}", "{\"a\":1,}", "{", "[]", "null", R"({"mcpServers":[]})",
        R"({"mcpServers":{"dockerhub":"x"}})", R"({"mcpServers":{},"mcpServers":{}})"}) {
    const auto refused = installed("cursor", text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().kind, ErrorKind::configuration) << text;
    EXPECT_THAT(refused.error().message, HasSubstr("the file was not changed")) << text;
  }
  for (const char* text : {"extensions: [", "- a\n", "extensions: {a: {cmd: x}}\n",
                           "extensions:\n  - a\n", "a: 1\n---\nb: 2\n"}) {
    EXPECT_FALSE(installed("goose", text)) << text;
  }
}

TEST(McpInstall, TakesCommentsOfYaml) {
  const auto text = installed("goose", "# nothing yet\n");
  ASSERT_TRUE(text && *text);
  EXPECT_THAT(**text, HasSubstr("# nothing yet\nextensions:\n"));
}

}  // namespace
}  // namespace dockerhub::cli
