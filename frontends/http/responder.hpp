// The way back to the client of one request. Any thread, also while the server ends; everything after
// the client has gone or the answer is complete does nothing. No function but wait_read() waits for the
// client: what it does not read is kept, up to Limits::unread, and then the connection is given up.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "message.hpp"

namespace dockerhub::web {

class Connection;

class Responder {
 public:
  // number: which request of the connection it is.
  Responder(std::shared_ptr<Connection> connection, std::uint64_t number);
  // A request that nobody answered is answered with 500.
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  // The whole answer.
  void respond(const Response& response);

  // An answer that may become a stream: from now on, when it takes longer than Limits::late_stream,
  // or at the first event(). The body of `head` is the first piece of the stream.
  // size: bytes of the whole stream, where they are known: they are told (Content-Length), and a stream that ends
  // before them or goes on behind them is cut.
  void offer_stream(Response head, std::optional<std::uint64_t> size = std::nullopt);
  // Begins the stream now.
  void begin_stream();
  // A piece of the stream, which begins now at the latest.
  void event(std::string_view bytes);
  // The end: what `last` gives as the last piece where the stream has begun, else `whole` as the whole answer.
  // `last` is called at once or never, and must not use the responder. Whether it was the whole answer; false
  // also where the client has gone.
  bool complete(const Response& whole, const std::function<std::string()>& last);
  // The same where nothing is left to be said.
  void finish();
  // Ends the connection, so that nobody takes what was written for the whole.
  void cut();

  // Waits, at most so long, until the client has read all but so many bytes; false: it has not or has gone, or
  // `stop`. Not on the loop's thread. A client that reads nothing is given up after Limits::stall_time, which
  // ends the wait.
  bool wait_read(std::size_t most, const std::stop_token& stop = {},
                 std::chrono::milliseconds time = std::chrono::hours(24));

  // Whether a stream has begun, also one that has ended or whose client has gone since.
  bool streamed() const;

  // Kept until the answer is complete or the client has gone; dropped there at once.
  void hold(std::shared_ptr<void> something);

  // Requested when the client closes the connection before the answer is complete.
  std::stop_token gone() const { return gone_; }

 private:
  const std::shared_ptr<Connection> connection_;
  const std::uint64_t number_;
  const std::stop_token gone_;
};

}  // namespace dockerhub::web
