#include "contents.hpp"
#include "handlers.hpp"
#include "outside_texts.hpp"
#include "result_budget.hpp"

namespace dockerhub::mcp {
namespace {

constexpr int kHttpNotFound = 404;

RpcError with_uri(RpcError error, int code, std::string_view uri) {
  error.code = code;
  error.data = json::object([&](json::Writer& writer) { json::put_member(writer, "uri", uri); });
  return error;
}

bool not_found(const Error& error) {
  return error.kind == ErrorKind::parameter || error.status_code == kHttpNotFound;
}

}  // namespace

Reply read_resource(Exchange& exchange) {
  const json::Value* uri = json::find(exchange.params(), "uri");
  if (uri == nullptr || !uri->IsString()) {
    return tl::unexpected(RpcError{code::kInvalidParams, "\"uri\" has to be a text", {}});
  }
  CallRequest request;
  exchange.fill(request);
  CallResult result = exchange.kernel().read_resource(json::view(*uri), request, exchange.caller());
  if (auto reply = protocol_reply(result, *exchange.client().revision)) return std::move(*reply);
  if (result.error) {
    RpcError error = rpc_error(*result.error);
    if (not_found(*result.error)) {
      const bool modern = exchange.client().revision->modern;
      error = with_uri(std::move(error), modern ? code::kInvalidParams : code::kResourceNotFound,
                       json::view(*uri));
    }
    return tl::unexpected(std::move(error));
  }
  const std::size_t max_tokens = exchange.tools().max_result_tokens();
  for (Content& part : result.contents) {
    show_unseen(part.text, part.media_type);
    fit_document(part.text, max_tokens);
  }
  return json::object([&](json::Writer& writer) {
    writer.Key("contents");
    writer.StartArray();
    for (const Content& part : result.contents) {
      if (part.kind == Content::Kind::resource) put_resource(writer, part);
    }
    writer.EndArray();
  });
}

}  // namespace dockerhub::mcp
