#include "blob_upload.hpp"

#include <algorithm>
#include <utility>

#include "hub/composed.hpp"
#include "interruption.hpp"
#include "media_type.hpp"
#include "status_codes.hpp"
#include "upload_range.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

// One PUT takes less requests than a chunk and its end; what breaks in it is sent again as a whole.
constexpr std::uint64_t kMostWhole = 4 * 1024 * 1024;

bool is_trouble(int status_code) {
  return status_code >= kServerError || status_code == kTooManyRequests;
}

}  // namespace

BlobUpload::BlobUpload(Client& target, UploadPlan plan, UploadCounts& counts)
    : target_(target),
      plan_(std::move(plan)),
      counts_(counts),
      progress_(target.context(), plan_.blob.digest.text(), plan_.blob.size) {}

const sdk::Exchange* BlobUpload::waits_on() const {
  if (state_ == State::writing || state_ == State::rereading)
    return source_ ? source_->waits_on() : nullptr;
  return exchange_ ? &*exchange_ : nullptr;
}

sdk::Reply<bool> BlobUpload::step(std::span<char> buffer) {
  const sdk::Status advanced = advance(buffer);
  if (!advanced) return advanced;
  return state_ == State::done;
}

sdk::Status BlobUpload::advance(std::span<char> buffer) {
  switch (state_) {
    case State::probe:
      return open(probe_parts(), State::probing);
    case State::probing:
      return end_probe();
    case State::resuming:
      return end_resume();
    case State::rereading:
      return reread(buffer);
    case State::mounting:
      return end_mount();
    case State::starting:
      return end_start();
    case State::part:
      return open_part();
    case State::writing:
      return write(buffer);
    case State::part_sent:
      return end_part();
    case State::asking:
      return end_ask();
    case State::settling:
      return end_settling();
    case State::done:
      break;
  }
  return {};
}

// ---- requests

RequestParts BlobUpload::probe_parts() const {
  return {"HEAD", blobs(plan_.blob.digest)};
}

RequestParts BlobUpload::mount_parts() const {
  RequestParts parts = start_parts();
  parts.query = {{"mount", plan_.blob.digest.text()}, {"from", plan_.mount_from}};
  parts.scope += hub::composed(" repository:{}:pull", {plan_.mount_from});
  return parts;
}

RequestParts BlobUpload::start_parts() const {
  RequestParts parts = session_parts("POST");
  if (plan_.blob.digest.algorithm() != "sha256")
    parts.query = {{"digest-algorithm", plan_.blob.digest.algorithm()}};
  return parts;
}

RequestParts BlobUpload::session_parts(std::string_view method) const {
  RequestParts parts{method, uploads()};
  parts.scope = push_scope(target_.image());
  return parts;
}

bool BlobUpload::is_whole() const {
  return sent_ == 0 && plan_.blob.size <= std::min(kMostWhole, plan_.chunk);
}

bool BlobUpload::is_last() const {
  return is_whole() || sent_ == plan_.blob.size;
}

RequestParts BlobUpload::part_parts() const {
  RequestParts parts = session_parts(is_last() ? "PUT" : "PATCH");
  parts.media_type = kOctetStream;
  parts.body_size = static_cast<std::int64_t>(part_end_ - sent_);
  parts.is_transfer = true;
  if (is_last()) {
    parts.query = {{"digest", plan_.blob.digest.text()}};
  } else {
    parts.extra_header = "Content-Range";
    parts.extra_value = hub::composed("{}-{}", {sent_, part_end_ - 1});
  }
  return parts;
}

sdk::Status BlobUpload::open(const RequestParts& parts, State next) {
  auto exchange = target_.open(parts);
  if (!exchange) return exchange.status();
  exchange_.emplace(*std::move(exchange));
  state_ = next;
  return {};
}

// ---- is it there, or next door?

sdk::Status BlobUpload::end_probe() {
  auto head = target_.finish(*std::move(exchange_), probe_parts());
  exchange_.reset();
  if (!head) return head.status();
  if (head->good()) return finish(&UploadCounts::existing);
  if (head->status_code != kNotFound) return target_.reject(*head);
  return begin_upload();
}

sdk::Status BlobUpload::begin_anew() {
  if (plan_.mount_from.empty()) return start();
  return open(mount_parts(), State::mounting);
}

sdk::Status BlobUpload::end_mount() {
  auto answer = target_.finish(*std::move(exchange_), mount_parts());
  exchange_.reset();
  if (!answer) return is_interruption(answer.status()) ? start() : answer.status();
  if (answer->status_code == kCreated) return finish(&UploadCounts::mounted);
  // Whoever may not read there, or a registry without mounts: the bytes have to be sent.
  if (!answer->good()) return start();
  return begin_session(*std::move(answer));
}

// ---- what an earlier process left

sdk::Status BlobUpload::begin_upload() {
  // What one request sends has no part that could be left.
  if (is_whole()) return begin_anew();
  record_.open(target_.context(), target_.image(), plan_.blob);
  const auto earlier = record_.read();
  if (!earlier) return begin_anew();
  location_ = earlier->location;
  least_chunk_ = earlier->least_chunk;
  return resume();
}

sdk::Status BlobUpload::resume() {
  auto exchange = target_.open_to(location_, session_parts("GET"));
  if (!exchange) {
    if (is_interruption(exchange.status())) return resume_again(exchange.status());
    // A location elsewhere, which only an answer of this call could lead to.
    return begin_anew();
  }
  exchange_.emplace(*std::move(exchange));
  state_ = State::resuming;
  return {};
}

// What an earlier process sent is not given up for trouble that passes; the record stays as it is meanwhile.
sdk::Status BlobUpload::resume_again(sdk::Status reason) {
  if (const sdk::Status waited = wait_before_repeat(target_.context(), failures_++, reason);
      !waited)
    return waited;
  return resume();
}

// Whatever a registry without trouble says that is no number of bytes, it has forgotten the session. One whose trouble
// stays may have it with this session alone; where it has none to begin, the record is still there.
sdk::Status BlobUpload::end_resume() {
  constexpr int kAttempts = 4;
  auto answer = target_.finish(*std::move(exchange_), session_parts("GET"));
  exchange_.reset();
  if (!answer)
    return is_interruption(answer.status()) ? resume_again(answer.status()) : answer.status();
  // One that has no such request says so each time.
  const bool may_pass = is_trouble(answer->status_code) && answer->status_code != kNotImplemented;
  if (may_pass && failures_ < kAttempts) return resume_again(target_.reject(*answer));
  failures_ = 0;
  const auto received = answer->good() ? bytes_received(answer->headers.find("range"))
                                       : std::optional<std::uint64_t>();
  if (!received || *received > plan_.blob.size) return begin_anew();
  if (const sdk::Status prepared = prepare(*received); !prepared) return prepared;
  if (const sdk::Status located = locate(*std::move(answer)); !located) return located;
  is_resumed_ = true;
  at_ = 0;
  state_ = State::rereading;
  note_session();
  return source_->seek(0);
}

// The first part is not sent again, but proved: its hash is the beginning of the whole one's.
sdk::Status BlobUpload::reread(std::span<char> buffer) {
  const std::uint64_t left = sent_ - at_;
  const auto got = source_->read(
      buffer.subspan(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()))));
  if (!got) return got.status();
  if (*got == 0) return ended_early();
  if (const sdk::Status checked = check_->update(at_, {buffer.data(), *got}); !checked)
    return checked;
  at_ += *got;
  progress_.at(at_);
  if (at_ == sent_) state_ = State::part;
  return {};
}

// ---- the session

sdk::Status BlobUpload::start() {
  return open(start_parts(), State::starting);
}

sdk::Status BlobUpload::end_start() {
  auto answer = target_.finish(*std::move(exchange_), start_parts());
  exchange_.reset();
  if (!answer) {
    if (!is_interruption(answer.status())) return answer.status();
    // A session that nobody heard of ends by itself.
    if (const sdk::Status waited =
            wait_before_repeat(target_.context(), failures_++, answer.status());
        !waited) {
      return waited;
    }
    return start();
  }
  if (!answer->good()) return target_.reject(*answer);
  return begin_session(*std::move(answer));
}

sdk::Status BlobUpload::prepare(std::uint64_t sent) {
  if (!source_) {
    auto source = plan_.open_source();
    if (!source) return source.status();
    source_ = *std::move(source);
  }
  auto check = BlobCheck::open(target_.context(), plan_.blob);
  if (!check) return check.status();
  check_.emplace(*std::move(check));
  chunk_ = std::max(plan_.chunk, least_chunk_);
  sent_ = best_ = sent;
  return {};
}

sdk::Status BlobUpload::begin_session(Received answer) {
  least_chunk_ = least_chunk(answer.headers.find("oci-chunk-min-length"));
  if (const sdk::Status prepared = prepare(0); !prepared) return prepared;
  location_.clear();
  is_resumed_ = false;
  state_ = State::part;
  if (const sdk::Status located = locate(std::move(answer)); !located) return located;
  note_session();
  return {};
}

void BlobUpload::note_session() {
  record_.write({location_, sent_, least_chunk_});
}

sdk::Status BlobUpload::locate(Received answer) {
  if (const std::string_view location = answer.headers.find("location"); !location.empty())
    location_ = location;
  if (location_.empty()) {
    return refuse_answer(target_.context(), "the registry began an upload and did not say where",
                         "Its answer has no Location: what answers there may be no registry.",
                         answer.request);
  }
  session_.emplace(std::move(answer));
  return {};
}

sdk::Status BlobUpload::stalled() {
  return refuse_answer(
      target_.context(),
      hub::composed(
          "the upload of {} does not go on: the registry tells no progress, or more than was sent",
          {plan_.blob.digest.text()}),
      "Try again later; what was pushed before is kept.",
      hub::composed("PATCH /v2/{}/blobs/uploads/", {target_.image().repository}));
}

sdk::Status BlobUpload::gone() {
  return refuse_answer(
      target_.context(),
      hub::composed("the registry forgot the upload of {} before its end, again and again",
                    {plan_.blob.digest.text()}),
      "Try again later; what was pushed before is kept. A registry of several servers needs them "
      "to "
      "share their uploads.",
      hub::composed("PATCH /v2/{}/blobs/uploads/", {target_.image().repository}));
}

sdk::Status BlobUpload::go_on_from(std::optional<std::uint64_t> received) {
  if (!received || *received > part_end_) return restart(stalled());
  sent_ = *received;
  if (sent_ > best_) {
    best_ = sent_;
    failures_ = 0;
  }
  state_ = State::part;
  note_session();
  return {};
}

// What an earlier process sent may have been something else: then the blob begins anew.
sdk::Status BlobUpload::refused(Received& answer) {
  const sdk::Status reason = target_.reject(answer);
  return is_resumed_ ? restart(reason) : reason;
}

// ---- a part

sdk::Status BlobUpload::open_part() {
  at_ = sent_;
  part_end_ = is_whole() ? plan_.blob.size : sent_ + std::min(chunk_, plan_.blob.size - sent_);
  const bool has_body = part_end_ > sent_;
  if (has_body) {
    if (const sdk::Status sought = source_->seek(sent_); !sought) return sought;
  } else if (const sdk::Status same = verify(); !same) {
    return same;
  }
  auto exchange = target_.open_at(*session_, location_, part_parts());
  if (!exchange)
    return is_interruption(exchange.status()) ? recover(exchange.status()) : exchange.status();
  exchange_.emplace(*std::move(exchange));
  state_ = has_body ? State::writing : State::part_sent;
  return {};
}

sdk::Status BlobUpload::rewind() {
  at_ = sent_;
  state_ = State::writing;
  return source_->seek(sent_);
}

sdk::Status BlobUpload::write(std::span<char> buffer) {
  const std::uint64_t left = part_end_ - at_;
  const auto got = source_->read(
      buffer.subspan(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()))));
  if (!got) return got.status();
  const std::string_view bytes(buffer.data(), *got);
  if (const sdk::Status checked = check_->update(at_, bytes); !checked) return checked;
  // With the last byte everything is proved, or it is not sent. An early end is wrong as well.
  if (bytes.empty() || at_ + bytes.size() == plan_.blob.size) {
    if (const sdk::Status same = verify(); !same) return same;
  }
  return bytes.empty() ? ended_early() : write_all(bytes);
}

// The second reading of a source was shorter than the first.
sdk::Status BlobUpload::ended_early() {
  return refuse_answer(
      target_.context(),
      hub::composed("the source of {} changed meanwhile", {plan_.blob.digest.text()}),
      "Nothing was tagged. Try again.");
}

sdk::Status BlobUpload::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto taken = exchange_->write(bytes);
    if (taken.status().value() == DH_REWIND) return rewind();
    if (!taken) return is_interruption(taken.status()) ? recover(taken.status()) : taken.status();
    bytes.remove_prefix(*taken);
    at_ += *taken;
  }
  progress_.at(at_);
  if (at_ == part_end_) state_ = State::part_sent;
  return {};
}

// Of content that is not what it is called nothing stays behind: its session ends. That of an earlier process ends by
// the registry's own time, since a call may only cancel what it began itself.
sdk::Status BlobUpload::verify() {
  const std::string from = "its source";
  const sdk::Status same = check_->verify(from);
  if (same || !session_) return same;
  record_.remove();
  exchange_.reset();
  if (is_resumed_) return same;
  if (auto cancel = target_.open_at(*session_, location_, session_parts("DELETE")); cancel)
    static_cast<void>(cancel->finish());
  // Said again: the end of the session may have had an error of its own.
  return check_->verify(from);
}

sdk::Status BlobUpload::end_part() {
  auto answer = target_.finish(*std::move(exchange_), part_parts());
  if (answer.status().value() == DH_REWIND) return rewind();
  exchange_.reset();
  if (!answer) return is_interruption(answer.status()) ? recover(answer.status()) : answer.status();
  return is_last() ? end_last(*std::move(answer)) : end_chunk(*std::move(answer));
}

sdk::Status BlobUpload::end_last(Received answer) {
  if (answer.good()) {
    const sdk::Status same = check_stored(target_.context(), answer, plan_.blob.digest);
    if (!same) return same;
    counts_.bytes += plan_.blob.size;
    return finish(&UploadCounts::uploaded);
  }
  if (is_trouble(answer.status_code)) return recover(target_.reject(answer));
  if (answer.status_code == kNotFound || answer.status_code == kRangeNotSatisfiable)
    return restart(gone());
  return refused(answer);
}

sdk::Status BlobUpload::end_chunk(Received answer) {
  const int status_code = answer.status_code;
  if (status_code == kNotFound) return restart(gone());
  if (!answer.good()) {
    const bool may_go_on = is_trouble(status_code) || status_code == kRangeNotSatisfiable;
    return may_go_on ? recover(target_.reject(answer)) : refused(answer);
  }
  const std::string_view range = answer.headers.find("range");
  const auto received = range.empty() ? std::optional(part_end_) : bytes_received(range);
  if (const sdk::Status located = locate(std::move(answer)); !located) return located;
  const bool has_stalled = received && *received <= best_;
  if (const sdk::Status going = go_on_from(received); !going || !has_stalled) return going;
  return wait_before_repeat(target_.context(), failures_++, stalled());
}

// ---- what was lost

sdk::Status BlobUpload::recover(sdk::Status reason) {
  exchange_.reset();
  if (const sdk::Status waited = wait_before_repeat(target_.context(), failures_++, reason);
      !waited)
    return waited;
  return is_last() ? open(probe_parts(), State::settling) : ask();
}

// A chunk is never sent again before the registry said what it has.
sdk::Status BlobUpload::ask() {
  exchange_.reset();
  auto exchange = target_.open_at(*session_, location_, session_parts("GET"));
  if (!exchange)
    return is_interruption(exchange.status()) ? recover(exchange.status()) : exchange.status();
  exchange_.emplace(*std::move(exchange));
  state_ = State::asking;
  return {};
}

sdk::Status BlobUpload::end_ask() {
  auto answer = target_.finish(*std::move(exchange_), session_parts("GET"));
  exchange_.reset();
  if (!answer) return is_interruption(answer.status()) ? recover(answer.status()) : answer.status();
  if (is_trouble(answer->status_code)) return recover(target_.reject(*answer));
  if (!answer->good()) return restart(gone());
  const auto received = bytes_received(answer->headers.find("range"));
  if (const sdk::Status located = locate(*std::move(answer)); !located) return located;
  return go_on_from(received);
}

sdk::Status BlobUpload::end_settling() {
  auto head = target_.finish(*std::move(exchange_), probe_parts());
  exchange_.reset();
  if (!head) return is_interruption(head.status()) ? recover(head.status()) : head.status();
  if (head->good()) {
    counts_.bytes += plan_.blob.size;
    return finish(&UploadCounts::uploaded);
  }
  if (is_trouble(head->status_code)) return recover(target_.reject(*head));
  return ask();
}

sdk::Status BlobUpload::restart(sdk::Status reason) {
  constexpr int kMostRestarts = 2;
  if (restarts_++ == kMostRestarts) return reason;
  exchange_.reset();
  session_.reset();
  return start();
}

sdk::Status BlobUpload::finish(std::size_t UploadCounts::*kind) {
  ++(counts_.*kind);
  progress_.at(plan_.blob.size);
  record_.remove();
  session_.reset();
  source_.reset();
  state_ = State::done;
  return {};
}

}  // namespace dockerhub::registry
