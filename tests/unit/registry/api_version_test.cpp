#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_registry.hpp"

namespace {

using testing::ElementsAre;

TEST(ApiVersion, AnswersWhatTheRegistrySays) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/", {200, "{}", {{"docker-distribution-api-version", "registry/2.0"}}});
  EXPECT_EQ(registry.run("api_version", "{}"), DH_OK);
  EXPECT_EQ(registry.data, "{}");
  EXPECT_EQ(registry.annotations["headers"],
            R"({"Docker-Distribution-Api-Version":"registry/2.0"})");
}

TEST(ApiVersion, TakesARefusalForAnAnswer) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/", {401, "who are you?", {}});
  EXPECT_EQ(registry.run("api_version", "{}"), DH_OK);
  EXPECT_EQ(registry.annotations["status_code"], "401");
  EXPECT_EQ(registry.data, R"("who are you?")");
}

TEST(ApiVersion, OfABrokenServerIsAnError) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/", {502, "", {}});
  EXPECT_EQ(registry.run("api_version", "{}"), DH_E_FAILED);
  EXPECT_EQ(registry.error_status_code, 502);
}

TEST(ApiVersion, AsksTheNamedRegistry) {
  ScriptedRegistry registry;
  registry.answer("GET /v2/", {200, "", {}});
  EXPECT_EQ(registry.run("api_version", R"({"registry":"Quay.io"})"), DH_OK);
  EXPECT_THAT(registry.hosts, ElementsAre("quay.io"));
  EXPECT_EQ(registry.data, "null");
}

}  // namespace
