#include "image_diff.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

std::string changes(const char* from, const char* to) {
  return config_changes(*sdk::parse_json(from), *sdk::parse_json(to)).text();
}

TEST(ConfigChanges, NameEachMemberThatDiffers) {
  EXPECT_EQ(changes(R"({"os":"linux","config":{"Env":["A=1"],"User":"x"}})",
                    R"({"os":"linux","config":{"Env":["A=2"],"Cmd":["/bin/sh"]}})"),
            R"([{"field":"config.Cmd","from":null,"to":["/bin/sh"]},)"
            R"({"field":"config.Env","from":["A=1"],"to":["A=2"]},)"
            R"({"field":"config.User","from":"x","to":null}])");
}

TEST(ConfigChanges, AreNoneForAnotherOrderOfMembersAndForLayers) {
  EXPECT_EQ(changes(R"({"a":1,"b":{"c":2,"d":3},"history":[1],"rootfs":{"x":1}})",
                    R"({"b":{"d":3,"c":2},"a":1,"history":[2],"rootfs":{"x":2}})"),
            "[]");
}

TEST(ConfigChanges, StandConfigsThatAreNoObjects) {
  EXPECT_EQ(changes("[]", "{}"), "[]");
  EXPECT_EQ(changes(R"({"config":null})", R"({"config":"x"})"), "[]");
}

TEST(LayerChanges, BeginWhereBothPart) {
  const auto layer = [](const char* digest, std::uint64_t size) {
    Descriptor descriptor;
    descriptor.digest = digest;
    descriptor.size = size;
    return descriptor;
  };
  const auto changes = layer_changes({layer("a", 1), layer("b", 2), layer("c", 3)},
                                     {layer("a", 1), layer("d", 4), layer("c", 3)});
  const auto read = sdk::parse_json(changes.text());
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)["same"].GetInt(), 1);
  EXPECT_EQ((*read)["removed"].Size(), 2U);
  EXPECT_STREQ((*read)["added"][0]["digest"].GetString(), "d");
  EXPECT_EQ((*read)["added"][0]["size"].GetUint64(), 4U);
}

}  // namespace
}  // namespace dockerhub::registry
