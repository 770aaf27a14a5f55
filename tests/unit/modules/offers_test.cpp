// emit/1: what a module hides and offers of what its manifest states.
#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Offers : public TableFixture {
 protected:
  std::size_t actions() {
    const auto snapshot = table().snapshot();
    const Tool* tool = snapshot->catalogue.find_tool("c_module");
    return tool == nullptr ? 0 : tool->actions.size();
  }
};

TEST_F(Offers, HideAndShowAnActionAndTellOnce) {
  install("c_module");
  ASSERT_EQ(actions(), 3U);
  told();
  const auto version = table().snapshot()->catalogue.version;
  ASSERT_TRUE(table().offer("c_module", DH_KIND_ACTION, "c_module.echo", false));
  EXPECT_EQ(actions(), 2U);
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  EXPECT_GT(table().snapshot()->catalogue.version, version);
  ASSERT_TRUE(table().offer("c_module", DH_KIND_ACTION, "c_module.echo", false));
  EXPECT_THAT(told(), IsEmpty()) << "it was hidden already";
  ASSERT_TRUE(table().offer("c_module", DH_KIND_ACTION, "c_module.echo", true));
  EXPECT_EQ(actions(), 3U);
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
}

TEST_F(Offers, LeaveAToolWithoutActionsOut) {
  install("c_module");
  for (const char* action : {"c_module.echo", "c_module.identity", "c_module.counter"}) {
    ASSERT_TRUE(table().offer("c_module", DH_KIND_ACTION, action, false));
  }
  EXPECT_THAT(tools(), IsEmpty());
}

TEST_F(Offers, AreOnlyOfWhatTheManifestStates) {
  install("c_module");
  EXPECT_FALSE(table().offer("c_module", DH_KIND_ACTION, "c_module.other", false));
  EXPECT_FALSE(table().offer("c_module", DH_KIND_ACTION, "other.echo", false));
  EXPECT_FALSE(table().offer("c_module", DH_KIND_PROMPT, "c_module.echo", false));
  EXPECT_FALSE(table().offer("absent", DH_KIND_ACTION, "absent.run", false));
  EXPECT_EQ(actions(), 3U);
}

TEST_F(Offers, OfAPromptAreAChangeOfPrompts) {
  install("mcp_fixture");
  const auto snapshot = table().snapshot();
  ASSERT_FALSE(snapshot->catalogue.prompts.empty()) << reason("mcp_fixture.so");
  told();
  const std::string name = snapshot->catalogue.prompts.front().name;
  ASSERT_TRUE(table().offer("mcp_fixture", DH_KIND_PROMPT, name, false));
  EXPECT_THAT(told(), ElementsAre(Change::Kind::prompts));
  EXPECT_EQ(table().snapshot()->catalogue.prompts.size(), snapshot->catalogue.prompts.size() - 1);
}

TEST_F(Offers, OfAResourceAreAChangeOfResources) {
  install("mcp_fixture");
  const Catalogue before = table().snapshot()->catalogue;
  told();
  for (const char* uri : {"test://static-text", "test://template/{id}/data"}) {
    ASSERT_TRUE(table().offer("mcp_fixture", DH_KIND_RESOURCE, uri, false)) << uri;
    EXPECT_THAT(told(), ElementsAre(Change::Kind::resources)) << uri;
  }
  const auto after = table().snapshot();
  EXPECT_EQ(after->catalogue.resources.size(), before.resources.size() - 1);
  EXPECT_EQ(after->catalogue.resource_templates.size(), before.resource_templates.size() - 1);
}

TEST_F(Offers, AreOfThreeKindsOnly) {
  install("mcp_fixture");
  EXPECT_FALSE(table().offer("mcp_fixture", DH_KIND_RESOURCE, "test://absent", false));
  const auto unknown = table().offer("mcp_fixture", 99, "test://static-text", false);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::module_fault);
  EXPECT_EQ(unknown.error().message, "module `mcp_fixture` declares no `test://static-text`");
}

TEST_F(Offers, BeginAnewWithAReload) {
  install("c_module");
  ASSERT_TRUE(table().offer("c_module", DH_KIND_ACTION, "c_module.echo", false));
  ASSERT_TRUE(table().reload("c_module"));
  EXPECT_EQ(actions(), 3U);
}

}  // namespace
}  // namespace dockerhub
