#include <memory>

#include "contents.hpp"
#include "handlers.hpp"
#include "outside_texts.hpp"
#include "result_budget.hpp"
#include "server/error_envelope.hpp"
#include "tool_schema.hpp"
#include "verbose_tools.hpp"

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
  // The envelope stands in it twice, once as a text with its quotes escaped.
  const std::size_t size = 3 * result.envelope.size() + json::Buffer::kDefaultCapacity;
  const auto fill = [&](json::Writer& writer) {
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
  };
  return json::object(fill, size);
}

// What cannot be read cannot be bounded or marked either, and is not passed on.
void refuse_depth(CallResult& result) {
  Error error;
  error.kind = ErrorKind::api;
  error.message = "the answer is nested too deeply to be shown";
  error.hint = "The command line writes it: dockerhub.";
  result.envelope = server::error_envelope(error);
  if (!result.error) result.error = std::move(error);
}

bool is_too_long(const CallResult& result, std::size_t max_tokens) {
  return max_tokens > 0 && estimated_tokens(result.envelope) > max_tokens;
}

// A part of a schema would not be the exact one: it goes as a whole.
void drop_schema(json::Document& envelope) {
  if (!envelope.HasMember("error") || !envelope["error"].IsObject()) return;
  json::Value& error = envelope["error"];
  if (!error.HasMember("details") || !error["details"].IsObject()) return;
  const json::Value& details = error["details"];
  if (details.HasMember("schema") || details.HasMember("properties")) error.RemoveMember("details");
}

// The result as a model reads it: strangers' words marked, and no longer than it may be. Most answers are
// not too long, and stay the text that they are.
void prepare(CallResult& result, const Answered& answered, std::size_t max_tokens) {
  if (result.suspended) return;
  for (Content& part : result.contents) fit(part.text, max_tokens);
  // Marks make it longer: they come first.
  if (answered.action != nullptr && !mark_outside(result.envelope, answered.action->answer))
    return refuse_depth(result);
  if (!is_too_long(result, max_tokens)) return;
  auto envelope = json::parse(result.envelope);
  if (!envelope || !envelope->IsObject()) return refuse_depth(result);
  if (result.error) {
    drop_schema(*envelope);
    result.envelope = json::write(*envelope);
    if (!is_too_long(result, max_tokens)) return;
  }
  fit(*envelope, answered, max_tokens);
  result.envelope = json::write(*envelope);
}

// name: of the tool that the client called, which tells how it sees the action.
Answered answered_by(const Catalogue& catalogue, std::string_view name,
                     const CallRequest& request) {
  Answered answered;
  const Tool* tool = catalogue.find_tool(request.tool);
  answered.action = tool == nullptr ? nullptr : tool->find_action(request.action);
  answered.describes = request.action == kDescribeAction;
  answered.params = request.params;
  if (name == request.tool) return answered;
  const bool is_own = answered.action != nullptr && verbose_name(*tool, *answered.action) == name;
  answered.mode = is_own ? ToolMode::verbose : ToolMode::dynamic;
  return answered;
}

// Only a tool that is missing is the protocol's business; what a model did wrong inside a tool is
// told in the result, where the model reads it.
CallResult run(Exchange& exchange, std::string_view tool, const json::Value* arguments) {
  const std::shared_ptr<const Catalogue> catalogue = exchange.kernel().catalogue();
  const std::size_t max_tokens = exchange.tools().max_result_tokens();
  ToolView::Call call =
      exchange.tools().resolve(*catalogue, tool, arguments, exchange.principal().most);
  if (call.answer) {
    prepare(*call.answer, {}, max_tokens);
    return std::move(*call.answer);
  }
  if (!call.request) {
    CallResult result;
    result.error = exchange.tools().unknown(*catalogue, tool, exchange.principal().most);
    return result;
  }
  exchange.fill(*call.request);
  CallResult result = exchange.kernel().call(*call.request, exchange.caller());
  prepare(result, answered_by(*catalogue, tool, *call.request), max_tokens);
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
