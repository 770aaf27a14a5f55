// Keeps a text between runs: what a module has of kept/1.
#include <dockerhub/plugin.hpp>

namespace {

using namespace dockerhub::sdk;

// Why there is no record, as a name; the call itself goes well.
Status without(Context& ctx, Status why) {
  const char* name = why == Status(DH_E_EXISTS)        ? "taken"
                     : why == Status(DH_E_UNSUPPORTED) ? "unsupported"
                     : why == Status(DH_E_DRY_RUN)     ? "dry run"
                                                       : "none";
  return ctx.answer(name);
}

Status put_text(Context& ctx) {
  auto record = ctx.kept(ctx.params().text("name"));
  if (!record) return without(ctx, record.status());
  const Status written =
      record->write(ctx.params().text("value"), std::chrono::seconds(ctx.params().integer("time")));
  return ctx.answer({{"status", written.value()}});
}

Status get_text(Context& ctx) {
  auto record = ctx.kept(ctx.params().text("name"));
  if (!record) return without(ctx, record.status());
  const auto value = record->read();
  return value ? ctx.answer({{"value", *value}}) : without(ctx, value.status());
}

Status forget_text(Context& ctx) {
  auto record = ctx.kept(ctx.params().text("name"));
  if (!record) return without(ctx, record.status());
  return ctx.answer({{"status", record->remove().value()}});
}

// Holds the record while it looks whether it could be had again.
Status take_twice(Context& ctx) {
  const auto record = ctx.kept(ctx.params().text("name"));
  if (!record) return without(ctx, record.status());
  const auto second = ctx.kept(ctx.params().text("name"));
  return second ? ctx.answer("had twice") : without(ctx, second.status());
}

// Fails after a record that could not be had; its own words are the error.
Status fail_beside(Context& ctx) {
  const auto record = ctx.kept(ctx.params().text("name"));
  const auto second = ctx.kept(ctx.params().text("name"));
  return second ? ctx.answer("had twice") : ctx.fail("ApiError", "for another reason");
}

constexpr auto record_name = string("name", "Of the record").defaults("place");
constexpr auto record_value = string("value", "What is kept").required();
constexpr auto record_time = integer("time", "Seconds that it is kept").defaults(60);

}  // namespace

DOCKERHUB_MODULE(module("keeper", "1.0.0")
                     .describe("A text that outlives the process.")
                     .publisher("Tests")
                     .license("MIT")
                     .uses("kept/1"),
                 action("put", Effect::read, "Keeps a text", call(put_text),
                        {record_name, record_value, record_time}),
                 action("get", Effect::read, "Tells it", call(get_text), {record_name}),
                 action("forget", Effect::read, "Removes it", call(forget_text), {record_name}),
                 action("twice", Effect::read, "Takes it twice", call(take_twice), {record_name}),
                 action("fail", Effect::read, "Fails beside it", call(fail_beside), {record_name}))
