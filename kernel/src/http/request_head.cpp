#include "http/request_head.hpp"

#include <algorithm>
#include <array>

#include "http/field_text.hpp"

namespace dockerhub::http {
namespace {

constexpr std::array<std::string_view, 9> kOwnFields = {
    "Host", "Authorization", "Content-Length", "Transfer-Encoding", "Connection", "Trailer",
    "TE",   "Upgrade",       "Expect"};

Failure refuse(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<void> check(const Request& request, const CredentialField& credential) {
  if (!is_token(request.method))
    return refuse("'" + visible(request.method) + "' is no HTTP method", "Use GET, HEAD, POST...");
  for (const auto& [name, value] : request.headers.fields()) {
    if (!is_token(name) || !is_field_text(value))
      return refuse("the header field '" + visible(name) + "' has a character that none may have",
                    "Leave out control characters and line ends.");
    const bool own = std::any_of(kOwnFields.begin(), kOwnFields.end(),
                                 [&name = name](auto each) { return same_name(each, name); });
    if (own) return refuse("the header field '" + name + "' cannot be set", "Leave it out.");
  }
  if (credential.value != nullptr && !is_field_text(credential.value->reveal()))
    return refuse("the credential has a line end or another control character",
                  "Give it without one, as it was issued.");
  return {};
}

void append(std::string& head, std::string_view name, std::string_view value) {
  ((head += name) += ": ") += value;
  head += "\r\n";
}

// Also a body of no bytes is told where servers expect one.
void append_framing(std::string& head, const Request& request) {
  if (request.body_size < 0) {
    append(head, "Transfer-Encoding", "chunked");
    return;
  }
  const auto size =
      request.body_size > 0 ? static_cast<std::uint64_t>(request.body_size) : request.body.size();
  const bool expected =
      request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (size > 0 || expected) append(head, "Content-Length", std::to_string(size));
}

// At least what is needed, so that no growing leaves a copy of the credential behind.
std::size_t room_for(const Request& request, const Url& url, std::string_view user_agent,
                     const CredentialField& credential) {
  constexpr std::size_t kOwn = 512;  // names, line ends and what else is always there
  std::size_t room = kOwn + request.method.size() + url.path.size() + url.query.size() +
                     url.origin.host.size() + user_agent.size() + credential.name.size();
  for (const auto& [name, value] : request.headers.fields()) room += name.size() + value.size() + 4;
  if (credential.value != nullptr) room += credential.value->reveal().size();
  return room + (request.body.size() <= kBodyRoom ? request.body.size() : 0);
}

}  // namespace

Result<std::string> request_head(const Request& request, const Url& url,
                                 std::string_view user_agent, const CredentialField& credential) {
  if (auto checked = check(request, credential); !checked) return Failure(checked.error());
  std::string head;
  head.reserve(room_for(request, url, user_agent, credential));
  head += request.method + ' ' + url.target() + " HTTP/1.1\r\n";
  append(head, "Host", url.origin.authority());
  if (!user_agent.empty()) append(head, "User-Agent", user_agent);
  // What is hashed or shown are the bytes as they are stored.
  append(head, "Accept-Encoding", "identity");
  for (const auto& [name, value] : request.headers.fields()) {
    if (!same_name(name, "Accept-Encoding")) append(head, name, value);
  }
  append_framing(head, request);
  if (credential.value != nullptr) append(head, credential.name, credential.value->reveal());
  head += "\r\n";
  return head;
}

}  // namespace dockerhub::http
