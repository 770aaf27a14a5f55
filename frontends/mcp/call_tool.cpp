#include "contents.hpp"
#include "handlers.hpp"

namespace dockerhub::mcp {
namespace {

void put_text_block(json::Writer& writer, std::string_view text) {
  writer.StartObject();
  json::put_member(writer, "type", "text");
  json::put_member(writer, "text", text);
  writer.EndObject();
}

// An answer that is content parts alone needs no second telling of "data": null.
bool says_more_than_parts(const CallResult& result) {
  if (result.contents.empty() || result.error) return true;
  const auto envelope = json::parse(result.envelope);
  return !envelope || json::find_present(&*envelope, "data") != nullptr;
}

std::string tool_result(const CallResult& result, const Revision& revision) {
  return json::object([&](json::Writer& writer) {
    writer.Key("content");
    writer.StartArray();
    for (const Content& part : result.contents) put_content(writer, part, revision);
    if (says_more_than_parts(result)) put_text_block(writer, result.envelope);
    writer.EndArray();
    if (revision.structured_results) {
      writer.Key("structuredContent");
      json::put_raw(writer, result.envelope);
    }
    writer.Key("isError");
    writer.Bool(result.error.has_value());
  });
}

// Only a tool that is missing is the protocol's business; what a model did wrong inside a tool is
// told in the result, where the model reads it.
CallResult run(Exchange& exchange, std::string_view tool, const json::Value* arguments) {
  ToolView::Call call = exchange.tools().resolve(*exchange.kernel().catalogue(), tool, arguments);
  if (call.answer) return std::move(*call.answer);
  if (!call.request) {
    CallResult result;
    result.error = exchange.tools().unknown(*exchange.kernel().catalogue(), tool);
    return result;
  }
  exchange.fill(*call.request);
  CallResult result = exchange.kernel().call(*call.request, exchange.caller());
  json::wipe(call.request->params);
  return result;
}

}  // namespace

Reply call_tool(Exchange& exchange) {
  const json::Value* name = json::find(exchange.params(), "name");
  if (name == nullptr || !name->IsString())
    return invalid_params("\"name\" has to be the name of a tool");
  const json::Value* arguments = json::find_present(exchange.params(), "arguments");
  if (arguments != nullptr && !arguments->IsObject()) {
    return invalid_params("\"arguments\" has to be an object");
  }
  const CallResult result = run(exchange, json::view(*name), arguments);
  if (auto reply = protocol_reply(result, *exchange.client().revision)) return std::move(*reply);
  return tool_result(result, *exchange.client().revision);
}

}  // namespace dockerhub::mcp
