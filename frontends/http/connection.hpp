// One connection: reads requests one after the other, hands each to the server, and writes the answer.
//
// on_ready() and on_tick() belong to the thread of the server's loop; the functions for answers may be
// called from any thread (Responder). The socket is closed by the loop alone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "descriptor.hpp"
#include "dockerhub/server_tls.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "metrics.hpp"
#include "request_parser.hpp"
#include "responder.hpp"
#include "write_buffer.hpp"

namespace dockerhub::web {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;
  // What a connection needs of its server; outlives it.
  struct Host {
    const Limits& limits;
    Metrics& metrics;
    // Takes a whole request, on the loop's thread.
    std::function<void(Request, std::shared_ptr<Responder>)> handle;
    // Asks for on_ready() on the loop's thread; any thread.
    std::function<void(std::uint64_t id)> wake;
    // Bytes of bodies that are being read, of all connections. Loop's thread.
    std::size_t bodies = 0;
    bool draining = false;  // Loop's thread.
  };

  // tls: of this connection, or nullptr where it speaks plain HTTP.
  Connection(Host& host, std::uint64_t id, Descriptor socket, Remote remote,
             std::unique_ptr<TlsSession> tls = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::uint64_t id() const { return id_; }
  int fd() const { return socket_.get(); }

  // Reads, hands over and writes what can be. hung_up: the client closed its end. False: the
  // connection has ended.
  bool on_ready(bool hung_up);
  // Looks at the deadlines. False: the connection has ended.
  bool on_tick(Clock::time_point now);
  // No request is under way, and none begins any more where the server drains.
  bool idle() const;
  // Ends it, and tells whoever still answers that the client has gone. The last call of the loop.
  void abandon();

  // For Responder.
  std::stop_token gone(std::uint64_t number) const;
  void respond(std::uint64_t number, const Response& response);
  void offer_stream(std::uint64_t number, Response head, std::optional<std::uint64_t> size);
  void begin_stream(std::uint64_t number);
  void event(std::uint64_t number, std::string_view bytes);
  bool complete(std::uint64_t number, const Response& whole,
                const std::function<std::string()>& last);
  void hold(std::uint64_t number, std::shared_ptr<void> something);
  void finish(std::uint64_t number);
  void cut(std::uint64_t number);
  bool wait_read(std::uint64_t number, std::size_t most, const std::stop_token& stop,
                 std::chrono::milliseconds time);
  bool streamed(std::uint64_t number) const;
  void drop(std::uint64_t number);

 private:
  enum class Phase {
    reading,    // a request, or waiting for one
    answering,  // the answer is awaited
    streaming,  // a part of it was written
    lingering,  // the last answer was written; what still comes is thrown away
    ended,
  };
  using Lock = std::unique_lock<std::mutex>;

  // All of these with the lock.
  bool current(std::uint64_t number) const;
  void put(std::string_view bytes, std::string_view more = {});
  void put_response(const Response& response);
  void put_stream_head();
  void put_piece(std::string_view bytes);
  void end_answer();
  // Takes off what the socket takes at once.
  void send_now(std::string_view& bytes, std::string_view& more);
  void append(std::string_view bytes);
  void flush();
  void begin_lingering();
  void end();

  bool read_some();
  void take(std::string_view bytes);
  void fail_tls();
  void parse(Lock& lock);
  void hand_over(Lock& lock);
  void refuse(const Response& response);
  void account();
  bool in_time(Clock::time_point now) const;

  Host& host_;
  const std::uint64_t id_;
  const Remote remote_;
  mutable std::mutex mutex_;
  std::condition_variable taken_;  // the client has read something, or the connection has ended
  Descriptor socket_;
  const std::unique_ptr<TlsSession> tls_;
  RequestParser parser_;
  Phase phase_ = Phase::reading;
  std::string in_;  // read, not yet parsed
  WriteBuffer out_;
  std::size_t counted_ = 0;     // of the body that is being read, in Host::bodies
  std::uint64_t number_ = 0;    // of the request that is being answered
  std::uint64_t streamed_ = 0;  // of the latest request whose answer began as a stream
  bool keep_alive_ = true;      // the connection goes on after this answer
  bool chunks_ = true;          // the client reads chunked streams
  bool has_comments_ = false;   // the stream that was begun may have them
  bool body_ = true;            // the answer has a body (the method is not HEAD)
  bool peer_closed_ = false;    // no more bytes come
  std::optional<Response> late_stream_;
  std::optional<std::uint64_t> to_come_;  // bytes of a stream whose size is known
  std::shared_ptr<void> held_;
  std::stop_source gone_{std::nostopstate};
  Clock::time_point since_;  // this phase, or the head or body that is being read
  Clock::time_point wrote_;  // last progress of writing
  bool in_body_ = false;
};

}  // namespace dockerhub::web
