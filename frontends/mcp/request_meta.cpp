#include "request_meta.hpp"

#include "http/message.hpp"
#include "log_levels.hpp"

namespace dockerhub::mcp {
namespace {

RpcError missing(std::string_view field, const char* form) {
  return http_error(web::status::kBadRequest, code::kInvalidParams,
                    "params._meta[\"" + std::string(field) + "\"] has to be " + form);
}

}  // namespace

bool names_modern_version(const json::Value& message) {
  const json::Value* about = json::find(json::find(message, "params"), "_meta");
  return json::find(about, meta::kVersion) != nullptr;
}

tl::expected<RequestMeta, RpcError> read_request_meta(const Message& request) {
  const json::Value* version = request.meta(meta::kVersion);
  if (version == nullptr || !version->IsString()) {
    return tl::unexpected(missing(meta::kVersion, "a text"));
  }
  const json::Value* capabilities = request.meta(meta::kCapabilities);
  if (capabilities == nullptr || !capabilities->IsObject()) {
    return tl::unexpected(missing(meta::kCapabilities, "an object"));
  }
  RequestMeta read;
  read.version = json::view(*version);
  read.client = read_client(modern_revision(), capabilities);
  if (const json::Value* level = request.meta(meta::kLogLevel)) {
    read.log_level = level->IsString() ? log_level(json::view(*level)) : std::nullopt;
    if (!read.log_level) return tl::unexpected(missing(meta::kLogLevel, "the name of a level"));
  }
  return read;
}

tl::expected<void, RpcError> check_version(std::string_view version) {
  if (version == kModernVersion) return {};
  const std::string data = json::object([&](json::Writer& writer) {
    writer.Key("supported");
    writer.StartArray();
    json::put(writer, kModernVersion);
    writer.EndArray();
    json::put_member(writer, "requested", version);
  });
  return tl::unexpected(http_error(web::status::kBadRequest, code::kUnsupportedVersion,
                                   "this revision of the protocol is not served", data));
}

}  // namespace dockerhub::mcp
