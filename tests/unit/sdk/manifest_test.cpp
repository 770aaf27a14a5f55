// The manifest that the rows of a module become.
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/pointer.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>
#include <string>

#include "sample_module.hpp"

namespace {

rapidjson::Document parsed(std::string_view text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  return document;
}

std::string at(const char* pointer) {
  auto document = parsed(sample_manifest());
  const auto* value = rapidjson::Pointer(pointer).Get(document);
  if (value == nullptr) return "(nothing)";
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value->Accept(writer);
  return buffer.GetString();
}

std::string schema_text() {
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/kernel/share/manifest-1.schema.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

// Where `value` breaks the schema, or nothing.
std::string violation(const rapidjson::Value& value, const rapidjson::SchemaDocument& schema) {
  rapidjson::SchemaValidator validator(schema);
  if (value.Accept(validator)) return {};
  rapidjson::StringBuffer where;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
  return std::string(where.GetString()) + " " + validator.GetInvalidSchemaKeyword();
}

// The schema of one action, which the manifest's schema leaves to a check of its own.
rapidjson::Document action_schema() {
  auto schema = parsed(schema_text());
  rapidjson::Document action(&schema.GetAllocator());
  action.CopyFrom(schema["definitions"]["action"], action.GetAllocator());
  rapidjson::Value definitions(schema["definitions"], action.GetAllocator());
  action.AddMember("definitions", definitions, action.GetAllocator());
  rapidjson::Document own;
  own.CopyFrom(action, own.GetAllocator());
  return own;
}

TEST(Manifest, IsOneJsonTextWithoutATerminator) {
  const auto document = parsed(sample_manifest());
  EXPECT_FALSE(document.HasParseError())
      << rapidjson::GetParseError_En(document.GetParseError()) << document.GetErrorOffset();
  EXPECT_EQ(sample_manifest().back(), '}');
}

TEST(Manifest, FitsThePublishedSchema) {
  const rapidjson::SchemaDocument schema(parsed(schema_text()));
  EXPECT_EQ(violation(parsed(sample_manifest()), schema), "");
}

TEST(Manifest, EachActionFitsThePublishedSchema) {
  const rapidjson::SchemaDocument schema(action_schema());
  const auto document = parsed(sample_manifest());
  for (const auto& tool : document["tools"].GetArray()) {
    for (const auto& action : tool["actions"].GetArray()) {
      EXPECT_EQ(violation(action, schema), "") << action["name"].GetString();
    }
  }
}

TEST(Manifest, StatesWhatTheModuleIs) {
  EXPECT_EQ(at("/manifest"), "1");
  EXPECT_EQ(at("/name"), R"("sample")");
  EXPECT_EQ(at("/abi"), R"("1.0")");
  EXPECT_EQ(at("/toggle"), R"({"variable":"SAMPLETOOL","aliases":["SAMPLE_TOOL"]})");
}

TEST(Manifest, ListsTheExtensionsThatTheRowsNeed) {
  EXPECT_EQ(at("/host"), R"({"required":["call/1","log/1"],"optional":["http/1"]})");
  EXPECT_EQ(at("/extensions"), R"(["tools/1","resources/1","prompts/1","complete/1","health/1"])");
  EXPECT_EQ(at("/requires"), R"(["request/1"])");
}

TEST(Manifest, ListsSettingsAndDestinations) {
  EXPECT_EQ(at("/settings/0"),
            R"({"key":"depth","type":"integer","default":3,"variable":"SAMPLE_DEPTH",)"
            R"("description":"How deep"})");
  EXPECT_EQ(at("/settings/1/secret"), "true");
  EXPECT_EQ(at("/destinations/0"), R"({"name":"own","origin":"https://api.example.com",)"
                                   R"("secret":{"setting":"key","as":"bearer"}})");
}

TEST(Manifest, PutsActionsIntoTheToolBeforeThem) {
  EXPECT_EQ(at("/tools/0/name"), R"("sample")");
  EXPECT_EQ(at("/tools/0/actions/0/name"), R"("echo")");
  EXPECT_EQ(at("/tools/1/name"), R"("requests")");
  EXPECT_EQ(at("/tools/1/actions/0/name"), R"("get")");
  EXPECT_EQ(at("/tools/2"), "(nothing)");
}

TEST(Manifest, EscapesTexts) {
  EXPECT_EQ(at("/tools/0/actions/0/parameters/1/description"), R"("A \"mode\"\\\n")");
}

TEST(Manifest, SendsParametersOfAReadInPathAndQuery) {
  EXPECT_EQ(at("/tools/1/actions/0/parameters/0/wire"), R"({"in":"path"})");
  EXPECT_EQ(at("/tools/1/actions/0/parameters/1"),
            R"({"name":"page","type":"integer","description":"Page to answer.",)"
            R"("minimum":1,"wire":{"in":"query"}})");
  EXPECT_EQ(at("/tools/1/actions/0/request"),
            R"({"surface":"hub","method":"GET","path":"/v2/orgs/{org}/tokens",)"
            R"("paging":{"style":"page","items":"results"}})");
}

TEST(Manifest, SendsParametersOfAWriteInTheBodyUnlessARowSaysOtherwise) {
  EXPECT_EQ(at("/tools/1/actions/1/parameters/1/wire"), R"({"in":"body","name":"token_label"})");
  EXPECT_EQ(at("/tools/1/actions/1/parameters/3/wire"), R"({"in":"header","name":"X-Trace"})");
  EXPECT_EQ(at("/tools/1/actions/1/request/headers"), R"({"X-Version":"1"})");
}

TEST(Manifest, SendsAParameterOfThePathInTheBodyTooWhereARowSaysSo) {
  EXPECT_EQ(at("/tools/1/actions/1/parameters/0/wire"), R"({"in":"path","also_in":"body"})");
}

TEST(Manifest, StatesConditionsOfTheEffect) {
  EXPECT_EQ(at("/tools/1/actions/1/effect"),
            R"({"is":"write","when":[{"parameter":"active","equals":false,"is":"destructive"}]})");
  EXPECT_EQ(at("/tools/1/actions/1/at_least_one"), R"([["label","active"]])");
}

TEST(Manifest, GivesARequestToDockerHubItsOwnRoute) {
  EXPECT_EQ(at("/tools/1/actions/0/rest"), R"({"method":"GET","path":"/v2/orgs/{org}/tokens"})");
  EXPECT_EQ(at("/tools/0/actions/0/rest"), "(nothing)");
}

TEST(Manifest, StatesWhichHandlersHonourADryRun) {
  EXPECT_EQ(at("/tools/0/actions/6/name"), R"("plans")");
  EXPECT_EQ(at("/tools/0/actions/6/dry_run"), R"("handler")");
  EXPECT_EQ(at("/tools/0/actions/0/dry_run"), "(nothing)");
}

TEST(Manifest, ListsResourcesTemplatesAndPrompts) {
  EXPECT_EQ(at("/resources/0/uri"), R"("note:index")");
  EXPECT_EQ(at("/resource_templates/0/uri_template"), R"("note://{id}")");
  EXPECT_EQ(at("/prompts/0/arguments"),
            R"([{"name":"whom","description":"Whom","required":true}])");
}

}  // namespace
