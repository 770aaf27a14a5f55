#include "connection.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

namespace dockerhub::web {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;
// Pieces that are read from one connection before the others have their turn.
constexpr int kTurns = 16;
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kComment = ":\n\n";

std::string date_now() {
  std::array<char, 64> text = {};
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  gmtime_r(&now, &parts);
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

void put_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append(kLineEnd);
}

// The streams that may have a comment between two pieces.
bool is_event_stream(const Response& head) {
  return std::any_of(head.headers.begin(), head.headers.end(), [](const auto& header) {
    return same_name(header.first, "Content-Type") &&
           media_type(header.second) == "text/event-stream";
  });
}

std::string head_of(const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason(response.status)).append(kLineEnd);
  put_line(head, "Date", date_now());
  for (const auto& [name, value] : response.headers) put_line(head, name, value);
  if (!keep_alive) put_line(head, "Connection", "close");
  return head;
}

bool has_no_body(int code) {
  return code == status::kNoContent || code == status::kNotModified;
}

}  // namespace

Connection::Connection(Host& host, std::uint64_t id, Descriptor socket, Remote remote,
                       std::unique_ptr<TlsSession> tls)
    : host_(host),
      id_(id),
      remote_(std::move(remote)),
      socket_(std::move(socket)),
      tls_(std::move(tls)),
      parser_(host.limits),
      since_(Clock::now()),
      wrote_(since_) {
  ++host_.metrics.connections;
}

Connection::~Connection() {
  --host_.metrics.connections;
}

// ---------------------------------------------------------------------------------- the loop's side

bool Connection::on_ready(bool hung_up) {
  Lock lock(mutex_);
  flush();
  int turns = kTurns;
  while (turns > 0 && phase_ != Phase::ended && read_some()) {
    parse(lock);
    --turns;
  }
  parse(lock);
  if (peer_closed_ || hung_up) {
    end();
  } else if (turns == 0) {
    host_.wake(id_);
  }
  return phase_ != Phase::ended;
}

// False when nothing more can be read now.
bool Connection::read_some() {
  // Of a client that sends ahead no more than one piece is kept.
  const bool awaits = phase_ == Phase::reading || phase_ == Phase::lingering;
  if (peer_closed_ || (!awaits && in_.size() >= kChunk)) return false;
  std::array<char, kChunk> buffer;
  const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (got > 0) {
    take({buffer.data(), static_cast<std::size_t>(got)});
    // What comes after a piece that was not full is told by the next event (epoll(7), question 9).
    return static_cast<std::size_t>(got) == buffer.size();
  }
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  peer_closed_ = true;
  return false;
}

void Connection::take(std::string_view bytes) {
  if (phase_ == Phase::lingering) return;
  if (!tls_) {
    in_.append(bytes);
    return;
  }
  // TLS itself may have something to say: its handshake, an alert.
  const bool nothing_waits = out_.empty();
  const TlsSession::State state = tls_->receive(bytes, in_, out_.bytes());
  if (nothing_waits && !out_.empty()) wrote_ = Clock::now();
  if (state == TlsSession::State::closed) peer_closed_ = true;
  if (state == TlsSession::State::failed) return fail_tls();
  if (out_.size() > host_.limits.unread) {
    ++host_.metrics.overflowed;
    return end();
  }
  flush();
}

// The client is told so by an alert, which goes out before the end.
void Connection::fail_tls() {
  if (!tls_->established()) ++host_.metrics.handshakes_failed;
  if (phase_ != Phase::reading) return end();
  host_.bodies -= std::exchange(counted_, 0);
  in_.clear();
  begin_lingering();
}

void Connection::parse(Lock& lock) {
  while (phase_ == Phase::reading && !in_.empty()) {
    if (!parser_.begun()) since_ = Clock::now();
    in_.erase(0, parser_.feed(in_));
    account();
    if (parser_.error()) return refuse(*parser_.error());
    if (host_.bodies > host_.limits.all_bodies) {
      return refuse(text_response(status::kUnavailable, "Too much is being sent: try again.\n"));
    }
    if (parser_.head_done() && !in_body_) {
      in_body_ = true;
      since_ = Clock::now();
    }
    if (parser_.take_expectation()) put("HTTP/1.1 100 Continue\r\n\r\n");
    if (!parser_.done()) return;
    hand_over(lock);
  }
}

void Connection::account() {
  const std::size_t size = parser_.body_size();
  host_.bodies += size - counted_;
  counted_ = size;
}

void Connection::hand_over(Lock& lock) {
  host_.bodies -= std::exchange(counted_, 0);
  keep_alive_ = parser_.keep_alive() && !host_.draining;
  chunks_ = parser_.chunks();
  Request request = parser_.take();
  request.peer = remote_.peer;
  request.place = remote_.place;
  body_ = request.method != "HEAD";
  phase_ = Phase::answering;
  in_body_ = false;
  since_ = Clock::now();
  gone_ = std::stop_source();
  const std::uint64_t number = ++number_;
  ++host_.metrics.answering;
  lock.unlock();
  host_.handle(std::move(request), std::make_shared<Responder>(shared_from_this(), number));
  lock.lock();
}

// The rest of the request cannot be told from the next one: the connection ends.
void Connection::refuse(const Response& response) {
  host_.bodies -= std::exchange(counted_, 0);
  in_.clear();
  keep_alive_ = false;
  body_ = true;
  put_response(response);
  begin_lingering();
}

bool Connection::in_time(Clock::time_point now) const {
  const Limits& limits = host_.limits;
  if (!out_.empty() && now - wrote_ > limits.stall_time) return false;
  switch (phase_) {
    case Phase::reading:
      if (tls_ && !tls_->established()) return now - since_ <= limits.head_time;
      // What the client still takes is no idleness.
      if (!parser_.begun()) return !out_.empty() || now - since_ <= limits.idle_time;
      return now - since_ <= (in_body_ ? limits.body_time : limits.head_time);
    case Phase::lingering:
      return !out_.empty() || now - since_ <= limits.linger_time;
    case Phase::answering:
    case Phase::streaming:
      return true;
    case Phase::ended:
      break;
  }
  return false;
}

bool Connection::on_tick(Clock::time_point now) {
  const Lock lock(mutex_);
  const bool has_nothing_to_do = phase_ == Phase::reading && !parser_.begun() && out_.empty();
  if (host_.draining && has_nothing_to_do) end();
  if (phase_ != Phase::ended && !in_time(now)) {
    const bool shakes_hands = tls_ && !tls_->established();
    if (phase_ == Phase::reading && (parser_.begun() || shakes_hands)) ++host_.metrics.timed_out;
    if (phase_ == Phase::reading && parser_.begun()) {
      refuse(text_response(status::kRequestTimeout, "The request took too long to come.\n"));
    } else {
      end();
    }
  }
  if (phase_ == Phase::answering && late_stream_ && now - since_ > host_.limits.late_stream) {
    put_stream_head();
  }
  const bool is_silent = out_.empty() && now - wrote_ > host_.limits.keep_alive;
  if (phase_ == Phase::streaming && has_comments_ && is_silent) put_piece(kComment);
  return phase_ != Phase::ended;
}

bool Connection::idle() const {
  const Lock lock(mutex_);
  return phase_ == Phase::ended || (phase_ == Phase::reading && !parser_.begun() && out_.empty());
}

void Connection::abandon() {
  Lock lock(mutex_);
  end();
  std::stop_source gone = gone_;
  lock.unlock();
  // Stop callbacks are foreign code.
  gone.request_stop();
}

// ---------------------------------------------------------------------------------- the answers

bool Connection::current(std::uint64_t number) const {
  return number == number_ && (phase_ == Phase::answering || phase_ == Phase::streaming);
}

std::stop_token Connection::gone(std::uint64_t number) const {
  const Lock lock(mutex_);
  return number == number_ ? gone_.get_token() : std::stop_token();
}

void Connection::respond(std::uint64_t number, const Response& response) {
  const Lock lock(mutex_);
  if (!current(number) || phase_ != Phase::answering) return;
  put_response(response);
  end_answer();
}

void Connection::offer_stream(std::uint64_t number, Response head,
                              std::optional<std::uint64_t> size) {
  const Lock lock(mutex_);
  if (!current(number) || phase_ != Phase::answering) return;
  late_stream_ = std::move(head);
  to_come_ = size;
}

void Connection::begin_stream(std::uint64_t number) {
  const Lock lock(mutex_);
  if (current(number) && phase_ == Phase::answering) put_stream_head();
}

void Connection::event(std::uint64_t number, std::string_view bytes) {
  const Lock lock(mutex_);
  if (!current(number)) return;
  if (phase_ == Phase::answering) put_stream_head();
  if (phase_ == Phase::streaming) put_piece(bytes);
}

bool Connection::complete(std::uint64_t number, const Response& whole,
                          const std::function<std::string()>& last) {
  const Lock lock(mutex_);
  if (!current(number)) return false;
  const bool is_whole = phase_ == Phase::answering;
  if (is_whole) {
    put_response(whole);
  } else {
    put_piece(last());
    const bool is_short = body_ && to_come_.value_or(0) > 0;
    if (is_short) end();
    if (body_ && chunks_ && !to_come_) put("0\r\n\r\n");
  }
  end_answer();
  return is_whole;
}

void Connection::hold(std::uint64_t number, std::shared_ptr<void> something) {
  const Lock lock(mutex_);
  if (current(number)) held_ = std::move(something);
}

void Connection::finish(std::uint64_t number) {
  complete(number, {status::kNoContent, {}, {}}, [] { return std::string(); });
}

void Connection::cut(std::uint64_t number) {
  const Lock lock(mutex_);
  if (current(number)) end();
}

bool Connection::wait_read(std::uint64_t number, std::size_t most, const std::stop_token& stop,
                           std::chrono::milliseconds time) {
  // Before the lock, which it takes itself; its end waits for it.
  const std::stop_callback wake(stop, [this] {
    const Lock lock(mutex_);
    taken_.notify_all();
  });
  Lock lock(mutex_);
  const bool ready = taken_.wait_for(
      lock, time, [&] { return stop.stop_requested() || !current(number) || out_.size() <= most; });
  return ready && current(number) && !stop.stop_requested();
}

bool Connection::streamed(std::uint64_t number) const {
  const Lock lock(mutex_);
  return number == streamed_;
}

void Connection::drop(std::uint64_t number) {
  respond(number, text_response(status::kInternal, "This request was not answered.\n"));
  finish(number);
}

void Connection::put_response(const Response& response) {
  std::string text = head_of(response, keep_alive_);
  if (!has_no_body(response.status)) {
    put_line(text, "Content-Length", std::to_string(response.body.size()));
  }
  text.append(kLineEnd);
  host_.metrics.count_answer(response.status);
  const bool with_body = body_ && !has_no_body(response.status);
  put(text, with_body ? std::string_view(response.body) : std::string_view());
}

void Connection::put_stream_head() {
  if (!late_stream_) late_stream_ = Response{status::kOk, {}, {}};
  if (!chunks_ && !to_come_) keep_alive_ = false;
  std::string text = head_of(*late_stream_, keep_alive_);
  if (to_come_) {
    put_line(text, "Content-Length", std::to_string(*to_come_));
  } else if (chunks_) {
    put_line(text, "Transfer-Encoding", "chunked");
  }
  text.append(kLineEnd);
  phase_ = Phase::streaming;
  streamed_ = number_;
  has_comments_ = is_event_stream(*late_stream_);
  ++host_.metrics.streams;
  host_.metrics.count_answer(late_stream_->status);
  put(text);
  put_piece(late_stream_->body);
}

void Connection::put_piece(std::string_view bytes) {
  if (bytes.empty() || !body_) return;
  if (to_come_) {
    // What is too much would be taken for the next answer.
    if (bytes.size() > *to_come_) return end();
    *to_come_ -= bytes.size();
    return put(bytes);
  }
  if (!chunks_) return put(bytes);
  std::array<char, 24> size = {};
  std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  std::string piece(size.data());
  piece.append(bytes).append(kLineEnd);
  put(piece);
}

void Connection::put(std::string_view bytes, std::string_view more) {
  if (phase_ == Phase::ended) return;
  if (out_.size() > host_.limits.unread) {
    ++host_.metrics.overflowed;
    return end();
  }
  if (out_.empty()) {
    wrote_ = Clock::now();
    // What the socket takes whole is not copied.
    if (!tls_) send_now(bytes, more);
  }
  append(bytes);
  append(more);
  flush();
}

void Connection::send_now(std::string_view& bytes, std::string_view& more) {
  std::array<iovec, 2> parts = {{{const_cast<char*>(bytes.data()), bytes.size()},
                                 {const_cast<char*>(more.data()), more.size()}}};
  msghdr message = {};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t sent = sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
  // What is wrong is found by flush().
  if (sent <= 0) return;
  const auto size = static_cast<std::size_t>(sent);
  const std::size_t first = std::min(size, bytes.size());
  bytes.remove_prefix(first);
  more.remove_prefix(size - first);
  taken_.notify_all();
}

void Connection::append(std::string_view bytes) {
  if (bytes.empty() || phase_ == Phase::ended) return;
  if (!tls_) {
    out_.bytes().append(bytes);
  } else if (!tls_->send(bytes, out_.bytes())) {
    end();
  }
}

void Connection::flush() {
  const bool anything = !out_.empty();
  while (!out_.empty() && phase_ != Phase::ended) {
    const std::string_view waiting = out_.waiting();
    const ssize_t sent = send(socket_.get(), waiting.data(), waiting.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) return end();
    out_.wrote(static_cast<std::size_t>(sent));
    wrote_ = Clock::now();
    taken_.notify_all();
  }
  // What the client takes slowly is not a part of the time after it.
  const bool waits = phase_ == Phase::lingering || (phase_ == Phase::reading && !parser_.begun());
  if (anything && waits) since_ = Clock::now();
  if (phase_ != Phase::lingering) return;
  shutdown(socket_.get(), SHUT_WR);
}

void Connection::end_answer() {
  if (phase_ == Phase::ended) return;
  if (phase_ == Phase::streaming) --host_.metrics.streams;
  --host_.metrics.answering;
  late_stream_.reset();
  to_come_.reset();
  held_.reset();
  gone_ = std::stop_source(std::nostopstate);
  if (!keep_alive_) return begin_lingering();
  phase_ = Phase::reading;
  since_ = Clock::now();
  if (!in_.empty() || peer_closed_) host_.wake(id_);
}

void Connection::begin_lingering() {
  if (phase_ == Phase::ended) return;
  phase_ = Phase::lingering;
  since_ = Clock::now();
  if (out_.empty()) wrote_ = since_;
  if (tls_) tls_->close(out_.bytes());
  flush();
}

// The loop sees the end of the socket and forgets the connection.
void Connection::end() {
  if (phase_ == Phase::ended) return;
  if (phase_ == Phase::reading) host_.bodies -= std::exchange(counted_, 0);
  if (phase_ == Phase::streaming) --host_.metrics.streams;
  if (phase_ == Phase::answering || phase_ == Phase::streaming) --host_.metrics.answering;
  phase_ = Phase::ended;
  held_.reset();
  out_.clear();
  taken_.notify_all();
  shutdown(socket_.get(), SHUT_RDWR);
  host_.wake(id_);
}

// ------------------------------------------------------------------------------------- Responder

Responder::Responder(std::shared_ptr<Connection> connection, std::uint64_t number)
    : connection_(std::move(connection)), number_(number), gone_(connection_->gone(number)) {}
Responder::~Responder() {
  connection_->drop(number_);
}
void Responder::respond(const Response& response) {
  connection_->respond(number_, response);
}
void Responder::offer_stream(Response head, std::optional<std::uint64_t> size) {
  connection_->offer_stream(number_, std::move(head), size);
}
void Responder::begin_stream() {
  connection_->begin_stream(number_);
}
void Responder::event(std::string_view bytes) {
  connection_->event(number_, bytes);
}
bool Responder::complete(const Response& whole, const std::function<std::string()>& last) {
  return connection_->complete(number_, whole, last);
}
void Responder::hold(std::shared_ptr<void> something) {
  connection_->hold(number_, std::move(something));
}
bool Responder::wait_read(std::size_t most, const std::stop_token& stop,
                          std::chrono::milliseconds time) {
  return connection_->wait_read(number_, most, stop, time);
}
bool Responder::streamed() const {
  return connection_->streamed(number_);
}
void Responder::finish() {
  connection_->finish(number_);
}
void Responder::cut() {
  connection_->cut(number_);
}

}  // namespace dockerhub::web
