#include "parameters.hpp"

#include <gmock/gmock.h>

namespace dockerhub::rest {
namespace {

using testing::ElementsAre;

Parameter parameter(const char* name, ParameterType type) {
  Parameter made;
  made.name = name;
  made.type = type;
  return made;
}

Action action_with_all_types() {
  Parameter list = parameter("ids", ParameterType::array);
  list.item_type = ParameterType::integer;
  Parameter secret = parameter("password", ParameterType::string);
  secret.secret = true;
  Action action;
  action.parameters = {parameter("name", ParameterType::string),
                       parameter("count", ParameterType::integer),
                       parameter("active", ParameterType::boolean),
                       parameter("rules", ParameterType::object),
                       parameter("repo", ParameterType::repository),
                       list,
                       secret};
  return action;
}

Result<Input> read(const std::string& query, const web::Pairs& path = {},
                   const std::string& body = {}) {
  const Action action = action_with_all_types();
  const auto parsed = json::parse(body);
  return read_input(&action, {path, *web::read_query(query), parsed ? &*parsed : nullptr});
}

std::string params(const std::string& query, const web::Pairs& path = {},
                   const std::string& body = {}) {
  const auto input = read(query, path, body);
  return input ? input->params : "refused: " + input.error().message;
}

TEST(Parameters, OfAQueryHaveTheTypesOfTheRow) {
  EXPECT_EQ(params("name=7&count=7&active=true"), R"({"name":"7","count":7,"active":true})");
  EXPECT_EQ(params("rules=%7B%22a%22:1%7D&repo=library/alpine"),
            R"({"rules":{"a":1},"repo":"library/alpine"})");
  EXPECT_EQ(params("name=true&name2=1"), R"({"name":"true","name2":"1"})");
}

TEST(Parameters, ThatDoNotFitStayTexts) {
  EXPECT_EQ(params("count=seven&active=yes"), R"({"count":"seven","active":"yes"})");
}

TEST(Parameters, OfListsAreRepeatedOrWritten) {
  EXPECT_EQ(params("ids=1&ids=2"), R"({"ids":[1,2]})");
  EXPECT_EQ(params("ids=1"), R"({"ids":[1]})");
  EXPECT_EQ(params("ids=%5B1,2%5D"), R"({"ids":[1,2]})");
}

TEST(Parameters, OfPathQueryAndBodyAreOne) {
  EXPECT_EQ(params("active=false", {{"name", "acme"}}, R"({"count":3,"rules":null})"),
            R"({"name":"acme","active":false,"count":3})");
  for (const char* twice : {"name=x", "count=1&count=2"}) {
    const auto input = read(twice, {{"name", "acme"}});
    ASSERT_FALSE(input) << twice;
    EXPECT_EQ(input.error().kind, ErrorKind::parameter);
  }
}

TEST(Parameters, AreNotAsManyAsSomebodyLikes) {
  const auto query_of = [](std::size_t count) {
    std::string query;
    for (std::size_t at = 0; at < count; ++at) query += "&p" + std::to_string(at) + "=1";
    return query.substr(1);
  };
  EXPECT_TRUE(read(query_of(kMostParameters)));
  const auto input = read(query_of(kMostParameters + 1));
  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().kind, ErrorKind::parameter);
}

TEST(Parameters, ThatAreSecretNeverStandInAQuery) {
  const auto input = read("password=canary-password");
  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().parameter, "password");
  EXPECT_EQ(input.error().message.find("canary"), std::string::npos);
  EXPECT_EQ(params("", {}, R"({"password":"x"})"), R"({"password":"x"})");
}

TEST(Options, StandInQueryAndBody) {
  const auto query = read("_dry_run=true&_fields=a,b&_fields=c&_max_items=3");
  ASSERT_TRUE(query);
  EXPECT_TRUE(query->options.dry_run);
  EXPECT_THAT(query->options.fields, ElementsAre("a", "b", "c"));
  EXPECT_EQ(query->options.max_items, 3U);
  const auto body = read("", {}, R"({"_all_pages":true,"_fields":["a"]})");
  ASSERT_TRUE(body);
  EXPECT_TRUE(body->options.all_pages);
  EXPECT_EQ(body->params, "{}");
}

TEST(Options, ThatAreWrongAreNamed) {
  for (const char* wrong : {"_dry_run=maybe", "_dry_run=1", "_max_items=0", "_max_items=-1",
                            "_max_items=x", "_all_pages="}) {
    const auto input = read(wrong);
    ASSERT_FALSE(input) << wrong;
    EXPECT_EQ(input.error().parameter, std::string(wrong).substr(0, std::string(wrong).find('=')));
  }
  EXPECT_FALSE(read("", {}, R"({"_fields":"a"})"));
}

}  // namespace
}  // namespace dockerhub::rest
