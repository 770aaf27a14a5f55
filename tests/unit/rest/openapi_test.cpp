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
  get.rest_path = "/v2/things/{name}";
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
}

TEST(OpenApi, LeavesOutWhatNobodyMayDo) {
  const json::Document reads = document(Effect::read);
  EXPECT_FALSE(reads["paths"].HasMember("/v1/tools/hub_demo/remove"));
  EXPECT_FALSE(reads["paths"]["/v1/hub_demo/{name}"].HasMember("put"));
}

TEST(OpenApi, InYamlTextsStayTexts) {
  EXPECT_EQ(yaml_of(R"({"a":"yes","b":[1,true,null],"c":{}})"),
            "\"a\": \"yes\"\n\"b\":\n  - 1\n  - true\n  - null\n\"c\": {}\n");
}

}  // namespace
}  // namespace dockerhub::rest
