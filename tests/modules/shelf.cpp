// Puts texts into a store of the caller's and runs itself: what a module has of store/1 and catalog/1.
#include <dockerhub/plugin.hpp>

namespace {

using namespace dockerhub::sdk;

constexpr std::string_view kStore = "store";

Status list_names(Context& ctx) {
  auto store = ctx.store(kStore);
  if (!store) return store.status();
  const auto names = store->list(ctx.params().text("prefix"), ctx.params().text("after"));
  return names ? ctx.answer(Json(*names)) : names.status();
}

Status put_text(Context& ctx) {
  auto store = ctx.store(kStore, true);
  if (!store) return store.status();
  auto entry = store->create(ctx.params().text("name"));
  if (!entry) return entry.status();
  const Status written = entry->write(ctx.params().text("text"));
  if (!written) return written;
  const Status committed = entry->commit();
  return committed ? ctx.answer(nullptr) : committed;
}

Status remove_text(Context& ctx) {
  auto store = ctx.store(kStore, true);
  if (!store) return store.status();
  const Status removed = store->remove(ctx.params().text("name"));
  return removed ? ctx.answer(nullptr) : removed;
}

// The answer of another action of this module, as it is.
Status pass_on(Context& ctx, std::string_view action, const Json& params) {
  const CallOutcome ran = ctx.run("shelf", action, params);
  return ran.status ? ctx.answer(Json::raw(ran.envelope)) : ran.status;
}

Status list_through(Context& ctx) {
  const std::string_view other = ctx.params().text("other");
  return pass_on(ctx, "list", {{"store", other.empty() ? ctx.params().text(kStore) : other}});
}

Status run_again(Context& ctx) {
  const std::int64_t times = ctx.params().integer("times");
  return times == 0 ? ctx.answer("the last") : pass_on(ctx, "again", {{"times", times - 1}});
}

Status check_shelf(Context& ctx) {
  return ctx.answer(Json::raw(R"({"ok":false,"findings":[{"what":"a board is loose"}]})"));
}

constexpr auto content = store(kStore, "Where the texts are").required();
constexpr auto name = string("name", "Of a text").required();
constexpr auto text = string("text", "What it says").required();
constexpr auto prefix = string("prefix", "What the names begin with").defaults("");
constexpr auto after = string("after", "The name before the first").defaults("");
constexpr auto other = string("other", "Another store than the caller's").defaults("");
constexpr auto times = integer("times", "How often it runs itself").min(0).required();

}  // namespace

DOCKERHUB_MODULE(
    module("shelf", "1.0.0")
        .describe("Texts in a store of the caller's.")
        .publisher("Tests")
        .license("MIT")
        .needs("store/1", "catalog/1"),
    action("list", Effect::read, "Tells the names", call(list_names), {content, prefix, after}),
    action("put", Effect::write, "Puts a text in", call(put_text), {content, name, text}),
    action("remove", Effect::write, "Takes a text out", call(remove_text), {content, name}),
    action("spoil", Effect::read, "Takes one out, and may not", call(remove_text), {content, name}),
    action("list_through", Effect::read, "Has list tell them", call(list_through),
           {content, other}),
    action("again", Effect::read, "Runs itself", call(run_again), {times}),
    health(call(check_shelf)))
