#include "sample_module.hpp"

#include <dockerhub/plugin.hpp>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

using namespace dockerhub::sdk;

// Counts the calls of its instance. The setting `problem` keeps it from being made: a text by an
// exception of that text, a number by something else.
class Counter {
 public:
  explicit Counter(const Host& host) : host_(host) {
    if (const auto text = host.text_setting("problem")) throw std::runtime_error(*text);
    if (const auto number = host.integer_setting("problem")) throw *number;
  }
  Status count(Context& ctx) { return ctx.answer({{"count", ++count_}}); }
  Status watch(Context& ctx, std::string_view uri, bool on) {
    if (uri == "note:secret") return ctx.fail("ParameterError", "This note is not watched.");
    host_.log(Level::notice, std::string(ctx.uri()) + (on ? " on" : " off"));
    return ctx.done();
  }

 private:
  const Host& host_;
  int count_ = 0;
};

Status echo(Context& ctx) {
  return ctx.answer({{"text", ctx.params().text("text")}});
}
Status throws(Context&) {
  throw std::runtime_error("broken inside");
}
Status throws_number(Context&) {
  throw 7;
}
Status asks_for_nothing(Context& ctx) {
  return ctx.answer(ctx.params().text("no_such_parameter"));
}

Status warns(Context& ctx) {
  ctx.warn("careful");
  return ctx.answer(nullptr);
}

Status sends_items(Context& ctx) {
  for (int i = 0; i < 3; ++i) {
    if (const Status sent = ctx.item(i); !sent) return sent;
  }
  return ctx.done();
}

Status greets(Context& ctx) {
  const auto answer = ctx.ask().input("name", "Who?", Json::raw(R"({"type":"object"})"));
  if (!answer) return answer.status();
  return ctx.answer({{"accepted", answer->accepted()}, {"name", answer->text("name")}});
}

Status fetches(Context& ctx) {
  auto exchange = ctx.http().get("hub", "/v2/{name}", {{"name", "x"}}, {{"page", 2}});
  if (!exchange) return exchange.status();
  const auto response = exchange->finish();
  if (!response) return response.status();
  const auto body = exchange->text();
  if (!body) return body.status();
  return ctx.answer({{"status", response->status_code}, {"body", *body}});
}

Status reads_note(Context& ctx) {
  ctx.resource_text(ctx.uri(), "text/plain", "note " + std::string(ctx.params().text("id")));
  return ctx.done();
}

Status says(Context& ctx) {
  return ctx.answer({{"of", ctx.params().text("whom")}});
}
Status completes(Context& ctx) {
  return ctx.answer({{"values", Json::array({ctx.params().value("value")})}});
}
Status is_well(Context& ctx) {
  return ctx.answer({{"ok", true}});
}

constexpr Step kSteps[] = {
    {"See {what}.", "sample", "echo", R"({"text": "{what}", "mode": "{mode|a}"})"},
    {"Look into {mode}."},
    {"Answer. The user decides."},
};

constexpr auto organization = string("org", "Organization").required().alias("organization");
constexpr auto label = string("label", "Label").length(1, 100).as("token_label");
constexpr auto active = boolean("active", "Whether it is active");
constexpr auto mode = string("mode", "A \"mode\"\\\n").choices("a", "b").defaults("a");

}  // namespace

DOCKERHUB_MODULE(
    module("sample", "2.1.0")
        .title("Sample")
        .publisher("Somebody")
        .license("MIT")
        .toggle("SAMPLETOOL", "SAMPLE_TOOL")
        .needs("log/1")
        .uses("http/1"),
    instance<Counter>(),
    setting("depth", "integer", "How deep").defaults(3).variable("SAMPLE_DEPTH"),
    secret_setting("key", "A key"), destination("own", "https://api.example.com").bearer("key"),
    action("echo", read, "Echoes", call(echo), {string("text", "Text").required(), mode})
        .positional("text")
        .columns("text")
        .example(R"({"text":"x"})")
        .verbose("sample_echo"),
    action("count", read, "Counts", call(&Counter::count)),
    action("throws", read, "Throws", call(throws)),
    action("throws_number", read, "Throws a number", call(throws_number)),
    action("asks_for_nothing", read, "Reads what is not there", call(asks_for_nothing)),
    action("warns", read, "Warns", call(warns)),
    action("plans", write, "Plans", call(warns)).dry_run(),
    action("sends_items", read, "Sends items", call(sends_items)).items({}, "number"),
    action("greets", read, "Asks", call(greets)), action("fetches", read, "Fetches", call(fetches)),
    tool("requests", "Rows that the kernel executes"),
    action("get", read, "One", GET(path("/v2/orgs/{org}") / "tokens").paged("page", "results"),
           {organization, paging}),
    action("update", write, "Updates",
           PATCH("/v2/orgs/{org}").header("X-Version", "1").media_type("application/json"),
           {organization.also_in_body(), label, active,
            string("trace", "Trace").in_header("X-Trace")})
        .destructive_when("active", false)
        .confirm("Deactivate {org}", "{org}")
        .at_least_one({"label", "active"})
        .idempotent(),
    action("check", read, "Is it there?", HEAD("/v2/orgs/{org}").exists(), {organization})
        .short_form("has", "org")
        .deprecated("2.0.0", "get"),
    resource_template("note://{id}", "Note", "A note", "text/plain", call(reads_note)),
    resource("note:index", "Index", "All notes", "text/plain", call(is_well)),
    resource_template("page://{name}", "Page", "A page", "application/json",
                      answer_of("sample", "echo", R"({"text": "{name}"})")),
    resource_template("text://{name}", "Text", "A text of somebody", "text/markdown",
                      answer_of("sample", "echo", R"({"text": "{name}"})").outside("text")),
    prompt("says", "Says", call(says), {argument("whom", "Whom").required()}),
    prompt("looks", "Looks", steps("Look at {what}.", kSteps),
           {argument("what", "What").required(), argument("mode", "How")}),
    completion(call(completes)), health(call(is_well)), watch(&Counter::watch))

std::string_view sample_manifest() {
  return {dockerhub_manifest.data(), dockerhub_manifest.size()};
}
