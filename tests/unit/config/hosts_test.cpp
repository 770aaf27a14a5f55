#include "config/hosts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

http::Origin origin(std::string_view url) {
  return http::parse_url(url).value().origin;
}

TEST(BaseUrls, AreDockersUnlessSomebodySaysOtherwise) {
  const auto loaded = load_environment({});
  EXPECT_EQ(loaded->text("hub.url"), "https://hub.docker.com");
  EXPECT_EQ(url_setting(*loaded, "registry.auth_url").text(), "https://auth.docker.io/token");
}

TEST(BaseUrls, NeedTlsUnlessTheHostIsThisMachineOrListed) {
  EXPECT_TRUE(load_environment({{"DOCKERHUB_URL", "http://127.0.0.1:8080"}}));
  EXPECT_TRUE(load_environment({{"DOCKERHUB_URL", "http://localhost"}}));
  const std::string refused = refusal(load_environment({{"DOCKERHUB_URL", "http://hub.lan"}}));
  EXPECT_THAT(refused, HasSubstr("environment DOCKERHUB_URL"));
  EXPECT_THAT(refused, HasSubstr("DOCKERHUB_PLAIN_HTTP_HOSTS"));
  EXPECT_TRUE(load_environment(
      {{"DOCKERHUB_URL", "http://hub.lan"}, {"DOCKERHUB_PLAIN_HTTP_HOSTS", "hub.lan"}}));
}

TEST(BaseUrls, MayNameAUnixSocket) {
  const auto loaded = load_environment({{"DOCKERHUB_URL", "unix:///run/hub.sock"}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("hub.url"), "http+unix://%2Frun%2Fhub.sock");
  EXPECT_EQ(url_setting(*loaded, "hub.url").origin.host, "/run/hub.sock");
  EXPECT_THAT(refusal(load_environment({{"DOCKERHUB_URL", "unix://hub.sock"}})),
              HasSubstr("unix:///SOCKET"));
}

TEST(PlainHosts, MeanEachPortUnlessTheySayOne) {
  const auto loaded = load_environment({{"DOCKERHUB_PLAIN_HTTP_HOSTS", "any.lan,one.lan:5000"}});
  EXPECT_TRUE(plain_http_allowed(*loaded, origin("http://any.lan:81")));
  EXPECT_TRUE(plain_http_allowed(*loaded, origin("http://one.lan:5000")));
  EXPECT_FALSE(plain_http_allowed(*loaded, origin("http://one.lan:5001")));
  EXPECT_FALSE(plain_http_allowed(*loaded, origin("http://other.lan")));
  EXPECT_TRUE(plain_http_allowed(*loaded, origin("http://[::1]:5000")));
}

TEST(PlainHosts, MayBeAListInTheUserFile) {
  const TemporaryFolder folder;
  ConfigurationSources sources;
  sources.user_file =
      folder.write("config.yaml", "http:\n  plain_hosts:\n    - one.lan:5000\n    - two.lan\n");
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_THAT(loaded->list("http.plain_hosts"), testing::ElementsAre("one.lan:5000", "two.lan"));
}

TEST(Registry, IsDockerHubByItsName) {
  EXPECT_TRUE(registry_is_docker_hub(*load_environment({})));
  EXPECT_TRUE(
      registry_is_docker_hub(*load_environment({{"DOCKER_REGISTRY_URL", "https://docker.io"}})));
  EXPECT_FALSE(
      registry_is_docker_hub(*load_environment({{"DOCKER_REGISTRY_URL", "https://r.example"}})));
}

TEST(Registry, IsAStandInForDockerHubWhereOneSourceSetsBothToOneHost) {
  const char* const hub = "http://127.0.0.1:1000";
  const char* const registry = "http://127.0.0.1:2000";
  EXPECT_TRUE(registry_is_docker_hub(
      *load_environment({{"DOCKERHUB_URL", hub}, {"DOCKER_REGISTRY_URL", registry}})));
  EXPECT_FALSE(registry_is_docker_hub(*load_environment(
      {{"DOCKERHUB_URL", "http://localhost:1000"}, {"DOCKER_REGISTRY_URL", registry}})));
  const TemporaryFolder folder;
  ConfigurationSources sources;
  sources.user_file = folder.write("config.yaml", "hub:\n  url: http://127.0.0.1:1000\n");
  sources.environment = {{"DOCKER_REGISTRY_URL", registry}};
  EXPECT_FALSE(registry_is_docker_hub(*Configuration::load(sources)));
}

TEST(Layers, TellWhichSourceSetASetting) {
  const TemporaryFolder folder;
  ConfigurationSources sources;
  sources.user_file = folder.write("config.yaml", "account:\n  user: ann\n");
  sources.env_file = folder.write("x.env", "DOCKER_HUB_TOKEN=token-of-ann\n");
  sources.environment = {{"DOCKERHUB_URL", "https://hub.example"}};
  sources.flags = {{"scout.url", "https://scout.example"}};
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  const Configuration::Impl& settings = loaded->impl();
  EXPECT_EQ(settings.layer_of("account.user"), Layer::user_file);
  EXPECT_EQ(settings.layer_of("account.secret"), Layer::env_file);
  EXPECT_EQ(settings.layer_of("hub.url"), Layer::environment);
  EXPECT_EQ(settings.layer_of("scout.url"), Layer::option);
  EXPECT_EQ(settings.layer_of("registry.url"), Layer::built_in);
}

TEST(UnverifiedTls, IsWarnedOfLoudly) {
  const auto loaded = load_environment({{"DOCKERHUB_SSL_VERIFY", "no"}});
  ASSERT_EQ(loaded->warnings().size(), 1U);
  EXPECT_THAT(loaded->warnings()[0], HasSubstr("NOT verified"));
  EXPECT_TRUE(load_environment({{"DOCKERHUB_SSL_VERIFY", "true"}})->warnings().empty());
}

}  // namespace
}  // namespace dockerhub
