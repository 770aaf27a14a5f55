// The sessions of clients of the older revisions over HTTP: by id, each with the stream that its client
// holds open, if it does. Any thread, but Session::receive (the loop's).
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "event_log.hpp"
#include "http/responder.hpp"
#include "outlet.hpp"
#include "service.hpp"
#include "session.hpp"

namespace dockerhub::mcp {

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  using Clock = std::chrono::steady_clock;

  // event: the name of the events on its stream, where the session is its stream (2024-11-05); or empty.
  // kept: of all sessions, for EventLog. tools: that the client wants to see; nullptr: all of the server's.
  static std::shared_ptr<HttpSession> create(const Service& service, server::Principal principal,
                                             std::string event, std::shared_ptr<KeptBytes> kept,
                                             std::shared_ptr<const ToolView> tools = nullptr);

  Session& session() { return *session_; }
  // Whose requests belong to it, whatever less the client wants to do in it.
  const std::string& owner() const { return owner_; }

  // Receives the first message, whose answer says whether the session begins.
  void begin(json::Document message, const Outlet& outlet);
  // Where the messages that answer a request go, which a client that comes back can still get.
  Outlet outlet(const std::shared_ptr<web::Responder>& reply);

  // Takes the stream; false when it has one that is open.
  bool attach(std::shared_ptr<web::Responder> stream);
  // Goes on with the stream on which a client has seen this event last.
  EventLog::Resumed resume(std::string_view last_event, std::shared_ptr<web::Responder> stream);
  // The connection that this stream still has ends.
  void give_way(std::string_view last_event) { log_.give_way(last_event); }
  // Sends on the stream; dropped where there is none.
  void send(std::string_view message);
  void end_stream();
  // Ends what runs, and the stream.
  void end();

  // Of a session that is its stream: the client has closed it.
  bool over() const;

  void touch();
  // Since when nothing has happened; nullopt while something runs or the stream is open.
  std::optional<Clock::time_point> idle_since() const;
  // Forgets events that no client will come back for.
  void expire_events(Clock::time_point now) { log_.expire(now); }

 private:
  HttpSession(std::string owner, std::string event, std::shared_ptr<KeptBytes> kept)
      : owner_(std::move(owner)), event_(std::move(event)), log_(std::move(kept)) {}
  bool is_stream() const { return !event_.empty(); }

  const std::string owner_;
  const std::string event_;
  EventLog log_;
  std::shared_ptr<Session> session_;
  mutable std::mutex mutex_;
  std::shared_ptr<web::Responder> stream_;  // of a session that is its stream
  Clock::time_point used_ = Clock::now();
};

class HttpSessions {
 public:
  static constexpr std::size_t kMost = 10'000;
  static constexpr std::chrono::hours kLifetime{1};

  // For the sessions that are made to be added.
  const std::shared_ptr<KeptBytes>& kept_bytes() const { return kept_; }

  // Its id (32 hex digits); nullopt when there are too many and none is idle.
  std::optional<std::string> add(const std::shared_ptr<HttpSession>& session);
  // nullptr: no such session, or it belongs to somebody else.
  std::shared_ptr<HttpSession> find(const std::string& id,
                                    const server::Principal& principal) const;
  void remove(const std::string& id);
  // Ends what was idle for longer than kLifetime, or whose stream was all of it and has gone. Whether others are left.
  bool expire(HttpSession::Clock::time_point now);
  void end_streams();
  void cancel_all();

 private:
  std::map<std::string, std::shared_ptr<HttpSession>> all() const;
  bool make_room();

  const std::shared_ptr<KeptBytes> kept_ = std::make_shared<KeptBytes>(0);
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<HttpSession>> sessions_;
};

}  // namespace dockerhub::mcp
