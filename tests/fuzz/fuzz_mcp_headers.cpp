// Header lines of anybody on a request whose message is known: the rules pass exactly those that say what the
// message says, plain or wrapped, by a decoder of the test's own.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "header_rules.hpp"
#include "http/request_parser.hpp"

namespace {

namespace mcp = dockerhub::mcp;
namespace json = dockerhub::mcp::json;
namespace web = dockerhub::web;

constexpr const char* kSchema =
    R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},)"
    R"("count":{"type":"number","x-mcp-header":"Count"},)"
    R"("place":{"type":"object","properties":{"on":{"type":"boolean","x-mcp-header":"On"}}}}})";
constexpr std::string_view kBody =
    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":)"
    R"({"region":"\u00e4u","count":1.5,"place":{"on":true}},)"
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})";
constexpr std::string_view kRegion = "\xc3\xa4u";
constexpr std::string_view kWrapBegin = "=?base64?";
constexpr std::string_view kWrapEnd = "?=";
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const std::string_view group = text.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= group.size() ? kDigits[bits >> (18U - 6U * i) & 63U] : '=';
    }
  }
  return out;
}

// Of what encoded() gives, and nothing else.
std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U | static_cast<std::uint32_t>(digit)) & 0xffffU;
    count += 6U;
    if (count < 8U) continue;
    count -= 8U;
    out += static_cast<char>(bits >> count & 0xffU);
  }
  if (encoded(out) != text) return std::nullopt;
  return out;
}

std::optional<std::string> meant(std::string_view value) {
  if (value.size() < kWrapBegin.size() + kWrapEnd.size() || !value.starts_with(kWrapBegin) ||
      !value.ends_with(kWrapEnd)) {
    return std::string(value);
  }
  value.remove_prefix(kWrapBegin.size());
  value.remove_suffix(kWrapEnd.size());
  return decoded(value);
}

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// What is between the digits of base64 may pass: nettle reads over blanks.
std::string without_blanks(std::string_view value) {
  std::string text(value);
  text.erase(std::remove_if(text.begin(), text.end(), is_blank), text.end());
  return text;
}

bool says(const web::Request& http, const char* header, std::string_view expected) {
  if (http.count(header) != 1) return false;
  return meant(*http.header(header)) == std::string(expected);
}

bool has_blanks(const web::Request& http, const char* header) {
  const std::string* value = http.header(header);
  return value != nullptr && std::any_of(value->begin(), value->end(), is_blank);
}

void expect(bool right) {
  if (!right) std::abort();
}

std::optional<web::Request> request_with(std::string_view lines) {
  web::RequestParser parser(web::Limits{});
  std::string text = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
  text += std::to_string(kBody.size()) + "\r\n" + std::string(lines) + "\r\n\r\n";
  text += kBody;
  parser.feed(text);
  if (!parser.done()) return std::nullopt;
  web::Request http = parser.take();
  // Lines may end the head before their own end.
  if (http.body != kBody) return std::nullopt;
  return http;
}

bool has_passed(const web::Request& http, const mcp::Message& message) {
  return mcp::check_version_header(http, message) && mcp::check_name_headers(http, message) &&
         mcp::check_parameter_headers(http, message, kSchema);
}

// The same headers with each value wrapped, or not.
web::Request rewritten(web::Request http, bool wrapped) {
  for (auto& [name, value] : http.headers) {
    const auto text = meant(value);
    if (!text) continue;
    // A plain text that looks wrapped has to be wrapped.
    const bool is_odd = text->starts_with(kWrapBegin);
    if (wrapped || is_odd) {
      value = std::string(kWrapBegin) + encoded(*text) + std::string(kWrapEnd);
    } else {
      value = *text;
    }
  }
  return http;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto value = mcp::unwrapped(bytes);
  if (const auto expected = meant(bytes)) expect(value == expected);
  if (value) expect(*value == bytes || value == meant(without_blanks(bytes)));

  const auto http = request_with(bytes);
  if (!http) return 0;
  const auto message = mcp::read_message(*json::parse(kBody));
  expect(message.has_value());
  const bool is_plain = !has_blanks(*http, "Mcp-Method") && !has_blanks(*http, "Mcp-Name") &&
                        !has_blanks(*http, "MCP-Protocol-Version");
  if (is_plain) {
    expect(mcp::check_version_header(*http, *message).has_value() ==
           says(*http, "MCP-Protocol-Version", "2026-07-28"));
    expect(mcp::check_name_headers(*http, *message).has_value() ==
           (says(*http, "Mcp-Method", "tools/call") && says(*http, "Mcp-Name", "t")));
  }
  const bool has_parameters = mcp::check_parameter_headers(*http, *message, kSchema).has_value();
  if (has_parameters && !has_blanks(*http, "Mcp-Param-Region")) {
    expect(says(*http, "Mcp-Param-Region", kRegion) && http->count("Mcp-Param-Count") == 1);
  }
  if (has_parameters && !has_blanks(*http, "Mcp-Param-On"))
    expect(says(*http, "Mcp-Param-On", "true"));
  const bool passed = has_passed(*http, *message);
  expect(has_passed(rewritten(*http, true), *message) == passed);
  expect(has_passed(rewritten(*http, false), *message) == passed);
  return 0;
}
