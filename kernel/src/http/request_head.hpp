// The head of a request as bytes (RFC 9112 3). Pure function.
#pragma once

#include <string>
#include <string_view>

#include "credentials/secret.hpp"
#include "dockerhub/kernel.hpp"
#include "http/message.hpp"
#include "http/proxy.hpp"

namespace dockerhub::http {

struct CredentialField {
  std::string_view name;          // of the header
  const Secret* value = nullptr;  // nullptr: none
};

// What the client adds to a request.
struct Addition {
  std::string_view user_agent;
  CredentialField credential;
  const Proxy* proxy = nullptr;  // that has to pass it on: told the whole URL, and who asks
  bool at_home = true;           // goes to the origin that it was made for (Route)
};

inline constexpr std::size_t kBodyRoom = 16 * 1024;

// Has room for the request's body behind it, where that is not larger than kBodyRoom.
// Host, User-Agent, Accept-Encoding and the framing are added. Errors: parameter, for a method, a field
// or a credential that could change what the head means, or a field that is the client's own.
Result<std::string> request_head(const Request& request, const Url& url, const Addition& addition);

}  // namespace dockerhub::http
