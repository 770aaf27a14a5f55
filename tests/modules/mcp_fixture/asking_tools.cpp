// Tools that ask: the user, the caller's model, the caller's roots. Each works both where the
// answer is waited for and where the handler is run again with it.
#include <stdexcept>

#include "handlers.hpp"

namespace fixture {

using namespace dockerhub::sdk;

namespace {

Json text_field_schema(std::string_view field) {
  return {{"type", "object"},
          {"properties", {{field, {{"type", "string"}}}}},
          {"required", Json::array({Json(field)})}};
}

Json user_message(std::string_view text, int max_tokens) {
  const Json message{{"role", "user"}, {"content", {{"type", "text"}, {"text", text}}}};
  return {{"messages", Json::array({message})}, {"maxTokens", max_tokens}};
}

// The text of a sampling result, whose content is one part or an array of parts.
std::string text_of(const Document& result) {
  const Value& content = result["content"];
  const Value& part = content.IsArray() ? content[0] : content;
  return std::string(view(part["text"]));
}

std::string told(const Answer& answer) {
  return "action=" + answer.action + ", content=" + Json(answer.content).text();
}

Status answer_text(Context& ctx, std::string_view text) {
  ctx.text(text);
  return ctx.done();
}

Status ask_and_tell(Context& ctx, std::string_view message, const Json& schema,
                    const std::string& begin) {
  const auto answer = ctx.ask().input("answer", message, schema);
  if (!answer) return answer.status();
  return answer_text(ctx, begin + told(*answer));
}

// The text of a field that the user gave, asked for again (one more time) when it is missing.
Reply<std::string> asked_text(Context& ctx, std::string_view key, std::string_view message,
                              const char* field) {
  const auto answer = ctx.ask().input(key, message, text_field_schema(field));
  if (!answer) return answer.status();
  if (!answer->accepted() || answer->text(field).empty()) {
    return ctx.fail("ParameterError", "The question \"" + std::string(key) + "\" was not answered.",
                    "Answer with the field " + std::string(field) + ".");
  }
  return std::string(answer->text(field));
}

}  // namespace

Status sampling(Context& ctx) {
  const auto result = ctx.ask().sample("prompt", user_message(ctx.params().text("prompt"), 100));
  if (!result) return result.status();
  return answer_text(ctx, "LLM response: " + text_of(*result));
}

Status elicitation(Context& ctx) {
  const Json schema = Json::raw(R"({"type":"object","properties":{
    "username":{"type":"string","description":"User's name"},
    "email":{"type":"string","format":"email","description":"User's email address"}},
    "required":["username","email"]})");
  return ask_and_tell(ctx, ctx.params().text("message"), schema, "User response: ");
}

Status elicitation_defaults(Context& ctx) {
  const Json schema = Json::raw(R"({"type":"object","properties":{
    "name":{"type":"string","default":"John Doe"},
    "age":{"type":"integer","default":30},
    "score":{"type":"number","default":95.5},
    "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
    "verified":{"type":"boolean","default":true}}})");
  return ask_and_tell(ctx, "Please look through the values.", schema, "Elicitation completed: ");
}

Status elicitation_enums(Context& ctx) {
  const Json schema = Json::raw(R"({"type":"object","properties":{
    "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
    "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},
      {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
    "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
      "enumNames":["Option One","Option Two","Option Three"]},
    "untitledMulti":{"type":"array","items":{"type":"string",
      "enum":["option1","option2","option3"]}},
    "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},
      {"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}}})");
  return ask_and_tell(ctx, "Please choose.", schema, "Elicitation completed: ");
}

Status missing_capability(Context& ctx) {
  if (ctx.caller().sampling) return asks_model(ctx);
  Failure failure;
  failure.type = "CapabilityError";
  failure.message = "This tool needs a client that offers sampling.";
  failure.hint = "Use a client that declares the capability sampling.";
  failure.details = R"({"requiredCapabilities":{"sampling":{}}})";
  return ctx.fail(failure);
}

Status streaming_elicitation(Context& ctx) {
  ctx.progress({1, 2, "step", "asking", ""});
  const auto name = asked_text(ctx, "user_name", "What is your name?", "name");
  if (!name) return name.status();
  ctx.progress({2, 2, "step", "answering", ""});
  return answer_text(ctx, "Hello, " + *name + "!");
}

Status asks_name(Context& ctx) {
  const auto name = asked_text(ctx, "user_name", "What is your name?", "name");
  if (!name) return name.status();
  return answer_text(ctx, "Hello, " + *name + "!");
}

Status asks_model(Context& ctx) {
  const auto result =
      ctx.ask().sample("capital_question", user_message("What is the capital of France?", 100));
  if (!result) return result.status();
  return answer_text(ctx, text_of(*result));
}

Status asks_roots(Context& ctx) {
  const auto result = ctx.ask().roots("client_roots");
  if (!result) return result.status();
  return answer_text(ctx, "Roots: " + Json((*result)["roots"]).text());
}

Status asks_with_state(Context& ctx) {
  const Json schema =
      Json::raw(R"({"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]})");
  if (const Status kept = ctx.ask().keep("asked"); !kept) return kept;
  const auto answer = ctx.ask().input("confirm", "Please confirm", schema);
  if (!answer) return answer.status();
  const auto state = ctx.ask().state();
  if (!state) return state.status();
  return answer_text(ctx, *state == "asked" ? "state-ok" : "state-lost");
}

// All questions are put before the first return, so that one round answers them.
Status asks_several(Context& ctx) {
  if (const Status kept = ctx.ask().keep("several"); !kept) return kept;
  const auto name = ctx.ask().input("user_name", "What is your name?", text_field_schema("name"));
  const auto greeting = ctx.ask().sample("greeting", user_message("Generate a greeting", 50));
  const auto roots = ctx.ask().roots("client_roots");
  if (!name) return name.status();
  if (!greeting) return greeting.status();
  if (!roots) return roots.status();
  return answer_text(ctx, text_of(*greeting) + " " + std::string(name->text("name")) + " " +
                              Json((*roots)["roots"]).text());
}

Status asks_twice_as_task(Context& ctx) {
  if (const Status waited = take_long(ctx); !waited) return waited;
  const auto name = ctx.ask().input("first", "What is your name?", text_field_schema("name"));
  const auto other = ctx.ask().input("second", "And the other one?", text_field_schema("name"));
  if (!name) return name.status();
  if (!other) return other.status();
  return answer_text(ctx,
                     std::string(name->text("name")) + ", " + std::string(other->text("name")));
}

Status asks_before_task(Context& ctx) {
  const auto name = asked_text(ctx, "user_name", "What is your name?", "name");
  if (!name) return name.status();
  if (const Status waited = take_long(ctx); !waited) return waited;
  return answer_text(ctx, "Worked for " + *name + ".");
}

Status asks_in_rounds(Context& ctx) {
  if (const Status kept = ctx.ask().keep("round-1"); !kept) return kept;
  const auto name = asked_text(ctx, "step1", "Step 1: What is your name?", "name");
  if (!name) return name.status();
  if (const Status kept = ctx.ask().keep("round-2"); !kept) return kept;
  const auto color = asked_text(ctx, "step2", "Step 2: What is your favorite color?", "color");
  if (!color) return color.status();
  return answer_text(ctx, *name + " likes " + *color + ".");
}

Status asks_what_is_declared(Context& ctx) {
  const Capabilities caller = ctx.caller();
  Status asked;
  if (caller.elicitation) {
    asked = ctx.ask().input("user_name", "What is your name?", text_field_schema("name")).status();
  }
  if (caller.sampling && (asked || asked.suspended())) {
    const auto greeting = ctx.ask().sample("greeting", user_message("Generate a greeting", 50));
    if (!greeting) asked = greeting.status();
  }
  if (!asked) return asked;
  return answer_text(ctx, "Everything that could be asked was asked.");
}

Status confirm_delete(Context& ctx) {
  if (const Status waited = take_long(ctx); !waited) return waited;
  const std::string name(ctx.params().text("filename"));
  const Status consent = ctx.ask().approve(Effect::write, "Delete \"" + name + "\"", name);
  if (!consent) return consent;
  return answer_text(ctx, "Deleted " + name + ".");
}

Status context_prompt(Context& ctx) {
  const auto given =
      asked_text(ctx, "user_context", "What context should the prompt use?", "context");
  if (!given) return given.status();
  const Json message{{"role", "user"},
                     {"content", {{"type", "text"}, {"text", "Use this context: " + *given}}}};
  return ctx.answer({{"messages", Json::array({message})}});
}

}  // namespace fixture
