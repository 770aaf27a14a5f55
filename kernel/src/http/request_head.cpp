#include "http/request_head.hpp"

#include <algorithm>
#include <array>

#include "http/field_text.hpp"
#include "http/trace_context.hpp"

namespace dockerhub::http {
namespace {

constexpr std::array<std::string_view, 10> kOwnFields = {
    "Host", "Authorization", "Content-Length", "Transfer-Encoding",  "Connection", "Trailer",
    "TE",   "Upgrade",       "Expect",         "Proxy-Authorization"};

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

// The state says nothing without its parent.
void append_trace(std::string& head, const Request& request) {
  if (!is_traceparent(request.traceparent) || request.headers.find("traceparent")) return;
  append(head, "traceparent", request.traceparent);
  if (is_tracestate(request.tracestate)) append(head, "tracestate", request.tracestate);
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

const Secret* credential_of(const Proxy* proxy) {
  return proxy == nullptr ? nullptr : proxy->authorization.get();
}

// At least what is needed, so that no growing leaves a copy of the credential behind.
std::size_t room_for(const Request& request, const Url& url, const Addition& addition) {
  constexpr std::size_t kOwn = 512;  // names, line ends and what else is always there
  std::size_t room = kOwn + request.method.size() + url.path.size() + url.query.size() +
                     2 * url.origin.host.size() + addition.user_agent.size() +
                     addition.credential.name.size();
  for (const auto& [name, value] : request.headers.fields()) room += name.size() + value.size() + 4;
  room += request.traceparent.size() + request.tracestate.size();
  for (const Secret* secret : {addition.credential.value, credential_of(addition.proxy)}) {
    if (secret != nullptr) room += secret->reveal().size();
  }
  return room + (request.body.size() <= kBodyRoom ? request.body.size() : 0);
}

}  // namespace

Result<std::string> request_head(const Request& request, const Url& url, const Addition& addition) {
  const CredentialField& credential = addition.credential;
  if (auto checked = check(request, credential); !checked) return Failure(checked.error());
  std::string head;
  head.reserve(room_for(request, url, addition));
  head += request.method + ' ';
  head += (addition.proxy != nullptr ? url.text() : url.target()) + " HTTP/1.1\r\n";
  append(head, "Host", url.origin.host_field());
  if (!addition.user_agent.empty()) append(head, "User-Agent", addition.user_agent);
  append(head, "Accept-Encoding", request.accepts_gzip ? "gzip" : "identity");
  for (const auto& [name, value] : request.headers.fields()) {
    if (!same_name(name, "Accept-Encoding")) append(head, name, value);
  }
  if (addition.at_home) append_trace(head, request);
  append_framing(head, request);
  if (credential.value != nullptr) append(head, credential.name, credential.value->reveal());
  if (const Secret* secret = credential_of(addition.proxy))
    append(head, "Proxy-Authorization", secret->reveal());
  head += "\r\n";
  return head;
}

}  // namespace dockerhub::http
