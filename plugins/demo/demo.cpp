// Local actions for trying things: each shows one thing that a module can do, none needs a network.
#include <chrono>
#include <cstdint>
#include <dockerhub/plugin.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace dockerhub::sdk;

// What `write` keeps: it lives as long as the module is loaded. Any thread.
class Notes {
 public:
  void set(std::string_view key, std::string_view value) {
    const std::lock_guard lock(mutex_);
    notes_.insert_or_assign(std::string(key), std::string(value));
  }
  std::optional<std::string> find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto note = notes_.find(key);
    if (note == notes_.end()) return std::nullopt;
    return note->second;
  }
  bool erase(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto note = notes_.find(key);
    if (note == notes_.end()) return false;
    notes_.erase(note);
    return true;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> notes_;
};

Status echo(Context& ctx) {
  const auto text = ctx.params().text("text");
  std::string repeated;
  for (std::int64_t i = 0; i < ctx.params().integer("times"); ++i) repeated += text;
  return ctx.answer({{"text", repeated}});
}

Status add(Context& ctx) {
  double sum = 0;
  for (const Value& number : ctx.params().value("numbers").GetArray()) sum += number.GetDouble();
  return ctx.answer({{"sum", sum}});
}

Status slow(Context& ctx) {
  const auto steps = static_cast<std::uint64_t>(ctx.params().integer("steps"));
  const std::chrono::milliseconds duration(ctx.params().integer("milliseconds"));
  for (std::uint64_t step = 0; step < steps; ++step) {
    ctx.progress({step, steps, "step", "working", ""});
    if (const Status waited = ctx.pause(duration); !waited) return waited;
    ctx.progress({step % 2 + 1, 2, "half", "", step % 2 == 0 ? "left" : "right"});
  }
  ctx.progress({steps, steps, "step", "finished", ""});
  return ctx.answer({{"steps", steps}});
}

Status list(Context& ctx) {
  const auto count = ctx.params().integer("count");
  for (std::int64_t number = 1; number <= count; ++number) {
    const std::string name = "item-" + std::to_string(number);
    const Status sent = ctx.item({{"number", number}, {"name", name}, {"even", number % 2 == 0}});
    if (!sent) return sent;
  }
  return ctx.done();
}

Status ask(Context& ctx) {
  const Json schema = Json::raw(
      R"({"type":"object","properties":{"name":{"type":"string","minLength":1}},"required":["name"]})");
  const auto answer = ctx.ask().input("name", "What is your name?", schema);
  if (!answer) return answer.status();
  if (!answer->accepted()) {
    return ctx.fail("ApprovalError", "Nobody gave a name (" + answer->action + ").",
                    "Run the action again and answer the question.");
  }
  return ctx.answer({{"greeting", "Hello, " + std::string(answer->text("name")) + "!"}});
}

Status set_note(Notes& notes, Context& ctx) {
  const auto key = ctx.params().text("key");
  const auto value = ctx.params().text("value");
  if (ctx.dry_run()) return ctx.answer({{"would_write", {{"key", key}, {"value", value}}}});
  notes.set(key, value);
  return ctx.answer({{"key", key}, {"value", value}});
}

Status missing_note(Context& ctx, std::string_view key) {
  const std::string message = "There is no note \"" + std::string(key) + "\".";
  Failure failure;
  failure.type = "ParameterError";
  failure.message = message;
  failure.hint = "Write it first: demo write --key KEY --value VALUE.";
  failure.parameter = "key";
  failure.status_code = 404;
  return ctx.fail(failure);
}

Status get_note(Notes& notes, Context& ctx) {
  const auto key = ctx.params().text("key");
  const auto value = notes.find(key);
  if (!value) return missing_note(ctx, key);
  return ctx.answer({{"key", key}, {"value", *value}});
}

Status check_note(Notes& notes, Context& ctx) {
  const bool exists = notes.find(ctx.params().text("key")).has_value();
  ctx.annotate("exists", exists);
  if (!exists) ctx.annotate("status_code", 404);
  return ctx.answer(nullptr);
}

Status delete_note(Notes& notes, Context& ctx) {
  const auto key = ctx.params().text("key");
  if (!notes.find(key)) return missing_note(ctx, key);
  if (ctx.dry_run()) return ctx.answer({{"would_delete", {{"key", key}}}});
  notes.erase(key);
  return ctx.answer({{"deleted", key}});
}

Status switch_account(Context& ctx) {
  const bool active = ctx.params().flag("active");
  const char* verb = ctx.dry_run() ? "would_become" : "is";
  return ctx.answer(
      {{"account", ctx.params().text("account")}, {verb, active ? "active" : "inactive"}});
}

Status fail(Context& ctx) {
  Failure failure;
  failure.type = ctx.params().text("type");
  failure.message = ctx.params().text("message");
  failure.hint = "Nothing is broken: this action fails on request. Choose another --type.";
  failure.status_code = static_cast<int>(ctx.params().integer("status_code", 0));
  failure.retry_after_ms = ctx.params().integer("retry_after_ms", 0);
  failure.request = "GET /demo/fail";
  return ctx.fail(failure);
}

Status throw_exception(Context& ctx) {
  throw std::runtime_error(std::string(ctx.params().text("message")));
}

Status end_as(Context& ctx) {
  if (ctx.params().text("as") == "partial") {
    ctx.outcome(Outcome::partial, "Two of three were done.");
    ctx.warn("The third was left out on purpose.");
    return ctx.answer({{"done", 2}, {"of", 3}});
  }
  ctx.outcome(Outcome::condition_met, "One finding.");
  return ctx.answer({{"findings", 1}});
}

Status take_secret(Context& ctx) {
  return ctx.answer(
      {{"length", ctx.params().text("secret").size()},
       {"token", "demo-token-" + std::to_string(ctx.params().text("secret").size())}});
}

Status outside(Context& ctx) {
  return ctx.answer(
      {{"description",
        "bell \x07, escape \x1b[31m, C1 \xc2\x9b, right-to-left \xe2\x80\xaeoverride"},
       {"cell", "=1+1"}});
}

// A transparent pixel.
constexpr std::string_view kPixel(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx"
    "\xda"
    "c\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xae"
    "B`\x82",
    70);

Status content(Context& ctx) {
  ctx.text("A text, an image and a link.");
  ctx.image(kPixel, "image/png");
  ctx.link("https://hub.docker.com/", "Docker Hub", "text/html");
  return ctx.done();
}

constexpr auto text = string("text", "What to say").required();
constexpr auto times = integer("times", "How often").min(1).max(1000).defaults(1);
constexpr auto numbers =
    array("numbers", "What to add").items(Type::number).required().count(1, 1000);
constexpr auto steps = integer("steps", "How many steps").min(1).max(10000).defaults(5);
constexpr auto milliseconds =
    integer("milliseconds", "How long a step takes").min(0).max(60000).defaults(200);
constexpr auto count = integer("count", "How many items").min(0).max(100000).defaults(10);
constexpr auto key = string("key", "Name of the note").required().length(1, 100);
constexpr auto value = string("value", "Text of the note").required();
constexpr auto account = string("account", "Name of the account").required().length(1, 100);
constexpr auto active = boolean("active", "Whether it is to be active").required();
constexpr auto error_type =
    string("type", "Type of the error")
        .choices("ParameterError", "AuthError", "UnauthorizedError", "ApiError", "NetworkError",
                 "TimeoutError", "UnsupportedError", "ModuleError")
        .defaults("ApiError");
constexpr auto message = string("message", "What to complain of").defaults("It failed on request.");
constexpr auto status_code = integer("status_code", "Status of an answer").min(100).max(599);
constexpr auto retry_after =
    integer("retry_after_ms", "When a repeat makes sense, in milliseconds").min(0);
constexpr auto ending =
    string("as", "How the work ends").choices("partial", "condition_met").required();
constexpr auto hidden = string("secret", "Something that nobody may see").required().secret();

}  // namespace

DOCKERHUB_MODULE(
    module("demo", "1.0.0")
        .title("Demonstration")
        .describe("Local actions for trying the programs; nothing leaves the machine.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("DEMOTOOL")
        .uses("ask/1"),
    instance<Notes>(),
    action("echo", read, "Answers what it was given", call(echo), {text, times})
        .positional("text")
        .example(R"({"text": "hi", "times": 2})"),
    action("add", read, "Adds numbers", call(add), {numbers})
        .positional("numbers")
        .example(R"({"numbers": [1, 2.5]})"),
    action("slow", read, "Takes its time and tells how far it is", call(slow),
           {steps, milliseconds})
        .describe("Progress comes in tracks. It ends at once when the call is cancelled."),
    action("list", read, "A list of any length, item by item", call(list), {count})
        .items({}, "number")
        .columns("number", "name", "even"),
    action("ask", read, "Asks for a name and greets", call(ask)),
    action("write", write, "Writes a note", call(set_note), {key, value})
        .idempotent()
        .dry_run()
        .describe("Notes live as long as the module is loaded.")
        .positional("key", "value"),
    action("read", read, "Reads a note", call(get_note), {key}).positional("key"),
    action("check", read, "Tells whether a note exists", call(check_note), {key}).positional("key"),
    action("delete", destructive, "Deletes a note", call(delete_note), {key})
        .dry_run()
        .confirm("Delete the note {key}", "{key}")
        .positional("key"),
    action("set_active", write, "Activates or deactivates an account that does not exist",
           call(switch_account), {account, active})
        .dry_run()
        .destructive_when("active", false)
        .confirm("Deactivate the account {account}", "{account}")
        .positional("account"),
    action("fail", read, "Fails as it is told", call(fail),
           {error_type, message, status_code, retry_after}),
    action("throw", read, "Throws an exception", call(throw_exception), {message})
        .describe("The kernel goes on and tells a ModuleError."),
    action("outcome", read, "Ends partly done, or with a condition met", call(end_as), {ending})
        .positional("as"),
    action("secret", read, "Takes a secret and answers its length", call(take_secret), {hidden})
        .describe("The token in the answer is shown this once.")
        .shown_once("token"),
    action("outside", read, "Answers text as a stranger would write it", call(outside))
        .describe("It holds control characters and a change of writing direction.")
        .from_outside("description", "cell"),
    action("content", read, "Answers a text, an image and a link", call(content)))
