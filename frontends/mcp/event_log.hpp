// The event streams of one session, for clients that lose their connection (revisions with sessions, over
// /mcp): each event has an id, what was sent is kept for a while, and a client that names the last id
// it saw gets the rest of that stream over a new connection. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "event_id.hpp"
#include "http/responder.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

// Bytes that the logs of all sessions keep together.
using KeptBytes = std::atomic<std::size_t>;

class EventLog {
 public:
  using Clock = std::chrono::steady_clock;
  using Reply = std::shared_ptr<web::Responder>;
  // A stream of the session. kNotices belongs to no request; the others to one each.
  using Stream = std::uint64_t;
  static constexpr Stream kNotices = 0;

  static constexpr std::size_t kMostEvents = 1'000;                         // of one session
  static constexpr std::size_t kMostBytes = std::size_t{1024} * 1024;       // of one session
  static constexpr std::size_t kMostOfAll = std::size_t{64} * 1024 * 1024;  // of all sessions
  // Of one session where all have kMostOfAll: no client takes the others' share.
  static constexpr std::size_t kShare = std::size_t{64} * 1024;
  static constexpr std::chrono::minutes kKept{5};

  // kept: of all sessions, or nullptr where this is the only one.
  explicit EventLog(std::shared_ptr<KeptBytes> kept);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  // Whether a stream begins with an event that has an id and no message, so that a client that has seen
  // nothing else can come back. Clients of revisions before 2025-11-25 would take it for a message.
  void set_primes(bool primes);

  // The answer to a request: JSON, or a stream that begins when something is sent.
  Stream begin(Reply reply);
  void send(Stream stream, std::string_view message);
  // The last: `whole` where the stream has not begun.
  void end(Stream stream, const web::Response& whole, std::string_view message);

  // The stream of notices begins over this connection; false when it has one that is open.
  bool listen(Reply reply);
  // The client holds the stream of notices open.
  bool listens() const;
  void end_notices();

  // What became of a client that came back.
  enum class Resumed {
    yes,      // it gets the rest
    over,     // it has seen all of a stream that has ended
    foreign,  // the id is none of this session
    lost,     // something after that event is not kept any more
  };
  // A connection that the stream still has is given up.
  Resumed resume(std::string_view last_id, Reply reply);
  // The connection that the stream still has is given up, as resume() would.
  void give_way(std::string_view last_id);

  // Forgets what is older than kKept.
  void expire(Clock::time_point now);

  std::size_t kept_events() const;

 private:
  struct Event {
    Stream stream = 0;
    std::uint64_t number = 0;
    std::string text;
    Clock::time_point when;
  };
  struct State {
    Reply
        reply;  // nullptr: the stream has ended, it is that of notices, or its connection gave way
    std::uint64_t last = 0;  // number of the newest event
    std::uint64_t lost = 0;  // number of the newest one that is not kept any more
    bool ended = false;
    bool named = false;  // its client may have an id of it
  };
  // All of these with the lock.
  web::Response head_of(Stream stream, const State& state) const;
  std::string number_event(Stream stream, State& state, std::string_view message);
  // The place from which a client goes on; the error says why it cannot.
  tl::expected<EventPlace, Resumed> look_up(std::string_view last_id) const;
  void note_id(State& state, const web::Responder& reply) const;
  void keep(Stream stream, State& state, std::string text);
  bool is_too_much() const;
  void forget_oldest();

  const std::string mark_;
  const std::shared_ptr<KeptBytes> kept_;
  mutable std::mutex mutex_;
  bool primes_ = false;
  Stream last_stream_ = kNotices;
  std::map<Stream, State> streams_;
  std::deque<Event> events_;  // of all streams, the oldest first
  std::size_t bytes_ = 0;     // of events_
};

}  // namespace dockerhub::mcp
