// Actions that ask and run others that ask, in two tools: what a consent is good for.
#include <dockerhub/plugin.hpp>

namespace {

using namespace dockerhub::sdk;

Status ask_as_told(Context& ctx) {
  const std::string named(ctx.params().text("target"));
  const bool is_destructive = ctx.params().text("effect") == "destructive";
  return ctx.ask().approve(is_destructive ? Effect::destructive : Effect::write,
                           "Change '" + named + "'", named);
}

Status change(Context& ctx) {
  for (std::int64_t i = 0; i < ctx.params().integer("times"); ++i) {
    if (const Status agreed = ask_as_told(ctx); !agreed) return agreed;
  }
  return ctx.answer({{"changed", ctx.params().text("target")}});
}

Status pass_on(Context& ctx) {
  const CallOutcome ran =
      ctx.run("nested_consents", "change", {{"target", ctx.params().text("target")}});
  return ran.status ? ctx.answer(nullptr) : ran.status;
}

Status agree(Context& ctx) {
  if (const Status agreed = ask_as_told(ctx); !agreed) return agreed;
  const Params& given = ctx.params();
  for (std::int64_t i = 0; i < given.integer("runs"); ++i) {
    const CallOutcome ran =
        ctx.run(given.text("tool"), given.text("action"), Json(given.value("params")));
    if (!ran.status) return ran.status;
  }
  return ctx.answer(nullptr);
}

constexpr auto target = string("target", "What is changed").required();
constexpr auto effect =
    string("effect", "What is asked for").choices("write", "destructive").defaults("write");
constexpr auto times = integer("times", "How often it asks").min(1).defaults(1);
constexpr auto runs = integer("runs", "How often the other action is run").min(1).defaults(1);
constexpr auto tool_name = string("tool", "Tool of the other action").defaults("nested_consents");
constexpr auto action_name = string("action", "The other action").defaults("change");
constexpr auto inner_params = object("params", "Parameters of the other action").required();

}  // namespace

DOCKERHUB_MODULE(module("nested_consents", "1.0.0")
                     .describe("Consents and nested actions.")
                     .publisher("Tests")
                     .license("MIT")
                     .needs("ask/1", "catalog/1"),
                 action("agree", Effect::write, "Asks, then runs another action", call(agree),
                        {target, effect, runs, tool_name, action_name, inner_params}),
                 action("change", Effect::write, "Asks", call(change), {target, effect, times}),
                 action("pass_on", Effect::write, "Runs change", call(pass_on), {target}),
                 tool("beside_consents", "The same in a tool of its own"),
                 action("change", Effect::write, "Asks", call(change), {target, effect, times}),
                 action("pass_on", Effect::write, "Runs change of the first tool", call(pass_on),
                        {target}))
