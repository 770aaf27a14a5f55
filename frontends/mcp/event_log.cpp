#include "event_log.hpp"

#include "http_outlet.hpp"
#include "json.hpp"
#include "server/random_id.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::size_t kMarkSize = 8;

bool has_client(const EventLog::Reply& reply) {
  return reply && !reply->gone().stop_requested();
}

}  // namespace

EventLog::EventLog(std::shared_ptr<KeptBytes> kept)
    : mark_(server::random_id().substr(0, kMarkSize)), kept_(std::move(kept)) {}

EventLog::~EventLog() {
  for (Event& event : events_) json::wipe(event.text);
  if (kept_) *kept_ -= bytes_;
}

void EventLog::set_primes(bool primes) {
  const std::lock_guard lock(mutex_);
  primes_ = primes;
}

web::Response EventLog::head_of(Stream stream, const State& state) const {
  web::Response head = stream_head();
  if (primes_) head.body = "id: " + event_id(mark_, {stream, state.last}) + "\n" + event_text({});
  return head;
}

std::string EventLog::number_event(Stream stream, State& state, std::string_view message) {
  ++state.last;
  return "id: " + event_id(mark_, {stream, state.last}) + "\n" + event_text(message);
}

EventLog::Stream EventLog::begin(Reply reply) {
  const std::lock_guard lock(mutex_);
  const Stream stream = ++last_stream_;
  State& state = streams_[stream];
  state.reply = std::move(reply);
  state.reply->offer_stream(head_of(stream, state));
  return stream;
}

void EventLog::send(Stream stream, std::string_view message) {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end() || found->second.ended) return;
  State& state = found->second;
  std::string text = number_event(stream, state, message);
  if (state.reply) {
    state.reply->event(text);
    note_id(state, *state.reply);
  }
  keep(stream, state, std::move(text));
}

void EventLog::end(Stream stream, const web::Response& whole, std::string_view message) {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end() || found->second.ended) return;
  State& state = found->second;
  const Reply reply = std::move(state.reply);
  state.ended = true;
  std::string text;
  if (!message.empty()) text = number_event(stream, state, message);
  if (reply) note_id(state, *reply);
  // What was answered as a whole is no stream, and nobody comes back to it.
  const bool is_whole = reply && reply->complete(whole, [&text] { return text; });
  const bool is_over = is_whole || !state.named;
  if (!is_over && !text.empty()) return keep(stream, state, std::move(text));
  json::wipe(text);
  if (is_over || state.lost == state.last) streams_.erase(found);
}

// Its client has an id when it got an event, or the beginning of a stream that has one.
void EventLog::note_id(State& state, const web::Responder& reply) const {
  const bool is_there = !reply.gone().stop_requested();
  state.named = state.named || (reply.streamed() && (primes_ || is_there));
}

bool EventLog::is_too_much() const {
  return events_.size() > kMostEvents || bytes_ > kMostBytes ||
         (kept_ && *kept_ > kMostOfAll && bytes_ > kShare);
}

void EventLog::keep(Stream stream, State& state, std::string text) {
  // Nobody can come back to it.
  if (!state.named) {
    state.lost = state.last;
    return json::wipe(text);
  }
  bytes_ += text.size();
  if (kept_) *kept_ += text.size();
  events_.push_back({stream, state.last, std::move(text), Clock::now()});
  while (!events_.empty() && is_too_much()) forget_oldest();
}

void EventLog::forget_oldest() {
  Event& oldest = events_.front();
  bytes_ -= oldest.text.size();
  if (kept_) *kept_ -= oldest.text.size();
  const auto found = streams_.find(oldest.stream);
  if (found != streams_.end()) {
    State& state = found->second;
    state.lost = oldest.number;
    if (state.ended && state.lost == state.last) streams_.erase(found);
  }
  json::wipe(oldest.text);
  events_.pop_front();
}

bool EventLog::listen(Reply reply) {
  const std::lock_guard lock(mutex_);
  State& state = streams_[kNotices];
  if (has_client(state.reply)) return false;
  state.reply = std::move(reply);
  state.reply->offer_stream(head_of(kNotices, state));
  state.reply->begin_stream();
  return true;
}

bool EventLog::listens() const {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(kNotices);
  return found != streams_.end() && has_client(found->second.reply);
}

void EventLog::end_notices() {
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(kNotices);
  if (found == streams_.end() || !found->second.reply) return;
  found->second.reply->finish();
  found->second.reply.reset();
}

tl::expected<EventPlace, EventLog::Resumed> EventLog::look_up(std::string_view last_id) const {
  const auto place = read_event_id(mark_, last_id);
  if (!place || place->stream > last_stream_) return tl::unexpected(Resumed::foreign);
  const auto found = streams_.find(place->stream);
  if (found == streams_.end()) return tl::unexpected(Resumed::lost);
  const State& state = found->second;
  if (place->number > state.last) return tl::unexpected(Resumed::foreign);
  if (place->number < state.lost) return tl::unexpected(Resumed::lost);
  if (state.ended && place->number == state.last) return tl::unexpected(Resumed::over);
  return *place;
}

void EventLog::give_way(std::string_view last_id) {
  const std::lock_guard lock(mutex_);
  const auto place = look_up(last_id);
  if (!place) return;
  State& state = streams_.at(place->stream);
  state.named = true;
  if (state.reply) state.reply->finish();
  state.reply.reset();
}

EventLog::Resumed EventLog::resume(std::string_view last_id, Reply reply) {
  const std::lock_guard lock(mutex_);
  const auto place = look_up(last_id);
  if (!place) return place.error();
  State& state = streams_.at(place->stream);
  state.named = true;
  if (state.reply) state.reply->finish();
  reply->offer_stream(stream_head());
  reply->begin_stream();
  for (const Event& event : events_) {
    if (event.stream == place->stream && event.number > place->number) reply->event(event.text);
  }
  if (state.ended) {
    reply->finish();
  } else {
    state.reply = std::move(reply);
  }
  return Resumed::yes;
}

void EventLog::expire(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  while (!events_.empty() && now - events_.front().when > kKept) forget_oldest();
}

std::size_t EventLog::kept_events() const {
  const std::lock_guard lock(mutex_);
  return events_.size();
}

}  // namespace dockerhub::mcp
