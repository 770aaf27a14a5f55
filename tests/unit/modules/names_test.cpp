// Who gets a name that two files claim.
#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Names : public TableFixture {
 protected:
  // A module that is trusted, in the place before the installation's.
  std::filesystem::path put_trusted(const std::string& module, const std::string& as) {
    auto file = put(module, "configured", as);
    ModuleTable trusting(options());
    const auto trusted = trusting.trust(file);
    EXPECT_TRUE(trusted) << trusted.error().message;
    return file;
  }
};

TEST_F(Names, OfTheInstallationCannotBeTakenByAnEarlierPlace) {
  const auto own = install("c_module");
  put_trusted("c_module", "impostor.so");
  EXPECT_EQ(info("impostor.so").state, ModuleState::refused);
  EXPECT_EQ(reason("impostor.so"), "name of an installed module: " + own.string());
  EXPECT_EQ(info("c_module.so").state, ModuleState::not_loaded);
  const auto trusted = table().trust(folder_.path() / "configured" / "impostor.so");
  ASSERT_FALSE(trusted) << "trusting it would not help";
  EXPECT_THAT(trusted.error().message, HasSubstr("name of an installed module"));
}

TEST_F(Names, OfAnInstalledModuleThatIsRefusedStayItsOwn) {
  std::filesystem::create_directory(folder_.path() / "other");
  install("create_fails");
  put_trusted("create_fails", "impostor.so");
  EXPECT_FALSE(table().acquire("create_fails"));
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(reason("impostor.so"), HasSubstr("name of an installed module"));
  EXPECT_FALSE(table().reload("create_fails")) << "a reload does not let the other one in";
}

TEST_F(Names, OfModulesGoToTheFileThatIsFoundFirst) {
  const auto first = put("c_module", "installed", "a.so");
  put("c_module", "installed", "b.so");
  EXPECT_EQ(info("a.so").state, ModuleState::not_loaded);
  EXPECT_EQ(reason("b.so"), "module name c_module taken by " + first.string());
}

TEST_F(Names, OfAToolThatTwoModulesStateGoesToTheFileThatIsFoundFirst) {
  const auto first = put("tool_taken", "installed", "a.so");
  put("same_tool", "installed", "b.so");
  EXPECT_EQ(info("a.so").state, ModuleState::not_loaded);
  EXPECT_EQ(reason("b.so"), "tool name demo taken by " + first.string());
}

TEST_F(Names, OfModulesAndToolsAreApart) {
  const auto first = put("name_taken", "installed", "a.so");   // module demo, tool name_taken
  const auto second = put("tool_taken", "installed", "b.so");  // module tool_taken, tool demo
  EXPECT_EQ(info("a.so").state, ModuleState::not_loaded) << reason("a.so");
  EXPECT_EQ(info("b.so").state, ModuleState::not_loaded) << "a module's name is not a tool's";
  EXPECT_THAT(tools(), ElementsAre("demo", "name_taken"));
}

TEST_F(Names, AreFreeAgainWhenTheirFileIsGone) {
  const auto first = put("c_module", "installed", "a.so");
  put("c_module", "installed", "b.so");
  table();
  std::filesystem::remove(first);
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(info("b.so").state, ModuleState::not_loaded) << reason("b.so");
  EXPECT_TRUE(table().acquire("c_module"));
}

TEST_F(Names, ThatNobodyHasComeWithTheLikelyOne) {
  install("c_module");
  const auto missing = table().acquire("c_modul");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "there is no module `c_modul`");
  EXPECT_EQ(missing.error().hint, "Did you mean `c_module`?");
}

}  // namespace
}  // namespace dockerhub
