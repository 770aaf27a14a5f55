// Loading at first use, and unloading while calls run.
#include <chrono>

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ModuleLife : public TableFixture {};

TEST_F(ModuleLife, BeginsWithTheFirstUse) {
  install("c_module");
  const auto first = table().acquire("c_module");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_NE((*first)->tools(), nullptr);
  EXPECT_NE((*first)->module(), nullptr);
  EXPECT_EQ((*first)->manifest().name, "c_module");
  EXPECT_EQ(table().acquire("c_module").value(), *first);
  EXPECT_EQ(info("c_module.so").state, ModuleState::loaded);
}

TEST_F(ModuleLife, OfOneFileInTwoTablesIsTwoInstances) {
  install("c_module");
  ModuleTable other(options());
  ASSERT_TRUE(other.rescan());
  const auto first = table().acquire("c_module");
  const auto second = other.acquire("c_module");
  ASSERT_TRUE(first && second);
  EXPECT_NE((*first)->module(), (*second)->module());
}

TEST_F(ModuleLife, EndsWithAnUnloadThatReallyUnmaps) {
  install("c_module");
  ASSERT_TRUE(table().load("c_module"));
  told();
  const auto outcome = table().unload("c_module", 5s);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(*outcome, UnloadOutcome::unmapped);
  EXPECT_THAT(tools(), IsEmpty());
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  EXPECT_EQ(info("c_module.so").state, ModuleState::not_loaded);
  EXPECT_EQ(reason("c_module.so"), "unloaded");
  EXPECT_THAT(table().acquire("c_module").error().message, HasSubstr("has been unloaded"));
}

TEST_F(ModuleLife, ReportsALibraryThatStaysMapped) {
  install("pinned");
  ASSERT_TRUE(table().load("pinned"));
  EXPECT_EQ(table().unload("pinned", 5s).value(), UnloadOutcome::pinned);
  EXPECT_THAT(reason("pinned.so"), HasSubstr("pinned"));
}

TEST_F(ModuleLife, GoesOnForTheCallThatHoldsIt) {
  install("c_module");
  auto held = table().acquire("c_module").value();
  EXPECT_FALSE(held->stop_token().stop_requested());
  EXPECT_EQ(table().unload("c_module", 1ms).value(), UnloadOutcome::draining);
  EXPECT_TRUE(held->stop_token().stop_requested()) << "its calls are told to end";
  EXPECT_EQ(info("c_module.so").state, ModuleState::draining);
  EXPECT_NE(held->tools(), nullptr);
  held.reset();
  EXPECT_EQ(info("c_module.so").state, ModuleState::not_loaded);
  EXPECT_EQ(table().unload("c_module", 1ms).value(), UnloadOutcome::unmapped);
}

TEST_F(ModuleLife, BeginsAgainWithALoad) {
  install("c_module");
  ASSERT_TRUE(table().load("c_module"));
  ASSERT_TRUE(table().unload("c_module", 5s));
  told();
  ASSERT_TRUE(table().load("c_module"));
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  EXPECT_TRUE(table().acquire("c_module"));
}

TEST_F(ModuleLife, ThatNeverBeganEndsAtOnce) {
  install("c_module");
  EXPECT_EQ(table().unload("c_module", 5s).value(), UnloadOutcome::unmapped);
  EXPECT_THAT(tools(), IsEmpty());
}

TEST_F(ModuleLife, OutlivesItsTableWhileACallHoldsIt) {
  const auto file = install("c_module");
  std::shared_ptr<Instance> held;
  {
    ModuleTable brief(options());
    ASSERT_TRUE(brief.rescan());
    held = brief.acquire("c_module").value();
  }
  EXPECT_NE(held->tools()->invoke, nullptr);
}

TEST_F(ModuleLife, OfAnUnknownModuleIsAnError) {
  EXPECT_FALSE(table().load("absent"));
  EXPECT_FALSE(table().unload("absent", 1ms));
  EXPECT_FALSE(table().reload("absent"));
}

}  // namespace
}  // namespace dockerhub
