// Whole requests whose headers mirror their message: what passes says the same twice, however the value is
// wrapped.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "header_rules.hpp"
#include "http/request_parser.hpp"
#include "request_meta.hpp"

namespace {

namespace mcp = dockerhub::mcp;
namespace json = dockerhub::mcp::json;
namespace web = dockerhub::web;

constexpr const char* kSchema =
    R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},)"
    R"("count":{"type":"number","x-mcp-header":"Count"},)"
    R"("place":{"type":"object","properties":{"on":{"type":"boolean","x-mcp-header":"On"}}}}})";

// Of a header that was accepted.
void check_same(const web::Request& http, const char* header, std::string_view expected) {
  const std::string* raw = http.header(header);
  if (raw == nullptr || http.count(header) != 1) std::abort();
  const auto value = mcp::unwrapped(*raw);
  if (!value || *value != expected) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(mcp::unwrapped(bytes));
  web::RequestParser parser(web::Limits{});
  parser.feed(bytes);
  if (!parser.done()) return 0;
  const web::Request http = parser.take();
  auto body = json::parse(http.body);
  if (!body) return 0;
  const auto message = mcp::read_message(std::move(*body));
  if (!message) return 0;
  if (mcp::check_name_headers(http, *message)) check_same(http, "Mcp-Method", message->method);
  if (mcp::check_version_header(http, *message)) {
    check_same(http, "MCP-Protocol-Version",
               json::text_of(json::find(message->params(), "_meta"), mcp::meta::kVersion));
  }
  const json::Value* region = json::find(json::find(message->params(), "arguments"), "region");
  if (mcp::check_parameter_headers(http, *message, kSchema) && region != nullptr &&
      region->IsString()) {
    check_same(http, "Mcp-Param-Region", json::view(*region));
  }
  return 0;
}
