#include "http/client_exchange.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "http/http_error.hpp"
#include "http/request_head.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;

constexpr int kMostChallenges = 2;
constexpr int kSwitchingProtocols = 101;
constexpr int kUnauthorized = 401;
constexpr int kTooManyRequests = 429;
constexpr std::size_t kMostDropped = 64 * 1024;
constexpr milliseconds kDropTime{1000};
constexpr milliseconds kUsualWait{1000};  // after a 429 that does not say how long

WaitBounds bounds_of(const ClientOptions& options, const Request& request, const Control& control) {
  Timeouts timeouts = timeouts_of(options);
  if (request.timeout.count() > 0) timeouts.total = request.timeout;
  return WaitBounds(control, timeouts);
}

std::string budget_of(const Request& request) {
  if (request.api.empty()) return {};
  return request.url.origin.text() + '\n' + request.api + '\n' + request.account + '\n' +
         request.budget;
}

std::string seconds_text(milliseconds time) {
  const double seconds = static_cast<double>(time.count()) / 1000;
  std::array<char, 32> out = {};
  const auto end = std::to_chars(out.data(), out.data() + out.size(), seconds).ptr;
  return std::string(out.data(), end) + " s";
}

}  // namespace

ClientExchange::ClientExchange(ClientParts& parts, Request request, const Control& control)
    : parts_(parts),
      request_(std::move(request)),
      bounds_(bounds_of(parts.options, request_, control)),
      route_(request_),
      budget_(budget_of(request_)) {}

ClientExchange::~ClientExchange() {
  wipe(request_.body.data(), request_.body.size());  // may be a log-in
}

Failure ClientExchange::fail(Error error) {
  if (error.request.empty()) error.request = request_.method + ' ' + request_.url.path;
  connection_.reset();
  ticket_ = nullptr;
  state_ = State::failed;
  failure_ = error;
  return Failure(std::move(error));
}

// ---- an attempt

ClientExchange::Attempt ClientExchange::await_turn() {
  ticket_ = nullptr;
  if (budget_.empty() || !route_.at_home()) return {};
  Pace::Turn turn = parts_.pace.take(budget_);
  ticket_ = std::move(turn.ticket);
  const auto end = bounds_.control().deadline;
  // Who has not the time to wait may still be lucky.
  if (turn.wait.count() == 0 || (end && Control::Clock::now() + turn.wait >= *end)) return {};
  parts_.log(LogLevel::info,
             request_.method + ' ' + route_.url().without_query() +
                 ": little is left of the rate limit; sent in " + seconds_text(turn.wait),
             request_);
  if (auto passed = bounds_.pause(turn.wait); !passed)
    return tl::unexpected(Broken{passed.error(), Attempted::never_sent, false});
  return {};
}

void ClientExchange::observe_limits(const Headers& headers) {
  const auto now = std::chrono::system_clock::now();
  auto limit = rate_limit_of(headers, now);
  if (limit && route_.at_home() && !request_.api.empty()) {
    const auto age = std::chrono::ceil<milliseconds>(Control::Clock::now() - sent_at_);
    parts_.pace.observe(budget_, *limit, time_to_reset(headers, now, age));
    parts_.limits.observe(request_.api, request_.account, std::move(*limit));
  }
  ticket_ = nullptr;
}

ClientExchange::Attempt ClientExchange::authorize() {
  credential_ = nullptr;
  if (!route_.at_home()) return {};
  if (request_.authorizer == nullptr) {
    credential_ = request_.authorization;
    return {};
  }
  auto given = request_.authorizer->authorization(request_, bounds_.control());
  if (!given) return tl::unexpected(Broken{given.error(), Attempted::never_sent, false});
  credential_ = std::move(*given);
  return {};
}

ClientExchange::Attempt ClientExchange::connect() {
  const Origin& origin = route_.url().origin;
  connection_ = avoid_pool_ ? nullptr : parts_.pool.take(origin);
  if (connection_ && !route_.allows(connection_->peer_is_private())) connection_.reset();
  if (!connection_) {
    bounds_.enter(WaitBounds::Step::connect);
    auto made = parts_.connect(route_, bounds_);
    if (!made) {
      return tl::unexpected(
          Broken{std::move(made.error().error), Attempted::never_sent, made.error().may_pass});
    }
    connection_ = std::move(*made);
  }
  route_.connected(connection_->peer_is_private());
  connection_->use(&bounds_);
  bounds_.enter(WaitBounds::Step::idle);
  return {};
}

ClientExchange::Attempt ClientExchange::send(std::string_view bytes) {
  auto sent = connection_->send(bytes, false);
  if (sent) return {};
  const bool may_pass = sent.error().kind == ErrorKind::network;
  return tl::unexpected(Broken{std::move(sent.error()), Attempted::unknown, may_pass});
}

// A peer that answers before it took all of it gets no more.
ClientExchange::Attempt ClientExchange::send_large_body() {
  const auto sent = send_part(request_.body);
  if (!sent) return tl::unexpected(Broken{sent.error(), Attempted::unknown, false});
  body_is_whole_ = *sent;
  return {};
}

const Proxy* ClientExchange::proxy() const {
  const Origin& origin = route_.url().origin;
  return origin.secure() ? nullptr : parts_.options.proxies.of(origin);
}

ClientExchange::Attempt ClientExchange::attempt() {
  connection_.reset();
  written_ = 0;
  interim_ = 0;
  body_is_whole_ = !is_streamed();
  bounds_.enter(WaitBounds::Step::pause);
  if (auto done = bounds_.check(); !done)
    return tl::unexpected(Broken{done.error(), Attempted::never_sent, false});
  if (auto done = route_.check(); !done)
    return tl::unexpected(Broken{done.error(), Attempted::never_sent, false});
  if (auto done = await_turn(); !done) return done;
  if (auto done = authorize(); !done) return done;
  if (auto done = connect(); !done) return done;
  const std::string_view name =
      request_.authorizer ? request_.authorizer->header_name() : "Authorization";
  auto head = request_head(
      request_, route_.url(),
      {parts_.options.user_agent, {name, credential_.get()}, proxy(), route_.at_home()});
  if (!head) return tl::unexpected(Broken{head.error(), Attempted::never_sent, false});
  const bool together = request_.body.size() <= kBodyRoom;
  std::string& bytes = *head;
  sent_at_ = Control::Clock::now();
  if (together) bytes += request_.body;
  Attempt sent = send(bytes);
  wipe(bytes.data(), bytes.size());
  if (sent && !together) sent = send_large_body();
  if (!sent) return sent;
  bounds_.enter(is_streamed() ? WaitBounds::Step::idle : WaitBounds::Step::first_byte);
  state_ = is_streamed() ? State::writing : State::sent;
  return {};
}

// A connection of the pool that ended before any byte of an answer: the peer had given it up. Or one on
// which the rest of an earlier answer came late, as some servers send a body after the answer to HEAD.
bool ClientExchange::was_stale(const Broken& broken) {
  if (avoid_pool_ || !connection_ || !connection_->used()) return false;
  return broken.left_over || (broken.may_pass && connection_->input().empty());
}

Result<void> ClientExchange::recover(Broken broken) {
  if (was_stale(broken) && may_repeat(request_, broken.attempted)) {
    avoid_pool_ = true;
    return {};
  }
  connection_.reset();
  const bool again = broken.may_pass && may_repeat(request_, broken.attempted) &&
                     repeats_ < parts_.options.max_retries;
  if (!again) return fail(std::move(broken.error));
  const milliseconds time = backoff_.next(repeats_++, parts_.options.retry_after_cap);
  parts_.log(LogLevel::info,
             request_.method + ' ' + route_.url().without_query() + ": " + broken.error.message +
                 "; again in " + seconds_text(time),
             request_);
  if (auto passed = bounds_.pause(time); !passed) return fail(std::move(passed.error()));
  return {};
}

Result<void> ClientExchange::send_request() {
  for (;;) {
    auto sent = attempt();
    if (sent) return {};
    if (auto recovered = recover(std::move(sent.error())); !recovered) return recovered;
  }
}

Result<void> ClientExchange::begin() {
  return send_request();
}

// ---- a streamed body

// Interim answers may come while the body is sent; true: only such came.
bool ClientExchange::skip_interim() {
  AnswerHead head;
  while (!connection_->input().empty()) {
    const auto size = read_head(connection_->input(), head);
    const bool interim = size && *size > 0 && head.status_code < kFirstFinal &&
                         head.status_code != kSwitchingProtocols && ++interim_ <= kMostInterim;
    if (!interim) return false;
    connection_->consume(*size);
  }
  return !connection_->has_input();
}

Result<bool> ClientExchange::send_part(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = connection_->send(bytes, true);
    if (!sent && sent.error().kind != ErrorKind::network) return Failure(sent.error());
    // A peer that does not want the body may say why before it closes.
    if (!sent) return false;
    bytes.remove_prefix(*sent);
    if (!bytes.empty() && !skip_interim()) return false;
  }
  return true;
}

Result<bool> ClientExchange::send_body(std::string_view bytes) {
  if (request_.body_size >= 0) return send_part(bytes);
  std::array<char, 24> size = {};
  const auto end =
      std::to_chars(size.data(), size.data() + size.size(), bytes.size(), kHexadecimal).ptr;
  const std::string_view digits(size.data(), static_cast<std::size_t>(end - size.data()));
  for (const std::string_view part : {digits, kLineEnd, bytes, kLineEnd}) {
    auto sent = send_part(part);
    if (!sent || !*sent) return sent;
  }
  return true;
}

Result<Exchange::Written> ClientExchange::write(std::string_view bytes) {
  if (state_ == State::failed) return Failure(*failure_);
  // Nobody takes the rest of a body that was answered already.
  if (state_ == State::answered) return Written{bytes.size(), false};
  if (request_.body_size >= 0 &&
      bytes.size() > static_cast<std::uint64_t>(request_.body_size - written_)) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "more bytes were written than the " + std::to_string(request_.body_size) +
                    " that the request announced";
    return fail(std::move(error));
  }
  if (bytes.empty()) return Written{};
  const auto sent = send_body(bytes);
  if (!sent) return fail(sent.error());
  if (*sent) {
    written_ += static_cast<std::int64_t>(bytes.size());
    return Written{bytes.size(), false};
  }
  const auto progress = conclude();
  if (!progress) return Failure(progress.error());
  return *progress == Progress::rewind ? Written{0, true} : Written{bytes.size(), false};
}

Result<Exchange::Progress> ClientExchange::finish() {
  if (state_ == State::failed) return Failure(*failure_);
  if (state_ == State::answered) return Progress::done;
  if (state_ == State::writing) {
    if (request_.body_size > 0 && written_ != request_.body_size) {
      Error error;
      error.kind = ErrorKind::parameter;
      error.message = "only " + std::to_string(written_) + " of the announced " +
                      std::to_string(request_.body_size) + " bytes were written";
      return fail(std::move(error));
    }
    body_is_whole_ = true;
    if (request_.body_size < 0) {
      const auto sent = send_part("0\r\n\r\n");
      if (!sent) return fail(sent.error());
      body_is_whole_ = *sent;
    }
    bounds_.enter(WaitBounds::Step::first_byte);
    state_ = State::sent;
  }
  return conclude();
}

// ---- the answer

tl::expected<AnswerHead, ClientExchange::Broken> ClientExchange::receive_head() {
  const auto broken = [](Error error, bool may_pass) {
    return tl::unexpected(Broken{std::move(error), Attempted::unknown, may_pass});
  };
  AnswerHead head;
  for (;;) {
    const auto size = read_head(connection_->input(), head);
    if (!size) {
      auto malformed_head = broken(size.error(), false);
      malformed_head.value().left_over = connection_->used() && interim_ == 0;
      return malformed_head;
    }
    if (*size > 0) {
      connection_->consume(*size);
      if (head.status_code >= kFirstFinal) return head;
      if (head.status_code == kSwitchingProtocols)
        return broken(malformed("it switches to another protocol").value(), false);
      if (++interim_ > kMostInterim)
        return broken(
            malformed("more than " + std::to_string(kMostInterim) + " interim answers").value(),
            false);
      continue;
    }
    const bool begun = !connection_->input().empty();
    const auto filled = connection_->fill();
    if (!filled) return broken(filled.error(), filled.error().kind == ErrorKind::network);
    if (!*filled && begun) return broken(malformed("it ended within its header").value(), true);
    if (!*filled)
      return broken(
          network_failure("the server closed the connection without an answer", "Try again.")
              .value(),
          true);
    // The first byte is there; what is left comes without long pauses.
    bounds_.enter(WaitBounds::Step::idle);
  }
}

Result<Exchange::Progress> ClientExchange::conclude() {
  for (;;) {
    auto head = receive_head();
    if (!head) {
      if (auto recovered = recover(std::move(head.error())); !recovered)
        return Failure(recovered.error());
    } else {
      const auto again = judge(*head);
      if (!again) return fail(again.error());
      if (!*again) return Progress::done;
    }
    if (auto sent = send_request(); !sent) return Failure(sent.error());
    if (is_streamed()) return Progress::rewind;
  }
}

Result<void> ClientExchange::accept(const AnswerHead& head) {
  const auto framing = body_framing(head, request_.method);
  if (!framing) return Failure(framing.error());
  framing_ = *framing;
  // What was not sent of the body would be taken for the next request.
  framing_.keep_alive = framing_.keep_alive && body_is_whole_;
  decoder_ = BodyDecoder(framing_);
  response_ = {head.status_code, head.headers, framing_.content_length, route_.url(),
               connection_->peer_is_private()};
  state_ = State::answered;
  bounds_.enter(WaitBounds::Step::idle);
  return accept_content();
}

// What is handed on is the content: fields that describe it as it travelled would mislead.
Result<void> ClientExchange::accept_content() {
  content_ = nullptr;
  if (!request_.accepts_gzip || decoder_.done()) return {};
  const auto gzip = is_gzip(response_.headers);
  if (!gzip) return Failure(gzip.error());
  if (!*gzip) return {};
  content_ = std::make_unique<ContentDecoder>(parts_.options.max_unpacked);
  response_.headers.remove("Content-Encoding");
  response_.headers.remove("Content-Length");
  response_.content_length = -1;
  return {};
}

Result<bool> ClientExchange::judge(const AnswerHead& head) {
  if (auto accepted = accept(head); !accepted) return Failure(accepted.error());
  parts_.log(
      LogLevel::debug,
      request_.method + ' ' + route_.url().without_query() + ' ' + std::to_string(head.status_code),
      request_);
  if (const Proxy* between = proxy(); between != nullptr && head.status_code == kProxyLogin)
    return Failure(proxy_wants_login(*between));
  observe_limits(head.headers);
  auto again = head.status_code == kUnauthorized ? challenge()
               : is_passing(head.status_code)    ? wait_for_server()
                                                 : redirect();
  if (again && !*again && decoder_.done()) release_connection();
  return again;
}

Result<bool> ClientExchange::redirect() {
  if (!request_.follow_redirects) return false;
  auto followed = route_.redirect(request_.method, response_.status_code, response_.headers);
  if (followed && *followed) drop_answer();
  return followed;
}

Result<bool> ClientExchange::challenge() {
  if (request_.authorizer == nullptr || !route_.at_home() || challenges_ == kMostChallenges)
    return false;
  ++challenges_;
  auto renewed =
      request_.authorizer->challenged(request_, response_, credential_, bounds_.control());
  if (renewed && *renewed) drop_answer();
  return renewed;
}

// Others of the budget wait no longer than this request itself would.
void ClientExchange::hold_budget(milliseconds time) {
  if (!budget_.empty() && time <= parts_.options.retry_after_cap) parts_.pace.hold(budget_, time);
}

Result<bool> ClientExchange::wait_for_server() {
  const int status = response_.status_code;
  const bool limited = status == kTooManyRequests;
  const milliseconds cap = parts_.options.retry_after_cap;
  const auto now = std::chrono::system_clock::now();
  const auto asked = retry_delay(response_.headers, now);
  if (limited && route_.at_home()) {
    hold_budget(asked.value_or(kUsualWait));
    if (asked && !request_.api.empty())
      parts_.limits.refuse(request_.api, request_.account, now, *asked);
  }
  if (!may_repeat(request_, limited ? Attempted::refused : Attempted::unknown)) return false;
  if (asked && *asked > cap) {
    if (!limited) return false;
    return Failure(too_long_a_wait(*asked));
  }
  if (repeats_ == parts_.options.max_retries) return false;
  drop_answer();
  const milliseconds time = asked     ? backoff_.after(*asked)
                            : limited ? backoff_.after(kUsualWait)
                                      : backoff_.next(repeats_, cap);
  ++repeats_;
  parts_.log(LogLevel::info,
             request_.method + ' ' + route_.url().without_query() + ": " + std::to_string(status) +
                 "; again in " + seconds_text(time),
             request_);
  if (auto passed = bounds_.pause(time); !passed) return Failure(passed.error());
  return true;
}

Error ClientExchange::too_long_a_wait(milliseconds asked) const {
  Error error;
  error.kind = ErrorKind::api;
  error.status_code = response_.status_code;
  error.retry_after = asked;
  error.message = "too many requests: the server asks for a wait of " + seconds_text(asked) +
                  ", more than the " + seconds_text(parts_.options.retry_after_cap) +
                  " that are waited at most (" + std::to_string(repeats_ + 1) + " tried)";
  const auto now = std::chrono::system_clock::now();
  if (const auto limit = rate_limit_of(response_.headers, now)) {
    if (!limit->remaining.empty()) error.message += "; remaining: " + visible(limit->remaining);
    if (!limit->limit.empty()) error.message += " of " + visible(limit->limit);
    if (!limit->reset.empty()) error.message += "; reset: " + visible(limit->reset);
  }
  error.hint = "Try again after that time, or raise http.retry_after_cap.";
  return error;
}

void ClientExchange::drop_answer() {
  WaitBounds brief(bounds_.control().within(kDropTime), timeouts_of(parts_.options));
  connection_->use(&brief);
  std::array<char, 4096> scrap;
  for (std::size_t dropped = 0; connection_ && dropped < kMostDropped;) {
    const auto got = read_body(scrap.data(), scrap.size());
    if (!got || *got == 0) break;
    dropped += *got;
  }
  connection_.reset();  // unless its answer was read to the end: then it is in the pool
}

Result<std::size_t> ClientExchange::read_body(char* buffer, std::size_t capacity) {
  while (!decoder_.done()) {
    const auto step = decoder_.decode(connection_->input(), buffer, capacity);
    if (!step) return Failure(step.error());
    connection_->consume(step->consumed);
    if (step->produced > 0) {
      if (decoder_.done()) release_connection();
      return step->produced;
    }
    if (step->consumed > 0) continue;
    const auto filled = connection_->fill();
    if (!filled) return Failure(filled.error());
    if (*filled) continue;
    if (auto ended = decoder_.input_ended(); !ended) return Failure(ended.error());
  }
  release_connection();
  return 0;
}

void ClientExchange::release_connection() {
  if (!connection_) return;
  // More than the answer is an answer to nothing.
  if (framing_.keep_alive && connection_->input().empty()) {
    connection_->wipe_consumed();
    parts_.pool.keep(std::move(connection_));
  }
  connection_.reset();
}

Result<std::size_t> ClientExchange::read(char* buffer, std::size_t capacity) {
  if (state_ == State::failed) return Failure(*failure_);
  if (state_ != State::answered) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "the answer is read before the request was finished";
    return fail(std::move(error));
  }
  if (capacity == 0) return 0;
  auto got =
      content_ ? content_->read([this](char* to, std::size_t room) { return read_body(to, room); },
                                buffer, capacity)
               : read_body(buffer, capacity);
  if (!got) return fail(std::move(got.error()));
  return got;
}

int ClientExchange::waits_on() const {
  const bool sent = state_ == State::sent || state_ == State::answered;
  // An answer that was read to its end has given its connection back.
  const bool waits =
      sent && connection_ && !connection_->has_input() && !(content_ && content_->has_input());
  return waits ? connection_->descriptor() : -1;
}

}  // namespace dockerhub::http
