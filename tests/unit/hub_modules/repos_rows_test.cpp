// What the kernel is told to send for hub_repos, action by action (Docker Hub API, "Repositories").
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "built_manifest.hpp"
#include "call/steps.hpp"

namespace dockerhub {
namespace {

using testing::Contains;

class Repos : public testing::Test {
 protected:
  const Action& row(const char* name) const { return *manifest_.tools.at(0).find_action(name); }
  // "namespace:path name:query ..."
  std::string places(const char* name) const {
    static const std::map<Wire::Place, std::string> kNames = {{Wire::Place::none, "none"},
                                                              {Wire::Place::path, "path"},
                                                              {Wire::Place::query, "query"},
                                                              {Wire::Place::body, "body"}};
    std::string text;
    for (const Parameter& parameter : row(name).parameters) {
      text += (text.empty() ? "" : " ") + parameter.wire.name + ":" +
              kNames.at(parameter.wire.place) + (parameter.wire.also_in_body ? "+body" : "");
    }
    return text;
  }
  std::string request(const char* name) const {
    const RequestRow& request = row(name).request.value();
    return request.method + " " + request.path;
  }

 private:
  Manifest manifest_ = test::built_manifest("hub_repos");
};

TEST_F(Repos, SendWhatDockerDocuments) {
  EXPECT_EQ(request("list"), "GET /v2/namespaces/{namespace}/repositories");
  EXPECT_EQ(request("get"), "GET /v2/namespaces/{namespace}/repositories/{repository}");
  EXPECT_EQ(request("check"), "HEAD /v2/namespaces/{namespace}/repositories/{repository}");
  EXPECT_EQ(request("create"), "POST /v2/namespaces/{namespace}/repositories");
  EXPECT_EQ(request("list_tags"), "GET /v2/namespaces/{namespace}/repositories/{repository}/tags");
}

// Nobody's document says these.
TEST_F(Repos, SendUndocumentedRequestsAsDockersOwnProgramsDo) {
  EXPECT_EQ(request("update"), "PATCH /v2/namespaces/{namespace}/repositories/{repository}");
  EXPECT_EQ(request("delete_tag"),
            "DELETE /v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}");
  EXPECT_EQ(request("search"), "GET /api/search/v4");
}

TEST_F(Repos, PutEachParameterWhereItBelongs) {
  EXPECT_EQ(places("list"), "namespace:path name:query ordering:query page:query page_size:query");
  EXPECT_EQ(places("create"),
            "namespace:path+body name:body description:body full_description:body registry:body "
            "is_private:body");
  EXPECT_EQ(places("list_tags"), "namespace:path repository:path page:query page_size:query");
  EXPECT_EQ(places("update"),
            "namespace:path repository:path description:body full_description:body status:body");
  EXPECT_EQ(places("delete_tag"), "namespace:path repository:path tag:path");
  EXPECT_EQ(places("search"),
            "query:query badges:query type:query categories:query architectures:query "
            "operating_systems:query images:query extension_reviewed:query from:query size:query "
            "sort:query order:query");
}

TEST_F(Repos, PageTheirListsByNumber) {
  for (const char* name : {"list", "list_tags"}) {
    EXPECT_EQ(row(name).request->paging_json, R"({"style":"page","items":"results"})");
    EXPECT_EQ(row(name).answer.items_key, "results");
  }
}

TEST_F(Repos, TakeA404OfACheckForAnAnswer) {
  EXPECT_EQ(row("check").request->expect, "exists");
}

TEST_F(Repos, SayNothingOfTheRegistryUnlessAsked) {
  const auto valid = validate(row("create"), R"({"namespace":"acme","name":"app"})");
  ASSERT_TRUE(valid);
  EXPECT_EQ(valid->json, R"({"namespace":"acme","name":"app","is_private":false})");
}

TEST_F(Repos, HoldTheLimitsOfDockerHub) {
  const auto refused = [&](const std::string& rest) {
    const auto valid = validate(row("create"), R"({"namespace":"acme",)" + rest + "}");
    return valid ? std::string("accepted") : valid.error().parameter;
  };
  EXPECT_EQ(refused(R"("name":"ab")"), "accepted");
  EXPECT_EQ(refused(R"("name":"a")"), "name");
  EXPECT_EQ(refused(R"("name":"Ab")"), "name");
  EXPECT_EQ(refused(R"("name":"a__b")"), "name");
  EXPECT_EQ(refused(R"("name":"ab","description":")" + std::string(101, 'x') + '"'), "description");
  EXPECT_EQ(refused(R"("name":"ab","full_description":")" + std::string(25001, 'x') + '"'),
            "full_description");
  EXPECT_EQ(validate(row("list"), R"({"namespace":"a","ordering":"stars"})").error().parameter,
            "ordering");
  EXPECT_EQ(validate(row("list"), R"({"namespace":"a","page_size":101})").error().parameter,
            "page_size");
}

TEST_F(Repos, MarkWhatStrangersWrote) {
  EXPECT_THAT(row("list").answer.from_outside, Contains("description"));
  EXPECT_THAT(row("get").answer.from_outside, Contains("full_description"));
  EXPECT_THAT(row("list_tags").answer.from_outside, Contains("name"));
  EXPECT_THAT(row("cleanup").answer.from_outside, Contains("tag"));
}

TEST_F(Repos, CreateWithoutDestroying) {
  EXPECT_EQ(row("create").worst_effect(), Effect::write);
  EXPECT_EQ(row("list").worst_effect(), Effect::read);
}

}  // namespace
}  // namespace dockerhub
