#include "openapi.hpp"

#include <gmock/gmock.h>

#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

Catalogue catalogue() {
  Parameter name;
  name.name = "name";
  name.required = true;
  Parameter rules;
  rules.name = "rules";
  rules.type = ParameterType::object;
  Action get;
  get.name = "get";
  get.summary = "Yes: one";
  get.rest_method = "GET";
  get.rest_path = "/v2/names/{name}";
  get.parameters = {name, rules};
  Action remove = get;
  remove.name = "remove";
  remove.rest_method = "PUT";
  remove.effect = Effect::destructive;
  remove.examples = {R"({"name":"a"})"};
  Tool tool;
  tool.name = "hub_demo";
  tool.actions = Actions({get, remove});
  Catalogue made;
  made.tools.push_back(tool);
  return made;
}

json::Document document(Effect most = Effect::destructive) {
  const Catalogue made = catalogue();
  auto parsed = json::parse(openapi_document(made, Routes(made), most));
  EXPECT_TRUE(parsed);
  return std::move(*parsed);
}

TEST(OpenApi, HasEachWayToCallAnAction) {
  const json::Document all = document();
  const json::Value& paths = all["paths"];
  EXPECT_EQ(json::text_of(&paths["/v1/tools/hub_demo/get"]["get"], "operationId"),
            "hub_demo.get.get");
  EXPECT_TRUE(paths["/v1/tools/hub_demo/get"].HasMember("post"));
  EXPECT_FALSE(paths["/v1/tools/hub_demo/remove"].HasMember("get"));
  const json::Value& resource = paths["/v1/hub_demo/{name}"];
  EXPECT_EQ(json::text_of(&resource["put"], "x-effect"), "destructive");
  EXPECT_EQ(json::text_of(&resource["get"]["parameters"][0], "in"), "path");
  EXPECT_TRUE(resource["get"]["parameters"][1].HasMember("content"));
}

TEST(OpenApi, SaysWhatABodyHas) {
  const json::Document all = document();
  const auto body = [&](const char* path, const char* method) -> const json::Value& {
    return all["paths"][path][method]["requestBody"]["content"]["application/json"];
  };
  const json::Value& call = body("/v1/tools/hub_demo/remove", "post");
  EXPECT_TRUE(call["schema"]["properties"].HasMember("name"));
  EXPECT_TRUE(call["schema"]["properties"].HasMember("_dry_run"));
  EXPECT_EQ(json::write(call["examples"]["example1"]["value"]), R"({"name":"a"})");
  const json::Value& resource = body("/v1/hub_demo/{name}", "put");
  EXPECT_FALSE(resource["schema"]["properties"].HasMember("name"));
  EXPECT_TRUE(resource["schema"]["required"].Empty());
  EXPECT_TRUE(
      all["paths"]["/v1/tools/hub_demo/remove"]["post"]["requestBody"]["required"].GetBool());
  EXPECT_FALSE(all["paths"]["/v1/hub_demo/{name}"]["put"]["requestBody"]["required"].GetBool());
}

TEST(OpenApi, HasWhatTheServerIsItself) {
  const json::Document all = document(Effect::read);
  const json::Value& paths = all["paths"];
  for (const char* path :
       {"/v1", "/v1/tools/{tool}", "/v1/approvals", "/health", "/health/ready", "/metrics"}) {
    ASSERT_TRUE(paths.HasMember(path)) << path;
    EXPECT_TRUE(paths[path].HasMember("get")) << path;
  }
  EXPECT_TRUE(paths["/v1/approvals/{id}"].HasMember("post"));
  const json::Value& get = paths["/v1/hub_demo/{name}"]["get"]["responses"];
  EXPECT_TRUE(get.HasMember("304"));
  EXPECT_FALSE(paths["/v1/tools/hub_demo/get"]["post"]["responses"].HasMember("304"));
}

// What is referred to is there.
TEST(OpenApi, HasNoLooseReference) {
  const Catalogue made = catalogue();
  const std::string text = openapi_document(made, Routes(made), Effect::destructive);
  const json::Document all = document();
  const std::string begin = R"("$ref":"#/components/)";
  std::size_t count = 0;
  for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
    const std::size_t name = at + begin.size();
    const std::string place = text.substr(name, text.find('"', name) - name);
    const std::string kind = place.substr(0, place.find('/'));
    const std::string what = place.substr(place.find('/') + 1);
    ASSERT_TRUE(all["components"].HasMember(kind.c_str())) << place;
    EXPECT_TRUE(all["components"][kind.c_str()].HasMember(what.c_str())) << place;
    ++count;
  }
  EXPECT_GT(count, 10U);
}

TEST(OpenApi, LeavesOutWhatNobodyMayDo) {
  const json::Document reads = document(Effect::read);
  EXPECT_FALSE(reads["paths"].HasMember("/v1/tools/hub_demo/remove"));
  EXPECT_FALSE(reads["paths"]["/v1/hub_demo/{name}"].HasMember("put"));
}

}  // namespace
}  // namespace dockerhub::rest
