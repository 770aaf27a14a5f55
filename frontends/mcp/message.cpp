#include "message.hpp"

namespace dockerhub::mcp {
namespace {

tl::unexpected<Rejection> refused(const std::optional<Id>& id, std::string message) {
  return tl::unexpected(
      Rejection{id.value_or(Id(kNoId)), {code::kInvalidRequest, std::move(message), {}}});
}

// "jsonrpc" first, then what `fill` adds.
template <typename Fill>
std::string envelope(const Fill& fill) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "jsonrpc", "2.0");
    fill(writer);
  });
}

void put_raw_member(json::Writer& writer, std::string_view key, std::string_view value) {
  json::put_key(writer, key);
  json::put_raw(writer, value);
}

}  // namespace

RpcError http_error(int http_status, int code, std::string message, std::string data) {
  return {code, std::move(message), std::move(data), http_status};
}

std::optional<Id> read_id(const json::Value* value) {
  if (value == nullptr) return std::nullopt;
  if (value->IsString() || value->IsInt64() || value->IsUint64()) return json::write(*value);
  return std::nullopt;
}

tl::expected<Message, Rejection> read_message(json::Document body) {
  if (!body.IsObject()) return refused(std::nullopt, "a message has to be a JSON object");
  const json::Value* raw_id = json::find(body, "id");
  const std::optional<Id> id = read_id(raw_id);
  if (json::text_of(&body, "jsonrpc") != "2.0") return refused(id, "\"jsonrpc\" has to be \"2.0\"");
  if (raw_id != nullptr && !id) return refused(id, "\"id\" has to be a text or an integer");

  Message message;
  if (id) message.id = *id;
  const json::Value* method = json::find(body, "method");
  if (method == nullptr) {
    const bool answers =
        json::find(body, "result") != nullptr || json::find(body, "error") != nullptr;
    if (!id || !answers) return refused(id, "neither a method nor the answer to a request");
    message.kind = Message::Kind::response;
  } else {
    if (!method->IsString()) return refused(id, "\"method\" has to be a text");
    const json::Value* params = json::find(body, "params");
    if (params != nullptr && !params->IsObject())
      return refused(id, "\"params\" has to be an object");
    message.kind = id ? Message::Kind::request : Message::Kind::notification;
    message.method = json::view(*method);
  }
  message.body = std::move(body);
  return message;
}

// Results can be long: this one is put together without a writer, which would copy it more often.
std::string result_message(std::string_view id, std::string_view result, std::string_view first) {
  constexpr std::string_view kHead = R"({"jsonrpc":"2.0","id":)", kResult = R"(,"result":)";
  constexpr std::size_t kSigns = 3;  // two braces and a comma
  const bool is_empty = result.find('}') < result.find('"');
  std::string message;
  message.reserve(kHead.size() + id.size() + kResult.size() + first.size() + result.size() +
                  kSigns);
  message.append(kHead).append(id).append(kResult);
  if (!first.empty()) {
    message.append("{").append(first).append(is_empty ? "" : ",");
    result.remove_prefix(1);
  }
  message.append(result).append("}");
  return message;
}

std::string error_message(std::string_view id, const RpcError& error) {
  return envelope([&](json::Writer& writer) {
    put_raw_member(writer, "id", id);
    writer.Key("error");
    writer.StartObject();
    writer.Key("code");
    writer.Int(error.code);
    json::put_member(writer, "message", error.message);
    if (!error.data.empty()) put_raw_member(writer, "data", error.data);
    writer.EndObject();
  });
}

std::string notification_message(std::string_view method, std::string_view params) {
  return envelope([&](json::Writer& writer) {
    json::put_member(writer, "method", method);
    if (!params.empty()) put_raw_member(writer, "params", params);
  });
}

std::string request_message(std::string_view id, std::string_view method, std::string_view params) {
  return envelope([&](json::Writer& writer) {
    put_raw_member(writer, "id", id);
    json::put_member(writer, "method", method);
    if (!params.empty()) put_raw_member(writer, "params", params);
  });
}

void blank_line_ends(std::string& message, std::size_t begin) {
  for (const char end : {'\n', '\r'}) {
    for (std::size_t at = begin; (at = message.find(end, at)) != std::string::npos;)
      message[at] = ' ';
  }
}

}  // namespace dockerhub::mcp
