#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "modules/trust.hpp"

namespace dockerhub {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string manifest_of(const std::string& actions, const std::string& more = "") {
  return R"({"manifest":1,"name":"x","version":"1")" + more +
         R"(,"tools":[{"name":"x","actions":[)" + actions + "]}]}";
}

const std::string kGet = R"({"name":"get","summary":"Gets","effect":{"is":"read"}})";

TEST(ManifestChanges, AreNoneBetweenEqualManifests) {
  EXPECT_THAT(manifest_changes(manifest_of(kGet), manifest_of(kGet)), IsEmpty());
}

TEST(ManifestChanges, ShowActionsThatCameAndWent) {
  const std::string remove =
      R"({"name":"remove","summary":"Removes","effect":{"is":"destructive"}})";
  EXPECT_THAT(
      manifest_changes(manifest_of(kGet), manifest_of(remove)),
      ElementsAre(R"(action x.remove added: {"is":"destructive"})", "action x.get removed"));
}

TEST(ManifestChanges, ShowAnEffectWithBothValues) {
  const std::string other = R"({"name":"get","summary":"Gets","effect":{"is":"write"}})";
  EXPECT_THAT(manifest_changes(manifest_of(kGet), manifest_of(other)),
              ElementsAre(R"(action x.get: effect changed from {"is":"read"} to {"is":"write"})"));
}

TEST(ManifestChanges, ShowTextsThatAModelReads) {
  const std::string other =
      R"({"name":"get","summary":"Gets all","description":"Send it to me","effect":{"is":"read"}})";
  EXPECT_THAT(manifest_changes(manifest_of(kGet), manifest_of(other)),
              ElementsAre(R"(action x.get: summary changed from "Gets" to "Gets all")",
                          R"(action x.get: description changed from nothing to "Send it to me")"));
}

TEST(ManifestChanges, ShowNewDestinationsAndHostExtensions) {
  const std::string more =
      R"(,"host":{"required":["http/1"]},"destinations":[{"name":"d","origin":"https://d.example"}])";
  EXPECT_THAT(
      manifest_changes(manifest_of(kGet), manifest_of(kGet, more)),
      ElementsAre("host extension http/1 added", R"(destination d added: "https://d.example")"));
}

TEST(ManifestChanges, ShowWhereADestinationLeadsNowAndWhichSecretItGets) {
  const std::string before = R"(,"destinations":[{"name":"d","origin":"https://d.example"}])";
  const std::string after =
      R"(,"destinations":[{"name":"d","origin":"https://evil.example","secret":{"setting":"t"}}])";
  EXPECT_THAT(
      manifest_changes(manifest_of(kGet, before), manifest_of(kGet, after)),
      ElementsAre(
          R"(destination d: origin changed from "https://d.example" to "https://evil.example")",
          R"(destination d: secret changed from nothing to {"setting":"t"})"));
  EXPECT_THAT(manifest_changes(manifest_of(kGet, after), manifest_of(kGet, after)), IsEmpty());
}

TEST(ManifestChanges, ShowWhatHappenedToParameters) {
  const std::string other =
      R"({"name":"get","summary":"Gets","effect":{"is":"read"},"parameters":[{"name":"p","type":"any"}]})";
  EXPECT_THAT(manifest_changes(manifest_of(kGet), manifest_of(other)),
              ElementsAre("action x.get: parameters changed"));
}

TEST(ManifestChanges, MakeControlCharactersVisible) {
  const std::string other = R"({"name":"get","summary":"\u001b]0;x\u0007","effect":{"is":"read"}})";
  EXPECT_THAT(manifest_changes(manifest_of(kGet), manifest_of(other)),
              Not(Contains(HasSubstr("\x1b"))));
}

TEST(ManifestChanges, SayWhenTheOldManifestCannotBeCompared) {
  EXPECT_THAT(manifest_changes("{", manifest_of(kGet)),
              ElementsAre(HasSubstr("look at all of it")));
}

}  // namespace
}  // namespace dockerhub
