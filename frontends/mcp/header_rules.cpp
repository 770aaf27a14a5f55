#include "header_rules.hpp"

#include <nettle/base64.h>

#include <array>
#include <charconv>

#include "dockerhub/kernel.hpp"
#include "request_meta.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kWrapBegin = "=?base64?";
constexpr std::string_view kWrapEnd = "?=";

RpcError mismatch(const std::string& header, const std::string& what) {
  return http_error(web::status::kBadRequest, code::kHeaderMismatch,
                    "the header " + header + " " + what);
}

tl::expected<void, RpcError> compare(const web::Request& http, const std::string& header,
                                     std::string_view expected) {
  const std::string* raw = http.header(header);
  if (raw == nullptr) return tl::unexpected(mismatch(header, "is missing"));
  if (http.count(header) != 1) return tl::unexpected(mismatch(header, "was sent twice"));
  const auto value = unwrapped(*raw);
  if (!value) return tl::unexpected(mismatch(header, "is wrapped in base64 that is none"));
  if (*value == expected) return {};
  return tl::unexpected(
      mismatch(header, "says '" + visible(*value) + "', the message '" + visible(expected) + "'"));
}

struct Named {
  std::string_view method, member;
};

constexpr auto kNamed = std::to_array<Named>({{"tools/call", "name"},
                                              {"prompts/get", "name"},
                                              {"resources/read", "uri"},
                                              {"tasks/get", "taskId"},
                                              {"tasks/update", "taskId"},
                                              {"tasks/cancel", "taskId"}});

std::string text_of(const json::Value& value) {
  return value.IsString() ? std::string(json::view(value)) : json::write(value);
}

bool same_number(std::string_view one, const json::Value& other) {
  double number = 0;
  const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), number);
  return error == std::errc() && end == one.data() + one.size() && other.IsNumber() &&
         number == other.GetDouble();
}

tl::expected<void, RpcError> check_parameter(const web::Request& http, const std::string& header,
                                             const json::Value* argument) {
  const std::string* raw = http.header(header);
  if (argument == nullptr || argument->IsNull()) {
    if (raw == nullptr) return {};
    return tl::unexpected(mismatch(header, "has a value, the message has none"));
  }
  if (argument->IsNumber() && raw != nullptr && http.count(header) == 1) {
    const auto value = unwrapped(*raw);
    if (value && same_number(*value, *argument)) return {};
  }
  return compare(http, header, text_of(*argument));
}

// The properties that are reached only through "properties".
tl::expected<void, RpcError> check_properties(const web::Request& http, const json::Value* schema,
                                              const json::Value* arguments) {
  const json::Value* properties = json::find(schema, "properties");
  if (properties == nullptr || !properties->IsObject()) return {};
  for (const auto& property : properties->GetObject()) {
    const json::Value* argument = json::find(arguments, json::view(property.name));
    const std::string_view name = json::text_of(&property.value, "x-mcp-header");
    auto checked = name.empty() ? check_properties(http, &property.value, argument)
                                : check_parameter(http, "Mcp-Param-" + std::string(name), argument);
    if (!checked) return checked;
  }
  return {};
}

}  // namespace

std::optional<std::string> unwrapped(std::string_view value) {
  const bool wrapped = value.size() >= kWrapBegin.size() + kWrapEnd.size() &&
                       value.substr(0, kWrapBegin.size()) == kWrapBegin &&
                       value.substr(value.size() - kWrapEnd.size()) == kWrapEnd;
  if (!wrapped) return std::string(value);
  const std::string_view inner =
      value.substr(kWrapBegin.size(), value.size() - kWrapBegin.size() - kWrapEnd.size());
  std::string text(BASE64_DECODE_LENGTH(inner.size()), '\0');
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::size_t size = text.size();
  if (base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(text.data()),
                           inner.size(), inner.data()) == 0 ||
      base64_decode_final(&context) == 0) {
    return std::nullopt;
  }
  text.resize(size);
  return text;
}

tl::expected<void, RpcError> check_version_header(const web::Request& http,
                                                  const Message& message) {
  return compare(http, "MCP-Protocol-Version",
                 json::text_of(json::find(message.params(), "_meta"), meta::kVersion));
}

tl::expected<void, RpcError> check_name_headers(const web::Request& http, const Message& message) {
  if (auto same = compare(http, "Mcp-Method", message.method); !same) return same;
  for (const Named& named : kNamed) {
    if (named.method != message.method) continue;
    const json::Value* name = json::find(message.params(), named.member);
    if (name != nullptr && name->IsString()) return compare(http, "Mcp-Name", json::view(*name));
  }
  return {};
}

tl::expected<void, RpcError> check_parameter_headers(const web::Request& http,
                                                     const Message& message,
                                                     const std::string& input_schema) {
  if (input_schema.empty()) return {};
  const auto schema = json::parse(input_schema);
  if (!schema) return {};
  return check_properties(http, &*schema, json::find(message.params(), "arguments"));
}

}  // namespace dockerhub::mcp
