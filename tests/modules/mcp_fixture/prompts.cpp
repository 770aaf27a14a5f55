// Prompts, completions and resources.
#include "handlers.hpp"

namespace fixture {

using namespace dockerhub::sdk;

namespace {

Json message(const Json& content) {
  return {{"role", "user"}, {"content", content}};
}

Json text_part(std::string_view text) {
  return {{"type", "text"}, {"text", text}};
}

Status answer_messages(Context& ctx, std::initializer_list<Json> messages) {
  return ctx.answer({{"messages", Json::array(messages)}});
}

}  // namespace

Status simple_prompt(Context& ctx) {
  return answer_messages(ctx, {message(text_part("This is a simple prompt for testing."))});
}

Status prompt_with_arguments(Context& ctx) {
  const std::string first(ctx.params().text("arg1"));
  const std::string second(ctx.params().text("arg2"));
  const std::string text = "Prompt with arguments: arg1='" + first + "', arg2='" + second + "'";
  return answer_messages(ctx, {message(text_part(text))});
}

Status prompt_with_resource(Context& ctx) {
  const Json resource{{"uri", ctx.params().text("resourceUri")},
                      {"mimeType", "text/plain"},
                      {"text", "Embedded resource content for testing."}};
  return answer_messages(ctx, {message({{"type", "resource"}, {"resource", resource}}),
                               message(text_part("Please process the embedded resource above."))});
}

Status prompt_with_image(Context& ctx) {
  const Json image{{"type", "image"}, {"data", kPngBase64}, {"mimeType", "image/png"}};
  return answer_messages(ctx,
                         {message(image), message(text_part("Please analyze the image above."))});
}

Status complete(Context& ctx) {
  const auto typed = ctx.params().text("value", "");
  std::vector<std::string> values;
  for (const std::string_view value : {"paris", "park", "party"}) {
    if (value.substr(0, typed.size()) == typed) values.emplace_back(value);
  }
  return ctx.answer(
      {{"values", Json::array(values)}, {"total", values.size()}, {"has_more", false}});
}

Status static_text(Context& ctx) {
  ctx.resource_text(ctx.uri(), "text/plain", "This is the content of the static text resource.");
  return ctx.done();
}

Status static_binary(Context& ctx) {
  ctx.resource_bytes(ctx.uri(), "image/png", kPng);
  return ctx.done();
}

Status template_data(Context& ctx) {
  const std::string id(ctx.params().text("id"));
  const Json data{{"id", id}, {"templateTest", true}, {"data", "Data for ID: " + id}};
  ctx.resource_text(ctx.uri(), "application/json", data.text());
  return ctx.done();
}

Status watched_resource(Context& ctx) {
  ctx.resource_text(ctx.uri(), "text/plain", "Watched resource content");
  return ctx.done();
}

}  // namespace fixture
