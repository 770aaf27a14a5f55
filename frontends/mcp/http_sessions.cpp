#include "http_sessions.hpp"

#include <algorithm>

#include "http_outlet.hpp"
#include "server/random_id.hpp"

namespace dockerhub::mcp {
std::shared_ptr<HttpSession> HttpSession::create(const Service& service,
                                                 server::Principal principal, std::string event,
                                                 std::shared_ptr<KeptBytes> kept,
                                                 std::shared_ptr<const ToolView> tools) {
  std::shared_ptr<HttpSession> session(
      new HttpSession(principal.text(), std::move(event), std::move(kept)));
  if (tools) principal.most = std::min(principal.most, tools->limit());
  session->session_ = Session::create(
      service, std::move(principal),
      [weak = session->weak_from_this()](std::string_view message) {
        if (const auto self = weak.lock()) self->send(message);
      },
      std::move(tools));
  return session;
}

void HttpSession::begin(json::Document message, const Outlet& outlet) {
  session_->receive(std::move(message), outlet);
  const Revision* revision = session_->revision();
  log_.set_primes(revision != nullptr && revision->primed_streams);
}

Outlet HttpSession::outlet(const std::shared_ptr<web::Responder>& reply) {
  const EventLog::Stream stream = log_.begin(reply);
  Outlet outlet;
  outlet.gone = reply->gone();
  outlet.send = [self = shared_from_this(), stream](std::string_view message) {
    self->log_.send(stream, message);
  };
  outlet.answer = [self = shared_from_this(), stream](const Answer& answer) {
    self->log_.end(stream, whole_answer(answer), answer.message);
  };
  outlet.open = [reply] { reply->begin_stream(); };
  return outlet;
}

EventLog::Resumed HttpSession::resume(std::string_view last_event,
                                      std::shared_ptr<web::Responder> stream) {
  return log_.resume(last_event, std::move(stream));
}

bool HttpSession::attach(std::shared_ptr<web::Responder> stream) {
  if (!is_stream()) return log_.listen(std::move(stream));
  const std::lock_guard lock(mutex_);
  if (stream_ && !stream_->gone().stop_requested()) return false;
  stream_ = std::move(stream);
  stream_->offer_stream(stream_head());
  stream_->begin_stream();
  return true;
}

void HttpSession::send(std::string_view message) {
  if (!is_stream()) return log_.send(EventLog::kNotices, message);
  const std::lock_guard lock(mutex_);
  if (stream_) stream_->event(event_text(message, event_));
}

void HttpSession::end_stream() {
  log_.end_notices();
  const std::lock_guard lock(mutex_);
  if (stream_) stream_->finish();
  stream_.reset();
  used_ = Clock::now();
}

void HttpSession::end() {
  session_->client_gone();
  session_->cancel_all();
  end_stream();
}

bool HttpSession::over() const {
  const std::lock_guard lock(mutex_);
  return is_stream() && stream_ && stream_->gone().stop_requested();
}

void HttpSession::touch() {
  const std::lock_guard lock(mutex_);
  used_ = Clock::now();
}

std::optional<HttpSession::Clock::time_point> HttpSession::idle_since() const {
  const std::lock_guard lock(mutex_);
  const bool open = log_.listens() || (stream_ && !stream_->gone().stop_requested());
  if (open || session_->running() != 0) return std::nullopt;
  return used_;
}

std::optional<std::string> HttpSessions::add(const std::shared_ptr<HttpSession>& session) {
  std::string id = server::random_id();
  if (id.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  if (sessions_.size() >= kMost && !make_room()) return std::nullopt;
  sessions_.emplace(id, session);
  return id;
}

// The one that is idle for longest goes.
bool HttpSessions::make_room() {
  auto oldest = sessions_.end();
  auto since = HttpSession::Clock::time_point::max();
  for (auto each = sessions_.begin(); each != sessions_.end(); ++each) {
    const auto idle = each->second->idle_since();
    if (!idle || *idle >= since) continue;
    since = *idle;
    oldest = each;
  }
  if (oldest == sessions_.end()) return false;
  sessions_.erase(oldest);
  return true;
}

std::shared_ptr<HttpSession> HttpSessions::find(const std::string& id,
                                                const server::Principal& principal) const {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) return nullptr;
  if (found->second->owner() != principal.text()) return nullptr;
  found->second->touch();
  return found->second;
}

void HttpSessions::remove(const std::string& id) {
  std::shared_ptr<HttpSession> session;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    session = std::move(found->second);
    sessions_.erase(found);
  }
  session->end();
}

std::map<std::string, std::shared_ptr<HttpSession>> HttpSessions::all() const {
  const std::lock_guard lock(mutex_);
  return sessions_;
}

bool HttpSessions::expire(HttpSession::Clock::time_point now) {
  bool others = false;
  for (const auto& [id, session] : all()) {
    session->expire_events(now);
    const auto idle = session->idle_since();
    if ((idle && now - *idle > kLifetime) || session->over()) {
      remove(id);
    } else {
      others = true;
    }
  }
  return others;
}

void HttpSessions::end_streams() {
  for (const auto& [id, session] : all()) session->end_stream();
}

void HttpSessions::cancel_all() {
  for (const auto& [id, session] : all()) session->session().cancel_all();
}

}  // namespace dockerhub::mcp
