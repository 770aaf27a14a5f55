#include "contents.hpp"
#include "handlers.hpp"

namespace dockerhub::mcp {
namespace {

bool all_texts(const json::Value* object) {
  if (object == nullptr) return true;
  if (!object->IsObject()) return false;
  for (const auto& member : object->GetObject()) {
    if (!member.value.IsString()) return false;
  }
  return true;
}

}  // namespace

Reply get_prompt(Exchange& exchange) {
  const json::Value* name = json::find(exchange.params(), "name");
  if (name == nullptr || !name->IsString())
    return invalid_params("\"name\" has to be the name of a prompt");
  const json::Value* arguments = json::find_present(exchange.params(), "arguments");
  if (!all_texts(arguments)) return invalid_params("\"arguments\" has to be an object of texts");

  CallRequest request;
  if (arguments != nullptr) request.params = json::write(*arguments);
  exchange.fill(request);
  const CallResult result =
      exchange.kernel().get_prompt(json::view(*name), request, exchange.caller());
  if (auto reply = protocol_reply(result, *exchange.client().revision)) return std::move(*reply);
  if (result.error) return tl::unexpected(rpc_error(*result.error));

  const auto envelope = json::parse(result.envelope);
  const json::Value* data = envelope ? json::find(*envelope, "data") : nullptr;
  const json::Value* messages = json::find(data, "messages");
  if (messages == nullptr || !messages->IsArray()) {
    return tl::unexpected(RpcError{code::kInternal, "the module's answer holds no messages", {}});
  }
  return json::object([&](json::Writer& writer) {
    if (const std::string_view about = json::text_of(data, "description"); !about.empty()) {
      json::put_member(writer, "description", about);
    }
    writer.Key("messages");
    messages->Accept(writer);
  });
}

}  // namespace dockerhub::mcp
