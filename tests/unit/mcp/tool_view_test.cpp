// What callers with limits see: who may not do something is not told of it, and is not told of dangers that
// it cannot cause.
#include "tool_view.hpp"

#include <gmock/gmock.h>

#include "json.hpp"

namespace dockerhub::mcp {
namespace {

using testing::HasSubstr;
using testing::Not;

Action action_named(std::string name, Effect effect) {
  Action action;
  action.name = std::move(name);
  action.summary = "Works on things";
  action.effect = effect;
  return action;
}

// `plan` writes where it is given a plan, `update` destroys where status is 0.
Catalogue things() {
  Action plan = action_named("plan", Effect::read);
  plan.parameters = {Parameter{}, Parameter{}};
  plan.parameters[0].name = "plan";
  plan.parameters[1].name = "name";
  plan.effect_conditions = {{"plan", "", Effect::write}};
  Action update = action_named("update", Effect::write);
  update.parameters = {Parameter{}};
  update.parameters[0].name = "status";
  update.parameters[0].type = ParameterType::integer;
  update.parameters[0].aliases = {"state"};
  update.effect_conditions = {{"status", "0", Effect::destructive}};
  Catalogue catalogue;
  catalogue.tools.emplace_back();
  catalogue.tools[0].name = "things";
  catalogue.tools[0].actions =
      std::vector<Action>{plan, update, action_named("remove", Effect::destructive)};
  return catalogue;
}

ToolView view_of(ToolMode mode, Effect most = Effect::destructive) {
  ToolFilter filter;
  filter.most = most;
  return {mode, filter, 0};
}

constexpr ToolMode kAllModes[] = {ToolMode::condensed, ToolMode::verbose, ToolMode::both,
                                  ToolMode::dynamic};

// How many of the tools of a list have this hint.
std::size_t count_of(const std::string& list, std::string_view hint) {
  const auto document = json::parse(list);
  std::size_t count = 0;
  for (const json::Value& tool : json::find(*document, "tools")->GetArray()) {
    const json::Value* said = json::find(json::find(tool, "annotations"), hint);
    if (said != nullptr && said->IsTrue()) ++count;
  }
  return count;
}

std::size_t tools_of(const std::string& list) {
  return json::find(*json::parse(list), "tools")->Size();
}

std::string answer_of(const ToolView& view, std::string_view tool, std::string_view arguments,
                      Effect most) {
  const auto document = json::parse(arguments);
  const ToolView::Call call = view.resolve(things(), tool, &*document, most);
  return call.answer ? call.answer->envelope : "a call";
}

TEST(LimitedView, OfAReaderHasReadOnlyToolsInEachMode) {
  for (const ToolMode mode : kAllModes) {
    for (const std::string& list :
         {view_of(mode, Effect::read).list(things(), Effect::destructive, true),
          view_of(mode).list(things(), Effect::read, true)}) {
      EXPECT_EQ(count_of(list, "readOnlyHint"), tools_of(list)) << list;
      EXPECT_EQ(count_of(list, "destructiveHint"), 0U) << list;
      EXPECT_THAT(list, Not(HasSubstr("[write]")));
      EXPECT_THAT(list, Not(HasSubstr("remove")));
    }
  }
}

TEST(LimitedView, OfAWriterHasNothingDestructive) {
  for (const ToolMode mode : kAllModes) {
    const std::string list = view_of(mode, Effect::write).list(things(), Effect::destructive, true);
    EXPECT_EQ(count_of(list, "destructiveHint"), 0U) << list;
    EXPECT_LT(count_of(list, "readOnlyHint"), tools_of(list)) << list;
    EXPECT_THAT(list, Not(HasSubstr("[destructive]")));
  }
}

TEST(LimitedView, WithoutALimitTellsTheWorst) {
  for (const ToolMode mode : kAllModes)
    EXPECT_GT(count_of(view_of(mode).list(things(), Effect::destructive, true), "destructiveHint"),
              0U);
}

TEST(LimitedView, IsWhatASearchFinds) {
  const ToolView view = view_of(ToolMode::dynamic);
  const auto found = [&](Effect most) {
    return answer_of(view, "search_actions", R"({"query":"things"})", most);
  };
  EXPECT_THAT(found(Effect::read), HasSubstr("plan("));
  EXPECT_THAT(found(Effect::read), Not(HasSubstr("update(")));
  EXPECT_THAT(found(Effect::write), HasSubstr("update("));
  EXPECT_THAT(found(Effect::write), Not(HasSubstr("remove(")));
  EXPECT_THAT(found(Effect::destructive), HasSubstr("remove("));
  EXPECT_EQ(answer_of(view, "call_action", R"({"tool":"things","action":"remove"})", Effect::read),
            "a call")
      << "the policy refuses it, and says why";
}

TEST(NarrowedView, LeavesOutWhatEitherFilterLeavesOut) {
  ToolFilter own;
  own.disabled = {"things.remove"};
  const ToolView server(ToolMode::condensed, own, 0);
  ToolFilter wanted;
  wanted.enabled = {"things.remove", "things.update"};
  const auto narrowed = server.narrowed(wanted);
  const std::string list = narrowed->list(things(), Effect::destructive, true);
  EXPECT_THAT(list, HasSubstr("update("));
  EXPECT_THAT(list, Not(HasSubstr("plan(")));
  EXPECT_THAT(list, Not(HasSubstr("remove("))) << "what the server does not offer cannot be had";
  EXPECT_THAT(server.list(things(), Effect::destructive, true), HasSubstr("plan("));
}

TEST(NarrowedView, RaisesNoLimit) {
  ToolFilter all;
  ToolFilter reads;
  reads.most = Effect::read;
  EXPECT_EQ(view_of(ToolMode::condensed, Effect::write).narrowed(all)->limit(), Effect::write);
  EXPECT_EQ(view_of(ToolMode::condensed, Effect::write).narrowed(reads)->limit(), Effect::read);
}

TEST(NarrowedView, HidesAModuleOfWhichNothingIsLeft) {
  Catalogue catalogue = things();
  catalogue.tools[0].module = "things_module";
  ToolFilter wanted;
  wanted.disabled = {"things"};
  const ToolView server = view_of(ToolMode::condensed);
  EXPECT_TRUE(server.narrowed(wanted)->hides_module(catalogue, "things_module"));
  EXPECT_FALSE(server.hides_module(catalogue, "things_module"));
  EXPECT_FALSE(server.narrowed(wanted)->hides_module(catalogue, "one_without_actions"));
}

TEST(LimitedView, IsWhatNearMissesAreTakenFrom) {
  const ToolView view = view_of(ToolMode::verbose);
  EXPECT_THAT(view.unknown(things(), "things_remov", Effect::destructive).hint,
              HasSubstr("things_remove"));
  EXPECT_THAT(view.unknown(things(), "things_remov", Effect::read).hint,
              Not(HasSubstr("things_remove")));
}

TEST(EffectOfACall, IsRaisedByItsParameters) {
  const ToolView view = view_of(ToolMode::condensed);
  const auto effect = [&](std::string_view arguments) {
    const auto document = json::parse(arguments);
    return view.effect_of(things(), "things", &*document);
  };
  EXPECT_EQ(effect(R"({"action":"update","params":{"status":1}})"), Effect::write);
  EXPECT_EQ(effect(R"({"action":"update","params":{"status":0}})"), Effect::destructive);
  EXPECT_EQ(effect(R"({"action":"update","params":{"state":"0"}})"), Effect::destructive);
  EXPECT_EQ(effect(R"({"action":"update","params_json":"{\"status\":0}"})"), Effect::destructive);
  EXPECT_EQ(effect(R"({"action":"plan","params":{"name":"a"}})"), Effect::read);
  EXPECT_EQ(effect(R"({"action":"plan","params":{"plan":"p"}})"), Effect::write);
  EXPECT_EQ(effect(R"({"action":"remove","dry_run":true})"), Effect::read);
}

TEST(EffectOfACall, OfAnActionThatTheFilterHidesIsNone) {
  ToolFilter filter;
  filter.disabled = {"things.remove"};
  const auto document = json::parse(R"({"action":"remove"})");
  EXPECT_EQ(ToolView(ToolMode::condensed, filter, 0).effect_of(things(), "things", &*document),
            Effect::read)
      << "no token would help";
}

}  // namespace
}  // namespace dockerhub::mcp
