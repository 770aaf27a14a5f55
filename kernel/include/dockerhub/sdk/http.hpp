// Requests to the surfaces and destinations of the manifest (http/1), pull style: open, write the
// body if it is streamed, finish, read. The kernel adds credentials, retries, rate limits and
// deadlines. An Exchange closes itself. Only inside the call, on its thread.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/sdk/duration.hpp"
#include "dockerhub/sdk/json.hpp"
#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

enum class Credential {
  surface = DH_CREDENTIAL_SURFACE,  // the account's, as the surface wants it
  none = DH_CREDENTIAL_NONE,
  in_body = DH_CREDENTIAL_IN_BODY,  // the body is a log-in
};

struct Request {
  std::string_view method = "GET";
  // Template: each {name} becomes one encoded segment; surface "registry": a {repository} keeps "/".
  std::string_view path{};
  Json path_params = Json::raw("{}");
  Json query = Json::raw("{}");  // scalars, or arrays for repeated keys
  Json headers = Json::raw("{}");
  std::string_view surface = "hub";
  std::string_view host{};  // surface "registry": host[:port]
  Credential credential = Credential::surface;
  std::string_view media_type{};
  std::string_view body{};      // a small body, sent at once
  std::int64_t body_size = 0;   // streamed body: its bytes, -1 = unknown; 0 = `body` is all
  std::int64_t timeout_ms = 0;  // of the whole exchange; 0 or less = the configured one
  std::string_view scope{};     // surface "registry": token scope; empty = derived

  dh_request to_abi() const {
    dh_request raw{};
    raw.size = sizeof(raw);
    raw.credential = static_cast<std::int32_t>(credential);
    raw.surface = sdk::to_abi(surface);
    raw.host = sdk::to_abi(host);
    raw.method = sdk::to_abi(method);
    raw.path = sdk::to_abi(path);
    raw.path_params = sdk::to_abi(path_params.text());
    raw.query = sdk::to_abi(query.text());
    raw.headers = sdk::to_abi(headers.text());
    raw.media_type = sdk::to_abi(media_type);
    raw.body = bytes_of(body);
    raw.body_size = body_size;
    raw.timeout_ms = std::max(timeout_ms, std::int64_t{0});
    raw.scope = sdk::to_abi(scope);
    return raw;
  }
};

struct Response {
  int status_code = 0;
  std::int64_t content_length = -1;  // -1 = unknown
  std::string headers;               // JSON object, names in lower case

  bool good() const { return status_code >= 200 && status_code < 300; }
};

class Exchange {
 public:
  Exchange(const dh_http_1* table, dh_call* call, dh_handle handle)
      : table_(table), call_(call), handle_(handle) {}
  Exchange(Exchange&& other) noexcept
      : table_(other.table_), call_(other.call_), handle_(std::exchange(other.handle_, 0)) {}
  Exchange& operator=(Exchange&& other) noexcept {
    if (this != &other) {
      close();
      table_ = other.table_;
      call_ = other.call_;
      handle_ = std::exchange(other.handle_, 0);
    }
    return *this;
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { close(); }

  // Body bytes; gives how many were taken. Status DH_REWIND: write the body again from its start.
  Reply<std::size_t> write(std::string_view bytes) {
    std::size_t taken = 0;
    const Status status =
        invoke(table_, &dh_http_1::write, call_, handle_, bytes_of(bytes), &taken);
    if (!status) return status;
    return taken;
  }
  // Ends the body and waits for the head of the answer; any status code is a success here.
  Reply<Response> finish() {
    dh_response raw{};
    raw.size = sizeof(raw);
    const Status status = invoke(table_, &dh_http_1::finish, call_, handle_, &raw);
    if (!status) return status;
    return Response{raw.status_code, raw.content_length, std::string(from_abi(raw.headers))};
  }
  // Bytes of the answer; 0 after the last.
  Reply<std::size_t> read(char* buffer, std::size_t capacity) {
    std::size_t got = 0;
    const Status status = invoke(table_, &dh_http_1::read, call_, handle_,
                                 static_cast<void*>(buffer), capacity, &got);
    if (status == Status(DH_END)) return std::size_t{0};
    if (!status) return status;
    return got;
  }
  // The whole answer; DH_E_LIMIT beyond `most` bytes.
  Reply<std::string> text(std::size_t most = kMostText) {
    std::string all;
    std::array<char, kBuffer> buffer{};
    while (true) {
      const auto got = read(buffer.data(), buffer.size());
      if (!got) return got.status();
      if (*got == 0) return all;
      if (all.size() + *got > most) return Status(DH_E_LIMIT);
      all.append(buffer.data(), *got);
    }
  }
  // A URL that the server gave in this answer (Location, next link).
  Reply<Exchange> follow(const Request& request, std::string_view url) {
    const dh_request raw = request.to_abi();
    dh_handle next = 0;
    const Status status =
        invoke(table_, &dh_http_1::follow, call_, handle_, &raw, to_abi(url), &next);
    if (!status) return status;
    return Exchange(table_, call_, next);
  }
  // Makes an answer that is no success the error of the call, in its own words:
  // `return exchange.reject();`. Where finish() failed: its failure, with this hint behind its own.
  Status reject(std::string_view hint = {}) {
    return invoke(table_, &dh_http_1::reject, call_, handle_, to_abi(hint));
  }
  dh_handle handle() const { return handle_; }

 private:
  static constexpr std::size_t kBuffer = 16384;
  static constexpr std::size_t kMostText = 16 * 1024 * 1024;

  void close() noexcept {
    if (handle_ != 0) static_cast<void>(invoke(table_, &dh_http_1::close, call_, handle_));
    handle_ = 0;
  }
  const dh_http_1* table_;
  dh_call* call_;
  dh_handle handle_;
};

class Http {
 public:
  Http(const dh_http_1* table, dh_call* call) : table_(table), call_(call) {}

  // Begins an exchange; several may be open at once. DH_E_REFUSED: the action's effect does not
  // allow the method; DH_E_DRY_RUN: recorded, not sent: return it.
  Reply<Exchange> open(const Request& request) const {
    const dh_request raw = request.to_abi();
    dh_handle exchange = 0;
    const Status status = invoke(table_, &dh_http_1::open, call_, &raw, &exchange);
    if (!status) return status;
    return Exchange(table_, call_, exchange);
  }
  // The same to a URL that came as a parameter: only the surface's origin and request.path as
  // prefix.
  Reply<Exchange> open_url(const Request& request, std::string_view url) const {
    const dh_request raw = request.to_abi();
    dh_handle exchange = 0;
    const Status status = invoke(table_, &dh_http_1::open_url, call_, &raw, to_abi(url), &exchange);
    if (!status) return status;
    return Exchange(table_, call_, exchange);
  }
  Reply<Exchange> get(std::string_view surface, std::string_view path,
                      Json path_params = Json::raw("{}"), Json query = Json::raw("{}")) const {
    Request request;
    request.surface = surface;
    request.path = path;
    request.path_params = std::move(path_params);
    request.query = std::move(query);
    return open(request);
  }
  // Waits until one of them can go on without blocking; gives its index. DH_E_TIMEOUT after the
  // time, which is at most UINT32_MAX milliseconds; a negative one is none.
  Reply<std::size_t> wait(const std::vector<const Exchange*>& exchanges,
                          std::chrono::milliseconds time) const {
    std::vector<dh_handle> handles;
    handles.reserve(exchanges.size());
    for (const Exchange* exchange : exchanges) handles.push_back(exchange->handle());
    dh_handle ready = 0;
    const Status status =
        invoke(table_, &dh_http_1::wait, call_, static_cast<const dh_handle*>(handles.data()),
               handles.size(), sdk::to_abi(time), &ready);
    if (!status) return status;
    for (std::size_t i = 0; i < handles.size(); ++i) {
      if (handles[i] == ready) return i;
    }
    return Status(DH_E_INVALID);
  }

 private:
  const dh_http_1* table_;
  dh_call* call_;
};

}  // namespace dockerhub::sdk
