#include "request/forbidden_headers.hpp"

#include <algorithm>
#include <array>

#include "http/headers.hpp"

namespace dockerhub {
namespace {

constexpr auto kOwn = std::to_array<std::string_view>(
    {"Authorization", "Cookie", "Host", "Content-Length", "Transfer-Encoding", "Connection",
     "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect", "Accept-Encoding", "User-Agent",
     "Forwarded", "Via",
     // By these some servers take a request for one of another method than it was permitted as.
     "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"});
constexpr std::array<std::string_view, 2> kOwnPrefixes = {"Proxy-", "X-Forwarded-"};

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

bool is_own(std::string_view name) {
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](std::string_view own) { return http::same_name(own, name); }) ||
         std::any_of(kOwnPrefixes.begin(), kOwnPrefixes.end(), [&](std::string_view prefix) {
           return http::same_name(prefix, name.substr(0, prefix.size()));
         });
}

}  // namespace

bool is_allowed_header(std::string_view name, std::string_view value) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character) &&
         std::all_of(value.begin(), value.end(), is_value_character) && !is_own(name);
}

}  // namespace dockerhub
