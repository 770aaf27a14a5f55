// Proxies in the configuration: their URLs are told, who asks them is a secret.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "config/host_values.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(ProxySetting, IsReadFromTheUsualVariablesInBothCases) {
  for (const char* name : {"HTTPS_PROXY", "https_proxy"}) {
    const auto loaded = load_environment({{name, "proxy.example:3128"}});
    ASSERT_TRUE(loaded) << refusal(loaded);
    EXPECT_EQ(loaded->text("http.https_proxy"), "http://proxy.example:3128") << name;
    EXPECT_FALSE(loaded->has("http.http_proxy"));
  }
  EXPECT_EQ(load_environment({{"http_proxy", "http://Proxy.Example/"}})->text("http.http_proxy"),
            "http://proxy.example");
  EXPECT_EQ(load_environment({{"no_proxy", "a, b"}})->text("http.no_proxy"), "a, b");
}

TEST(ProxySetting, KeepsUserAndPasswordApartFromTheUrl) {
  const auto loaded =
      load_environment({{"HTTPS_PROXY", "http://ann:canary%3A%40pass@proxy.example:3128"}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("http.https_proxy"), "http://proxy.example:3128");
  EXPECT_EQ(loaded->impl().secrets.at("http.https_proxy").reveal(), "YW5uOmNhbmFyeTpAcGFzcw==");
  bool known = false;
  for (const Secret& value : loaded->impl().book->known()->values)
    known = known || value.reveal() == "canary:@pass";
  EXPECT_TRUE(known) << "redaction has to know the password";
}

TEST(ProxySetting, OfAStrongerSourceBringsItsOwnUserOrNone) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.read_user_file = true;
  sources.user_file =
      folder.write("config.yaml", "http:\n  https_proxy: http://ann:canary@one.example\n", 0600);
  sources.environment = {{"HTTPS_PROXY", "http://two.example"}};
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("http.https_proxy"), "http://two.example");
  EXPECT_EQ(loaded->impl().secrets.count("http.https_proxy"), 0U);
}

TEST(ProxySetting, ThatCannotBeUsedStopsTheStartAndIsNotShown) {
  for (const char* wrong :
       {"socks5://ann:canary@proxy.example", "https://ann:canary@proxy.example",
        "http://ann:canary@proxy.example/path", "http://ann:canary@",
        "http://:canary@proxy.example", "http://a%3Ann:canary@proxy.example",
        "http://ann:canary%zz@proxy.example", "http://ann:canary@proxy.example:0",
        "http://ann:canary@proxy.example?x", "http://ann:canary@proxy example"}) {
    const std::string why = refusal(load_environment({{"HTTPS_PROXY", wrong}}));
    EXPECT_THAT(why, AllOf(HasSubstr("environment HTTPS_PROXY: http.https_proxy is not the URL"),
                           Not(HasSubstr("canary"))))
        << wrong;
  }
}

TEST(ProxySetting, IsNeverTakenFromAnEnvFileThatNobodyNamed) {
  for (const char* name :
       {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"}) {
    const TemporaryFolder folder;
    ConfigurationSources sources = no_sources();
    sources.dotenv = folder.write(".env", std::string("X=1\n") + name + "=proxy.example\n", 0600);
    EXPECT_THAT(refusal(Configuration::load(sources)), AllOf(HasSubstr(".env:2"), HasSubstr(name)));
    sources.env_file = sources.dotenv;
    EXPECT_TRUE(Configuration::load(sources)) << name;
  }
}

TEST(ProxySetting, WithAPasswordMakesAReadableUserFileWorthAWarning) {
  for (const auto& [value, warnings] :
       {std::pair("http://proxy.example", 0U), {"http://ann:canary@proxy.example", 1U}}) {
    const TemporaryFolder folder;
    ConfigurationSources sources = no_sources();
    sources.read_user_file = true;
    sources.user_file =
        folder.write("config.yaml", std::string("http:\n  https_proxy: ") + value + "\n", 0644);
    const auto loaded = Configuration::load(sources);
    ASSERT_TRUE(loaded) << refusal(loaded);
    EXPECT_EQ(loaded->warnings().size(), warnings) << value;
  }
}

}  // namespace
}  // namespace dockerhub
