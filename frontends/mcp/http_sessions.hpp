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

#include "http/responder.hpp"
#include "service.hpp"
#include "session.hpp"

namespace dockerhub::mcp {

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  using Clock = std::chrono::steady_clock;

  // event: the name of the events on its stream, or empty.
  static std::shared_ptr<HttpSession> create(const Service& service, Principal principal,
                                             std::string event);

  Session& session() { return *session_; }

  // Takes the stream; false when it has one that is open.
  bool attach(std::shared_ptr<web::Responder> stream);
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

 private:
  explicit HttpSession(std::string event) : event_(std::move(event)) {}

  const std::string event_;
  std::shared_ptr<Session> session_;
  mutable std::mutex mutex_;
  std::shared_ptr<web::Responder> stream_;
  Clock::time_point used_ = Clock::now();
};

class HttpSessions {
 public:
  static constexpr std::size_t kMost = 10'000;
  static constexpr std::chrono::hours kLifetime{1};

  // Its id (32 hex digits); nullopt when there are too many and none is idle.
  std::optional<std::string> add(const std::shared_ptr<HttpSession>& session);
  // nullptr: no such session, or it belongs to somebody else.
  std::shared_ptr<HttpSession> find(const std::string& id, const Principal& principal) const;
  void remove(const std::string& id);
  // Ends what was idle for longer than kLifetime, or whose stream was all of it and has gone.
  void expire(HttpSession::Clock::time_point now);
  void end_streams();
  void cancel_all();

 private:
  std::map<std::string, std::shared_ptr<HttpSession>> all() const;
  bool make_room();

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<HttpSession>> sessions_;
};

}  // namespace dockerhub::mcp
