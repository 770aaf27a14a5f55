// Reads requests of HTTP/1.1 and 1.0 from bytes as they come. Strict where clients and proxies could
// read a message differently (RFC 9112): two lengths, a length beside a transfer coding, codings other
// than "chunked", blanks in names and control characters are refused. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "limits.hpp"
#include "message.hpp"

namespace dockerhub::web {

class RequestParser {
 public:
  explicit RequestParser(const Limits& limits);
  ~RequestParser();
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;

  // Takes bytes; gives how many were used. What is left belongs to the next request, or is read again
  // when more has come. After an error or a whole request nothing is taken.
  std::size_t feed(std::string_view bytes);

  bool begun() const;      // a byte has come
  bool head_done() const;  // and the client waits for nothing but the reading of the body
  bool done() const;
  // The client asked for a word before it sends the body ("Expect: 100-continue"); told once.
  bool take_expectation();
  // What to answer to a request that cannot be read; the connection ends then.
  const std::optional<Response>& error() const;

  std::size_t body_size() const;  // so far, in bytes
  bool keep_alive() const;        // the connection may be used again
  bool chunks() const;            // the client reads chunked answers: 1.1

  // The whole request, once done; the parser is then ready for the next one.
  Request take();

 private:
  struct State;
  std::unique_ptr<State> state_;
  Limits limits_;
};

}  // namespace dockerhub::web
