// A request and the head of its answer, as the client takes and gives them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "credentials/secret.hpp"
#include "http/headers.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

class Authorizer;

struct Request {
  std::string method = "GET";
  Url url;
  // Host, Authorization and framing fields are the client's own: a request that has one is refused.
  Headers headers;
  std::string body;            // a small body: sent at once, and again where that is allowed
  std::int64_t body_size = 0;  // a streamed body: its bytes, -1 = unknown; 0 = `body` is all
  // The answer may come as gzip, and is unpacked. Not for content that is hashed or stored as it is.
  bool accepts_gzip = false;
  // W3C trace context of whoever asked: goes to the request's own origin, where it is well-formed
  // (trace_context.hpp).
  std::string traceparent, tracestate;
  // Of the whole exchange, retries included; zero: the configured one.
  std::chrono::milliseconds timeout{0};
  // Who adds the Authorization header and answers 401; nullptr: nobody.
  std::shared_ptr<Authorizer> authorizer;
  // A log-in of its own (token service): sent as it is, no renewal. Not with an authorizer.
  std::shared_ptr<const Secret> authorization;
  // The URL came in an answer of that origin: the rules for redirects count for it (client.hpp).
  struct Referrer {
    Origin origin;
    bool is_private = false;  // as Response::is_private
  };
  std::optional<Referrer> came_from;
  bool follow_redirects = true;
  bool retry = true;
  // A DELETE, PUT or POST that has the same effect when it is repeated after it may have arrived.
  bool repeatable = false;
  std::string request_id;  // of the call that it is for: for the log
  // Under which the rate limits of the answers are kept (limits.hpp); without an api they are not.
  std::string api, account;
  // Which of the api's budgets it counts for, where there are several ("pull"); see pace.hpp.
  std::string budget;
};

struct Response {
  int status_code = 0;  // 200..599
  Headers headers;
  std::int64_t content_length = -1;  // -1 = unknown, also that of an answer that is unpacked
  Url url;                           // that answered, after redirects
  bool is_private = false;           // at an address of this machine or of a private net
};

// A whole answer in memory.
struct Answer {
  Response response;
  std::string body;
};

}  // namespace dockerhub::http
