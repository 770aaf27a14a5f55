#include "contents.hpp"

#include <nettle/base64.h>

#include <cstdint>

#include "http/message.hpp"
#include "input_required.hpp"

namespace dockerhub::mcp {
namespace {

std::string base64(const std::string& bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

void put_text(json::Writer& writer, std::string_view text) {
  json::put_member(writer, "type", "text");
  json::put_member(writer, "text", text);
}

void put_media(json::Writer& writer, std::string_view type, const Content& part) {
  json::put_member(writer, "type", type);
  json::put_member(writer, "data", base64(part.data));
  json::put_member(writer, "mimeType", part.media_type);
}

void put_link(json::Writer& writer, const Content& part) {
  json::put_member(writer, "type", "resource_link");
  json::put_member(writer, "uri", part.uri);
  json::put_member(writer, "name", part.name.empty() ? part.uri : part.name);
  if (!part.media_type.empty()) json::put_member(writer, "mimeType", part.media_type);
}

void put_kind(json::Writer& writer, const Content& part, const Revision& revision) {
  switch (part.kind) {
    case Content::Kind::text:
      return put_text(writer, part.text);
    case Content::Kind::image:
      return put_media(writer, "image", part);
    case Content::Kind::audio:
      if (revision.audio) return put_media(writer, "audio", part);
      return put_text(writer, "[audio, " + part.media_type + ", " +
                                  std::to_string(part.data.size()) +
                                  " bytes: this revision of the protocol cannot carry it]");
    case Content::Kind::link:
      if (revision.structured_results) return put_link(writer, part);
      return put_text(writer, part.name.empty() ? part.uri : part.name + ": " + part.uri);
    case Content::Kind::resource:
      json::put_member(writer, "type", "resource");
      writer.Key("resource");
      return put_resource(writer, part);
  }
}

bool is_wrong_request(ErrorKind kind) {
  return kind == ErrorKind::parameter || kind == ErrorKind::unknown_tool ||
         kind == ErrorKind::unknown_action || kind == ErrorKind::capability;
}

}  // namespace

void put_content(json::Writer& writer, const Content& part, const Revision& revision) {
  writer.StartObject();
  put_kind(writer, part, revision);
  if (!part.annotations.empty()) {
    writer.Key("annotations");
    json::put_raw(writer, part.annotations);
  }
  writer.EndObject();
}

void put_resource(json::Writer& writer, const Content& part) {
  writer.StartObject();
  json::put_member(writer, "uri", part.uri);
  if (!part.media_type.empty()) json::put_member(writer, "mimeType", part.media_type);
  if (part.binary) {
    json::put_member(writer, "blob", base64(part.data));
  } else {
    json::put_member(writer, "text", part.text);
  }
  writer.EndObject();
}

std::optional<Reply> protocol_reply(const CallResult& result, const Revision& revision) {
  if (result.suspended) {
    const auto asked = input_requests(result);
    if (!asked) return Reply(tl::unexpected(rpc_error(asked.error())));
    return Reply(MethodResult(*asked, true));
  }
  if (!result.error) return std::nullopt;
  const bool foreign_state =
      result.error->kind == ErrorKind::parameter && result.error->parameter == "requestState";
  const bool server_fault = result.error->kind == ErrorKind::module_fault;
  if (foreign_state || server_fault || result.error->kind == ErrorKind::unknown_tool) {
    return Reply(tl::unexpected(rpc_error(*result.error)));
  }
  if (!revision.modern || result.error->kind != ErrorKind::capability) return std::nullopt;
  RpcError missing = rpc_error(*result.error);
  missing.code = code::kMissingCapability;
  missing.http_status = web::status::kBadRequest;
  if (!result.error->details.empty()) missing.data = result.error->details;
  return Reply(tl::unexpected(std::move(missing)));
}

RpcError rpc_error(const Error& error) {
  RpcError rpc;
  rpc.code = is_wrong_request(error.kind) ? code::kInvalidParams : code::kInternal;
  rpc.message = error.message;
  if (!error.hint.empty()) rpc.message += ". " + error.hint;
  rpc.data = json::object(
      [&](json::Writer& writer) { json::put_member(writer, "type", type_name(error.kind)); });
  return rpc;
}

}  // namespace dockerhub::mcp
