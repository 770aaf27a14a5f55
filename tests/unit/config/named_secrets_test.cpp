// Secrets that are named where they are set: "@FILE" and "env:NAME".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "config/settings.hpp"
#include "redaction/redactor.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using Program = ConfigurationSources::Program;
using testing::HasSubstr;
using testing::Not;

class NamedSecrets : public testing::Test {
 protected:
  static ConfigurationSources sources(const std::map<std::string, std::string>& environment) {
    ConfigurationSources sources = no_sources();
    sources.program = Program::server;
    sources.environment = environment;
    return sources;
  }

  // The account's secret with these variables, or why there is none.
  static std::string secret(const std::map<std::string, std::string>& environment) {
    const auto loaded = Configuration::load(sources(environment));
    if (!loaded) return refusal(loaded);
    return std::string(loaded->impl().secrets.at("account.secret").reveal());
  }

  std::string in_file(std::string_view text, unsigned mode = 0600) const {
    return secret({{"DOCKER_HUB_TOKEN", "@" + folder_.write("token", text, mode).string()}});
  }

  TemporaryFolder folder_;
};

TEST_F(NamedSecrets, AreReadFromAFile) {
  EXPECT_EQ(in_file("dckr_pat_x"), "dckr_pat_x");
  EXPECT_EQ(in_file("dckr_pat_x\n"), "dckr_pat_x");
  EXPECT_EQ(in_file("dckr_pat_x\r\n"), "dckr_pat_x");
  EXPECT_EQ(in_file(" two words\n\n"), " two words\n");
  EXPECT_EQ(in_file("@begins so"), "@begins so");
  EXPECT_EQ(in_file("env:HOME", 0400), "env:HOME");
}

TEST_F(NamedSecrets, AreReadFromAVariable) {
  EXPECT_EQ(secret({{"DOCKER_HUB_TOKEN", "env:MY_TOKEN"}, {"MY_TOKEN", "dckr_pat_y"}}),
            "dckr_pat_y");
}

TEST_F(NamedSecrets, AreThemselvesWhereTheyNameNothing) {
  for (const char* const text : {"@", "env:", "env:a b", "env:1a", "environment", "a@b", "ENV:A"}) {
    EXPECT_EQ(secret({{"DOCKER_HUB_TOKEN", text}}), text);
  }
  const auto other = Configuration::load(sources({{"DOCKER_HUB_USER", "@ann"}}));
  EXPECT_EQ(other->text("account.user"), "@ann");
}

TEST_F(NamedSecrets, OfEverySecretSettingAreRead) {
  const std::string file = "@" + folder_.write("secret", "from-the-file").string();
  std::map<std::string, std::string> variables;
  for (const Setting& row : settings()) {
    const bool read = row.reader == SettingReader::all || row.reader == SettingReader::server;
    if (read && row.type == SettingType::secret) variables[std::string(row.variables[0])] = file;
  }
  ASSERT_GT(variables.size(), 4U);
  const auto loaded = Configuration::load(sources(variables));
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().secrets.size(), variables.size());
  for (const auto& [key, value] : loaded->impl().secrets) {
    EXPECT_EQ(value.reveal(), "from-the-file") << key;
  }
}

TEST_F(NamedSecrets, ThatOthersMayReadOrChangeAreRefused) {
  for (const unsigned mode : {0640U, 0604U, 0644U}) {
    EXPECT_THAT(in_file("canary-secret", mode), HasSubstr("other users may read it")) << mode;
  }
  for (const unsigned mode : {0620U, 0602U, 0666U}) {
    EXPECT_THAT(in_file("canary-secret", mode), HasSubstr("another user can change it")) << mode;
  }
  EXPECT_THAT(in_file("canary-secret", 0644), Not(HasSubstr("canary-secret")));
}

TEST_F(NamedSecrets, InAFolderOfOthersAreRefused) {
  const std::string file = folder_.write("open/token", "canary-secret").string();
  std::filesystem::permissions(folder_.path() / "open", static_cast<std::filesystem::perms>(0777));
  EXPECT_THAT(secret({{"DOCKER_HUB_TOKEN", "@" + file}}), HasSubstr("put another one"));
}

TEST_F(NamedSecrets, ThatAreNotThereAreRefusedWithoutWhatMayBeASecret) {
  const std::string missing = secret({{"DOCKER_HUB_TOKEN", "@canary/of no file"}});
  EXPECT_THAT(missing, HasSubstr("environment DOCKER_HUB_TOKEN: account.secret names a file"));
  EXPECT_THAT(missing, HasSubstr("goes into a file"));
  EXPECT_THAT(missing, Not(HasSubstr("canary")));
  const std::string unset = secret({{"DOCKER_HUB_TOKEN", "env:CANARY"}});
  EXPECT_THAT(unset, HasSubstr("which is not set"));
  EXPECT_THAT(unset, Not(HasSubstr("CANARY")));
  EXPECT_THAT(secret({{"DOCKER_HUB_TOKEN", "env:EMPTY"}, {"EMPTY", ""}}), HasSubstr("not set"));
  EXPECT_THAT(secret({{"DOCKER_HUB_TOKEN", "env:A"}, {"A", "env:B"}, {"B", "x"}}),
              HasSubstr("names a secret again"));
}

TEST_F(NamedSecrets, ThatAreNoSecretsAreRefused) {
  EXPECT_THAT(in_file(""), HasSubstr("it is empty"));
  EXPECT_THAT(in_file("\n"), HasSubstr("it is empty"));
  EXPECT_THAT(in_file(std::string(65 * 1024, 'x')), HasSubstr("At most 65536 bytes"));
  EXPECT_THAT(secret({{"DOCKER_HUB_TOKEN", "@" + folder_.path().string()}}),
              HasSubstr("Name a plain file"));
  EXPECT_THAT(secret({{"DOCKER_HUB_TOKEN", "@/dev/zero"}}), HasSubstr("Name a plain file"));
}

TEST_F(NamedSecrets, MayBeOptions) {
  ConfigurationSources options = sources({{"SHARED", "the shared secret"}});
  options.flags = {{"mcp.token_secret", "env:SHARED"}};
  const auto loaded = Configuration::load(options);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().secrets.at("mcp.token_secret").reveal(), "the shared secret");
  EXPECT_EQ(loaded->origin("mcp.token_secret"), "option --token-secret");
  options.flags = {{"mcp.token_secret", "canary-secret"}};
  const std::string refused = refusal(Configuration::load(options));
  EXPECT_THAT(refused, HasSubstr("--token-secret"));
  EXPECT_THAT(refused, HasSubstr("@FILE"));
  EXPECT_THAT(refused, Not(HasSubstr("canary-secret")));
}

TEST_F(NamedSecrets, MayStandInTheUserFileWhichIsThenNoSecretItself) {
  folder_.write("token", "dckr_pat_z");
  ConfigurationSources files = sources({{"MY_JWT", "canary-jwt"}});
  files.read_user_file = true;
  files.user_file = folder_.write(
      "config.yaml",
      "account:\n  secret: '@" + (folder_.path() / "token").string() + "'\n  jwt: env:MY_JWT\n",
      0644);
  const auto loaded = Configuration::load(files);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "dckr_pat_z");
  EXPECT_EQ(loaded->impl().secrets.at("account.jwt").reveal(), "canary-jwt");
  EXPECT_TRUE(loaded->warnings().empty());
}

TEST_F(NamedSecrets, OfAFoundFileAreRefusedAndOfANamedOneNot) {
  const std::string name = folder_.write("token", "dckr_pat_z").string();
  const auto file = folder_.write(".env", "A=1\nDOCKER_HUB_TOKEN=@" + name + "\n");
  ConfigurationSources found = sources({});
  found.dotenv = file;
  EXPECT_THAT(refusal(Configuration::load(found)), HasSubstr("a .env that nobody named"));
  ConfigurationSources named = sources({});
  named.env_file = file;
  EXPECT_EQ(Configuration::load(named)->impl().secrets.at("account.secret").reveal(), "dckr_pat_z");
  // What such a file sets is not taken for a secret either.
  found.dotenv = folder_.write("other.env", "MY_TOKEN=1\n");
  found.environment = {{"DOCKER_HUB_TOKEN", "env:MY_TOKEN"}};
  EXPECT_THAT(refusal(Configuration::load(found)), HasSubstr("not set"));
}

TEST_F(NamedSecrets, OfTheServerAloneStopNoOtherProgram) {
  ConfigurationSources command = sources({{"MCP_TOKEN_SECRET", "@/nowhere/secret"}});
  EXPECT_THAT(refusal(Configuration::load(command)), HasSubstr("cannot be found"));
  for (const Program program : {Program::command_line, Program::embedded, Program::rest}) {
    command.program = program;
    const auto loaded = Configuration::load(command);
    ASSERT_TRUE(loaded) << refusal(loaded);
    EXPECT_EQ(loaded->origin("mcp.token_secret"), "environment MCP_TOKEN_SECRET");
    EXPECT_EQ(loaded->impl().secrets.count("mcp.token_secret"), 0U);
  }
}

TEST_F(NamedSecrets, OfTheRestServerAreItsOwn) {
  ConfigurationSources rest = sources({{"DOCKERHUB_REST_TOKEN_SECRET", "@/nowhere/secret"}});
  ASSERT_TRUE(Configuration::load(rest));
  rest.program = Program::rest;
  EXPECT_THAT(refusal(Configuration::load(rest)), HasSubstr("cannot be found"));
}

TEST_F(NamedSecrets, ThatAreOverriddenNeedNotBeThere) {
  ConfigurationSources files = sources({{"DOCKER_HUB_TOKEN", "dckr_pat_x"}});
  files.read_user_file = true;
  files.user_file =
      folder_.write("config.yaml", "account:\n  secret: env:NOT_SET\n  jwt: '@/nowhere/jwt'\n");
  files.env_file = folder_.write("x.env", "DOCKERHUB_JWT=env:MY_JWT\nMY_JWT=canary-jwt\n");
  const auto loaded = Configuration::load(files);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "dckr_pat_x");
  EXPECT_EQ(loaded->impl().secrets.at("account.jwt").reveal(), "canary-jwt");
}

TEST_F(NamedSecrets, ThatOverrideASecretHaveToBeThere) {
  ConfigurationSources files = sources({{"DOCKER_HUB_TOKEN", "env:NOT_SET"}});
  files.env_file = folder_.write("x.env", "DOCKER_HUB_TOKEN=canary-of-the-file\n");
  EXPECT_THAT(refusal(Configuration::load(files)), HasSubstr("which is not set"));
}

TEST_F(NamedSecrets, AreMaskedAndTheirVariablesAreNotKept) {
  const auto loaded = Configuration::load(
      sources({{"DOCKER_HUB_TOKEN", "env:MY_TOKEN"}, {"MY_TOKEN", "canary-of-a-variable"}}));
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().variables.count("MY_TOKEN"), 0U);
  EXPECT_EQ(loaded->text("account.secret"), "");
  EXPECT_EQ(Redactor(loaded->impl().book).text("canary-of-a-variable"), "***redacted***");
}

}  // namespace
}  // namespace dockerhub
